import HTTPServer
import Reports
import Support
import Testing

/// The day of publication that comes with an upload.
@Suite struct PublishedTests {
    private let path = "/reports/清禾县人民政府办公室/2023"

    @Test(arguments: Way.allCases)
    func `it fills in what the document does not say`(way: Way) async throws {
        try await Surface.run(way) { surface in
            let undated = try SampleReport.text.bytes(("2024年1月23日", ""))
            let none = try await surface.upload(undated)
            #expect(try none.json["published"] == .null)
            let told = try await surface.upload(undated + [0x0a], query: "?published=2024-01-30")
            #expect(try told.json["published"]?.string == "2024-01-30")
            #expect(try await surface.findings(path, "timing.due").isEmpty)
            let late = try await surface.upload(undated, query: "?published=2024-02-01")
            #expect(try late.json["published"]?.string == "2024-02-01")
            #expect(try await surface.findings(path, "timing.due").count == 1)
            #expect(try await surface.get("/reports").json.items().first?["published"]?.string == "2024-02-01")
            let put = try await surface.send("PUT", path + "?published=2024-01-29", body: undated + [0x0a, 0x0a])
            #expect(try put.json["published"]?.string == "2024-01-29")
        }
    }

    @Test(arguments: Way.allCases)
    func `another day than the document's is a finding, and the document's counts`(way: Way) async throws {
        try await Surface.run(way) { surface in
            let answer = try await surface.upload(SampleReport.text, query: "?published=2024-01-25")
            #expect(try answer.json["published"]?.string == "2024-01-23")
            let finding = try #require(try await surface.findings(path, "timing.due").first)
            let message = try #require(finding["message"]?.string)
            #expect(message.contains("2024-01-23") && message.contains("2024-01-25"))
            let check = try await surface.send("POST", "/check?published=2024-01-25", body: try SampleReport.text.bytes)
            #expect(try check.json.items("findings").contains { $0["message"]?.string == message })
            try await surface.upload(try SampleReport.text.bytes + [0x0a], query: "?published=2024-01-23")
            #expect(try await surface.findings(path, "timing.due").isEmpty, "the same day is no news")
        }
    }

    @Test(arguments: Way.allCases)
    func `a date that is none is 400`(way: Way) async throws {
        try await Surface.run(way) { surface in
            for date in ["", "2024-1-5", "2024-13-01", "2024-02-30", "20240105", "2024-01-05T00:00:00Z", "2024年1月5日"] {
                let answer = try await surface.upload(SampleReport.text, query: "?published=\(date)")
                #expect(answer.status == 400, "\(date)")
                #expect(try answer.json["parameter"]?.string == "published", "\(date)")
            }
            #expect(try await surface.store.reportCount(.init()) == 0)
        }
    }
}
