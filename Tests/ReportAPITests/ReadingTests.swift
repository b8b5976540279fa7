import HTTPServer
import Reports
import Support
import Testing

@Suite struct ReadingTests {
    @Test(arguments: Way.allCases)
    func `a report is answered with every figure`(way: Way) async throws {
        try await Surface.run(way) { surface in
            for sample in SampleReport.all {
                try await surface.upload(sample)
                let path = "/reports/\(PercentEncoding.encode(sample.agency))/\(sample.year)"
                let answer = try await surface.get(path)
                #expect(answer.status == 200 && answer["Content-Type"] == "application/json")
                let json = try answer.json
                #expect(json.at("agency.name")?.string == sample.agency && json["year"]?.integer == sample.year)
                for (figure, expected) in sample.figures { #expect(json.at(figure) == expected, "\(sample) \(figure)") }
                #expect(json.at("links.self")?.string == path)
                #expect(json.at("revision.number")?.integer == 1)
                #expect(json.at("revision.at")?.string == "2026-05-28T20:26:40Z")
            }
            #expect(surface.failures.isEmpty)
        }
    }

    @Test(arguments: Way.allCases)
    func `an agency's name may stand in the path as typed, percent-encoded, in other forms, or as its number`(way: Way)
        async throws
    {
        try await Surface.run(way) { surface in
            try await surface.upload(SampleReport.text)
            let wanted = try await surface.get("/reports/1/2023")
            #expect(wanted.status == 200)
            let name = "清禾县人民政府办公室"
            let lower = PercentEncoding.encode(name).lowercased()
            for path in [name, PercentEncoding.encode(name), lower, "清禾县%20人民政府办公室", "清禾县人民政府%E5%8A%9E公室"] {
                let answer = try await surface.get("/reports/\(path)/2023")
                #expect(answer.status == 200 && answer.body == wanted.body, "\(path)")
            }
        }
    }

    @Test(arguments: Way.allCases)
    func `every resource of the index answers GET and HEAD alike`(way: Way) async throws {
        try await Surface.run(way, regions: SampleReport.regions) { surface in
            try await surface.upload(SampleReport.text)
            // A second revision, so that there is something to compare.
            try await surface.upload(try SampleReport.text.bytes + [0x0a])
            let upload = try await surface.acceptedUpload([("a.txt", try SampleReport.gb18030.bytes)])
            _ = try await surface.ended(upload)
            let id = try #require(upload.split(separator: "/").last).description
            let index = try await surface.get("/").json
            let resources = index.items("resources")
            #expect(resources.count >= 27)
            for resource in resources where resource["method"]?.string == "GET" {
                let template = try #require(resource["path"]?.string)
                let code = template.hasPrefix("/regions") ? "411324" : "busy"
                let path = template.replacing("{agency}", with: "1").replacing("{year}", with: "2023")
                    .replacing("{number}", with: "1").replacing("{code}", with: code)
                    .replacing("{id}", with: id)
                #expect(!path.contains("{"))
                let get = try await surface.get(path)
                let head = try await surface.send("HEAD", path)
                #expect(get.status == 200 && head.status == 200, "\(path)")
                #expect(head.body.isEmpty)
                for field in ["Content-Type", "ETag", "Last-Modified", "Cache-Control", "Vary", "Content-Length"] {
                    #expect(get[field] == head[field], "\(path) \(field)")
                }
                #expect(get["X-Content-Type-Options"] == "nosniff")
                for parameter in resource.items("parameters") {
                    let wrong = try await surface.get("\(path)?\(try #require(parameter.string))=%00")
                    #expect(wrong.status == 400 || wrong.status == 404, "\(path) \(parameter)")
                }
            }
            #expect(surface.failures.isEmpty)
        }
    }

    @Test(arguments: Way.allCases)
    func `findings name the check, both sides and the place`(way: Way) async throws {
        try await Surface.run(way) { surface in
            let sample = try SampleReport.contradictory
            try await surface.upload(sample)
            let answer = try await surface.get("/reports/\(sample.agency)/\(sample.year)/findings")
            let items = try answer.json.items()
            let errors = items.filter { $0["severity"]?.string == "error" }
            #expect(
                Set(errors.compactMap { $0["check"]?.string }) == [
                    "requests.row_total", "requests.processed_total", "requests.balance",
                ])
            for error in errors {
                #expect(error["state"]?.string == "fail")
                #expect(error["fingerprint"]?.string?.count == 16)
                let sides = [error["left"]?.integer, error["right"]?.integer]
                #expect(sides[0] != nil && sides[1] != nil && sides[0] != sides[1])
                #expect(error.items("paths").contains(.string("requests.totalProcessed.total")))
                let place = try #require(error.items("places").first)
                #expect(place["line"]?.integer != nil && place["text"]?.string != nil)
            }
            let row = try #require(errors.first { $0["check"]?.string == "requests.row_total" })
            #expect(row["left"]?.integer == 66 && row["right"]?.integer == 65)
            #expect(row.items("places").contains { $0["text"]?.string == "66" })
        }
    }

    @Test(arguments: Way.allCases)
    func `the narrative is that of the document`(way: Way) async throws {
        try await Surface.run(way) { surface in
            let sample = try SampleReport.text
            try await surface.upload(sample)
            let answer = try await surface.get("/reports/1/2023/narrative")
            #expect(answer.status == 200)
            #expect(answer.text.contains("对照县政府年度重点任务清单"))
            #expect(try #require(try answer.json["sections"]) != .null)
        }
    }

    @Test(arguments: Way.allCases)
    func `printed cells come where they are asked for, each with its text and place`(way: Way) async throws {
        try await Surface.run(way) { surface in
            for sample in [try SampleReport.text, try SampleReport.gb18030] {
                try await surface.upload(sample)
                let path = "/reports/\(sample.agency)/\(sample.year)"
                let plain = try await surface.get(path).json
                let answer = try await surface.get(path + "?include=cells")
                #expect(plain["cells"] == nil)
                let cells = try #require(try answer.json["cells"])
                #expect(cells != .null && answer.body.count > 10_000)
                #expect(answer.text.contains("requests.newReceived.total"))
            }
        }
    }

    @Test(arguments: Way.allCases)
    func `agencies are listed with their reports`(way: Way) async throws {
        try await Surface.run(way) { surface in
            for sample in SampleReport.all { try await surface.upload(sample) }
            let list = try await surface.get("/agencies?count=exact").json
            let names = Set(SampleReport.all.map(\.agency))
            #expect(Set(list.items().compactMap { $0["name"]?.string }) == names)
            #expect(list["count"]?.integer == names.count)
            let office = try await surface.get("/agencies/清禾县人民政府办公室").json
            #expect(
                office.items("reports").compactMap { $0["year"]?.integer } == [2021, 2022, 2023, 2024])
            for report in office.items("reports") {
                #expect(try await surface.get(try #require(report["href"]?.string)).status == 200)
            }
        }
    }

    @Test(arguments: Way.allCases)
    func `lists are paged without a gap, filtered and counted`(way: Way) async throws {
        try await Surface.run(way) { surface in
            for sample in SampleReport.all { try await surface.upload(sample) }
            var seen: [String] = []
            var next: String? = "/reports?limit=5&count=exact"
            while let path = next {
                let answer = try await surface.get(path)
                let json = try answer.json
                seen += json.items().compactMap { $0.at("links.self")?.string }
                next = json["next"]?.string
                #expect(answer["Link"] == next.map { "<\($0)>; rel=\"next\"" })
                #expect(json["count"]?.integer == SampleReport.all.count)
            }
            #expect(seen.count == SampleReport.all.count && Set(seen).count == seen.count)
            let year = try await surface.get("/reports?year=2024&count=exact").json
            #expect(year["count"]?.integer == SampleReport.all.count { $0.year == 2024 })
            let county = try await surface.get("/reports?scope=consolidated&agency=清禾县人民政府").json
            #expect(county.items().count == 2)
            let none = try await surface.get("/reports?form=2014").json
            #expect(none["items"] == .array([]) && none["next"] == .null)
            let errors = try await surface.get("/reports?agency=清禾县市场监督管理局").json
            #expect(errors.items().first?.at("findings.error")?.integer == 3)
        }
    }

    @Test(arguments: Way.allCases)
    func `the catalogues name every check and indicator`(way: Way) async throws {
        try await Surface.run(way) { surface in
            let checks = try await surface.get("/checks").json.items()
            #expect(checks.compactMap { $0["id"]?.string } == Check.ID.allCases.map(\.rawValue))
            let indicators = try await surface.get("/indicators").json.items()
            #expect(indicators.compactMap { $0["path"]?.string } == Measure.computed.map(\.description))
            #expect(indicators.allSatisfy { $0["source"]?.string?.contains("条例") == true })
            let figures = try await surface.get("/forms").json.items().flatMap { $0.items("figures") }
            #expect(figures.allSatisfy { $0["source"]?.string?.contains("号") == true })
            #expect(try await surface.get("/health").json["status"]?.string == "ok")
            #expect(try await surface.get("/ready").json["status"]?.string == "ready")
        }
    }

    @Test(arguments: Way.allCases)
    func `readiness ends with the database, liveness does not`(way: Way) async throws {
        try await Surface.run(way) { surface in
            try await surface.store.close()
            #expect(try await surface.get("/ready").status >= 500)
            #expect(try await surface.get("/health").status == 200)
        }
    }
}
