import Codecs
import HTTPServer
import Reports
import Support
import Testing

@Suite struct BadInputTests {
    /// A body that must be refused.
    struct Case: Sendable {
        let name: String
        let body: [UInt8]
        var fields: [(String, String)] = []
        let status: Int
        let code: String
    }

    static func cases() throws -> [Case] {
        var generator = SeededGenerator(seed: 20_260_528)
        let report = try SampleReport.text.bytes
        var broken = report
        for index in stride(from: 0, to: broken.count, by: 40) { broken[index] = 0xff }
        let text = [("Content-Type", "text/plain; charset=utf-8")]
        let html = [("Content-Type", "text/html")]
        let gzip = [("Content-Encoding", "gzip")]
        let zeros = [UInt8](repeating: 0x20, count: 64 << 20)
        let row = "<tr>" + String(repeating: "<td>1</td>", count: 500) + "</tr>"
        return [
            Case(name: "nothing", body: [], status: 422, code: "empty-body"),
            Case(name: "white space", body: Array(" \r\n".utf8), status: 422, code: "empty-body"),
            Case(name: "noise", body: generator.bytes(10 << 20), status: 422, code: "document-unreadable"),
            Case(
                name: "noise as text", body: generator.bytes(10 << 20), fields: text, status: 422,
                code: "document-unreadable"),
            Case(
                name: "noise as a page", body: generator.bytes(1 << 20), fields: html, status: 422,
                code: "document-unreadable"),
            Case(name: "no report", body: Array("今天天气很好。\n".utf8), status: 422, code: "not-a-report"),
            Case(
                name: "a line without end", body: [UInt8](repeating: 0x61, count: 1 << 18), status: 422,
                code: "not-a-report"),
            Case(name: "broken UTF-8", body: broken, fields: text, status: 422, code: "document-unreadable"),
            Case(
                name: "an unknown charset", body: report, fields: [("Content-Type", "text/plain; charset=x-no")],
                status: 422, code: "document-unreadable"),
            Case(
                name: "a huge table", body: Array(("<table>" + String(repeating: row, count: 600) + "</table>").utf8),
                fields: html, status: 413, code: "payload-too-large"),
            Case(
                name: "a table of spans", body: Array("<table><tr><td colspan=1000 rowspan=65000>1</td></tr>".utf8),
                fields: html, status: 422, code: "not-a-report"),
            // 415 where one document is expected.
            Case(name: "a ZIP archive", body: [0x50, 0x4b, 3, 4] + generator.bytes(1000), status: 0, code: ""),
            Case(
                name: "a PDF", body: Array("%PDF-1.7\n".utf8) + generator.bytes(1000), status: 422,
                code: "document-unreadable"),
            Case(
                name: "a PDF by name", body: report, fields: [("Content-Type", "application/pdf")], status: 415,
                code: "unsupported-media-type"),
            Case(
                name: "a malformed type", body: report, fields: [("Content-Type", "text")], status: 415,
                code: "unsupported-media-type"),
            Case(
                name: "a gzip bomb", body: try Gzip.compress(zeros), fields: gzip, status: 413,
                code: "payload-too-large"),
            Case(
                name: "a cut gzip", body: Array(try Gzip.compress(report).dropLast(20)), fields: gzip, status: 422,
                code: "document-unreadable"),
            Case(
                name: "two codings", body: try Gzip.compress(report), fields: [("Content-Encoding", "gzip, gzip")],
                status: 415, code: "unsupported-media-type"),
            Case(
                name: "malformed JSON", body: Array(#"{"agency": }"#.utf8),
                fields: [("Content-Type", "application/json")],
                status: 422, code: "document-unreadable"),
            Case(
                name: "a title that is no text", body: Array(#"{"agency": "甲局", "year": 2023, "title": {}}"#.utf8),
                fields: [("Content-Type", "application/json")], status: 422, code: "document-unreadable"),
            Case(
                name: "an agency that is no text", body: Array(#"{"agency": ["甲局"], "year": 2023}"#.utf8),
                fields: [("Content-Type", "application/json")], status: 422, code: "document-unreadable"),
            Case(
                name: "an agency without a text", body: Array(#"{"agency": {"name": 1}, "year": 2023}"#.utf8),
                fields: [("Content-Type", "application/json")], status: 422, code: "document-unreadable"),
            Case(
                name: "a day of publication that no calendar has",
                body: Array(#"{"agency": "甲局", "year": 2023, "published": "2024-02-30"}"#.utf8),
                fields: [("Content-Type", "application/json")], status: 422, code: "document-unreadable"),
            Case(
                name: "JSON of great depth", body: [UInt8](repeating: UInt8(ascii: "["), count: 1 << 20),
                fields: [("Content-Type", "application/json")], status: 422, code: "document-unreadable"),
            Case(
                name: "a page of great depth",
                body: Array(String(repeating: "<div><table><tr><td>", count: 50_000).utf8),
                fields: html, status: 0, code: ""),
            Case(
                name: "a report of the future", body: Array(#"{"agency": "甲局", "year": 2027}"#.utf8),
                fields: [("Content-Type", "application/json")], status: 400, code: "invalid-year"),
            Case(
                name: "more than a document may have", body: [UInt8](repeating: 0x61, count: (16 << 20) + 1),
                status: 413,
                code: "payload-too-large"),
        ]
    }

    @Test(arguments: Way.allCases)
    func `bad input is a clear problem, the service lives and the database is unchanged`(way: Way) async throws {
        try await Surface.run(way) { surface in
            try await surface.upload(SampleReport.text)
            let before = try await surface.get("/reports/1/2023")
            for example in try Self.cases() {
                // What is large is read once: here the checks of a debug build are slow.
                let targets = example.body.count > 1 << 18 ? 1 : 3
                for target in ["/reports", "/check", "/reports/甲局/2023"].prefix(targets) {
                    let method = target == "/reports/甲局/2023" ? "PUT" : "POST"
                    let answer = try await surface.send(method, target, example.fields, body: example.body)
                    let comment: Comment = "\(example.name) to \(target)"
                    #expect((400..<500).contains(answer.status), comment)
                    #expect(answer["Content-Type"] == "application/problem+json", comment)
                    let json = try answer.json
                    #expect((json["detail"]?.string?.count ?? 0) > 10, comment)
                    #expect(answer.status != 413 || json["maximum"]?.integer != nil, comment)
                    // Where the status is open, any problem will do.
                    guard example.status > 0, method == "POST" else { continue }
                    #expect(answer.status == example.status, comment)
                    #expect(json["type"]?.string == "/problems/\(example.code)", comment)
                }
            }
            #expect(try await surface.get("/reports/1/2023").body == before.body)
            #expect(try await surface.store.reportCount(.init()) == 1)
            #expect(try await surface.store.agencyCount() == 1)
            #expect(surface.failures.isEmpty)
        }
    }

    @Test(arguments: Way.allCases)
    func `damaged reports are read or refused, never worse`(way: Way) async throws {
        try await Surface.run(way) { surface in
            var generator = SeededGenerator(seed: 7)
            for sample in SampleReport.all {
                for _ in 0..<6 {
                    var bytes = try sample.bytes
                    for _ in 0..<Int.random(in: 1...20, using: &generator) {
                        let at = Int.random(in: 0..<bytes.count, using: &generator)
                        switch Int.random(in: 0..<4, using: &generator) {
                        case 0: bytes[at] = UInt8.random(in: 0...255, using: &generator)
                        case 1: bytes.removeSubrange(at..<min(bytes.count, at + 200))
                        case 2: bytes.insert(contentsOf: bytes[at..<min(bytes.count, at + 300)], at: at)
                        default: bytes.insert(UInt8.random(in: 0...255, using: &generator), at: at)
                        }
                    }
                    let answer = try await surface.send("POST", "/reports", body: bytes)
                    #expect([200, 201, 400, 415, 422].contains(answer.status), "\(sample): \(answer.text.prefix(300))")
                    guard answer.status == 201, let path = answer["Location"] else { continue }
                    #expect(try await surface.get(path + "/source").body == bytes)
                    for part in ["?include=cells", "?format=csv", "/findings", "/narrative"] {
                        #expect(try await surface.get(path + part).status == 200, "\(sample) \(part)")
                    }
                }
            }
            #expect(surface.failures.isEmpty)
        }
    }
}
