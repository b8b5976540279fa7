import Documents
import Reports
import Testing

@testable import ReportParsing

/// Columns that the form does not have, in tables that state their geometry.
@Suite struct ForeignColumnsTests {
    private static let names = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]

    /// Table 三 of a page: the cells before and behind the seven of the head and of each row.
    private func read(
        before: (head: String, cells: [String])? = nil, behind: (head: String, cells: [String])? = nil,
        _ figures: [[String]] = [["5", "1", "0", "0", "0", "2", "8"], ["4", "0", "0", "0", "0", "1", "5"]]
    ) throws -> CheckedReport {
        func cell(_ text: String, _ attributes: String = "") -> String { "<td \(attributes)>\(text)</td>" }
        var html = "<tr>" + cell("项目", "rowspan='3'")
        if let before { html += cell(before.head, "rowspan='3'") }
        html += cell("申请人情况", "colspan='7'")
        if let behind { html += cell(behind.head, "rowspan='3'") }
        html += "</tr><tr>" + cell("自然人", "rowspan='2'") + cell("法人或其他组织", "colspan='5'")
        html += cell("总计", "rowspan='2'") + "</tr><tr>" + Self.names[1...5].map { cell($0) }.joined() + "</tr>"
        for (index, label) in ["一、本年新收政府信息公开申请数量", "（一）予以公开"].enumerated() {
            html += "<tr>" + cell(label)
            if let before { html += cell(before.cells[index]) }
            html += figures[index].map { cell($0) }.joined()
            if let behind { html += cell(behind.cells[index]) }
            html += "</tr>"
        }
        return try ReportParsingTests.read("<html><body><table>\(html)</table></body></html>")
    }

    private func row(_ checked: CheckedReport, _ line: RequestLine) -> [Int?] {
        Applicant.allCases.map { checked.report.requests?[line, $0] }
    }

    @Test(arguments: [
        ("备注", ["见附件", ""]), ("备注", ["", "其中2件为网络申请"]), ("校验", ["0", "0"]), ("占比", ["61.5%", "38.5%"]),
        ("上年总计", ["9", "3"]), ("行次", ["1", "2"]), ("", ["8", "5"]), ("累计", ["80", "50"]),
    ])
    func `a column whose head is no applicant takes nothing from the figures`(head: String, cells: [String]) throws {
        for checked in [try read(behind: (head, cells)), try read(before: (head, cells))] {
            #expect(row(checked, .newReceived) == [5, 1, 0, 0, 0, 2, 8])
            #expect(row(checked, .granted) == [4, 0, 0, 0, 0, 1, 5])
        }
    }

    @Test func `a column without a name is not left out where the rows do not add up without it`() throws {
        let checked = try read(
            behind: ("", ["8", "5"]), [["5", "1", "0", "0", "0", "2", "9"], ["4", "0", "0", "0", "0", "1", "6"]])
        #expect(row(checked, .newReceived) == Array(repeating: nil, count: 7))
        let flagged = Set(checked.findings.filter { $0.state != .notice }.flatMap(\.paths))
        #expect(flagged.contains(.request(.newReceived, .total)))
    }

    @Test func `remarks beside the figures of tables 二 and 四 are left out`() throws {
        let html = """
            <html><body><table><tr><td colspan='4'>第二十条第（一）项</td><td rowspan='2'>备注</td></tr>
            <tr><td>信息内容</td><td>本年制发件数</td><td>本年废止件数</td><td>现行有效件数</td></tr>
            <tr><td>规章</td><td>1</td><td>0</td><td>2</td><td>7</td></tr>
            <tr><td>行政规范性文件</td><td>3</td><td>1</td><td>28</td><td>见附件</td></tr></table>
            <table><tr><td colspan='5'>行政复议</td><td rowspan='2'>备注</td></tr>
            <tr><td>结果维持</td><td>结果纠正</td><td>其他结果</td><td>尚未审结</td><td>总计</td></tr>
            <tr><td>1</td><td>2</td><td>0</td><td>0</td><td>3</td><td>4</td></tr></table></body></html>
            """
        let report = try ReportParsingTests.read(html).report
        #expect(report.proactive?[.rules, .inForce] == Quantity(2))
        #expect(report.proactive?[.normativeDocuments, .inForce] == Quantity(28))
        #expect(report.reviews?[.administrativeReview, .total] == 3)
    }

    @Test func `where a cell stands is counted with the columns that are left out`() throws {
        let checked = try read(before: ("行次", ["1", "2"]))
        let total = checked.cells.first { $0.path == .request(.newReceived, .total) }
        #expect(total?.place.cell == 9)
    }
}
