import Reports
import Support
import Testing

/// Words, over the samples.
@Suite struct SearchTests {
    private func run(_ way: Way, _ body: (Surface) async throws -> Void) async throws {
        try await Surface.run(way) { surface in
            for sample in SampleReport.all { try await surface.upload(sample) }
            try await body(surface)
            #expect(surface.failures.isEmpty)
        }
    }

    @Test(arguments: Way.allCases)
    func `reports are found by words of their agencies and prose, with the passage`(way: Way) async throws {
        try await run(way) { surface in
            let found = try await surface.get("/reports?q=教育局&count=exact").json
            let years = found.items().compactMap { $0["year"]?.integer }
            #expect(found["count"]?.integer == years.count && years == [2022, 2023, 2024])
            for item in found.items() { #expect(item["snippet"]?.string?.contains("«教育局»") == true) }
            let none = try await surface.get("/reports?q=教育局%20-清禾").json
            #expect(none.items().isEmpty)
            let both = try await surface.get("/reports?q=教育局&q=清禾&year=2023").json
            #expect(both.items().count == 1)
            let plain = try await surface.get("/reports?q=教育局&fields=year").json
            #expect(plain.items().allSatisfy { $0["snippet"] == nil } && plain.items().count == 3)
            let asked = try await surface.get("/reports?q=教育局&fields=agency.name,snippet").json.items()
            #expect(asked.map { $0["snippet"] } == found.items().map { $0["snippet"] })
            let lines = try await surface.get("/reports?q=教育局&format=ndjson").text.split(separator: "\n")
            #expect(try lines.map { try JSONValue(Array($0.utf8))["snippet"] } == found.items().map { $0["snippet"] })
            let table = try CSVTests.parse(try await surface.get("/reports?q=教育局&format=csv").body)
            let column = try #require(table[0].firstIndex(of: "snippet"))
            for (row, item) in zip(table.dropFirst(), found.items()) {
                let passage = item["snippet"]?.string?.replacing("«", with: "").replacing("»", with: "")
                #expect(row[column] == passage, "a column of texts has no marks")
            }
            let nothing = try await surface.get("/reports?fields=year,snippet").json.items()
            #expect(nothing.allSatisfy { $0["snippet"] == .null })
            #expect(try await surface.get("/reports?format=csv").text.contains("snippet") == false)
            let unasked = try await surface.get("/reports").json
            #expect(unasked.items().allSatisfy { $0["snippet"] == nil })
        }
    }

    @Test(arguments: Way.allCases)
    func `pages of what is found neither skip nor repeat a report`(way: Way) async throws {
        try await run(way) { surface in
            let all = try await surface.get("/reports?q=公开").json.items().compactMap { $0["links"]?["self"]?.string }
            var target: String? = "/reports?q=公开&limit=3"
            var found: [String] = []
            while let page = target {
                let json = try await surface.get(page).json
                found += json.items().compactMap { $0["links"]?["self"]?.string }
                target = json["next"]?.string
            }
            #expect(found == all && all.count > 10)
        }
    }

    @Test(arguments: Way.allCases)
    func `statistics are of the reports that are found, and exact after an upload`(way: Way) async throws {
        try await run(way) { surface in
            func reports() async throws -> [Int?] {
                try await surface.get("/statistics?q=教育局").json.items("groups").map { $0["reports"]?.integer }
            }
            #expect(try await reports() == [3])
            let other = try SampleReport.text.bytes(renamed: "甲县教育局")
            #expect(try await surface.send("POST", "/reports", body: other).status == 201)
            #expect(try await reports() == [4])
            #expect(try await surface.get("/reports?q=甲县教育局").json.items().count == 1)
        }
    }
}
