import Reports
import Testing

@Suite struct CanonicalJSONTests {
    @Test func `equal reports give equal bytes`() throws {
        for seed in 0..<50 {
            #expect(document(try Example.random(seed: seed)) == document(try Example.random(seed: seed)))
        }
        #expect(document(try Example.random(seed: 1)) != document(try Example.random(seed: 2)))
    }

    @Test func `members stand in a stable order`() throws {
        let text = document(try Example.balanced()).text
        let names = [
            "agency", "year", "title", "form", "scope", "proactiveDisclosure", "rules", "administrativeFees",
            "requests", "newReceived", "carriedOver", "granted", "denied", "stateSecret", "unavailable", "other",
            "overdueFee", "totalProcessed", "carriedForward", "reviewsAndLitigation", "litigation", "afterReview",
            "indicators", "disclosureRate", "quality", "checksPassed", "inferredCells",
        ]
        let places = names.map { text.firstRange(of: "\"\($0)\":")?.lowerBound }
        #expect(!places.contains(nil))
        #expect(places.compactMap { $0 } == places.compactMap { $0 }.sorted())
    }

    @Test(arguments: 0..<200)
    func `a report is the same after its document`(seed: Int) throws {
        var report = try Example.random(seed: seed)
        // An absent table says nothing of its rows.
        if report.requests == nil { report.requests = Example.zeros() }
        let again = try AnnualReport(document: JSONDocument(document(report)))
        #expect(again == report)
        #expect(document(again) == document(report))
    }

    @Test(arguments: 0..<40)
    func `a document without some tables gives nil for them`(seed: Int) throws {
        var report = try Example.random(seed: seed)
        report.requests = nil
        report.reviews = seed.isMultiple(of: 2) ? nil : report.reviews
        #expect(try AnnualReport(document: JSONDocument(document(report))) == report)
    }

    @Test func `money keeps its unit as a string, other figures are numbers`() throws {
        var report = try Example.balanced(form: .form2019)
        report.proactive?[.centralizedProcurement, .totalAmount] = Quantity("251000.50元")
        report.proactive?[.centralizedProcurement, .projects] = Quantity(7)
        #expect(document(report).text.contains(#""centralizedProcurement":{"projects":7,"totalAmount":"251000.50元"}"#))
    }

    @Test func `findings, cells and narrative are written whole`() throws {
        var json = JSONWriter()
        json.beginArray()
        let place = DocumentPlace(line: 3, column: 4, text: "5")
        CanonicalJSON.write(
            [Finding(.rowTotal, message: "m", paths: [.request(.granted, .total)], left: 1, right: 2, places: [place])],
            to: &json)
        let path = FigurePath.request(.granted, .total)
        CanonicalJSON.write(
            [PrintedCell(path: path, place: place, remark: "（约）", value: Quantity(5), inferredBy: ["x"])], to: &json)
        let sections = [Section(kind: .overview, heading: "一、总体情况", paragraphs: ["甲", "乙"])]
        CanonicalJSON.write(Narrative(opening: ["丙"], sections: sections), to: &json)
        json.endArray()
        let value = try JSONValue(json.bytes)
        guard case .array(let parts) = value, case .array(let findings) = parts[0] else {
            Issue.record("no arrays")
            return
        }
        #expect(findings[0]["check"]?.string == "requests.row_total")
        #expect(findings[0]["severity"]?.string == "error")
        #expect(findings[0]["acknowledged"] == .null)
        #expect(parts[1][path.description]?["value"]?.integer == 5)
        #expect(parts[1][path.description]?["remark"]?.string == "（约）")
        #expect(parts[1][path.description]?["line"]?.integer == 3)
        #expect(parts[2]["opening"] == .array([.string("丙")]))
    }
}
