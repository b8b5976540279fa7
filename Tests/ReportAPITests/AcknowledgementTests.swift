import HTTPServer
import Reports
import Support
import Testing

@Suite struct AcknowledgementTests {
    private let path = "/reports/清禾县市场监督管理局/2024"
    private let body = #"{"reason":"印刷错误，已核实","author":"李四"}"#

    /// The report that contradicts itself, and the fingerprint of one of its findings.
    private func run(_ way: Way, _ body: (Surface, String) async throws -> Void) async throws {
        try await Surface.run(way) { surface in
            try await surface.upload(SampleReport.contradictory)
            let finding = try #require(try await surface.findings(path, "requests.balance").first)
            #expect(finding["acknowledged"] == .null)
            try await body(surface, try #require(finding["fingerprint"]?.string))
            #expect(surface.failures.isEmpty)
        }
    }

    private func acknowledged(_ surface: Surface) async throws -> [JSONValue?] {
        try await surface.get(path + "/findings").json.items().map { $0["acknowledged"] }.filter { $0 != .null }
    }

    @Test(arguments: Way.allCases)
    func `who acknowledges a finding is shown with it, and the report stays as it is`(way: Way) async throws {
        try await run(way) { surface, fingerprint in
            let document = try await surface.get(path)
            let findings = try await surface.get(path + "/findings")
            let address = path + "/findings/\(fingerprint)/acknowledgement"
            surface.clock.move(60)
            let answer = try await surface.send("POST", address, json: body)
            #expect(answer.status == 200)
            #expect(try answer.json["fingerprint"]?.string == fingerprint)

            let after = try await surface.get(path + "/findings", [("If-None-Match", findings["ETag"] ?? "")])
            #expect(after.status == 200 && after["ETag"] != findings["ETag"])
            let since = try await surface.get(
                path + "/findings", [("If-Modified-Since", findings["Last-Modified"] ?? "")])
            #expect(since.status == 200)
            let items = try after.json.items()
            #expect(items.count == (try findings.json.items().count))
            for item in items {
                let isOne = item["fingerprint"]?.string == fingerprint
                #expect((item["acknowledged"] != .null) == isOne)
                guard isOne else { continue }
                #expect(try item["acknowledged"] == answer.json["acknowledged"])
                #expect(item.at("acknowledged.reason")?.string == "印刷错误，已核实")
                #expect(item.at("acknowledged.author")?.string == "李四")
                #expect(item.at("acknowledged.at")?.string == "2026-05-28T20:27:40Z")
            }
            let same = try await surface.get(path)
            #expect(same.body == document.body && same["ETag"] == document["ETag"])
            #expect(try await surface.get(path, [("If-None-Match", document["ETag"] ?? "")]).status == 304)
        }
    }

    @Test(arguments: Way.allCases)
    func `it can be replaced and taken back`(way: Way) async throws {
        try await run(way) { surface, fingerprint in
            let findings = try await surface.get(path + "/findings")
            let address = path + "/findings/\(fingerprint)/acknowledgement"
            _ = try await surface.send("POST", address, json: body)
            _ = try await surface.send("POST", address, json: #"{"reason":"复核","author":"王五"}"#)
            let shown = try await acknowledged(surface)
            #expect(shown.map { $0?["author"]?.string } == ["王五"])
            let deleted = try await surface.send("DELETE", address)
            #expect(deleted.status == 204 && deleted.body.isEmpty)
            let after = try await surface.get(path + "/findings")
            #expect(after.body == findings.body && after["ETag"] == findings["ETag"])
            #expect(try await surface.send("DELETE", address).status == 404)
        }
    }

    @Test(arguments: Way.allCases)
    func `it outlives a correction that leaves the finding`(way: Way) async throws {
        try await run(way) { surface, fingerprint in
            let address = path + "/findings/\(fingerprint)/acknowledgement"
            _ = try await surface.send("POST", address, json: body)
            try await surface.upload(try SampleReport.contradictory.bytes + [0x0a])
            #expect(try await acknowledged(surface).count == 1)
            let past = try await surface.get(path + "/findings?as_of=2026-05-28T20:26:40Z")
            #expect(past.status == 200)
        }
    }

    @Test(arguments: Way.allCases)
    func `a finding or report that is none is 404, and a body that is wrong 422`(way: Way) async throws {
        try await run(way) { surface, fingerprint in
            for other in [
                "0000000000000000", "x", fingerprint.uppercased() + "0", "%22", "\(fingerprint)%22,%22message",
            ] {
                let address = path + "/findings/\(other)/acknowledgement"
                let answer = try await surface.send("POST", address, json: body)
                #expect(answer.status == 404, "\(other)")
                #expect(try answer.json["type"]?.string == "/problems/finding-not-found")
                #expect(try await surface.send("DELETE", address).status == 404)
            }
            let address = "/findings/\(fingerprint)/acknowledgement"
            #expect(try await surface.send("POST", "/reports/1/2020" + address, json: body).status == 404)
            #expect(try await surface.send("POST", "/reports/无名局/2020" + address, json: body).status == 404)
            for (wrong, member) in [
                ("{}", "author"), (#"{"author":"a"}"#, "reason"), (#"{"reason":"","author":"a"}"#, "reason"),
                (#"{"reason":"a","author":"b","at":1}"#, "at"), (#"{"reason":null,"author":"b"}"#, "reason"),
                (#"{"reason":"a","author":["b"]}"#, "author"),
            ] {
                let answer = try await surface.send("POST", path + address, json: wrong)
                #expect(answer.status == 422, "\(wrong)")
                #expect(try answer.json["member"]?.string == member, "\(wrong)")
            }
            #expect(try await acknowledged(surface).isEmpty)
            _ = try await surface.send("DELETE", path)
            #expect(try await surface.send("POST", path + address, json: body).status == 410)
        }
    }
}
