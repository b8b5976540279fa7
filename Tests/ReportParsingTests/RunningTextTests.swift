import Documents
import Reports
import Testing

@testable import ReportParsing

@Suite struct RunningTextTests {
    private func tokens(_ text: String) -> [String]? {
        let bytes = text.slice
        return RunningText.split(bytes, offset: 0)?.map { token in
            let words = String(decoding: bytes[token.span.start..<token.span.end], as: UTF8.self)
            return "\(token.kind) \(words)"
        }
    }

    @Test func `a row with spaces is cut into cells`() {
        #expect(tokens("规章 0 / 12") == ["cell 规章", "cell 0", "cell /", "cell 12"])
        #expect(tokens("（一）予以公开 1 0 0 0 0 0 1")?.count == 8)
    }

    @Test func `a line of a group's label may stand before a row of table 三`() {
        let row = "（一）予以公开 1 0 0 0 0 0 1"
        #expect(tokens("三、本年 \(row)")?.prefix(2) == ["cell 三、本年", "cell （一）予以公开"])
        #expect(tokens("三、本年 度办 \(row)")?.count == 10)
        #expect(tokens("三、本年 （一）予以公开 1 0") == nil)
        #expect(tokens("三、本年 5 \(row)") == nil)
        #expect(tokens("三、 本年 度办 \(row)") == nil)
    }

    @Test func `sentences with figures are no rows`() {
        #expect(tokens("全年受理申请 12 件") == nil)
        #expect(tokens("规章") == nil)
        #expect(tokens("1 2 3") == nil)
        #expect(tokens("") == nil)
    }

    @Test func `a whole report on one line is cut at its headings`() throws {
        let prose = String(repeating: "公开工作有序推进。", count: 20)
        let text =
            "甲县2023年年度报告 一、总体情况 \(prose) 二、主动公开政府信息情况 第二十条第（一）项 信息内容 本年制发件数 规章 0 1 2 "
            + "三、收到和处理政府信息公开申请情况 （本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和） 申请人情况 "
            + "一、本年新收政府信息公开申请数量 1 0 0 0 0 0 1 二、上年结转政府信息公开申请数量 0 0 0 0 0 0 0 （一）予以公开 0 0 0 0 0 0 0 "
            + "五、存在的主要问题及改进情况 \(prose)"
        let tokens = try #require(self.tokens(text))
        #expect(tokens.contains("prose 三、收到和处理政府信息公开申请情况"))
        #expect(tokens.contains("cell 规章"))
        #expect(tokens.count { $0 == "cell 0" } >= 13)
        #expect(tokens.last?.hasPrefix("prose 公开工作") == true)
    }

    @Test(arguments: ["3.政策解读稿件发布数：14篇", "3.政策解读稿件发布数……14篇", "3.政策解读稿件发布数.....14"])
    func `a row of the 统计表 on a line has a colon or dots before its figure`(line: String) throws {
        let pieces = try tape(line + "\n").pieces
        #expect(pieces.first?.label == FormLabel.statistic(.responsesPolicyInterpretations))
        #expect(pieces.dropFirst().first?.content == .number(Quantity(14), remarkLength: 0))
    }

    @Test(arguments: ["联系电话：12345678", "行政许可：47件", "政策解读稿件发布数：见附件", "（一）予以公开：5"])
    func `other lines with a colon before a figure are not cut`(line: String) throws {
        #expect(try tape(line + "\n").pieces.count == 1)
    }
}
