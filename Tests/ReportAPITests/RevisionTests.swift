import Codecs
import HTTPServer
import ReportStore
import Reports
import Support
import Testing

@Suite struct RevisionTests {
    private let path = "/reports/\(PercentEncoding.encode("清禾县人民政府办公室"))/2023"

    @Test(arguments: Way.allCases)
    func `the history tells who, when, why and what, newest first`(way: Way) async throws {
        try await Surface.run(way) { surface in
            let sample = try SampleReport.text
            try await surface.upload(sample)
            let first = try await surface.get(path)
            surface.clock.move(3600)
            let corrected = try sample.bytes(("行政规范性文件\t4", "行政规范性文件\t5"))
            try await surface.upload(corrected, query: "?reason=更正件数&author=张三&source_url=https://example.org/1.html")
            let second = try await surface.get(path)

            let answer = try await surface.get(path + "/revisions")
            #expect(answer.status == 200 && answer["Content-Type"] == "application/json")
            let items = try answer.json.items()
            #expect(items.map { $0["number"]?.integer } == [2, 1])
            #expect(items.map { $0["kind"]?.string } == ["corrected", "stored"])
            #expect(items.map { $0["at"]?.string } == ["2026-05-28T21:26:40Z", "2026-05-28T20:26:40Z"])
            #expect(items[0]["reason"]?.string == "更正件数" && items[0]["author"]?.string == "张三")
            #expect(items[1]["reason"] == .null && items[1]["author"] == .null)
            let digests = [Digest(of: corrected), Digest(of: try sample.bytes)].map { CanonicalJSON.hex($0.bytes) }
            #expect(items.map { $0["sha256"]?.string } == digests)
            #expect(items.map { $0.at("source.bytes")?.integer } == [corrected.count, try sample.bytes.count])
            #expect(items[0].at("source.url")?.string == "https://example.org/1.html")
            #expect(items[0].at("source.mediaType")?.string == "text/plain; charset=utf-8")

            #expect(first.body != second.body)
            for (item, served) in zip(items, [second, first]) {
                let revision = try await surface.get(try #require(item["href"]?.string))
                #expect(try revision.status == 200 && revision.apartFromView == served.apartFromView)
            }
            let links = try second.json.at("links.revisions")?.string
            #expect(links == path + "/revisions")
        }
    }

    @Test(arguments: Way.allCases)
    func `each revision keeps its own source, findings, narrative and cells`(way: Way) async throws {
        try await Surface.run(way) { surface in
            let sample = try SampleReport.text
            let parts = ["/source", "/findings", "/narrative", "?include=cells", "?format=csv&header=zh"]
            try await surface.upload(sample)
            var before: [String: RawResponse] = [:]
            for part in parts { before[part] = try await surface.get(path + part) }
            surface.clock.move(86_400)
            // Another figure and another sentence.
            let other = try sample.bytes(("行政规范性文件\t4", "行政规范性文件\t5"), ("年度重点任务", "全年重点任务"))
            try await surface.upload(other)
            for part in parts {
                let time = "as_of=2026-05-28T20:26:40Z"
                let past = try await surface.get(path + part + (part.contains("?") ? "&" : "?") + time)
                let now = try await surface.get(path + part)
                if ["/source", "/narrative", "?format=csv&header=zh"].contains(part) {
                    #expect(past.status == 200 && past.body == before[part]?.body, "\(part)")
                } else {
                    let then = try before[part]?.apartFromView
                    #expect(try past.status == 200 && past.apartFromView == then, "\(part)")
                }
                // Neither words break a rule.
                guard part != "/findings" else { continue }
                #expect(now.body != before[part]?.body && now["ETag"] != past["ETag"], "\(part)")
            }
            #expect(try await surface.get(path + "/source").body == other)
        }
    }

    @Test(arguments: Way.allCases)
    func `a revision that is none is 404 with the number of those there are`(way: Way) async throws {
        try await Surface.run(way) { surface in
            try await surface.upload(SampleReport.text)
            for number in ["0", "2", "01", "-1", "one", "99999999999999999999", "%20", "1%2F"] {
                let answer = try await surface.get(path + "/revisions/\(number)")
                #expect(answer.status == 404, "\(number)")
                #expect(try answer.json["type"]?.string == "/problems/revision-not-found")
                #expect(try answer.json["revisions"]?.integer == 1)
            }
            #expect(try await surface.get("/reports/清禾县人民政府办公室/2020/revisions").status == 404)
            #expect(try await surface.get("/reports/无名局/2023/revisions/1").status == 404)
            #expect(try await surface.get(path + "/revisions?limit=1").status == 400)
            #expect(surface.failures.isEmpty)
        }
    }

    @Test(arguments: Way.allCases)
    func `history, revisions and differences have tags that change with their bytes`(way: Way) async throws {
        try await Surface.run(way) { surface in
            let sample = try SampleReport.text
            try await surface.upload(sample)
            try await surface.upload(try sample.bytes(("年度重点任务", "全年重点任务")))
            let targets = ["/revisions", "/revisions/1", "/revisions/2", "/diff"]
            var last: [String: RawResponse] = [:]
            for step in 0..<4 {
                switch step {
                case 1: try await surface.upload(try sample.bytes(("年度重点任务", "本年重点任务")))
                case 2: _ = try await surface.send("PATCH", "/agencies/1", json: #"{"name":"清禾县政府办"}"#)
                default: break
                }
                for target in targets {
                    let answer = try await surface.get("/reports/1/2023" + target)
                    #expect(answer.status == 200, "\(target) \(step) \(answer.text)")
                    let tag = try #require(answer["ETag"])
                    #expect(answer.status == 200 && tag.hasPrefix("\""))
                    let fields = [("If-None-Match", last[target]?["ETag"] ?? tag)]
                    let again = try await surface.get("/reports/1/2023" + target, fields)
                    let isSame = last[target].map { $0.body == answer.body } ?? true
                    #expect(again.status == (isSame ? 304 : 200), "\(target) \(step)")
                    last[target] = answer
                }
                surface.clock.move(60)
            }
        }
    }
}
