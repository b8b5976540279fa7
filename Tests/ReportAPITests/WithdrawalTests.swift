import HTTPServer
import HTTPTypes
import Reports
import Support
import Testing

@Suite struct WithdrawalTests {
    private static let name = PercentEncoding.encode("清禾县人民政府办公室")
    private let path = "/reports/\(name)/2023"

    private func run(_ way: Way, _ body: (Surface) async throws -> Void) async throws {
        try await Surface.run(way) { surface in
            try await surface.upload(SampleReport.text)
            try await surface.upload(SampleReport.named("qinghe-office-2022.txt"))
            surface.clock.move(86_400)
            let answer = try await surface.send("DELETE", path + "?reason=数据有误&author=张三")
            #expect(answer.status == 200)
            let revision = try answer.json
            #expect(revision["number"]?.integer == 2 && revision["kind"]?.string == "withdrawn")
            #expect(revision["at"]?.string == "2026-05-29T20:26:40Z")
            #expect(revision["reason"]?.string == "数据有误" && revision["author"]?.string == "张三")
            #expect(revision["sha256"] == .null && revision["source"] == .null && revision["href"] == .null)
            try await body(surface)
            #expect(surface.failures.isEmpty)
        }
    }

    @Test(arguments: Way.allCases)
    func `a withdrawn report is 410 with the reason and where to read on`(way: Way) async throws {
        try await run(way) { surface in
            for part in [
                "", "?format=csv", "?include=cells", "/source", "/findings", "/narrative", "/diff?against=2022",
            ] {
                let answer = try await surface.get(path + part)
                #expect(answer.status == 410, "\(part)")
                let json = try answer.json
                #expect(json["type"]?.string == "/problems/report-withdrawn")
                #expect(json["reason"]?.string == "数据有误")
                let revisions = try await surface.get(try #require(json["revisions"]?.string))
                #expect(try revisions.json.items().map { $0["kind"]?.string } == ["withdrawn", "stored"])
            }
            #expect(try await surface.send("HEAD", path).status == 410)
            #expect(try await surface.get(path, [("If-None-Match", "*")]).status == 410)
            #expect(try await surface.get("/reports/1/2022/diff?against=2023").status == 410)
            #expect(try await surface.get(path + "/revisions/2").status == 410)
        }
    }

    @Test(arguments: Way.allCases)
    func `a report can be withdrawn once, and only by those who may write`(way: Way) async throws {
        try await run(way) { surface in
            let again = try await surface.send("DELETE", path)
            #expect(again.status == 410)
            #expect(try await surface.send("DELETE", "/reports/1/2024").status == 404)
            #expect(try await surface.send("DELETE", "/reports/无名局/2023").status == 404)
            #expect(try await surface.send("DELETE", "/reports/1/2022?year=1").status == 400)
            #expect(
                try await surface.send("DELETE", "/reports/1/2022", [("Origin", "https://a.example")]).status == 403)
            #expect(try await surface.send("DELETE", "/reports/1/2022", [("X-Real-IP", "203.0.113.9")]).status == 403)
            let far = PeerAddress.v4(address: 0x0a00_0001, port: 1)
            #expect(try await surface.direct(.delete, "/reports/1/2022", peer: far).status == 403)
            #expect(try await surface.get("/reports/1/2022").status == 200)
        }
    }

    @Test(arguments: Way.allCases)
    func `lists and agencies leave it out`(way: Way) async throws {
        try await run(way) { surface in
            let list = try await surface.get("/reports?count=exact").json
            #expect(list["count"]?.integer == 1 && list.items().map { $0["year"]?.integer } == [2022])
            let agency = try await surface.get("/agencies/1").json
            #expect(agency.items("reports").map { $0["year"]?.integer } == [2022])
            let missing = try await surface.get("/agencies?missing=2023").json
            #expect(missing.items().map { $0["id"]?.integer } == [1])
            let years = try await surface.get("/reports/1/2021").json["years"]
            #expect(years == .array([.number("2022")]))
        }
    }

    @Test(arguments: Way.allCases)
    func `the past of a withdrawn report can be read`(way: Way) async throws {
        try await run(way) { surface in
            let past = try await surface.get(path + "?as_of=2026-05-29T20:26:39Z")
            #expect(past.status == 200)
            #expect(try past.json.at("revision.number")?.integer == 1)
            #expect(try await surface.get(path + "/revisions/1").apartFromView == past.apartFromView)
            let source = try await surface.get(path + "/source?as_of=2026-05-29")
            #expect(source.body == (try SampleReport.text.bytes))
            #expect(try await surface.get(path + "?as_of=2026-05-29T20:26:40Z").status == 410)
        }
    }

    @Test(arguments: Way.allCases, ["POST", "PUT"])
    func `a new document brings it back, also the very same one`(way: Way, method: String) async throws {
        try await run(way) { surface in
            surface.clock.move(60)
            let target = method == "POST" ? "/reports" : path
            let answer = try await surface.send(method, target, body: try SampleReport.text.bytes)
            #expect(answer.status == 201)
            #expect(try answer.json.at("revision.number")?.integer == 3)
            let get = try await surface.get(path)
            #expect(get.status == 200 && get.body == answer.body)
            let kinds = try await surface.get(path + "/revisions").json.items().map { $0["kind"]?.string }
            #expect(kinds == ["corrected", "withdrawn", "stored"])
            // What was withdrawn is no side of a comparison.
            let diff = try await surface.get(path + "/diff").json
            #expect(diff.at("from.revision")?.integer == 1 && diff.at("to.revision")?.integer == 3)
            #expect(diff["changes"] == .array([]))
            let feed = try await surface.get("/changes").json.items().map { $0["kind"]?.string }
            // The report of the year before came after it.
            #expect(feed == ["stored", "stored", "reassessed", "withdrawn", "corrected"])
            #expect(try await surface.send("DELETE", path).status == 200)
        }
    }
}
