import Reports
import Testing

@Suite struct ReportDiffTests {
    private func changes(_ from: AnnualReport, _ to: AnnualReport) -> [ReportDiff.Change] {
        ReportDiff(from: from, to: to).changes
    }

    private func json(_ from: AnnualReport, _ to: AnnualReport) -> String {
        var json = JSONWriter()
        CanonicalJSON.write(ReportDiff(from: from, to: to), to: &json)
        return json.bytes.text
    }

    @Test func `every kind of field is compared`() throws {
        var from = try Example.balanced()
        from.narrative = Narrative(
            opening: ["甲"], sections: [Section(kind: .overview, heading: "一、总体情况", paragraphs: ["乙", "丙"])])
        var to = from
        to.title = "另一份"
        to.scope = .consolidated
        to.proactive?[.normativeDocuments, .inForce] = Quantity(7)
        to.requests?[.granted, .total] = 6
        to.requests?[.deniedStateSecret, .total] = nil
        to.reviews?[.direct, .upheld] = 1
        to.narrative.opening = []
        to.narrative.sections[0] = Section(kind: .overview, heading: "一、总体情况", paragraphs: ["乙"])
        to.narrative.sections.append(Section(kind: .otherMatters, heading: "六", paragraphs: []))
        #expect(
            json(from, to) == """
                [{"path":"title","from":"甲县财政局年度报告","to":"另一份","change":null},\
                {"path":"scope","from":"own","to":"consolidated","change":null},\
                {"path":"proactiveDisclosure.normativeDocuments.inForce","from":0,"to":7,"change":7},\
                {"path":"requests.granted.total","from":2,"to":6,"change":4},\
                {"path":"requests.denied.stateSecret.total","from":0,"to":null,"change":null},\
                {"path":"reviewsAndLitigation.litigation.direct.upheld","from":0,"to":1,"change":1},\
                {"path":"narrative.opening","from":"甲","to":null,"change":null},\
                {"path":"narrative.overview","from":"一、总体情况\\n乙\\n丙","to":"一、总体情况\\n乙","change":null},\
                {"path":"narrative.otherMatters","from":null,"to":"六","change":null}]
                """)
    }

    @Test func `nothing different is an empty array`() throws {
        #expect(json(try Example.balanced(), try Example.balanced()) == "[]")
    }

    @Test func `a table that is missing is null in each figure`() throws {
        let from = try Example.balanced()
        var to = from
        to.reviews = nil
        let found = changes(from, to)
        #expect(found.count == 15)
        #expect(found.allSatisfy { $0.to == .null && $0.from == .figure(Quantity(0)) && $0.change == nil })
        to.reviews = ReviewTable()
        var blank = from
        blank.reviews = nil
        #expect(changes(blank, to).isEmpty)
    }

    @Test func `two forms are compared figure by figure, one row of （六） with three`() throws {
        let from = try Example.balanced(form: .form2019)
        let to = try Example.balanced()
        let found = changes(from, to)
        #expect(found.first?.path == "form")
        #expect(found.contains { $0.path == "requests.otherTotal.total" && $0.to == .null })
        #expect(found.contains { $0.path == "requests.other.overdueFee.total" && $0.from == .null })
        #expect(found.contains { $0.path == "proactiveDisclosure.rules.newlyMade" && $0.to == .null })
        #expect(!found.contains { $0.path.hasPrefix("requests.granted") })
    }

    @Test func `the 统计表 and the rows that no form has are compared`() throws {
        var from = AnnualReport(agency: "甲", year: try Example.year(2016), title: "", form: .form2014)
        from.statistics2014 = Statistics2014()
        var to = from
        from.statistics2014?[.requestFeesWan] = Quantity("1.25")
        to.statistics2014?[.requestFeesWan] = Quantity("2.50")
        to.statistics2014?.foreignRows = [
            Statistics2014.ForeignRow(label: "机构领导", cells: ["人", "3"]),
            Statistics2014.ForeignRow(label: "乙", cells: []),
        ]
        #expect(
            json(from, to) == """
                [{"path":"statistics2014.requestFeesWan","from":1.25,"to":2.50,"change":1.25},\
                {"path":"statistics2014.foreignRows","from":null,"to":"机构领导\\u0009人\\u00093\\n乙","change":null}]
                """)
    }

    @Test(arguments: 0..<100)
    func `a difference is empty for equal reports alone, and the reverse has the opposite changes`(seed: Int) throws {
        let one = try Example.random(seed: seed)
        let other = try Example.random(seed: seed + 1)
        #expect(changes(one, one).isEmpty)
        let there = changes(one, other)
        let back = changes(other, one)
        #expect(!there.isEmpty)
        #expect(there.map(\.path) == back.map(\.path))
        #expect(there.map(\.from) == back.map(\.to))
        for (one, other) in zip(there, back) {
            #expect(one.change?.digits == other.change.map { -$0.digits })
            #expect(one.change?.places == other.change?.places)
        }
        #expect(Set(there.map(\.path)).count == there.count)
        #expect(try JSONValue(Array(json(one, other).utf8)) != .null)
    }
}
