import Reports
import Testing

@testable import ReportParsing

@Suite struct SectionHeadingTests {
    @Test(arguments: [
        ("一、总体情况", SectionKind.overview), ("二、主动公开政府信息情况", .proactiveDisclosure), ("三、收到和处理政府信息公开申请情况", .requests),
        ("四、政府信息公开行政复议、行政诉讼情况", .reviewsAndLitigation), ("四、因政府信息公开工作被申请行政复议、提起行政诉讼情况", .reviewsAndLitigation),
        ("五、存在的主要问题及改进情况", .issuesAndImprovements), ("五、政府信息公开工作存在的主要问题及改进情况", .issuesAndImprovements),
        ("六、其他需要报告的事项", .otherMatters), ("一、 基本情况", .overview), ("五、存在问题及改进措施", .issuesAndImprovements),
        ("三，收到和处理政府信息公开申请情况", .requests), ("一 总体情况", .overview), ("三、政府信息公开申请情况", .requests),
        ("六、其它需要报告的事项", .otherMatters),
    ])
    func `headings are told by their words`(line: String, kind: SectionKind) {
        #expect(SectionHeading.kind(of: line.slice, isHeading: false) == kind)
    }

    @Test(arguments: [
        "一、本年新收政府信息公开申请数量", "二、上年结转政府信息公开申请数量", "三、本年度办理结果", "四、结转下年度继续办理", "（二）依申请公开情况", "总体情况", "1.总体情况",
        "（一）主动公开情况", "一、", "", "四、结转下年度继续办理 0 0 0 0 0 0 0",
    ])
    func `rows of tables and second heads with the same ordinals are none`(line: String) {
        #expect(SectionHeading.kind(of: line.slice, isHeading: false) == nil)
    }

    @Test func `mark-up makes a heading without ordinal one`() {
        #expect(SectionHeading.kind(of: "总体情况".slice, isHeading: true) == .overview)
        #expect(SectionHeading.kind(of: "（一）主动公开情况".slice, isHeading: true) == nil)
    }

    @Test func `a sentence is too long`() {
        let sentence = "一、总体情况" + String(repeating: "公开", count: 40)
        #expect(SectionHeading.kind(of: sentence.slice, isHeading: false) == nil)
    }

    @Test func `headings in a running text are found in their order`() {
        let text = "前言 一、总体情况 二、上年结转 二、主动公开政府信息情况 规章 三、本年度办理结果 三、收到和处理政府信息公开申请情况"
        #expect(InlineHeading.all(in: text.slice).map(\.kind) == [.overview, .proactiveDisclosure, .requests])
    }
}
