import HTTPServer
import HTTPTypes
import Support
import Testing

@Suite struct AccessTests {
    private let path = "/reports/清禾县人民政府办公室/2023"

    @Test(arguments: Way.allCases)
    func `a server that may not write refuses uploads, and reads and checks on`(way: Way) async throws {
        try await Surface.run(way, { $0.allowsWrites = false }) { surface in
            let bytes = try SampleReport.text.bytes
            for (method, target) in [("POST", "/reports"), ("PUT", path)] {
                let answer = try await surface.send(method, target, body: bytes)
                #expect(answer.status == 403)
                #expect(try answer.json["type"]?.string == "/problems/forbidden")
            }
            #expect(try await surface.send("POST", "/check", body: bytes).status == 200)
            #expect(try await surface.get("/reports").status == 200)
            #expect(try await surface.store.reportCount(.init()) == 0)
        }
    }

    @Test func `a peer that is not this machine may not write`() async throws {
        try await Surface.run(.direct) { surface in
            let bytes = try SampleReport.text.bytes
            for peer in [
                PeerAddress.v4(address: 0x0a00_0001, port: 1), .v6(high: 0x2001_0db8_0000_0000, low: 1, port: 1),
            ] {
                #expect(try await surface.direct(.post, "/reports", [], bytes, peer: peer).status == 403)
                #expect(try await surface.direct(.get, "/reports", peer: peer).status == 200)
            }
            let local = PeerAddress.v6(high: 0, low: 1, port: 1)
            #expect(try await surface.direct(.post, "/reports", [], bytes, peer: local).status == 201)
        }
    }

    @Test(arguments: Way.allCases)
    func `a request that a proxy passes on is not this machine's own`(way: Way) async throws {
        try await Surface.run(way) { surface in
            for field in [
                ("X-Forwarded-For", "203.0.113.9"), ("Forwarded", "for=203.0.113.9"), ("X-Real-IP", "203.0.113.9"),
            ] {
                let answer = try await surface.upload(SampleReport.text, [field])
                #expect(answer.status == 403, "\(field)")
            }
        }
    }

    @Test(arguments: Way.allCases)
    func `pages of other sites may not write through a browser`(way: Way) async throws {
        try await Surface.run(way) { surface in
            let refused: [[(String, String)]] = [
                [("Origin", "https://example.org")], [("Origin", "null")], [("Origin", "http://localhost.example.org")],
                [("Origin", "http://127.0.0.1.example.org:8080")], [("Origin", "")], [("Sec-Fetch-Site", "cross-site")],
                [("Sec-Fetch-Site", "same-site")], [("Origin", "http://localhost"), ("Sec-Fetch-Site", "cross-site")],
                [("Origin", "https://example.org"), ("Sec-Fetch-Site", "same-origin")],
                [("Origin", "http://localhost@example.org")], [("Origin", "http://[::1].example.org")],
            ]
            for fields in refused {
                let post = try await surface.upload(SampleReport.text, fields)
                let put = try await surface.send("PUT", path, fields, body: SampleReport.text.bytes)
                #expect(post.status == 403 && put.status == 403, "\(fields)")
            }
            #expect(try await surface.store.reportCount(.init()) == 0)
            let allowed: [[(String, String)]] = [
                [], [("Origin", "http://localhost:8080")], [("Origin", "http://127.0.0.1:8080")],
                [("Origin", "http://[::1]:8080")], [("Sec-Fetch-Site", "none")],
                [("Origin", "http://localhost:8080"), ("Sec-Fetch-Site", "same-origin")],
            ]
            for fields in allowed {
                let answer = try await surface.upload(SampleReport.text, fields)
                #expect([200, 201].contains(answer.status), "\(fields)")
            }
        }
    }

    @Test(arguments: Way.allCases)
    func `any page may read, errors included`(way: Way) async throws {
        try await Surface.run(way) { surface in
            for target in ["/reports", "/nothing", "/reports?x=1"] {
                let answer = try await surface.get(target, [("Origin", "https://example.org")])
                #expect(answer["Access-Control-Allow-Origin"] == "*", "\(target)")
                #expect(answer["Access-Control-Expose-Headers"]?.contains("ETag") == true)
                #expect(answer["Access-Control-Allow-Credentials"] == nil)
            }
            #expect(try await surface.get("/reports")["Access-Control-Allow-Origin"] == "*")
        }
    }

    @Test(arguments: Way.allCases)
    func `listed origins alone may read, and caches keep them apart`(way: Way) async throws {
        try await Surface.run(way, { $0.corsOrigins = ["https://a.example", "https://b.example"] }) { surface in
            let a = try await surface.get("/reports", [("Origin", "https://a.example")])
            #expect(a["Access-Control-Allow-Origin"] == "https://a.example")
            let c = try await surface.get("/reports", [("Origin", "https://c.example")])
            #expect(c["Access-Control-Allow-Origin"] == nil)
            let none = try await surface.get("/reports")
            // Without this a cache would serve the one's answer to the other (Fetch standard, CORS and caching).
            for answer in [a, c, none] { #expect(answer["Vary"]?.contains("Origin") == true) }
            #expect(none["Vary"]?.hasPrefix("Accept, Accept-Encoding") == true)
        }
        try await Surface.run(way, { $0.corsOrigins = [] }) { surface in
            let answer = try await surface.get("/reports", [("Origin", "https://a.example")])
            #expect(answer["Access-Control-Allow-Origin"] == nil && answer["Vary"]?.contains("Origin") != true)
        }
    }

    @Test(arguments: Way.allCases)
    func `OPTIONS names the methods, and a preflight is answered for reading`(way: Way) async throws {
        try await Surface.run(way) { surface in
            for (target, allow) in [
                ("/reports", "GET, HEAD, OPTIONS, POST"), (path, "DELETE, GET, HEAD, OPTIONS, PUT"),
                ("/health", "GET, HEAD, OPTIONS"), ("/check", "OPTIONS, POST"),
                ("/agencies/1", "GET, HEAD, OPTIONS, PATCH"), ("/agencies/1/merge", "OPTIONS, POST"),
                (path + "/findings/0/acknowledgement", "DELETE, OPTIONS, POST"),
                ("/uploads/0", "DELETE, GET, HEAD, OPTIONS"), ("/uploads/0/results", "GET, HEAD, OPTIONS"),
            ] {
                let answer = try await surface.send("OPTIONS", target)
                #expect(answer.status == 204 && answer["Allow"] == allow, "\(target)")
            }
            let preflight = try await surface.send(
                "OPTIONS", path,
                [
                    ("Origin", "https://example.org"), ("Access-Control-Request-Method", "GET"),
                    ("Access-Control-Request-Headers", "if-none-match"),
                ])
            #expect(preflight.status == 204 && preflight["Access-Control-Allow-Origin"] == "*")
            #expect(preflight["Access-Control-Allow-Methods"] == "GET, HEAD")
            #expect(preflight["Access-Control-Allow-Headers"]?.contains("If-None-Match") == true)
            #expect(try await surface.send("OPTIONS", "*").status == 204)
            #expect(try await surface.send("OPTIONS", "/nothing").status == 404)
        }
    }

    @Test(arguments: Way.allCases)
    func `the configured Cache-Control stands on what can be kept`(way: Way) async throws {
        try await Surface.run(way, { $0.cacheControl = "max-age=60" }) { surface in
            try await surface.upload(SampleReport.text)
            for target in [path, path + "/source", "/reports", "/checks"] {
                #expect(try await surface.get(target)["Cache-Control"] == "max-age=60")
            }
            #expect(try await surface.get("/health")["Cache-Control"] == "no-store")
        }
    }
}
