import Documents
import Reports
import Testing

@testable import ReportParsing

@Suite struct ReportParserTests {
    @Test(
        arguments: [
            ("栏目甲县财政局", "甲县财政局", "甲县财政局"), ("乙市甲县财政局", "甲县财政局", "乙市甲县财政局"), ("甲县财政局", "财政局", "甲县财政局"),
            ("甲县财政局", "本局", "甲县财政局"), ("", "本局", nil),
        ] as [(String, String, String?)])
    func `the first sentences tell what of a title's line is no name`(title: String, known: String, agency: String?)
        throws
    {
        let text = "\(title)2023年政府信息公开工作年度报告\n根据《条例》要求，\(known)编制了2023年度报告。\n一、总体情况\n无。\n"
        #expect(ReportParser.parse(try tape(text).document).agency == agency)
    }

    @Test func `a small report is read whole`() throws {
        let document = try Document.read(Array(TableText().text.utf8))
        let parsed = ReportParser.parse(document)
        #expect(parsed.isReport)
        #expect(parsed.agency == "甲县财政局")
        #expect(parsed.year?.value == 2023)
        #expect(parsed.form == .form2021)
        #expect(parsed.cells.count == 200)
        #expect(parsed.findings.isEmpty)
        #expect(
            parsed.narrative.sections.map(\.kind) == [
                .proactiveDisclosure, .requests, .reviewsAndLitigation, .issuesAndImprovements,
            ])
        #expect(parsed.narrative[.issuesAndImprovements]?.paragraphs == ["无。"])
        #expect(parsed.requests?[.newReceived, .total] == 3)
    }

    @Test func `the same figures stand in one cell a line`() throws {
        let tabs = ReportParser.parse(try Document.read(Array(TableText().text.utf8)))
        let lines = ReportParser.parse(try Document.read(Array(TableText().lines.utf8)))
        #expect(lines.requests == tabs.requests)
        #expect(lines.reviews == tabs.reviews)
        #expect(lines.proactive == tabs.proactive)
    }

    @Test(arguments: ["", "你好", "甲县财政局2023年工作报告\n\n一、总体情况\n\n很好。", "1\t2\t3\n4\t5\t6\n"])
    func `what is no report says so`(text: String) throws {
        let parsed = ReportParser.parse(try Document.read(Array(text.utf8)))
        #expect(!parsed.isReport)
        #expect(parsed.cells.isEmpty)
    }

    @Test func `the form is what the labels say, else that of the year`() throws {
        func form(_ text: String) throws -> ReportForm { ReportParser.parse(try Document.read(Array(text.utf8))).form }
        let head = "信息内容\t本年新制作数量\t本年新公开数量\t对外公开总数量\n规章\t0\t0\t0\n"
        #expect(try form("甲县财政局2023年政府信息公开年报\n\n" + head) == .form2019)
        #expect(try form("甲县财政局2020年政府信息公开年报\n") == .form2019)
        #expect(try form("甲县财政局2016年政府信息公开年报\n") == .form2014)
        #expect(try form("甲县财政局2021年政府信息公开年报\n") == .form2021)
    }

    @Test func `title and period that differ are an error`() throws {
        let text = "甲县财政局2023年政府信息公开工作年度报告\n统计期限为2022年1月1日至2022年12月31日。\n一、总体情况\n"
        let parsed = ReportParser.parse(try Document.read(Array(text.utf8)))
        #expect(parsed.findings.map(\.check) == [.identityYear])
        #expect(parsed.findings.first?.left == 2023)
        #expect(parsed.year?.value == 2023)
    }

    @Test func `a consolidated report says so in its opening`() throws {
        let text = "甲县2023年政府信息公开工作年度报告\n本报告综合各乡镇、各部门年度报告编制。\n一、总体情况\n"
        #expect(ReportParser.parse(try Document.read(Array(text.utf8))).scope == .consolidated)
    }

    @Test func `the table of the form is read, whatever else uses its words`() throws {
        let text = TableText().text
        let decoy = "指标\t2021年\t2022年\t2023年\n本年新收\t10\t20\t30\n予以公开\t5\t6\t7\n部分公开\t1\t2\t3\n\n以上。\n\n"
        let heading = "三、收到和处理政府信息公开申请情况\n\n"
        for place in ["一、总体情况\n\n" + decoy + heading, heading + decoy] {
            let parsed = ReportParser.parse(try Document.read(Array(text.replacing(heading, with: place).utf8)))
            #expect(parsed.requests == ReportParser.parse(try Document.read(Array(text.utf8))).requests)
            #expect(parsed.findings.isEmpty)
        }
    }

    @Test func `a cell that is no figure leaves its row's other figures`() throws {
        var table = TableText()
        table.set(.granted, ["约2", "0", "0", "0", "0", "0", "2"])
        table.proactive[1].cells = ["3", "十", "28"]
        let parsed = ReportParser.parse(try Document.read(Array(table.text.utf8)))
        #expect(parsed.cells.count == 198)
        #expect(parsed.requests?[.granted, .total] == 2)
        #expect(parsed.requests?[.granted, .naturalPerson] == nil)
        #expect(parsed.proactive?[.normativeDocuments, .inForce]?.count == 28)
        #expect(
            Set(parsed.findings.flatMap(\.paths)) == [
                .request(.granted, .naturalPerson), .proactive(.normativeDocuments, .repealed),
            ])
    }

    @Test(arguments: [" ", "  ", "\u{3000}"])
    func `a row a line with spaces between its cells is read whole`(gap: String) throws {
        let text = TableText().text
        let parsed = ReportParser.parse(try Document.read(Array(text.replacing("\t", with: gap).utf8)))
        #expect(parsed.cells.count == 200)
        #expect(parsed.reviews == ReportParser.parse(try Document.read(Array(text.utf8))).reviews)
    }

    @Test(arguments: [" ", "\u{3000}", "\t", "|"])
    func `a table on one line is read whole`(gap: String) throws {
        let note = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）\t"
        let parts = TableText().text.replacing("本年新收", with: note + "本年新收").split(separator: "\n\n").map(String.init)
        let text = parts.map { $0.contains("\t") ? $0.replacing("\n", with: "\t").replacing("\t", with: gap) : $0 }
        let parsed = ReportParser.parse(try Document.read(Array(text.joined(separator: "\n\n").utf8)))
        #expect(parsed.cells.count == 200)
        #expect(parsed.requests == ReportParser.parse(try Document.read(Array(TableText().text.utf8))).requests)
    }

    @Test func `merged cells that are repeated in each of their places count once`() throws {
        let heads = ["行政许可", "行政处罚", "行政强制", "行政事业性收费"]
        let lines = TableText().text.split(separator: "\n", omittingEmptySubsequences: false).map { line -> String in
            let cells = line.split(separator: "\t").map(String.init)
            let isSingle = cells.count == 2 && (cells[0] == "信息内容" || heads.contains(cells[0]))
            if isSingle { return [cells[0], cells[1], cells[1], cells[1]].joined(separator: "\t") }
            guard cells == ["行政复议", "行政诉讼"] else { return String(line) }
            let routes = Array(repeating: "行政复议", count: 5) + Array(repeating: "行政诉讼", count: 10)
            let outcomes = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
            let kinds = ["未经复议直接起诉", "复议后起诉"].flatMap { Array(repeating: $0, count: 5) }
            return routes.joined(separator: "\t") + "\n" + (outcomes + kinds).joined(separator: "\t")
        }
        let parsed = ReportParser.parse(try Document.read(Array(lines.joined(separator: "\n").utf8)))
        #expect(parsed.cells.count == 200)
        #expect(parsed.findings.isEmpty)
    }

    @Test func `empty cells of merged columns between the figures of table 四 count for nothing`() throws {
        var table = TableText()
        let figures = (1...3).flatMap { ["\($0)", "0", "1", "0", "\($0 + 1)"] }
        table.reviews = figures.flatMap { [$0, ""] } + [""]
        let parsed = ReportParser.parse(try Document.read(Array(table.text.utf8)))
        #expect(parsed.reviews?[.direct, .upheld] == 2)
        #expect(parsed.reviews?[.afterReview, .total] == 4)
        #expect(parsed.findings.isEmpty)
        table.reviews[28] = ""
        #expect(ReportParser.parse(try Document.read(Array(table.text.utf8))).reviews?[.direct, .upheld] == nil)
    }

    @Test(arguments: [
        "总计\t结果维持\t结果纠正\t其他结果\t尚未审结", "结果纠正\t结果维持\t其他结果\t尚未审结\t总计",
        "结果维持\t结果纠正\t其他结果\t尚未审结\t总计",
    ])
    func `the columns of table 四 are read as its head names them`(_ names: String) throws {
        let figures = ["结果维持": 1, "结果纠正": 2, "其他结果": 0, "尚未审结": 3, "总计": 6]
        let row = names.split(separator: "\t").map { "\(figures[String($0)] ?? -1)" }.joined(separator: "\t")
        let text = """
            甲县财政局2023年政府信息公开工作年度报告
            行政复议\t\t\t\t\t行政诉讼
            \t\t\t\t\t未经复议直接起诉\t\t\t\t\t复议后起诉
            \(names)\t\(names)\t\(names)
            \(row)\t\(row)\t\(row)
            """
        let reviews = ReportParser.parse(try Document.read(Array(text.utf8))).reviews
        for route in ReviewRoute.allCases {
            #expect(ReviewOutcome.allCases.map { reviews?[route, $0] } == [1, 2, 0, 3, 6])
        }
    }

    @Test func `a column of units in table 二 is none of its figures`() throws {
        let text = """
            甲县财政局2023年政府信息公开工作年度报告
            信息内容\t单位\t本年制发件数\t本年废止件数\t现行有效件数
            规章\t件\t2\t0\t7
            信息内容\t单位\t本年收费金额（单位：万元）
            行政事业性收费\t万元\t0元
            """
        let parsed = ReportParser.parse(try Document.read(Array(text.utf8)))
        #expect(parsed.proactive?[.rules, .inForce]?.count == 7 && parsed.proactive?[.rules, .issued]?.count == 2)
        // Of nothing, any unit says the same.
        #expect(parsed.proactive?[.administrativeFees, .amountWan] == Quantity(0))
    }

    @Test func `figures that stand before their labels are read as those of the label behind them`() throws {
        let table = TableText()
        let rows = table.proactive.map { ($0.cells + [$0.label]).joined(separator: "\n") }
        let heads = ["信息内容\n本年制发件数\n本年废止件数\n现行有效件数", "信息内容\n本年处理决定数量", "信息内容\n本年收费金额（单位：万元）"]
        let two = [heads[0]] + rows[..<2] + [heads[1]] + rows[2..<5] + [heads[2]] + rows[5...]
        let three = table.rows.map { ($0.cells + [$0.label]).joined(separator: "\n") }
        let text = "甲县财政局2023年政府信息公开工作年度报告\n\n" + (two + ["自然人\n商业企业\n总计"] + three).joined(separator: "\n")
        let parsed = ReportParser.parse(try Document.read(Array(text.utf8)))
        let straight = ReportParser.parse(try Document.read(Array(table.text.utf8)))
        #expect(parsed.proactive == straight.proactive)
        #expect(parsed.requests == straight.requests)
    }

    @Test func `columns of table 二 are told by their names`() throws {
        let text = TableText().text.replacing("本年制发件数\t本年废止件数", with: "本年废止件数\t本年制发件数")
        let parsed = ReportParser.parse(try Document.read(Array(text.utf8)))
        #expect(parsed.proactive?[.normativeDocuments, .issued]?.count == 1)
        #expect(parsed.proactive?[.normativeDocuments, .repealed]?.count == 3)
        let lines = TableText().lines.replacing("本年制发件数\n本年废止件数", with: "本年废止件数\n本年制发件数")
        let open = ReportParser.parse(try Document.read(Array(lines.utf8)))
        #expect(open.proactive?[.normativeDocuments, .issued] == nil)
        #expect(open.findings.contains { $0.paths.contains(.proactive(.normativeDocuments, .issued)) })
    }
}
