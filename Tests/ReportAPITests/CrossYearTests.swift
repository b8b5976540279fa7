import HTTPServer
import Reports
import Support
import Testing

/// What one report says of another year's.
@Suite struct CrossYearTests {
    private let path = "/reports/清禾县教育局/2023"
    private let year2022 = "qinghe-education-2022.txt"
    private let year2023 = "qinghe-education-2023.txt"

    @Test(arguments: Way.allCases)
    func `the year before changes a report's quality and tag, another agency does not`(way: Way) async throws {
        try await Surface.run(way) { surface in
            try await surface.upload(SampleReport.named(year2023))
            let alone = try await surface.get(path)
            #expect(try #require(alone.json.at("quality.notAssessable")?.integer) > 0)
            surface.clock.move(60)
            try await surface.upload(SampleReport.named("qinghe-health-2023.txt"))
            try await surface.upload(SampleReport.named("qinghe-education-2024.txt"))
            let same = try await surface.get(path, [("If-None-Match", alone["ETag"] ?? "")])
            #expect(same.status == 304)

            try await surface.upload(SampleReport.named(year2022))
            let after = try await surface.get(path, [("If-None-Match", alone["ETag"] ?? "")])
            #expect(after.status == 200 && after["ETag"] != alone["ETag"])
            let json = try after.json
            #expect(json.at("quality.notAssessable")?.integer == 0)
            let revision = try alone.json["revision"]
            #expect(json.at("revision.number")?.integer == 1 && json["revision"] == revision)
            let since = [("If-Modified-Since", alone["Last-Modified"] ?? "")]
            #expect(try await surface.get(path, since).status == 200)
            let feed = try await surface.get("/changes").json.items()
            #expect(feed.contains { $0["kind"]?.string == "reassessed" && $0["year"]?.integer == 2023 })

            // The same quality, the same bytes: another sentence in the year before is no news.
            surface.clock.move(60)
            try await surface.upload(try SampleReport.named(year2022).bytes(("每周三", "每周四")))
            let kept = try await surface.get(path)
            #expect(kept.body == after.body && kept["ETag"] == after["ETag"])
            #expect(kept["Last-Modified"] == after["Last-Modified"])
        }
    }

    @Test(arguments: Way.allCases)
    func `what was not carried over is a finding, and goes when it is corrected or withdrawn`(way: Way) async throws {
        try await Surface.run(way) { surface in
            try await surface.upload(SampleReport.named(year2023))
            let sample = try SampleReport.named(year2022)
            // One more natural person's request handled, none carried forward; the row and the columns still balance.
            let wrong = try sample.bytes(
                ("四、结转下年度继续办理\t\t\t1\t0\t0\t0\t0\t0\t1", "四、结转下年度继续办理\t\t\t0\t0\t0\t0\t0\t0\t0"),
                ("（七）总计\t\t12\t0\t0\t0\t0\t1\t13", "（七）总计\t\t13\t0\t0\t0\t0\t1\t14"),
                ("（一）予以公开\t\t5\t0\t0\t0\t0\t0\t5", "（一）予以公开\t\t6\t0\t0\t0\t0\t0\t6"))
            try await surface.upload(wrong)
            let found = try await surface.findings(path, "carry.requests")
            let total = try #require(
                found.first { $0.items("paths").contains(.string("requests.carriedOver.total")) })
            #expect(total["severity"]?.string == "error" && total["state"]?.string == "fail")
            #expect(Set([total["left"]?.integer, total["right"]?.integer]) == [0, 1])
            #expect(total.at("other.agency")?.string == "清禾县教育局" && total.at("other.year")?.integer == 2022)
            let before = try await surface.get(try #require(total.at("other.href")?.string))
            #expect(try before.json["year"]?.integer == 2022)
            // What the findings name may change its address: their date is that of the last write of all.
            surface.clock.move(60)
            try await surface.upload(SampleReport.text)
            surface.clock.move(60)
            let dated = try await surface.get(path + "/findings")
            #expect(dated["Last-Modified"] ?? "" > (try await surface.get(path)["Last-Modified"] ?? ""))
            let listed = try await surface.get("/reports?agency=1&year=2023").json.items().first
            #expect(try #require(listed?.at("findings.error")?.integer) > 0)
            let failed = try #require(try await surface.get(path).json.at("quality.checksFailed")?.integer)
            #expect(failed == found.count)

            // Someone says why it may stand; that holds while the finding does.
            let fingerprint = try #require(total["fingerprint"]?.string)
            let answer = try await surface.send(
                "POST", path + "/findings/\(fingerprint)/acknowledgement", json: #"{"reason":"补录","author":"李四"}"#)
            #expect(answer.status == 200)
            #expect(try await surface.findings(path, "carry.requests").contains { $0["acknowledged"] != .null })

            surface.clock.move(60)
            try await surface.upload(sample)
            #expect(try await surface.findings(path, "carry.requests").isEmpty)
            #expect(try await surface.get(path).json.at("quality.checksFailed")?.integer == 0)
            _ = try await surface.send("DELETE", "/reports/清禾县教育局/2022")
            #expect(try #require(try await surface.get(path).json.at("quality.notAssessable")?.integer) > 0)
        }
    }

    @Test(arguments: Way.allCases)
    func `reports with the same figures are found out, both of them`(way: Way) async throws {
        try await Surface.run(way) { surface in
            try await surface.upload(SampleReport.text)
            let before = try await surface.get("/reports/1/2023")
            try await surface.upload(try SampleReport.text.bytes(renamed: "清禾县财政局"))
            for id in [1, 2] {
                #expect(try await surface.findings("/reports/\(id)/2023", "duplicate.figures").count >= 1)
            }
            #expect(try await surface.get("/reports/1/2023")["ETag"] != before["ETag"])
            _ = try await surface.send("DELETE", "/reports/2/2023")
            #expect(try await surface.get("/reports/1/2023").body == before.body)
        }
    }
}
