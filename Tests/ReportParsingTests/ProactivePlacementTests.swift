import Documents
import Reports
import Testing

@testable import ReportParsing

@Suite struct ProactivePlacementTests {
    private func read(_ change: (inout TableText) -> Void, lines: Bool = false) throws -> CheckedReport {
        var table = TableText()
        change(&table)
        return try ReportParsingTests.read(lines ? table.lines : table.text)
    }

    private func documents(_ checked: CheckedReport) -> [Int?] {
        [.issued, .repealed, .inForce].map { checked.report.proactive?[.normativeDocuments, $0]?.count }
    }

    private func isFlagged(_ checked: CheckedReport, _ line: ProactiveLine, _ column: ProactiveColumn) -> Bool {
        checked.findings.contains { $0.state != .notice && $0.paths.contains(.proactive(line, column)) }
    }

    @Test func `whole rows and blanks under their heads are read`() throws {
        #expect(documents(try read { _ in }) == [3, 1, 28])
        let blank = try read { $0.proactive[1].cells = ["3", "", "28"] }
        #expect(documents(blank) == [3, nil, 28])
        #expect(!isFlagged(blank, .normativeDocuments, .repealed))
    }

    @Test func `a lost cell leaves the row open, with padding after it too`() throws {
        for cells in [["3", "28"], ["3", "28", "", ""]] {
            let checked = try read { $0.proactive[1].cells = cells }
            #expect(documents(checked) == [nil, nil, nil], "\(cells)")
            #expect(isFlagged(checked, .normativeDocuments, .issued))
        }
    }

    @Test func `a figure too many leaves the row open`() throws {
        #expect(documents(try read { $0.proactive[1].cells = ["3", "1", "28", "5"] }) == [nil, nil, nil])
        let checked = try read { $0.proactive[2].cells = ["47", "5"] }
        #expect(checked.report.proactive?[.administrativeLicensing, .decisions] == nil)
        #expect(isFlagged(checked, .administrativeLicensing, .decisions))
    }

    @Test func `the next row's label lost in a stream leaves the row open`() throws {
        let checked = try read({ $0.proactive[0].cells += $0.proactive.remove(at: 1).cells }, lines: true)
        #expect(checked.report.proactive?[.rules, .issued] == nil)
        #expect(isFlagged(checked, .rules, .issued))
        #expect(isFlagged(checked, .normativeDocuments, .issued))
    }

    @Test func `a fee keeps its places and loses the form's own unit`() throws {
        let checked = try read { $0.proactive[5].cells = ["4,068.208万元"] }
        #expect(checked.report.proactive?[.administrativeFees, .amountWan] == Quantity("4068.208"))
        let yuan = try read { $0.proactive[5].cells = ["251000元"] }
        #expect(yuan.report.proactive?[.administrativeFees, .amountWan] == Quantity("251000元"))
    }

    @Test(
        arguments: [
            ("2023年制发件数", 3), ("本年度制发件数", 3), ("当年制发件数", 3), ("2022年制发件数", nil), ("上年制发件数", nil), ("2023年计划制发件数", nil),
        ] as [(String, Int?)])
    func `a column is the form's where its name says the report's year`(name: String, issued: Int?) throws {
        let text = TableText().text.replacing("本年制发件数", with: name)
        let checked = try ReportParsingTests.read(text)
        #expect(checked.report.proactive?[.normativeDocuments, .issued]?.count == issued)
        #expect(isFlagged(checked, .normativeDocuments, .issued) == (issued == nil))
        #expect(checked.report.proactive?[.administrativeLicensing, .decisions]?.count == 47)
    }

    @Test(arguments: ["减少15项", "↓15", "—15", "（15）", "增0/减15"])
    func `a change in words of its own stands in its own column`(change: String) throws {
        func read(_ cells: String) throws -> ParsedReport {
            let head = "信息内容\t上一年项目数量\t本年增/减\t处理决定数量\n"
            let text = "甲县财政局2019年政府信息公开工作年度报告\n\n二、主动公开政府信息情况\n\n\(head)行政许可\t\(cells)\n"
            return ReportParser.parse(try Document.read(Array(text.utf8)))
        }
        let parsed = try read("40\t\(change)\t2139")
        #expect(parsed.proactive?[.administrativeLicensing, .itemsChange]?.digits == -15)
        #expect(parsed.proactive?[.administrativeLicensing, .decisions]?.count == 2139)
        #expect(parsed.findings.isEmpty)
        let other = try read("40\t2\t\(change)")
        #expect(other.proactive?[.administrativeLicensing, .decisions] == nil)
        #expect(other.findings.flatMap(\.paths).contains(.proactive(.administrativeLicensing, .decisions)))
    }

    @Test func `a fraction or money where a count is needed is open`() throws {
        for cell in ["4.5", "47元"] {
            let checked = try read { $0.proactive[2].cells = [cell] }
            #expect(checked.report.proactive?[.administrativeLicensing, .decisions] == nil)
            #expect(isFlagged(checked, .administrativeLicensing, .decisions))
        }
    }

    @Test func `a column whose name is not the form's leaves its rows open`() throws {
        let head = "信息内容\t上年现行有效件数\t本年制发件数\t本年废止件数"
        let text = "二、主动公开政府信息情况\n\n\(head)\n规章\t0\t0\t0\n行政规范性文件\t40\t3\t1\n"
        let checked = try ReportParsingTests.read(text)
        #expect(documents(checked) == [nil, nil, nil])
        #expect(isFlagged(checked, .normativeDocuments, .issued))
    }

    /// Reads rows of table 二 under a heading, and a head that only the 2021 form has.
    private func read(_ table: String) throws -> CheckedReport {
        try ReportParsingTests.read("二、主动公开政府信息情况\n\n\(table)\n\n信息内容\t本年制发件数\n\n三、收到和处理政府信息公开申请情况\n")
    }

    @Test(arguments: ["信息内容\t本年受理数量", "信息内容\n本年受理数量", "\t本年受理数量", "信息内容 上年处理决定数量"])
    func `a head all of whose names are not the form's leaves its rows open`(head: String) throws {
        let separator = head.contains("\n") ? "\n" : head.contains(" ") ? " " : "\t"
        let rows = [["信息内容", "本年处理决定数量"], ["行政许可", "77"], [head], ["行政处罚", "55"], ["行政强制", "6"]]
        let checked = try read(rows.map { $0.joined(separator: separator) }.joined(separator: "\n"))
        #expect(checked.report.proactive?[.administrativeLicensing, .decisions]?.count == 77)
        #expect(checked.report.proactive?[.administrativePenalty, .decisions] == nil)
        #expect(isFlagged(checked, .administrativePenalty, .decisions))
        #expect(checked.report.proactive?[.administrativeCoercion, .decisions] == nil)
    }

    @Test func `figures under names beside the form's are passed over`() throws {
        let checked = try read("信息内容\t本年受理数量\t本年处理决定数量\t备注\n行政许可\t80\t77\t含变更\n")
        #expect(checked.report.proactive?[.administrativeLicensing, .decisions]?.count == 77)
        let lost = try read("信息内容\t本年受理数量\t本年处理决定数量\n行政许可\t80\n")
        #expect(lost.report.proactive?[.administrativeLicensing, .decisions] == nil)
    }

    @Test(
        arguments: [
            (["行政规范性文件（县政府）", "行政规范性文件（县政府办公室）"], nil), (["其中：县政府行政规范性文件", "行政规范性文件"], 3),
            (["行政规范性文件", "规范性文件（县政府办公室）"], 1), (["县政府行政规范性文件", "规范性文件"], 3), (["规范性文件", "规范性文件"], nil),
            (["行政规范性文件（件）", "县政府办行政规范性文件"], 1),
        ] as [([String], Int?)])
    func `of rows with one label under one head the one without other words counts`(labels: [String], issued: Int?)
        throws
    {
        let head = "信息内容\t本年制发件数\t本年废止件数\t现行有效件数\n规章\t0\t0\t0\n"
        let checked = try read(head + "\(labels[0])\t1\t0\t12\n\(labels[1])\t3\t2\t40\n")
        #expect(checked.report.proactive?[.normativeDocuments, .issued]?.count == issued)
        #expect(isFlagged(checked, .normativeDocuments, .issued) == (issued == nil))
    }

    @Test func `a copy with other figures is found under its paths`() throws {
        let checked = try read { $0.proactive.append(("行政规范性文件", ["3", "1", "29"])) }
        #expect(documents(checked) == [3, 1, 28])
        #expect(isFlagged(checked, .normativeDocuments, .inForce))
    }
}

@Suite struct ReviewPlacementTests {
    private func read(_ cells: [String]) throws -> CheckedReport {
        var table = TableText()
        table.reviews = cells
        return try ReportParsingTests.read(table.text)
    }

    private let zeros = Array(repeating: "0", count: 10)

    @Test func `fifteen cells are three blocks of five`() throws {
        let checked = try read(["1", "2", "0", "0", "3"] + zeros)
        #expect(checked.report.reviews?[.administrativeReview, .corrected] == 2)
        #expect(checked.report.reviews?[.afterReview, .total] == 0)
        #expect(checked.findings.flatMap(\.paths).isEmpty)
    }

    @Test(arguments: [14, 16])
    func `a cell too few or too many leaves the row open`(count: Int) throws {
        let checked = try read(Array(repeating: "0", count: count))
        #expect(checked.report.reviews?.isBlank == true)
        #expect(checked.findings.contains { $0.check == .formLabels && $0.paths.count == 15 })
    }

    @Test func `a row that lost a cell and has padding is open where its totals are gone`() throws {
        let checked = try read(["1", "0", "0", "1"] + Array(repeating: "", count: 11))
        #expect(checked.report.reviews?[.administrativeReview, .pending] == nil)
    }

    @Test(arguments: [("0", false), ("7", true)])
    func `a copy of table 四 with other figures is found`(cell: String, isFound: Bool) throws {
        let head = "结果维持\t结果纠正\t其他结果\t尚未审结\t总计"
        let row = ["1", "2", "0", "0", "3"] + zeros
        let copy = "\(head)\t\(head)\t\(head)\n" + (row.dropLast() + [cell]).joined(separator: "\t") + "\n"
        let table = "\(head)\t\(head)\t\(head)\n" + row.joined(separator: "\t") + "\n"
        let checked = try ReportParsingTests.read("四、政府信息公开行政复议、行政诉讼情况\n" + table + "\n" + copy)
        #expect(checked.report.reviews?[.afterReview, .total] == 0)
        let path = FigurePath.review(.afterReview, .total)
        #expect(checked.findings.contains { $0.check == .formLabels && $0.paths.contains(path) } == isFound)
    }

    @Test func `a figure among blanks in a row of sixteen cells could stand in two columns`() throws {
        var cells = Array(repeating: "", count: 16)
        cells[9] = "0"
        let checked = try read(cells)
        #expect(checked.report.reviews?[.direct, .total] == nil)
        #expect(checked.findings.contains { $0.paths.contains(.review(.direct, .total)) && $0.state == .fail })
    }

    @Test func `a head that lost two blocks does not give their figures to the third`() throws {
        let text = """
            四、政府信息公开行政复议、行政诉讼情况
            行政复议\t行政诉讼\t复议后起诉
            结果维持\t结果纠正\t其他结果\t尚未审结\t总计
            1\t\t\t\t1\t\t\t\t\t\t\t\t\t\t
            """
        let checked = try ReportParsingTests.read(text)
        #expect(checked.report.reviews?.isBlank == true)
        #expect(checked.findings.contains { $0.check == .formLabels })
    }
}
