import Reports
import Testing

@testable import ReportParsing

@Suite struct TableRowsTests {
    private func rows(_ text: String) throws -> TableRows {
        let tape = try tape(text)
        return TableRows(tape, headings: NarrativeReader(tape).headingPieces)
    }

    @Test func `rows are found by their labels in any order`() throws {
        let rows = try rows("2.重复申请\t1\n（一）予以公开\t2\n")
        #expect(rows.requests.map(\.line) == [.notHandledRepeated, .granted])
    }

    @Test func `a row of table 二 needs a head above it`() throws {
        #expect(try rows("规章\t0\t0\t0\n").proactive.isEmpty)
        let found = try rows("信息内容\t本年制发件数\t本年废止件数\t现行有效件数\n规章\t0\t0\t0\n")
        #expect(found.proactive.map(\.line) == [.rules])
        #expect(found.proactive.map(\.head) == [0])
        #expect(found.heads.map { $0.columns.map(\.cell) } == [[1, 2, 3]])
        #expect(found.heads.map(\.cells) == [4])
    }

    @Test func `总计 is row （七） by its ordinal, or after the last outcome`() throws {
        #expect(
            try rows("（六）其他处理\t0\t0\t0\t0\t0\t0\t0\n总计\t1\n").requests.map(\.line) == [.otherTotal, .totalProcessed])
        #expect(try rows("（一）予以公开\t1\n（七）总计\t1\n").requests.map(\.line) == [.granted, .totalProcessed])
        #expect(try rows("（一）予以公开\t1\n总计\t1\n").requests.map(\.line) == [.granted])
    }

    @Test func `其他 is a row only below （六）`() throws {
        let text = "2.申请人逾期未按收费通知要求缴纳费用\t0\n3.其他\t1\n"
        #expect(try rows(text).requests.map(\.line) == [.otherOverdueFee, .otherOther])
        #expect(try rows("3.其他\t1\n").requests.isEmpty)
    }

    /// Among lines, names that have changed places look the same.
    @Test(arguments: [("\n", false), ("\t", true)])
    func `总计 before 自然人 is another order of the columns`(separator: String, isReordered: Bool) throws {
        let names = ["总计", "自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"].joined(separator: separator)
        let row = ["一、本年新收政府信息公开申请数量", "3", "1", "0", "0", "0", "0", "2"].joined(separator: separator)
        let found = try rows("\(names)\n\(row)\n").requests
        #expect(found.map(\.isReordered) == [isReordered] && found.map(\.hasForeignColumns) == [!isReordered])
    }

    @Test func `a cell of words in a table does not end its head`() throws {
        let head = "\t商业企业\t自然人\t科研机构\t社会公益组织\t法律服务机构\t其他\t总计\n"
        let found = try rows("\(head)某说明\t\n（一）予以公开\t1\t2\t0\t0\t0\t0\t3\n").requests
        #expect(found.map(\.isReordered) == [true])
    }

    @Test func `blank rows are left open where the table's figures belong to no row`() throws {
        let figures = "1\t0\t0\t0\t0\t0\t1\n"
        let text = "（一）予以公开\t\t\t\t\t\t\t\n某行\t\(figures)（七）总计\t\(figures)"
        #expect(try rows(text).requests.map(\.hasForeignColumns) == [true, false])
        #expect(
            try rows("（一）予以公开\t\t\t\t\t\t\t\n（七）总计\t\(figures)").requests.map(\.hasForeignColumns) == [false, false])
    }

    @Test func `a stream's row ends at the next label`() throws {
        let found = try rows("（一）予以公开\n1\n0\n（二）部分公开\n2\n").requests
        #expect(found.map(\.slots.count) == [2, 1])
    }

    @Test func `figures before the first label of table 二 may be those of each row that follows`() throws {
        let head = "信息内容\n本年制发件数\n本年废止件数\n现行有效件数\n"
        let ahead = try rows("\(head)0\n0\n6\n规章\n1\n2\n3\n行政规范性文件\n第二十条第（五）项\n")
        #expect(ahead.proactive.map(\.hasForeignColumns) == [false, false])
        #expect(ahead.proactive.map { $0.slots.map(\.piece) } == [[4, 5, 6], [8, 9, 10]])
        let signs = try rows("\(head)/\n/\n—\n规章\n1\n2\n3\n行政规范性文件\n")
        #expect(signs.proactive.map { $0.slots.count { $0.isBlank } } == [3, 0])
        // Blanks that left no trace: another head tells.
        let dropped = try rows("\(head)规章\n1\n2\n3\n行政规范性文件\n信息内容\n本年处理决定数量\n7\n行政许可\n")
        #expect(dropped.proactive.map(\.hasForeignColumns) == [true, false, false])
        #expect(dropped.proactive.map(\.slots.count) == [0, 3, 1])
        let behind = try rows("\(head)规章\n0\n0\n6\n行政规范性文件\n1\n2\n3\n信息内容\n本年处理决定数量\n7\n行政许可\n")
        #expect(behind.proactive.map(\.hasForeignColumns) == [false, false, true])
    }

    @Test(arguments: [
        "（一）\t主动公开政府信息数\t条\t4\n其中：\t主动公开规范性文件数\t条\t3\n1.\t政府公报公开政府信息数\t条\t2\n",
        "一\t主动公开政府信息数\t条\t4\n二\t主动公开规范性文件数\t条\t3\n三\t政府公报公开政府信息数\t条\t2\n",
        "一、主动公开情况\t主动公开政府信息数\t条\t4\n\t主动公开规范性文件数\t条\t3\n二、另一部分\t政府公报公开政府信息数\t条\t2\n",
    ])
    func `ordinals and groups of the 统计表 in cells of their own make no row another's`(body: String) throws {
        let found = try rows("序号\t统计指标\t单位\t统计数\n\(body)")
        #expect(found.statistics.map(\.line) == [.proactiveTotal, .proactiveNormativeDocuments, .channelsGazette])
        #expect(found.statistics.map { $0.slots.compactMap { Reading($0).count } } == [[4], [3], [2]])
        #expect(found.foreignRows.isEmpty)
        // A unit of its own before a label of the form is another's.
        let other = "（一）\t主动公开政府信息数\t条\t4\n乙局\t主动公开规范性文件数\t条\t3\n"
        #expect(try rows("序号\t统计指标\t单位\t统计数\n\(other)").foreignRows.count == 1)
    }

    @Test func `figures before the labels of the 统计表 are theirs where they stand behind the headings of its parts`()
        throws
    {
        let ahead = "统计指标\n单位\n统计数\n4\n（一）主动公开政府信息数\n条\n3\n其中：主动公开规范性文件数\n条\n"
        let second = "二、回应解读情况\n5\n（一）回应公众关注热点或重大舆情数\n次\n"
        let found = try rows(ahead + second)
        let firsts = found.statistics.compactMap(\.slots.first?.piece)
        #expect(firsts.count == 3 && zip(firsts, found.statistics).allSatisfy { $0 + 1 == $1.label })
        // One figure alone may be the number of a page.
        #expect(try rows(ahead).statistics.allSatisfy(\.hasForeignColumns))
        // A figure behind the last label: they stand behind.
        #expect(try rows("\(ahead)7\n").statistics.map(\.hasForeignColumns) == [false, false])
    }

    @Test func `figures before the first label of table 三 are its own where none stand behind the last`() throws {
        let seven = "1\n0\n0\n0\n0\n0\n1\n"
        let ahead = "\(seven)一、本年新收政府信息公开申请数量\n\(seven)二、上年结转政府信息公开申请数量\n"
        #expect(try rows(ahead).requests.map { $0.slots.map(\.piece) } == [Array(0...6), Array(8...14)])
        #expect(try rows("\(ahead)\(seven)").requests.map(\.hasForeignColumns) == [false, false])
        let signs = "/\n/\n/\n/\n/\n/\n/\n"
        let blank = try rows("\(signs)一、本年新收政府信息公开申请数量\n\(seven)二、上年结转政府信息公开申请数量\n")
        #expect(blank.requests.map { $0.slots.count { $0.isBlank } } == [7, 0])
        // Nor are the numbers of the columns.
        let numbered = "1\n2\n3\n4\n5\n6\n7\n一、本年新收政府信息公开申请数量\n\(seven)二、上年结转政府信息公开申请数量\n"
        #expect(try rows(numbered).requests.map { $0.slots.first?.piece } == [8])
        // A page's number is no row.
        #expect(try rows("4\n一、本年新收政府信息公开申请数量\n\(seven)").requests.map(\.hasForeignColumns) == [false])
    }

    @Test func `a unit on a line of its own leaves its figure open`() throws {
        for (separator, end) in [("\n", "\n三、收到和处理政府信息公开申请情况\n"), ("\t", "\n")] {
            let cells = ["信息内容", "采购项目数量", "采购总金额\n政府集中采购", "2", "58.0638", "万元"]
            let found = try rows(cells.joined(separator: separator) + end)
            #expect(found.proactive.first?.slots.map(\.isText) == [false, false, true])
        }
        let fees = try rows("信息内容\t本年收费金额（单位：万元）\n行政事业性收费\t12.5\t万元\n行政事业性收费\t12.5\t元\n")
        #expect(fees.proactive.map(\.slots.count) == [1, 2])
    }

    @Test func `figures under a head of table 四 are its row`() throws {
        let head = "结果维持\t结果纠正\t其他结果\t尚未审结\t总计"
        let three = try rows(
            "行政复议\t行政诉讼\n\(head)\t\(head)\t\(head)\n" + Array(repeating: "0", count: 15).joined(separator: "\t"))
        #expect(three.reviews.all.map(\.routes) == [ReviewRoute.allCases])
        #expect(three.reviews.all.first?.slots.count == 15)
        let two = try rows(
            "未经复议直接起诉\t复议后起诉\n\(head)\t\(head)\n" + Array(repeating: "0", count: 10).joined(separator: "\t"))
        #expect(two.reviews.all.map(\.routes) == [[.direct, .afterReview]])
        #expect(try rows("行政复议\n\(head)\n0\t0\t0\t0\t0\n").reviews.all.map(\.routes) == [[.administrativeReview]])
    }

    @Test(arguments: [
        ("自然人\t商业企业\t其他\t总计", true), ("自然人\t法人或其他组织\t总计\n\t商业企业\t其他\t", true),
        ("总计\n自然人\t商业企业\t其他", true), ("总计\t自然人\t商业企业\t其他", false), ("商业企业\t自然人\t其他\t总计", false),
        ("自然人\t其他\t商业企业\t总计", false), ("商业企业\t科研机构\t其他\t自然人\t总计", false), ("自然人\t总计\t商业企业\t其他", false),
        ("法人或其他组织\t自然人\t总计\n商业企业\t其他", false), ("自然人\t总计\t法人或其他组织\n\t\t商业企业\t其他", false),
        ("自然人\t法人或其他组织\t总计\t商业企业\t其他", true), ("法人或其他组织\n自然人\n总计\n商业企业\n其他", true),
        ("自然人\n总计\n商业企业\n其他", true), ("商业企业\n自然人\n其他\n总计", false),
    ])
    func `a head that names its columns in another order than the form is noticed`(head: String, isInOrder: Bool) throws
    {
        let separator = head.contains("\t") ? "\t" : "\n"
        let row = (["（一）予以公开"] + Array(repeating: "1", count: 7)).joined(separator: separator)
        #expect(try rows("\(head)\n\(row)\n").requests.map(\.hasForeignColumns) == [!isInOrder])
    }

    @Test(
        arguments: [
            ("行政诉讼\t行政复议\n未经复议直接起诉\t复议后起诉", 3, [.direct, .afterReview, .administrativeReview]),
            ("行政复议\t行政诉讼\n复议后起诉\t未经复议直接起诉", 3, [.administrativeReview, .afterReview, .direct]),
            ("行政复议\t行政诉讼", 2, [.administrativeReview, nil]), ("行政诉讼\t行政复议", 2, [nil, .administrativeReview]),
            ("行政诉讼", 2, [.direct, .afterReview]), ("行政复议\t行政诉讼", 3, ReviewRoute.allCases),
        ] as [(String, Int, [ReviewRoute?])])
    func `the blocks of table 四 are those that the head names`(names: String, count: Int, routes: [ReviewRoute?]) throws
    {
        let head = Array(repeating: "结果维持\t结果纠正\t其他结果\t尚未审结\t总计", count: count).joined(separator: "\t")
        let row = Array(repeating: "0", count: 5 * count).joined(separator: "\t")
        #expect(try rows("\(names)\n\(head)\n\(row)\n").reviews.all.map(\.routes) == [routes])
    }

    @Test func `outcomes of table 四 in another order name no block where cells cannot be counted by`() throws {
        let head = ["结果纠正", "结果维持", "其他结果", "尚未审结", "总计"]
        let tabs = head.joined(separator: "\t")
        #expect(try rows("行政复议\n\(tabs)\n1\t0\t0\t0\t1\n").reviews.all.map(\.routes) == [[.administrativeReview]])
        let lines = head.joined(separator: "\n")
        #expect(try rows("行政复议\n\(lines)\n1\n0\n0\n0\n1\n").reviews.all.allSatisfy { $0.routes.isEmpty })
        // A row of fewer cells, a name twice.
        #expect(try rows("行政复议\n\(tabs)\n1\t0\t0\t1\n").reviews.all.allSatisfy { $0.routes.isEmpty })
        let twice = tabs.replacing("其他结果", with: "结果纠正")
        #expect(try rows("行政复议\n\(twice)\n1\t0\t0\t0\t1\n").reviews.all.allSatisfy { $0.routes.isEmpty })
    }

    @Test(
        arguments: [
            ("统计指标\t代码\t单位\t数量\n（一）收到申请数\t07\t件\t5\n1.当面申请数\t08\t件\t\n", ["5", nil], false),
            ("（一）收到申请数\t07\t件\t5\n1.当面申请数\t08\t件\t\n", ["5", nil], false),
            ("（一）收到申请数\n07\n件\n5\n1.当面申请数\n08\n件\n", ["5", "8"], true),
            ("（一）收到申请数\t5\t件\n1.当面申请数\t3\t件\n", ["5", "3"], false),
            ("统计指标\t序号\t数量\n（一）收到申请数\t07\t5\n1.当面申请数\t08\t\n", ["5", nil], false),
        ] as [(String, [String?], Bool)])
    func `a code is no figure`(text: String, figures: [String?], isLastOpen: Bool) throws {
        let found = try rows(text).statistics
        #expect(found.map(\.line) == [.receivedTotal, .receivedInPerson])
        #expect(found.map { $0.slots.first.flatMap { Reading($0).value?.number } } == figures)
        #expect(found.last?.hasForeignColumns == isLastOpen)
    }

    @Test(arguments: ["\t", " "])
    func `two columns of figures leave it open which is meant`(gap: String) throws {
        let text = "统计指标\t单位\t本期实际\t本年累计\n（一）收到申请数\t件\t5\t7\n1.当面申请数\t件\t5\t\n"
        let found = try rows(text.replacing("\t", with: gap)).statistics
        #expect(found.map(\.hasForeignColumns) == [true, true])
    }
}
