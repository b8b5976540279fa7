import Reports
import Testing

@Suite struct FindingsOthersTests {
    private func json(_ findings: [Finding]) -> [UInt8] {
        var json = JSONWriter()
        CanonicalJSON.write(findings, to: &json)
        return json.bytes
    }

    @Test func `each finding across reports leads to the report that it is about, and nothing else changes`() throws {
        let findings = [
            Finding(.carryRequests, message: #"","acknowledged":null,"check":"duplicate.figures""#, left: 1, right: 2),
            DuplicateCheck.figures(sameAs: "甲局", year: 2022, isTelling: true),
            DuplicateCheck.narrative(like: "乙局", year: 2021, likeness: 0.9),
            Finding(.consolidatedSum, message: "the narrative"), Finding(.identityRegion, message: "a"),
        ]
        var others = ComparedReports()
        let whole = json(findings)
        #expect(FindingsJSON.withOthers(whole, others) == whole)
        others.yearBefore = ComparedReport(agency: "本局", year: 2020, href: "/reports/3/2020")
        others.sameFigures = ComparedReport(agency: "甲局", year: 2022, href: "/reports/1/2022")
        others.sameNarrative = ComparedReport(agency: "乙\"局", year: 2021, href: "/reports/2/2021")
        guard case .array(let items) = try JSONValue(FindingsJSON.withOthers(whole, others)),
            case .array(let before) = try JSONValue(whole)
        else { return #expect(Bool(false)) }
        #expect(!FindingsJSON.hasOthers(whole) && FindingsJSON.hasOthers(FindingsJSON.withOthers(whole, others)))
        #expect(!FindingsJSON.hasOthers(json([Finding(.identityRegion, message: #""other":{"#)])))
        let hrefs = ["/reports/3/2020", "/reports/1/2022", "/reports/2/2021", nil, nil]
        #expect(items.map { $0["other"]?["href"]?.string } == hrefs)
        #expect(items[2]["other"]?["agency"]?.string == "乙\"局")
        for (item, old) in zip(items, before) {
            guard case .object(var members) = item else { return #expect(Bool(false)) }
            members["other"] = nil
            #expect(.object(members) == old)
        }
        #expect(FindingsJSON.withOthers(json([]), others) == json([]))
    }
}
