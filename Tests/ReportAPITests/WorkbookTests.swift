import Reports
import Support
import Testing

/// Workbooks and pages of reports, lists and statistics.
@Suite struct WorkbookTests {
    private static let xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

    @Test(arguments: Way.allCases)
    func `a report as a workbook or a page is read back as the same report`(way: Way) async throws {
        try await Surface.run(way) { surface in
            for sample in SampleReport.all {
                try await surface.upload(sample)
                let target = "/reports/\(sample.agency)/\(sample.year)"
                for (format, type) in [("xlsx", Self.xlsx), ("html", "text/html")] {
                    let answer = try await surface.get(target + "?format=\(format)")
                    #expect(answer.status == 200 && answer["Content-Type"]?.hasPrefix(type) == true)
                    let read = try await surface.send(
                        "POST", "/check?agency=\(sample.agency)&year=\(sample.year)", [("Content-Type", type)],
                        body: answer.body
                    ).json
                    let stored = try await surface.get(target).json
                    for table in ["proactiveDisclosure", "requests", "reviewsAndLitigation"] {
                        #expect(read[table] == stored[table], "\(sample) \(format)")
                    }
                }
            }
            let accepted = try await surface.get("/reports/清禾县教育局/2023", [("Accept", Self.xlsx)])
            #expect(accepted["Content-Disposition"]?.hasSuffix("-2023.xlsx") == true)
            let browser = try await surface.get("/reports/清禾县教育局/2023", [("Accept", "text/html,*/*;q=0.8")])
            #expect(browser["Content-Type"] == "application/json", "a page is asked for by name")
            #expect(surface.failures.isEmpty)
        }
    }

    @Test(arguments: Way.allCases)
    func `lists and statistics are workbooks, too, and one that would be too large is refused`(way: Way) async throws {
        try await Surface.run(way) { surface in
            for sample in SampleReport.all { try await surface.upload(sample) }
            for target in [
                "/reports?year=2023", "/statistics?group=year", "/rankings?measure=requests.granted.total", "/agencies",
            ] {
                let answer = try await surface.get(target + (target.contains("?") ? "&" : "?") + "format=xlsx")
                #expect(answer.status == 200 && answer["Content-Type"] == Self.xlsx)
                #expect(answer.body.starts(with: Array("PK".utf8)) && answer["Content-Disposition"] != nil)
            }
            #expect(surface.failures.isEmpty)
        }
    }
}
