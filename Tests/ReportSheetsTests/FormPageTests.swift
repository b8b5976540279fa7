import Documents
import Foundation
import ReportSheets
import Reports
import Spreadsheets
import Support
import Testing

struct FormPageTests {
    @Test func `a table that the report does not have is told of in words`() throws {
        var report = try #require(randomReport(.form2021, seed: 1))
        report.reviews = nil
        let page = FormPage.page(of: report, caption: "")
        #expect(page.notes == [])
        #expect(page.sections.map(\.heading) == ["二、主动公开政府信息情况", "三、收到和处理政府信息公开申请情况", "四、政府信息公开行政复议、行政诉讼情况"])
        #expect(page.sections.last?.content == .paragraph("（无此表）"))
    }

    @Test func `a report without a title is named by agency and year`() throws {
        var report = try #require(randomReport(.form2021, seed: 1))
        report.title = ""
        #expect(FormPage.page(of: report, caption: "").title == "镇平县人民政府2023年政府信息公开工作年度报告")
    }

    @Test func `table three is printed as the form has it`() throws {
        let report = try #require(randomReport(.form2021, seed: 1))
        guard case .grid(let grid) = FormPage.page(of: report, caption: "").sections[1].content else {
            Issue.record("no table")
            return
        }
        #expect(grid.rows.count == 3 + 25)
        #expect(words(grid.rows[0]) == ["（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和） 3x3", "申请人情况 1x7"])
        #expect(words(grid.rows[1]) == ["自然人 2x1", "法人或其他组织 1x5", "总计 2x1"])
        #expect(words(grid.rows[2]) == ["商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"])
        let labels = grid.rows[3...].map { words($0.dropLast(7)) }
        #expect(labels[0] == ["一、本年新收政府信息公开申请数量 1x3"])
        #expect(labels[2] == ["三、本年度办理结果 22x1", "（一）予以公开 1x2"])
        #expect(labels[3] == ["（二）部分公开（区分处理的，只计这一情形，不计其他情形） 1x2"])
        #expect(labels[4] == ["（三）不予公开 8x1", "1.属于国家秘密"])
        #expect(labels[5] == ["2.其他法律行政法规禁止公开"])
        #expect(labels[12] == ["（四）无法提供 3x1", "1.本机关不掌握相关政府信息"])
        #expect(labels[20] == ["（六）其他处理 3x1", "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请"])
        #expect(labels[23] == ["（七）总计 1x2"])
        #expect(labels[24] == ["四、结转下年度继续办理 1x3"])
    }

    @Test func `the 2019 form has its own clauses and one row for other outcomes`() throws {
        let report = try #require(randomReport(.form2019, seed: 1))
        let grids = FormPage.page(of: report, caption: "").sections.map(\.content).compactMap { content in
            if case .grid(let grid) = content { grid } else { nil }
        }
        #expect(grids[0].rows.map { words($0.prefix(1)) }.joined().filter { $0.contains("第二十条") }.count == 5)
        #expect(
            words(grids[0].rows.first { $0.first?.cell == .text("信息内容") && $0.count == 3 } ?? []).last == "本年增/减 1x2")
        #expect(grids[0].rows.contains { $0.first?.cell == .text("规范性文件") })
        #expect(grids[0].rows.contains { words($0).last == "处理决定数量" })
        #expect(grids[1].rows.contains { words($0).first == "（六）其他处理 1x2" })
        #expect(grids[1].rows.count == 3 + 23)
    }

    @Test func `rows of a province stand behind those of the 2014 form, as printed`() throws {
        var report = try #require(randomReport(.form2014, seed: 1))
        report.statistics2014?.foreignRows = [.init(label: "十、机构领导数", cells: ["人", "", "3"])]
        guard case .grid(let grid) = FormPage.page(of: report, caption: "").sections[0].content else {
            Issue.record("no table")
            return
        }
        #expect(words(grid.rows.last ?? []) == ["十、机构领导数", "", "人 3"])
        let html = String(decoding: FormHTML.bytes(report, caption: ""), as: UTF8.self)
        for statistic in Statistic2014.allCases {
            let name = statistic.label.split(separator: " ").last.map(String.init) ?? ""
            #expect(html.contains(name), "\(statistic)")
        }
    }

    @Test func `what the page is of is escaped`() throws {
        var report = try #require(randomReport(.form2021, seed: 1))
        report.title = "<script>alert(1)</script>"
        let html = String(decoding: FormHTML.bytes(report, caption: "甲 & \"乙\"\u{0}"), as: UTF8.self)
        #expect(!html.contains("<script"))
        #expect(html.contains("&lt;script&gt;"))
        #expect(html.contains("甲 &amp; &quot;乙&quot;<"))
    }

    private func words(_ boxes: some Sequence<CellGrid.Box>) -> [String] {
        boxes.map { box in
            let spans = box.rowSpan > 1 || box.columnSpan > 1 ? " \(box.rowSpan)x\(box.columnSpan)" : ""
            return box.cell.text + spans
        }
    }
}
