import HTTPServer
import Reports
import Support
import Testing

/// Reports whose agency has another name by now.
@Suite struct RedirectionTests {
    private let old = PercentEncoding.encode("清禾县教育局")
    private let new = PercentEncoding.encode("清禾县教育体育局")
    private static let parts = [
        "", "/findings", "/narrative", "/source", "/revisions", "/revisions/1", "/diff?against=2022",
    ]

    private func run(_ way: Way, _ body: (Surface) async throws -> Void) async throws {
        try await Surface.run(way) { surface in
            for file in [
                "qinghe-education-2022.txt", "qinghe-education-2023.txt", "qinghe-education-2024.txt",
                "qinghe-office-2023.txt",
            ] { try await surface.upload(SampleReport.named(file)) }
            try await body(surface)
            #expect(surface.failures.isEmpty)
        }
    }

    private func rename(_ surface: Surface, _ name: String = "清禾县教育体育局") async throws {
        surface.clock.move(60)
        let answer = try await surface.send("PATCH", "/agencies/1", json: #"{"name":"\#(name)"}"#)
        #expect(answer.status == 200)
    }

    /// That one address leads to another, with the content of the other.
    private func expectMoved(_ surface: Surface, _ from: String, to: String) async throws {
        let answer = try await surface.get(from)
        #expect(answer.status == 301 && answer["Location"] == to, "\(from)")
        #expect(answer["ETag"] == nil && answer["Last-Modified"] == nil)
        let there = try await surface.get(to)
        #expect(there.status == 200 && there.body == answer.body, "\(from)")
        #expect(there["Content-Type"] == answer["Content-Type"])
        let head = try await surface.send("HEAD", from)
        #expect(head.status == 301 && head["Location"] == to)
        // A precondition is for the answer that the address itself would give (RFC 9110 §13.2.1).
        for field in [
            ("If-None-Match", there["ETag"] ?? "*"), ("If-None-Match", "*"),
            ("If-Modified-Since", "Thu, 01 Jan 2099 00:00:00 GMT"),
        ] {
            #expect(try await surface.get(from, [field]).status == 301, "\(from) \(field)")
        }
        #expect(try await surface.get(to, [("If-None-Match", there["ETag"] ?? "")]).status == 304)
    }

    @Test(arguments: Way.allCases)
    func `a former name leads to the current one, wherever it stands`(way: Way) async throws {
        try await run(way) { surface in
            try await rename(surface)
            for part in Self.parts + ["?format=csv&header=zh", "?include=cells", "/source?as_of=2099-01-01"] {
                try await expectMoved(surface, "/reports/清禾县教育局/2023" + part, to: "/reports/\(new)/2023" + part)
            }
            try await expectMoved(surface, "/reports/\(old)/2023", to: "/reports/\(new)/2023")
            try await expectMoved(surface, "/agencies/清禾县教育局", to: "/agencies/\(new)")
            #expect(try await surface.get("/reports/清禾县教育局/2020").status == 404)
            #expect(try await surface.get("/reports/清禾县教育局/2023?colour=red").status == 400)
            let list = try await surface.get("/reports?agency=清禾县教育局").json
            #expect(list.items().count == 3)
        }
    }

    @Test(arguments: Way.allCases)
    func `a rename changes addresses and tags, and keeps the name of the year`(way: Way) async throws {
        try await run(way) { surface in
            let before = try await surface.get("/reports/1/2023")
            let other = try await surface.get("/reports/2/2023")
            try await rename(surface)
            let since = [("If-Modified-Since", before["Last-Modified"] ?? "")]
            let after = try await surface.get("/reports/1/2023", since)
            #expect(after.status == 200 && after["ETag"] != before["ETag"])
            let json = try after.json
            #expect(json.at("links.self")?.string == "/reports/\(new)/2023")
            #expect(json.at("agency.name")?.string == "清禾县教育局")
            #expect(json.at("revision.number")?.integer == 1, "no document came")
            let list = try await surface.get("/reports?year=2023").json.items().first
            #expect(list?.at("agency.name")?.string == "清禾县教育局")
            #expect(list?.at("links.self")?.string == "/reports/\(new)/2023")
            #expect(try await surface.get("/reports/2/2023")["ETag"] == other["ETag"])
            // The name it had is not an agency of its own; documents that bear it join the rest.
            let bytes = try SampleReport.named("qinghe-education-2022.txt").bytes(("2022年", "2021年"))
            let upload = try await surface.upload(bytes)
            #expect(upload.status == 201 && upload["Location"] == "/reports/\(new)/2021")
            let put = try await surface.send(
                "PUT", "/reports/清禾县教育局/2023", body: try SampleReport.named("qinghe-education-2023.txt").bytes)
            #expect(put.status == 200 && put["Content-Location"] == "/reports/\(new)/2023")
            #expect(try await surface.store.agencyCount() == 2)
        }
    }

    @Test(arguments: Way.allCases)
    func `two renames lead straight to the last name, and back to the first`(way: Way) async throws {
        try await run(way) { surface in
            try await rename(surface)
            try await rename(surface, "清禾县教科局")
            let last = PercentEncoding.encode("清禾县教科局")
            for name in ["清禾县教育局", "清禾县教育体育局"] {
                try await expectMoved(surface, "/reports/\(name)/2023", to: "/reports/\(last)/2023")
            }
            try await rename(surface, "清禾县教育局")
            #expect(try await surface.get("/reports/清禾县教育局/2023").status == 200)
            try await expectMoved(surface, "/reports/清禾县教科局/2023", to: "/reports/\(old)/2023")
        }
    }

    @Test(arguments: Way.allCases)
    func `a merge moves the years that the other does not have`(way: Way) async throws {
        try await run(way) { surface in
            let office = PercentEncoding.encode("清禾县人民政府办公室")
            let answer = try await surface.send(
                "POST", "/agencies/清禾县教育局/merge", json: #"{"into":"清禾县人民政府办公室"}"#)
            #expect(answer.status == 200)
            let json = try answer.json
            #expect(json["moved"] == .array([.number("2022"), .number("2024")]))
            #expect(json["kept"] == .array([.number("2023")]))
            #expect(json.at("agency.name")?.string == "清禾县人民政府办公室")
            #expect(json.items("agency.reports").map { $0["year"]?.integer } == [2022, 2023, 2024])
            for part in Self.parts.dropLast() + ["/diff?against=2023"] {
                try await expectMoved(surface, "/reports/清禾县教育局/2022" + part, to: "/reports/\(office)/2022" + part)
            }
            let moved = try await surface.get("/reports/2/2022").json
            #expect(moved.at("agency.name")?.string == "清禾县教育局" && moved.at("agency.id")?.integer == 2)
            let kept = try await surface.get("/reports/清禾县教育局/2023")
            #expect(kept.status == 200)
            #expect(try kept.json.at("agency.id")?.integer == 1)
            // A merged agency keeps its entry, which says where it went.
            let entry = try await surface.get("/agencies/清禾县教育局")
            #expect(entry.status == 200)
            #expect(try entry.json.at("successor.id")?.integer == 2)
            #expect(try entry.json.items("reports").map { $0["year"]?.integer } == [2023])
            #expect(try await surface.send("DELETE", "/reports/清禾县教育局/2024?reason=x").status == 200)
            #expect(try await surface.get("/reports/2/2024").status == 410)
        }
    }

    @Test(arguments: Way.allCases)
    func `an agency that was merged whole leads to its successor's series, list and years`(way: Way) async throws {
        try await run(way) { surface in
            let office = PercentEncoding.encode("清禾县人民政府办公室")
            let merge = #"{"into":"清禾县人民政府办公室"}"#
            _ = try await surface.send("POST", "/agencies/1/merge", json: merge)
            // One year is left with it: it has a series of its own.
            #expect(try await surface.get("/reports/清禾县教育局").status == 200)
            #expect(try await surface.get("/reports?agency=清禾县教育局").json.items().count == 1)
            _ = try await surface.send("DELETE", "/reports/1/2023")
            for part in ["", "?format=csv", "?peers=1"] {
                try await expectMoved(surface, "/reports/清禾县教育局" + part, to: "/reports/\(office)" + part)
            }
            let list = try await surface.get("/reports?agency=清禾县教育局").json
            #expect(list.items().count == 3 && list.items().allSatisfy { $0.at("agency.id")?.integer == 2 })
            let missing = try await surface.get("/reports/清禾县教育局/2013")
            #expect(missing.status == 404)
            #expect(try missing.json["years"] == .array([.number("2022"), .number("2023"), .number("2024")]))
            #expect(try await surface.get("/reports/清禾县教育局/2023").status == 410)
            #expect(try await surface.get("/agencies/清禾县教育局").status == 200)
        }
    }

    @Test(arguments: Way.allCases)
    func `a former name of a merged agency leads to where its reports are`(way: Way) async throws {
        try await run(way) { surface in
            let office = PercentEncoding.encode("清禾县人民政府办公室")
            try await rename(surface)
            _ = try await surface.send("POST", "/agencies/1/merge", json: #"{"into":"2"}"#)
            for name in ["清禾县教育局", "清禾县教育体育局", "1"] {
                for part in ["", "/findings", "/source", "?include=cells", "/revisions"] {
                    try await expectMoved(surface, "/reports/\(name)/2022" + part, to: "/reports/\(office)/2022" + part)
                }
                let missing = try await surface.get("/reports/\(name)/2019")
                #expect([301, 404].contains(missing.status))
            }
        }
    }

    @Test(arguments: Way.allCases)
    func `an agency without reports says so in a whole sentence`(way: Way) async throws {
        try await run(way) { surface in
            _ = try await surface.send("DELETE", "/reports/2/2023")
            let answer = try await surface.get("/reports/清禾县人民政府办公室/2020")
            #expect(answer.status == 404)
            #expect(try answer.json["years"] == .array([]))
            #expect(try answer.json["detail"]?.string == "清禾县人民政府办公室 has no report for 2020.")
        }
    }
}
