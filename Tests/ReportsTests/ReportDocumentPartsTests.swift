import Reports
import Support
import Testing

@Suite struct ReportDocumentPartsTests {
    private func filed(_ name: String) -> CanonicalJSON.Filed {
        CanonicalJSON.Filed(
            agency: CanonicalJSON.NamedAgency(
                id: 17, name: name, region: CanonicalJSON.NamedRegion(code: "411324", name: "\"year\":镇平县")),
            currentName: "某局", year: 2023, revision: 2, at: 1_769_846_400, reason: "\"quality\":{\"\\",
            sha256: [1, 255])
    }

    private func members(_ report: AnnualReport) -> [UInt8] {
        var json = JSONWriter()
        CanonicalJSON.writeMembers(of: report, to: &json)
        return json.bytes
    }

    private let quality: Quality = {
        var checks = CheckTally()
        checks.passed = 7
        return Quality(checks: checks, blankCells: 1, inferredCells: 2)
    }()

    @Test(arguments: 0..<100)
    func `a document put together from its parts is the same bytes`(seed: Int) throws {
        var report = try Example.random(seed: seed)
        let titles = [
            #""year":2020,"quality":{"#, #"\","quality":{}}"#, "{[", "}", "\\", "a\"", #"甲","links":{}"#, report.title,
        ]
        report.title = titles[seed % titles.count]
        let filed = filed(titles[seed / 8 % titles.count])
        let whole = CanonicalJSON.document(filed, members: members(report), quality: quality)
        let parts = try #require(ReportDocumentParts(whole))
        #expect(Array(parts.members) == members(report))
        #expect(CanonicalJSON.document(filed, members: parts.members, quality: quality) == whole)
        #expect(try JSONValue(whole)["quality"]?["checksPassed"]?.integer == 7)
    }

    @Test func `another quality changes nothing else`() throws {
        let report = try Example.balanced()
        let whole = CanonicalJSON.document(filed("甲"), members: members(report), quality: quality)
        let parts = try #require(ReportDocumentParts(whole))
        let again = CanonicalJSON.document(filed("甲"), members: parts.members, quality: Quality())
        #expect(
            again.text
                == whole.text.replacing("\"checksPassed\":7", with: "\"checksPassed\":0").replacing(
                    "\"blankCells\":1,\"inferredCells\":2", with: "\"blankCells\":0,\"inferredCells\":0"))
    }

    @Test func `members stand in the order of the API`() throws {
        let text = CanonicalJSON.document(filed("甲"), members: members(try Example.balanced()), quality: quality).text
        let places = ["agency", "year", "indicators", "quality", "revision", "links"].map {
            text.firstRange(of: "\"\($0)\":")?.lowerBound
        }
        #expect(places.compactMap { $0 } == places.compactMap { $0 }.sorted())
        #expect(!places.contains(nil))
        #expect(text.contains("\"indicators\":{"))
        #expect(text.contains("},\"quality\":{\"checksPassed\":7,"))
    }

    @Test(arguments: [
        "", "{", "}", "{}", "[]", "null", "{\"agency\":1}", "{\"year\":1,\"quality\":2}",
        #"{"agency":1,"year":2,"revision":4,"links":5}"#, #"{"agency":1,"year":2,"revision":4,"quality":3,"links":5}"#,
        #"{"agency":1,"year":2,"quality":3,"revision":4,"links":"}"#,
        #"{"agency":1,"year":2,"quality":3,"revision":4,"links":[}"#,
        #"{"agency":1,"year":2, "quality":3,"revision":4,"links":5}"#,
    ])
    func `what is no report document has no parts`(text: String) {
        #expect(ReportDocumentParts(Array(text.utf8)) == nil)
    }

    @Test func `the least document has parts`() throws {
        let parts = ReportDocumentParts(Array(#"{"agency":1,"year":2,"quality":3,"revision":4,"links":5}"#.utf8))
        #expect(parts.map { Array($0.members).text } == "\"year\":2")
    }

    @Test func `no bytes are a crash`() throws {
        var random = SeededGenerator(seed: 8)
        let whole = CanonicalJSON.document(filed("甲"), members: members(try Example.balanced()), quality: quality)
        for round in 0..<300 {
            _ = ReportDocumentParts(random.bytes(round % 64))
            var damaged = whole
            for _ in 0..<4 { damaged[Int.random(in: damaged.indices, using: &random)] = random.bytes(1)[0] }
            _ = ReportDocumentParts(damaged)
            _ = ReportDocumentParts(Array(whole.prefix(Int.random(in: 0...whole.count, using: &random))))
        }
    }
}
