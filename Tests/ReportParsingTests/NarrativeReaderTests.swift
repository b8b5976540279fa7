import Reports
import Testing

@testable import ReportParsing

@Suite struct NarrativeReaderTests {
    @Test func `prose is kept by section, tables and figures left out`() throws {
        let tape = try tape("题\n引言。\n一、总体情况\n甲。\n（一）主动公开\n乙。\n二、主动公开政府信息情况\n规章\t0\t1\n丙。\n")
        let reader = NarrativeReader(tape)
        #expect(reader.firstHeading == 2)
        #expect(reader.narrative.opening == ["题", "引言。"])
        #expect(reader.narrative[.overview]?.paragraphs == ["甲。", "（一）主动公开", "乙。"])
        #expect(reader.narrative[.proactiveDisclosure]?.paragraphs == ["丙。"])
        #expect(reader.narrative.sections.map(\.heading) == ["一、总体情况", "二、主动公开政府信息情况"])
    }

    @Test func `headings in the one table that holds the report head its sections`() throws {
        let rows = [
            ["二、主动公开政府信息情况", ""], ["信息内容", "本年处理决定数量"], ["行政许可", "3"], ["三、收到和处理政府信息公开申请情况", ""],
            ["三、依申请公开情况", ""], ["申请人情况", "自然人"],
        ]
        let table = rows.map { "<tr>\($0.map { "<td>\($0)</td>" }.joined())</tr>" }.joined()
        let page = "<p>一、总体情况</p><p>甲。</p><table>\(table)</table><p>五、存在的主要问题及改进情况</p><p>乙。</p>"
        let reader = NarrativeReader(try tape(page, name: "report.html"))
        let kinds: [SectionKind] = [.overview, .proactiveDisclosure, .requests, .issuesAndImprovements]
        #expect(reader.narrative.sections.map(\.kind) == kinds)
        #expect(reader.narrative[.overview]?.paragraphs == ["甲。"])
        #expect(reader.headingPieces.count == 2)
        let statistics =
            "<p>一、概述</p><table><tr><td>三、依申请公开情况</td><td></td></tr><tr><td>（一）收到申请数</td><td>件</td></tr></table>"
        #expect(NarrativeReader(try tape(statistics, name: "report.html")).narrative.sections.count == 1)
    }

    @Test func `a text without headings is all opening`() throws {
        let reader = NarrativeReader(try tape("甲。\n乙。\n"))
        #expect(reader.firstHeading == 2)
        #expect(reader.narrative.opening.count == 2)
        #expect(reader.narrative.sections.isEmpty)
    }

    @Test(arguments: ["", "\t1", "……1"])
    func `a list of contents heads no sections`(page: String) throws {
        let sections = ["一、总体情况", "二、主动公开政府信息情况", "三、收到和处理政府信息公开申请情况"]
        let list = sections.map { $0 + page }.joined(separator: "\n")
        let body = sections.map { "\($0)\n甲。" }.joined(separator: "\n")
        let reader = NarrativeReader(try tape("目录\n\(list)\n甲局2023年政府信息公开工作年度报告\n\(body)\n"))
        #expect(reader.narrative.sections.map(\.heading) == sections)
        #expect(reader.narrative.sections.allSatisfy { $0.paragraphs == ["甲。"] })
    }

    @Test(arguments: [
        // Sections with sentences, one that does not come again, and one line alone.
        "一、总体情况\n\(String(repeating: "甲", count: 80))。\n二、主动公开政府信息情况\n乙。\n一、总体情况\n丙。\n二、主动公开政府信息情况\n丁。\n",
        "一、总体情况\n二、主动公开政府信息情况\n一、总体情况\n丙。\n", "一、总体情况\n一、总体情况\n二、主动公开政府信息情况\n丙。\n",
    ])
    func `sections that are written twice are no list of contents`(text: String) throws {
        #expect(NarrativeReader(try tape(text)).firstHeading == 0)
    }
}
