import HTTPServer
import Reports
import Support
import Testing

/// Who has not reported, or too late.
@Suite struct MissingTests {
    private func list(_ surface: Surface, _ query: String) async throws -> [JSONValue] {
        try await surface.get("/agencies?" + query).json.items()
    }

    @Test(arguments: Way.allCases)
    func `agencies that reported before are missed`(way: Way) async throws {
        try await Surface.run(way) { surface in
            for sample in SampleReport.all { try await surface.upload(sample) }
            let missing = try await list(surface, "missing=2023")
            #expect(missing.map { $0["name"]?.string } == ["清禾县市场监督管理局"])
            let agency = try #require(missing.first)
            #expect(agency["due"]?.string == "2024-01-31" && agency["published"] == .null)
            #expect(agency["overdue"] == .boolean(true))
            #expect(agency["firstYear"]?.integer == 2024 && agency["reports"]?.integer == 1)
            #expect(try await surface.get(try #require(agency["href"]?.string)).status == 200)

            let count = try await surface.get("/agencies?missing=2021&count=exact&limit=2").json
            #expect(count["count"]?.integer == 6 && count.items().count == 2 && count["next"] != .null)
            let county = try #require(
                try await list(surface, "missing=2024").first { $0["name"]?.string == "清禾县人民政府" })
            #expect(county["due"]?.string == "2025-03-31")

            // An agency whose place another took is not expected any more.
            let heir = #"{"successor":"清禾县人民政府办公室"}"#
            _ = try await surface.send("PATCH", "/agencies/清禾县市场监督管理局", json: heir)
            #expect(try await list(surface, "missing=2023").isEmpty)
        }
    }

    @Test(arguments: Way.allCases)
    func `an agency that took the place of another is not missed for years before it, nor for the other's`(
        way: Way
    ) async throws {
        try await Surface.run(way) { surface in
            for (name, year) in [("甲局", 2019), ("乙局", 2021), ("丙局", 2022), ("丙局", 2024)] {
                let bytes = try SampleReport.text.bytes(("清禾县人民政府办公室", name), ("2023年", "\(year)年"))
                #expect(try await surface.upload(bytes).status == 201)
            }
            func missing(_ year: Int) async throws -> [String?] {
                try await list(surface, "missing=\(year)").map { $0["name"]?.string }
            }
            #expect(try await missing(2021) == ["甲局", "丙局"])
            for (name, successor) in [("甲局", "乙局"), ("乙局", "丙局")] {
                let json = #"{"successor":"\#(successor)"}"#
                _ = try await surface.send("PATCH", "/agencies/\(name)", json: json)
            }
            for year in [2018, 2019, 2020, 2021] { #expect(try await missing(year).isEmpty, "\(year)") }
            #expect(try await missing(2023) == ["丙局"])
        }
    }

    @Test(arguments: Way.allCases)
    func `an agency whose only report was withdrawn is missing`(way: Way) async throws {
        try await Surface.run(way) { surface in
            try await surface.upload(SampleReport.text)
            #expect(try await list(surface, "missing=2023").isEmpty)
            _ = try await surface.send("DELETE", "/reports/1/2023")
            for year in [2022, 2023] {
                let missing = try await surface.get("/agencies?missing=\(year)&count=exact").json
                #expect(missing["count"]?.integer == 1)
                let agency = try #require(missing.items().first)
                #expect(agency["id"]?.integer == 1 && agency["reports"]?.integer == 0)
                #expect(agency["firstYear"] == .null && agency["due"]?.string == "\(year + 1)-01-31")
            }
            #expect(try await list(surface, "late=2023").isEmpty)
            #expect(try await list(surface, "kind=office").isEmpty, "it has no report")
        }
    }

    @Test(arguments: Way.allCases)
    func `whether one is overdue is a matter of the day in China`(way: Way) async throws {
        try await Surface.run(way) { surface in
            try await surface.upload(SampleReport.text)
            // To 2027-01-31T15:59:59Z, the last second of the 31st in China.
            surface.clock.move(1_801_411_199 - 1_780_000_000)
            let before = try await list(surface, "missing=2026")
            #expect(before.map { $0["overdue"] } == [.boolean(false)])
            #expect(before.first?["due"]?.string == "2027-01-31")
            surface.clock.move(1)
            #expect(try await list(surface, "missing=2026").map { $0["overdue"] } == [.boolean(true)])
        }
    }

    @Test(arguments: Way.allCases)
    func `reports that came late are told by the day that the document or the upload names`(way: Way) async throws {
        try await Surface.run(way) { surface in
            try await surface.upload(SampleReport.text)
            #expect(try await list(surface, "late=2023").isEmpty)
            // On the last day, and the day after.
            for (name, day) in [("甲县财政局", "2024年1月31日"), ("乙县财政局", "2024年2月1日"), ("丙县人民政府", "2024年3月31日")] {
                try await surface.upload(
                    try SampleReport.text.bytes(("清禾县人民政府办公室", name), ("2024年1月23日", day)))
            }
            let undated = try SampleReport.text.bytes(("清禾县人民政府办公室", "丁县财政局"), ("2024年1月23日", ""))
            try await surface.upload(undated, query: "?published=2024-02-29")
            let late = try await list(surface, "late=2023")
            #expect(late.map { $0["name"]?.string } == ["乙县财政局", "丁县财政局"])
            #expect(late.map { $0["published"]?.string } == ["2024-02-01", "2024-02-29"])
            #expect(late.allSatisfy { $0["due"]?.string == "2024-01-31" && $0["overdue"] == .boolean(true) })
            let timing = try await surface.findings("/reports/乙县财政局/2023", "timing.due")
            #expect(timing.count == 1)
            #expect(try await list(surface, "late=2022").isEmpty)
        }
    }

    @Test(arguments: Way.allCases)
    func `a plain list says nothing of duties, and both at once are refused`(way: Way) async throws {
        try await Surface.run(way) { surface in
            try await surface.upload(SampleReport.text)
            let plain = try #require(try await list(surface, "").first)
            #expect(plain["due"] == nil && plain["overdue"] == nil && plain["published"] == nil)
            let both = try await surface.get("/agencies?missing=2023&late=2023")
            #expect(both.status == 400)
            for query in ["missing=1999", "late=x", "missing=", "missing=2028"] {
                let answer = try await surface.get("/agencies?" + query)
                #expect(answer.status == 400, "\(query)")
            }
        }
    }
}
