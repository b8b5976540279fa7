import Codecs
import Reports
import Support
import Testing

@Suite struct IdempotencyTests {
    private func key(_ key: String) -> [(String, String)] { [("Idempotency-Key", key)] }

    @Test(arguments: Way.allCases)
    func `the same request gets the same answer, and nothing is stored twice`(way: Way) async throws {
        try await Surface.run(way) { surface in
            let sample = try SampleReport.text
            let first = try await surface.upload(sample, key("a"))
            let corrected = try await surface.upload(try sample.bytes + [0x0a])
            #expect(first.status == 201 && corrected.status == 201)
            // Without the key, the first document would now become revision 3.
            let again = try await surface.upload(sample, key("a"))
            #expect(again.status == 201 && again.body == first.body && again.phrase == first.phrase)
            for field in ["Location", "ETag", "Content-Type", "Cache-Control"] {
                #expect(again[field] == first[field], "\(field)")
            }
            #expect(try await surface.get("/reports/1/2023/revisions").json.items().count == 2)
            #expect(try await surface.get("/changes").json.items().count == 2)
        }
    }

    @Test(arguments: Way.allCases)
    func `many documents and PUT have it, too, also for one who accepts lines`(way: Way) async throws {
        try await Surface.run(way) { surface in
            let body = Array((lines([1, 2]) + "{\n").utf8)
            for (name, fields) in [("a", asLines), ("b", asLines + [("Accept", "application/x-ndjson")])] {
                let first = try await surface.send("POST", "/reports", fields + key(name), body: body)
                let again = try await surface.send("POST", "/reports", fields + key(name), body: body)
                #expect(first.status == 200 && again.status == 200 && again.body == first.body, "\(name)")
                let type = name == "a" ? "application/json" : "application/x-ndjson"
                #expect(first["Content-Type"] == type && again["Content-Type"] == type)
            }
            let path = "/reports/清禾县人民政府办公室/2023"
            let put = try await surface.send("PUT", path, key("c"), body: try SampleReport.text.bytes)
            let again = try await surface.send("PUT", path, key("c"), body: try SampleReport.text.bytes)
            #expect(put.status == 201 && again.status == 201 && put.body == again.body)
            #expect(try await surface.reportCount() == 3)
        }
    }

    @Test(arguments: Way.allCases)
    func `a PUT with a precondition that is sent again gets its first answer, and another one does not`(way: Way)
        async throws
    {
        try await Surface.run(way) { surface in
            let path = "/reports/清禾县人民政府办公室/2023"
            let sample = try SampleReport.text.bytes
            #expect(
                try await surface.send("PUT", path, [("If-None-Match", "*")] + key("d"), body: sample).status == 201)
            // What the first one stored is there by now.
            let again = try await surface.send("PUT", path, [("If-None-Match", "*")] + key("d"), body: sample)
            #expect(again.status == 201, "\(again.text)")
            for fields in [key("e"), []] {
                let other = try await surface.send("PUT", path, [("If-None-Match", "*")] + fields, body: sample)
                #expect(other.status == 412, "\(other.text)")
            }
            #expect(try await surface.get("\(path)/revisions").json.items().count == 1)
        }
    }

    @Test(arguments: Way.allCases)
    func `a form that is sent again is known, whatever its boundary is by then`(way: Way) async throws {
        try await Surface.run(way) { surface in
            func send(_ boundary: String, _ name: String) async throws -> RawResponse {
                let text = try String(decoding: SampleReport.text.bytes, as: UTF8.self)
                let head = "Content-Disposition: form-data; name=\"file\"; filename=\"\(name)\""
                let body = "--\(boundary)\r\n\(head)\r\n\r\n\(text)\r\n--\(boundary)--\r\n"
                return try await surface.send(
                    "POST", "/reports", [("Content-Type", "multipart/form-data; boundary=\(boundary)")] + key("f"),
                    body: Array(body.utf8))
            }
            let first = try await send("X1", "a.txt")
            let again = try await send("another-boundary", "a.txt")
            #expect(first.status == 200 && again.status == 200 && again.body == first.body, "\(again.text)")
            let other = try await send("X1", "b.txt")
            #expect(try other.json["type"]?.string == "/problems/key-reused")
        }
    }

    @Test(arguments: Way.allCases)
    func `an upload that is worked on later is entered once, and leaves no second file`(way: Way) async throws {
        try await Surface.run(way) { surface in
            let fields = asLines + key("a") + [("Prefer", "respond-async")]
            let body = Array(lines(0..<20).utf8)
            let first = try await surface.send("POST", "/reports", fields, body: body)
            let location = try #require(first["Location"])
            _ = try await surface.ended(location)
            let again = try await surface.send("POST", "/reports", fields, body: body)
            #expect(first.status == 202 && again.status == 202)
            #expect(again.body == first.body && again["Location"] == location)
            let other = try await surface.send("POST", "/reports", fields, body: Array(lines([1]).utf8))
            #expect(other.status == 422)
            await surface.service.close()
            #expect(try surface.uploadFiles().isEmpty)
        }
    }

    @Test(arguments: Way.allCases)
    func `a key that came with another request is refused`(way: Way) async throws {
        try await Surface.run(way) { surface in
            let sample = try SampleReport.text
            #expect(try await surface.upload(sample, key("a")).status == 201)
            let body = try await surface.upload(SampleReport.gb18030, key("a"))
            let query = try await surface.upload(sample, query: "?reason=x", key("a"))
            for answer in [body, query] {
                #expect(answer.status == 422)
                #expect(try answer.json["type"]?.string == "/problems/key-reused")
            }
            #expect(try await surface.upload(SampleReport.gb18030, key("b")).status == 201)
            #expect(try await surface.reportCount() == 2)
        }
    }

    @Test(arguments: Way.allCases)
    func `a request that failed can be sent again with its key, corrected`(way: Way) async throws {
        try await Surface.run(way) { surface in
            let bad = Array("no report".utf8)
            for _ in 0..<2 {
                #expect(try await surface.send("POST", "/reports", key("a"), body: bad).status == 422)
                let many = lines([1]) + "{\n"
                let atomic = try await surface.send(
                    "POST", "/reports?atomic=1", asLines + key("b"), body: Array(many.utf8))
                #expect(try atomic.json["type"]?.string == "/problems/upload-rejected")
            }
            #expect(try await surface.upload(SampleReport.text, key("a")).status == 201)
        }
    }

    @Test(arguments: Way.allCases)
    func `a key whose first request is being worked on is in use`(way: Way) async throws {
        try await Surface.run(way) { surface in
            let sample = try SampleReport.text
            let request = Digest(of: Array("POST /reports".utf8) + Digest(of: try sample.bytes).bytes).bytes
            #expect(try await surface.store.takeKey("a", request: request, now: surface.clock.now) == .new)
            let answer = try await surface.upload(sample, key("a"))
            #expect(answer.status == 409)
            #expect(try answer.json["type"]?.string == "/problems/key-in-use")
            // A process that did not live to answer gives it back.
            try await surface.store.releaseKeys(now: surface.clock.now)
            #expect(try await surface.upload(sample, key("a")).status == 201)
        }
    }

    @Test(arguments: Way.allCases)
    func `an answer is kept for a day`(way: Way) async throws {
        try await Surface.run(way) { surface in
            let sample = try SampleReport.text
            #expect(try await surface.upload(sample, key("a")).status == 201)
            surface.clock.move(86_400)
            #expect(try await surface.upload(sample, key("a")).status == 201)
            surface.clock.move(1)
            #expect(try await surface.upload(sample, key("a")).status == 200)
        }
    }

    @Test(arguments: Way.allCases)
    func `a key has 1 to 255 characters`(way: Way) async throws {
        try await Surface.run(way) { surface in
            let sample = try SampleReport.text
            for wrong in ["", String(repeating: "k", count: 256)] {
                #expect(try await surface.upload(sample, key(wrong)).status == 400)
            }
            #expect(try await surface.upload(sample, key(String(repeating: "k", count: 255))).status == 201)
        }
    }
}
