import Documents
import Reports
import Testing

@testable import ReportParsing

/// Rows of table 三 in columns: where the layout says it, where the identities say it, and where nothing does.
@Suite struct RequestPlacementTests {
    private func read(_ change: (inout TableText) -> Void, lines: Bool = false) throws -> CheckedReport {
        var table = TableText()
        change(&table)
        return try ReportParsingTests.read(lines ? table.lines : table.text)
    }

    private func row(_ checked: CheckedReport, _ line: RequestLine) -> [Int?] {
        Applicant.allCases.map { checked.report.requests?[line, $0] }
    }

    private func flagged(_ checked: CheckedReport) -> Set<FigurePath> {
        Set(checked.findings.filter { $0.state != .notice }.flatMap(\.paths))
    }

    @Test func `a cell that holds two figures leaves a row of bars open`() throws {
        let rows = ["|一、本年新收政府信息公开申请数量||46|5|0|0|2|0<br>53|", "|（一）予以公开||25|0|0|0|2|0<br>27|"]
        let checked = try ReportParsingTests.read("三、收到和处理政府信息公开申请情况\n\n\(rows.joined(separator: "\n"))\n")
        #expect(row(checked, .newReceived) == Array(repeating: nil, count: 7))
        #expect(flagged(checked).contains(.request(.newReceived, .commercialEnterprise)))
    }

    /// A page with table 三, its head and its cells given, from 自然人 on.
    private func read(head: [String], _ rows: [String]) throws -> CheckedReport {
        let lines = head + rows
        let table = lines.map { "<tr><td>\($0.replacing(",", with: "</td><td>"))</td></tr>" }.joined()
        return try ReportParsingTests.read("<html><body><table>\(table)</table></body></html>")
    }

    @Test(
        arguments: [
            (["项目,自然人,商业企业,科研机构,社会公益组织,法律服务机构,其他"], "4,1,0,0,0,2", [4, 1, 0, 0, 0, 2, nil]),
            (["项目,自然人,商业企业,科研机构,社会公益组织,法律服务机构,其他,总计,占比"], "4,1,0,0,0,2,7,35%", [4, 1, 0, 0, 0, 2, 7]),
            (["项目,自然人,法人或其他组织,总计", "小计,商业企业,科研机构,社会公益组织,法律服务机构,其他"], "4,3,1,0,0,0,2,7", [4, 1, 0, 0, 0, 2, 7]),
            (["项目,自然人,法人或其他组织,总计"], "4,3,7", [4, nil, nil, nil, nil, nil, 7]),
            (["项目,自然人,商业企业,科研机沟,社会公益组织,法律服务机构,其他组织,合计"], "4,1,0,0,0,2,7", [4, 1, 0, 0, 0, 2, 7]),
            (["项目,自然人,商业企业,科研机构,社会公益组织,法律服务机构,其他,同比增减"], "4,1,0,0,0,2,7", [4, 1, 0, 0, 0, 2, nil]),
            (["项目,自然人,商业企业,科研机构,社会公益组织,法律服务机构,其他,上年总计"], "4,1,0,0,0,2,7", [4, 1, 0, 0, 0, 2, nil]),
            (["项目,总计,占比,同比"], "7,35%,12", [nil, nil, nil, nil, nil, nil, 7]),
            (["项目,自然人,上年总计"], "4,9", [4, nil, nil, nil, nil, nil, nil]),
            (["项目,上年合计,本年合计"], "9,7", [nil, nil, nil, nil, nil, nil, nil]),
        ] as [([String], String, [Int?])])
    func `figures stand under the names of a head that has others, or lacks some`(
        head: [String], cells: String, figures: [Int?]
    ) throws {
        let checked = try read(head: head, ["一、本年新收政府信息公开申请数量,\(cells)", "（一）予以公开,\(cells)"])
        #expect(row(checked, .newReceived) == figures)
        #expect(row(checked, .granted) == figures)
        for applicant in Applicant.allCases where figures[applicant.rawValue] == nil {
            #expect(flagged(checked).contains(.request(.granted, applicant)))
        }
    }

    @Test func `a head in parts that contradict the order of its rows says nothing`() throws {
        let head = ["项目,自然人,社会公益组织,法人或其他组织,总计", "商业企业,科研机构,法律服务机构,其他"]
        #expect(row(try read(head: head, ["（一）予以公开,1,2,3,4,5,6,21"]), .granted) == [1, 2, 3, 4, 5, 6, 21])
    }

    @Test func `figures of two rows in one cell leave the row open`() throws {
        let head = ["项目,自然人,商业企业,科研机构,社会公益组织,法律服务机构,其他,总计"]
        let checked = try read(head: head, ["（一）予以公开,03,50,0,0,08,0,175", "（二）部分公开,03,01,0,0,0,0,04"])
        #expect(row(checked, .granted) == Array(repeating: nil, count: 7))
        #expect(row(checked, .partiallyGranted) == [3, 1, 0, 0, 0, 0, 4])
    }

    @Test func `the last figure is no total where the rows do not add up to it`() throws {
        let rows = ["一、本年新收政府信息公开申请数量\t6\t1\t0\t0\t0", "二、上年结转政府信息公开申请数量\t0\t0\t0\t0\t0"]
        let text = "三、收到和处理政府信息公开申请情况\n\n" + rows.joined(separator: "\n") + "\n"
        let checked = try ReportParsingTests.read(text)
        #expect(row(checked, .carriedOver) == Array(repeating: nil, count: 7))
    }

    @Test func `blanks that keep their cells keep their columns`() throws {
        let checked = try read { $0.set(.deniedStateSecret, ["", "", "", "", "", "", ""]) }
        #expect(row(checked, .deniedStateSecret) == Array(repeating: nil, count: 7))
        #expect(flagged(checked).isEmpty)
    }

    @Test func `padding before or after the figures is no figure`() throws {
        let checked = try read { table in
            for index in table.rows.indices { table.rows[index].cells = ["", ""] + table.rows[index].cells + [""] }
        }
        #expect(row(checked, .newReceived) == [3, 0, 0, 0, 0, 0, 3])
        #expect(flagged(checked).isEmpty)
    }

    @Test func `an empty cell of a page is no figure where other rows show that it is none`() throws {
        let rows = ["（一）予以公开,,1,0,0,0,0,0,1", "（二）部分公开,,2,,,,,,"].map { row in
            "<tr><td>" + row.replacing(",", with: "</td><td>") + "</td></tr>"
        }
        let page = "<table>\(rows.joined())</table>"
        let parsed = ReportParser.parse(try Document.read(Array(page.utf8), mediaType: "text/html"))
        #expect(
            Applicant.allCases.map { parsed.requests?[.partiallyGranted, $0] } == [2, nil, nil, nil, nil, nil, nil])
    }

    @Test func `a row with another number of cells than the one like it is left open`() throws {
        let text = "（一）予以公开||1|0|0|0|0|0|1\n（二）部分公开||2|0|0|0|0|0|\n"
        let parsed = ReportParser.parse(try tape(text).document)
        #expect(Applicant.allCases.allSatisfy { parsed.requests?[.partiallyGranted, $0] == nil })
        #expect(parsed.findings.contains { $0.paths.contains(.request(.partiallyGranted, .total)) })
    }

    @Test func `whole numbers that a program has written with a point are counts`() throws {
        let checked = try read { $0.set(.granted, ["2.0", "0.0", "NaN", "0.0", "0.0", "0.0", "2.0"]) }
        #expect(row(checked, .granted) == [2, 0, nil, 0, 0, 0, 2])
        #expect(row(try read { $0.set(.granted, ["2.5", "0", "0", "0", "0", "0", "2.5"]) }, .granted)[0] == nil)
    }

    @Test func `a row that lost a zero is placed where all readings agree, and open elsewhere`() throws {
        let checked = try read { $0.set(.granted, ["2", "0", "0", "0", "0", "2"]) }
        #expect(row(checked, .granted)[6] == 2)
        #expect(row(checked, .granted).dropFirst().dropLast().allSatisfy { $0 == nil || $0 == 0 })
        #expect(Applicant.allCases.allSatisfy { flagged(checked).contains(.request(.granted, $0)) })
    }

    @Test func `the columns decide between the readings of a row`() throws {
        let checked = try read(
            {
                $0.set(.granted, ["2", "2"])
                $0.set(.newReceived, ["3", "3"])
            }, lines: true)
        #expect(row(checked, .granted) == [2, nil, nil, nil, nil, nil, 2])
        #expect(row(checked, .newReceived) == [3, nil, nil, nil, nil, nil, 3])
        let cell = try #require(checked.cells.first { $0.path == .request(.granted, .naturalPerson) })
        #expect(cell.inferredBy == ["requests.row_total", "requests.processed_total", "requests.balance"])
    }

    @Test func `a row that does not add up and lost a cell stays open with a finding`() throws {
        let checked = try read { $0.set(.granted, ["2", "1", "0", "0", "0", "2"]) }
        #expect(row(checked, .granted) == Array(repeating: nil, count: 7))
        #expect(checked.findings.contains { $0.check == .formLabels && $0.paths.count == 7 })
    }

    @Test func `a shifted row among whole ones is not read by its columns`() throws {
        // Eight cells of which the first is blank, where all other rows have nine.
        let checked = try read { table in
            for index in table.rows.indices { table.rows[index].cells = ["", ""] + table.rows[index].cells }
            table.set(.granted, ["", "", "2", "0", "0", "0", "0", "2"])
        }
        #expect(row(checked, .granted)[1] != 2)
        #expect(flagged(checked).contains(.request(.granted, .naturalPerson)))
    }

    @Test func `the label of a row lost in a stream attributes its figures to nobody`() throws {
        let checked = try read(
            { table in
                table.set(.notHandledPetitionOrComplaint, [])
                table.set(.notHandledRepeated, [])
                table.rows.removeAll { $0.label == "2.重复申请" }
                table.set(
                    .notHandledPetitionOrComplaint,
                    ["1", "0", "0", "0", "0", "0", "1", "0", "0", "0", "0", "0", "0", "0"])
            }, lines: true)
        #expect(row(checked, .notHandledPetitionOrComplaint) == Array(repeating: nil, count: 7))
        #expect(flagged(checked).contains(.request(.notHandledRepeated, .total)))
    }

    @Test func `words among the figures leave their cell open, and the row where it has more or fewer cells`() throws {
        let seven = try read { $0.set(.granted, ["2", "约3", "0", "0", "0", "0", "2"]) }
        #expect(row(seven, .granted) == [2, nil, 0, 0, 0, 0, 2])
        #expect(flagged(seven).contains(.request(.granted, .commercialEnterprise)))
        let eight = try read { $0.set(.granted, ["2", "约3", "0", "0", "0", "0", "2", "0"]) }
        #expect(row(eight, .granted) == Array(repeating: nil, count: 7))
    }

    @Test func `the same label twice with other figures is found`() throws {
        let checked = try read { $0.rows.append(($0.rows[2].label, ["9", "0", "0", "0", "0", "0", "9"])) }
        #expect(row(checked, .granted) == [2, 0, 0, 0, 0, 0, 2])
        let finding = try #require(checked.findings.first { $0.check == .formLabels })
        #expect(finding.paths.count == 7)
        #expect(finding.places.count == 2)
    }

    @Test func `the same row twice is no finding`() throws {
        #expect(try read { $0.rows.append($0.rows[2]) }.findings.filter { $0.check == .formLabels }.isEmpty)
    }

    @Test func `a row of fewer blanks than columns is cut short`() throws {
        let checked = try read { $0.set(.deniedStateSecret, ["", ""]) }
        #expect(flagged(checked).contains(.request(.deniedStateSecret, .total)))
    }

    @Test(arguments: [
        ("项目\t商业企业\t科研机构\t社会公益组织\t法律服务机构\t其他\t自然人\t总计", "4\t0\t0\t0\t1\t20\t25"),
        ("\t自然人\t总计\t商业企业\t科研机构\t社会公益组织\t法律服务机构\t其他", "20\t25\t4\t0\t0\t0\t1"),
        ("\t法人或其他组织\t自然人\t总计\n\t商业企业\t科研机构\t社会公益组织\t法律服务机构\t其他", "4\t0\t0\t0\t1\t20\t25"),
        ("项目 商业企业 科研机构 社会公益组织 法律服务机构 其他 自然人 总计", "4 0 0 0 1 20 25"),
    ])
    func `columns in another order are those that the head names`(head: String, cells: String) throws {
        let gap = head.contains("\t") ? "\t" : " "
        let text = "三、收到和处理政府信息公开申请情况\n\n\(head)\n一、本年新收政府信息公开申请数量\(gap)\(cells)\n"
        #expect(row(try ReportParsingTests.read(text), .newReceived) == [20, 4, 0, 0, 0, 1, 25])
    }

    @Test func `columns in another order with some lost are left open`() throws {
        let head = "商业企业\t科研机构\t社会公益组织\t法律服务机构\t其他\t自然人\t总计"
        for cells in ["4\t\t\t\t1\t20\t25", "4\t0\t0\t1\t20\t25"] {
            let text = "三、收到和处理政府信息公开申请情况\n\n\(head)\n一、本年新收政府信息公开申请数量\t\(cells)\n"
            let checked = try ReportParsingTests.read(text)
            #expect(row(checked, .newReceived).allSatisfy { $0 == nil })
            #expect(flagged(checked).contains(.request(.newReceived, .naturalPerson)))
        }
    }
}
