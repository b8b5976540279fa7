import HTTPServer
import Reports
import Support
import Testing

/// What became of each item.
func statuses(_ json: JSONValue) -> [String] {
    json.items().compactMap { $0["status"]?.string }
}

/// How many are stored, revised, unchanged and rejected.
func tally(_ json: JSONValue) -> [Int?] {
    ["stored", "revised", "unchanged", "rejected"].map { json[$0]?.integer }
}

/// Archives that break off.
@Suite struct BulkDamageTests {
    /// Two whole documents, and the beginning of a third.
    private static var broken: [UInt8] {
        get throws {
            let sample = try SampleReport.text
            let whole = try (1...3).map { try sample.bytes(renamed: "第\($0)局") }.enumerated()
                .flatMap { TARWriter.member("\($0.offset).txt", $0.element) }
            return Array(whole.dropLast(2000))
        }
    }

    @Test(arguments: Way.allCases)
    func `what stands before the damage of an archive is stored and told of`(way: Way) async throws {
        let tar = try Self.broken
        for accept in ["application/json", "application/x-ndjson"] {
            try await Surface.run(way) { surface in
                let answer = try await surface.send(
                    "POST", "/reports", [("Content-Type", "application/x-tar"), ("Accept", accept)], body: tar)
                #expect(try await surface.reportCount() == 2)
                let text = try #require(answer.text.split(separator: "\n").last)
                let json = try JSONValue(Array(text.utf8))
                #expect(tally(json) == [2, 0, 0, 1], "\(json)")
                #expect(answer.status == 200 && json.at("problem.type")?.string == "/problems/document-unreadable")
                if accept == "application/json" {
                    #expect(statuses(json) == ["stored", "stored", "rejected"])
                }
            }
        }
    }

    @Test(arguments: Way.allCases)
    func `a trial tells of what stands before the damage, too, and stores nothing`(way: Way) async throws {
        try await Surface.run(way) { surface in
            let tar = try Self.broken
            let answer = try await surface.send(
                "POST", "/reports?dry_run=1", [("Content-Type", "application/x-tar")], body: tar)
            let json = try answer.json
            #expect(answer.status == 200 && statuses(json) == ["stored", "stored", "rejected"], "\(json)")
            #expect(json.at("problem.type")?.string == "/problems/document-unreadable")
            let accepted = try await surface.send(
                "POST", "/reports?dry_run=1", [("Content-Type", "application/x-tar"), ("Prefer", "respond-async")],
                body: tar)
            let ended = try await surface.ended(try #require(accepted["Location"]))
            #expect(ended["state"]?.string == "failed" && ended.at("items.done")?.integer == 3)
            #expect(ended["dryRun"] == .boolean(true) && ended["atomic"] == .boolean(false))
            #expect(ended.at("failure.type")?.string == "/problems/document-unreadable")
            #expect(try await surface.reportCount() == 0)
        }
    }
}
