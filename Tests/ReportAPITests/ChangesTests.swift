import HTTPServer
import Reports
import Support
import Testing

@testable import ReportAPI

@Suite struct ChangesTests {
    @Test(arguments: Way.allCases)
    func `the feed lists what happened, and always says where to go on`(way: Way) async throws {
        try await Surface.run(way) { surface in
            let empty = try await surface.get("/changes").json
            #expect(empty["items"] == .array([]) && empty["next"]?.string == "/changes?since=0")
            for sample in SampleReport.all { try await surface.upload(sample) }
            surface.clock.move(60)
            try await surface.upload(SampleReport.all[0])
            try await surface.upload(try SampleReport.text.bytes + [0x0a])
            _ = try await surface.send("DELETE", "/reports/清禾县教育局/2022")

            var items: [JSONValue] = []
            var next = "/changes?limit=4"
            while true {
                let answer = try await surface.get(next)
                let page = try answer.json
                next = try #require(page["next"]?.string)
                #expect(answer["Link"] == "<\(next)>; rel=\"next\"" && next.hasSuffix("&limit=4"))
                guard !page.items().isEmpty else { break }
                #expect(page.items().count <= 4)
                items += page.items()
            }
            let cursors = items.compactMap { $0["cursor"]?.string.flatMap { Int($0) } }
            #expect(cursors.count == items.count && cursors == cursors.sorted() && Set(cursors).count == cursors.count)
            let own = items.filter { $0["kind"]?.string != "reassessed" }
            #expect(own.count { $0["kind"]?.string == "stored" } == SampleReport.all.count)
            #expect(own.suffix(2).map { $0["kind"]?.string } == ["corrected", "withdrawn"])
            #expect(own.suffix(2).map { $0["revision"]?.integer } == [2, 2])
            #expect(own.last?["agency"]?.string == "清禾县教育局" && own.last?["year"]?.integer == 2022)
            #expect(own.last?["at"]?.string?.hasPrefix("2026-05-28T20:27:4") == true)
            for item in own.dropLast() where item["year"]?.integer != 2022 {
                #expect(try await surface.get(try #require(item["href"]?.string)).status == 200)
            }
            let all = try await surface.get("/changes?limit=1000").json.items()
            #expect(all == items)
            let rest = try await surface.get("/changes?since=\(cursors[cursors.count - 3])").json.items()
            #expect(rest == Array(items.suffix(2)))
            for query in ["since=-1", "since=x", "since=", "limit=0", "limit=1001", "until=3"] {
                #expect(try await surface.get("/changes?\(query)").status == 400, "\(query)")
            }
        }
    }

    @Test(arguments: Way.allCases)
    func `polling the feed costs a 304 while nothing happens`(way: Way) async throws {
        try await Surface.run(way) { surface in
            try await surface.upload(SampleReport.text)
            for target in ["/changes", "/changes?since=1"] {
                let first = try await surface.get(target)
                let fields = [("If-None-Match", try #require(first["ETag"]))]
                #expect(try await surface.get(target, fields).status == 304)
            }
            let tag = try await surface.get("/changes")["ETag"] ?? ""
            try await surface.upload(SampleReport.gb18030)
            let news = try await surface.get("/changes", [("If-None-Match", tag)])
            #expect(news.status == 200)
            #expect(try news.json.items().count == 2)
        }
    }

    @Test(arguments: Way.allCases)
    func `a cursor beyond the feed leads to its end, and is refused for a stream`(way: Way) async throws {
        try await Surface.run(way) { surface in
            try await surface.upload(SampleReport.text)
            let stream = ("Accept", "text/event-stream")
            for (query, fields) in [
                ("?since=500", [stream]), ("", [stream, ("Last-Event-ID", "500")]),
                ("", [stream, ("Last-Event-ID", "abc")]), ("?since=0", [stream, ("Last-Event-ID", "-1")]),
            ] {
                let answer = try await surface.get("/changes" + query, fields)
                #expect(answer.status == 400, "\(query) \(fields)")
            }
            let beyond = try await surface.get("/changes?since=2").json
            #expect(beyond["items"] == .array([]) && beyond["next"]?.string == "/changes?since=1")
        }
    }

    @Test(arguments: Way.allCases)
    func `what was told keeps the name of then, and leads to where the report is now`(way: Way) async throws {
        try await Surface.run(way) { surface in
            try await surface.upload(SampleReport.text)
            let agency = try SampleReport.text.agency
            let before = try await surface.get("/changes").json.items()
            _ = try await surface.send("PATCH", "/agencies/\(agency)", json: #"{"name":"新办公室"}"#)
            let after = try await surface.get("/changes").json.items()
            #expect(after.first?["agency"]?.string == agency && before.first?["agency"] == after.first?["agency"])
            #expect(after.last?["agency"]?.string == "新办公室" && after.count == 2)
            for item in after {
                #expect(item["href"]?.string == after.last?["href"]?.string)
                #expect(try await surface.get(try #require(item["href"]?.string)).status == 200)
            }
        }
    }

    @Test func `a limit makes no sense with a stream, and HEAD is answered at once`() async throws {
        for way in Way.allCases {
            try await Surface.run(way) { surface in
                let accept = [("Accept", "text/event-stream")]
                #expect(try await surface.get("/changes?limit=3", accept).status == 400)
                #expect(try await surface.get("/changes?since=x", accept).status == 400)
                let head = try await surface.send("HEAD", "/changes", accept)
                #expect(head.status == 200 && head["Content-Type"] == "text/event-stream")
                #expect(head["Cache-Control"] == "no-store" && head["Content-Length"] == nil)
                #expect(try await surface.get("/changes", [("Accept", "text/csv")]).status == 406)
                for plain in ["*/*", "application/json, text/event-stream;q=0.5"] {
                    #expect(
                        try await surface.get("/changes", [("Accept", plain)])["Content-Type"] == "application/json")
                }
            }
        }
    }

    @Test(.timeLimit(.minutes(10)))
    func `events come as things happen, each once, also after a pause`() async throws {
        try await Surface.run(.wire) { surface in
            try await surface.upload(SampleReport.text)
            let stream = try await EventStream(surface)
            #expect(stream.head.contains("200 OK") && stream.head.contains("text/event-stream"))
            // From now on: what was before is not told.
            try await surface.upload(SampleReport.gb18030)
            let event = try await stream.next()
            #expect(event.id == 2 && event.kind == "stored")
            let listed = try await surface.get("/changes?since=1").json.items().first
            #expect(event.data == listed)

            // Another listener starts from the beginning, and one resumes after the first event.
            let whole = try await EventStream(surface, "?since=0")
            #expect(try await whole.next().id == 1)
            #expect(try await whole.next().id == 2)
            let resumed = try await EventStream(surface, "?since=0", [("Last-Event-ID", "1")])
            #expect(try await resumed.next().id == 2)

            for index in 0..<20 { try await surface.upload(try SampleReport.text.bytes(renamed: "第\(index)局")) }
            _ = try await surface.send("DELETE", "/reports/第3局/2023")
            let expected = try await surface.get("/changes?since=2&limit=1000").json.items()
            for stream in [stream, whole, resumed] {
                for item in expected {
                    let event = try await stream.next()
                    #expect(event.data == item && item["cursor"]?.string == "\(event.id)")
                    #expect(item["kind"]?.string == event.kind)
                }
            }
        }
    }

    @Test(.timeLimit(.minutes(10)))
    func `a stream ends with the service, and no other begins`() async throws {
        try await Surface.run(.wire) { surface in
            let stream = try await EventStream(surface)
            await surface.service.close()
            #expect(try await stream.ends())
            let late = try await surface.get("/changes", [("Accept", "text/event-stream")])
            #expect(late.status == 200 && late.text == "retry: 2000\n\n")
        }
    }

    @Test(.timeLimit(.minutes(10)))
    func `who goes away is forgotten`() async throws {
        try await Surface.run(.wire) { surface in
            var streams: [EventStream] = []
            for _ in 0..<8 { streams.append(try await EventStream(surface)) }
            #expect(surface.service.changes.listenerCount == 8)
            streams.removeLast(7)
            // The loops learn of it between requests.
            while surface.service.changes.listenerCount > 1 { _ = try await surface.get("/health") }
            try await surface.upload(SampleReport.text)
            #expect(try await streams[0].next().kind == "stored")
        }
    }
}
