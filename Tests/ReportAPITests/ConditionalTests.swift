import Codecs
import Reports
import Support
import Testing

@Suite struct ConditionalTests {
    /// Every representation of one report.
    static let targets = [
        "", "?format=csv", "?format=csv&header=zh", "?format=csv&bom=1", "?format=csv&header=zh&bom=1",
        "?include=cells", "/findings", "/narrative", "/source",
    ]

    private func path(_ sample: SampleReport) -> String { "/reports/\(sample.agency)/\(sample.year)" }

    @Test(arguments: Way.allCases)
    func `each representation has its own strong tag, and the tag answers 304 without a body`(way: Way) async throws {
        try await Surface.run(way) { surface in
            let sample = try SampleReport.text
            try await surface.upload(sample)
            var tags: [String: [UInt8]] = [:]
            for target in Self.targets {
                for coding in ["identity", "gzip"] {
                    let fields = [("Accept-Encoding", coding)]
                    let answer = try await surface.get(path(sample) + target, fields)
                    let tag = try #require(answer["ETag"])
                    #expect(tag.hasPrefix("\"") && tag.hasSuffix("\"") && tag.count > 2)
                    #expect(tags[tag] == nil || tags[tag] == answer.body, "\(target) \(coding)")
                    tags[tag] = answer.body
                    let again = try await surface.get(path(sample) + target, fields + [("If-None-Match", tag)])
                    #expect(again.status == 304 && again.body.isEmpty && again["ETag"] == tag)
                    #expect(again["Cache-Control"] == "no-cache" && again["Vary"] == answer["Vary"])
                    #expect(again["Content-Type"] == nil && again["Content-Encoding"] == nil)
                    let old = try await surface.get(path(sample) + target, [("Accept-Encoding", "x-\(coding)")])
                    #expect(old.body == answer.body && old["Content-Encoding"] == answer["Content-Encoding"])
                }
            }
            #expect(tags.count == Set(tags.values).count, "equal bytes have equal tags")
        }
    }

    @Test(arguments: Way.allCases)
    func `tags change when and only when bytes do`(way: Way) async throws {
        try await Surface.run(way) { surface in
            let sample = try SampleReport.text
            let text = String(decoding: try sample.bytes, as: UTF8.self)
            let versions = [
                text, text, text + "\n", text.replacing("行政规范性文件\t4", with: "行政规范性文件\t5"),
                text.replacing("年度重点任务", with: "全年重点任务") + "\n\n", text,
            ]
            var last: [String: (tag: String, body: [UInt8])] = [:]
            for version in versions {
                surface.clock.move(60)
                _ = try await surface.send("POST", "/reports", body: Array(version.utf8))
                for target in Self.targets {
                    let answer = try await surface.get(path(sample) + target)
                    let tag = try #require(answer["ETag"])
                    if let last = last[target] {
                        #expect((last.tag == tag) == (last.body == answer.body), "\(target)")
                        let fields = [("If-None-Match", last.tag)]
                        let again = try await surface.get(path(sample) + target, fields)
                        #expect(again.status == (last.body == answer.body ? 304 : 200), "\(target)")
                    }
                    last[target] = (tag, answer.body)
                }
            }
        }
    }

    @Test(arguments: Way.allCases)
    func `lists and catalogues have tags that change with them`(way: Way) async throws {
        try await Surface.run(way) { surface in
            for target in ["/reports", "/agencies", "/", "/checks", "/indicators", "/problems/busy"] {
                let tag = try #require(try await surface.get(target)["ETag"])
                #expect(try await surface.get(target, [("If-None-Match", tag)]).status == 304)
            }
            let before = try await surface.get("/reports")["ETag"]
            try await surface.upload(SampleReport.text)
            #expect(try await surface.get("/reports")["ETag"] != before)
        }
    }

    @Test(arguments: Way.allCases)
    func `If-None-Match takes lists, weak tags and the star, and nothing that is malformed`(way: Way) async throws {
        try await Surface.run(way) { surface in
            let sample = try SampleReport.text
            try await surface.upload(sample)
            let tag = try #require(try await surface.get(path(sample))["ETag"])
            let matching = ["\"x\", \(tag)", "W/\(tag)", "*", "\"x\",\"y\" , W/\"z\", \(tag)"]
            let other = ["\"x\"", "W/\"x\"", String(tag.dropFirst().dropLast()), "", "\"", "\"x\", *"]
            for value in matching {
                #expect(try await surface.get(path(sample), [("If-None-Match", value)]).status == 304, "\(value)")
            }
            for value in other {
                #expect(try await surface.get(path(sample), [("If-None-Match", value)]).status == 200, "\(value)")
            }
            let head = try await surface.send("HEAD", path(sample), [("If-None-Match", tag)])
            #expect(head.status == 304)
        }
    }

    @Test(arguments: Way.allCases)
    func `If-Modified-Since counts to the second and only without If-None-Match`(way: Way) async throws {
        try await Surface.run(way) { surface in
            let sample = try SampleReport.text
            try await surface.upload(sample)
            let date = "Thu, 28 May 2026 20:26:40 GMT"
            #expect(try await surface.get(path(sample))["Last-Modified"] == date)
            func status(_ fields: [(String, String)]) async throws -> Int {
                try await surface.get(path(sample), fields).status
            }
            #expect(try await status([("If-Modified-Since", date)]) == 304)
            #expect(try await status([("If-Modified-Since", "Thu, 28 May 2026 20:26:41 GMT")]) == 304)
            #expect(try await status([("If-Modified-Since", "Thu, 28 May 2026 20:26:39 GMT")]) == 200)
            #expect(try await status([("If-Modified-Since", "yesterday")]) == 200)
            #expect(try await status([("If-Modified-Since", date), ("If-None-Match", "\"x\"")]) == 200)
            // A correction within the same second is news, too.
            _ = try await surface.send("POST", "/reports", body: try sample.bytes + [0x0a])
            #expect(try await status([("If-Modified-Since", date)]) == 200)
        }
    }

    @Test(arguments: Way.allCases)
    func `If-Match and If-Unmodified-Since answer 412 unless the client knows the current representation`(
        way: Way
    ) async throws {
        try await Surface.run(way) { surface in
            let sample = try SampleReport.text
            try await surface.upload(sample)
            // Times of writes within one second are ahead of the clock.
            surface.clock.move(60)
            for target in Self.targets {
                let answer = try await surface.get(path(sample) + target)
                let tag = try #require(answer["ETag"])
                func status(_ fields: [(String, String)]) async throws -> Int {
                    // Also once it is known by heart.
                    for _ in 0..<3 { _ = try await surface.get(path(sample) + target) }
                    return try await surface.get(path(sample) + target, fields).status
                }
                let gzip = "\"\(tag.dropFirst().dropLast())-gzip\""
                for value in [tag, "*", "\"x\", \(tag)", gzip] {
                    #expect(try await status([("If-Match", value)]) == 200, "\(target) \(value)")
                }
                for value in ["\"x\"", "W/\(tag)", "\"", "", "\"x\", W/\(tag)"] {
                    #expect(try await status([("If-Match", value)]) == 412, "\(target) \(value)")
                }
                // The order of RFC 9110 §13.2.2.
                #expect(try await status([("If-Match", tag), ("If-None-Match", tag)]) == 304)
                #expect(try await status([("If-Match", "\"x\""), ("If-None-Match", tag)]) == 412)
                guard let date = answer["Last-Modified"] else { continue }
                let before = "Sun, 06 Nov 1994 08:49:37 GMT"
                #expect(try await status([("If-Unmodified-Since", date)]) == 200)
                #expect(try await status([("If-Unmodified-Since", before)]) == 412)
                #expect(try await status([("If-Unmodified-Since", "yesterday")]) == 200)
                #expect(try await status([("If-Unmodified-Since", before), ("If-Match", tag)]) == 200)
            }
        }
    }

    @Test(arguments: Way.allCases)
    func `what writes with a precondition does so only where it holds`(way: Way) async throws {
        try await Surface.run(way) { surface in
            let sample = try SampleReport.text
            let address = path(sample)
            let text = String(decoding: try sample.bytes, as: UTF8.self)
            func put(_ body: String, _ field: String, _ value: String) async throws -> Int {
                let answer = try await surface.send("PUT", address, [(field, value)], body: Array(body.utf8))
                // What is served is not what was put (RFC 9110 §9.3.4).
                #expect(answer["ETag"] == nil)
                return answer.status
            }
            #expect(try await put(text, "If-Match", "*") == 412)
            #expect(try await surface.get(address).status == 404)
            #expect(try await put(text, "If-None-Match", "*") == 201)
            #expect(try await put(text + "\n", "If-None-Match", "*") == 412)
            let first = try #require(try await surface.get(address)["ETag"])
            #expect(try await put(text + "\n", "If-Match", first) == 200)
            // Who has read the first must not write over the second.
            #expect(try await put(text + "\n\n", "If-Match", first) == 412)
            #expect(try await put(text + "\n\n", "If-Unmodified-Since", "Sun, 06 Nov 1994 08:49:37 GMT") == 412)
            let second = try #require(try await surface.get(address)["ETag"])
            #expect(first != second)
            let refused = try await surface.send("DELETE", address, [("If-Match", first)])
            #expect(
                refused.status == 412 && String(decoding: refused.body, as: UTF8.self).contains("precondition-failed"))
            #expect(try await surface.get(address)["ETag"] == second)
            #expect(try await surface.send("DELETE", address, [("If-Match", second)]).status == 200)
            #expect(try await put(text, "If-Match", "*") == 412)
            #expect(try await put(text, "If-None-Match", "*") == 201)
        }
    }

    /// The statuses of six requests that are sent at once.
    private func statuses(_ send: @escaping @Sendable (Int) async throws -> Int) async throws -> [Int] {
        try await withThrowingTaskGroup(of: Int.self) { group in
            for number in 0..<6 { group.addTask { try await send(number) } }
            return try await group.reduce(into: []) { $0.append($1) }.sorted()
        }
    }

    @Test(arguments: Way.allCases)
    func `of those who know the same representation and write at once, one alone gets through`(way: Way) async throws {
        try await Surface.run(way) { surface in
            let sample = try SampleReport.text
            let address = path(sample)
            let bytes = try sample.bytes
            @Sendable func put(_ number: Int, _ field: String, _ value: String) async throws -> Int {
                let body = bytes + [UInt8](repeating: 0x0a, count: number)
                return try await surface.send("PUT", address, [(field, value)], body: body).status
            }
            let refused = [Int](repeating: 412, count: 5)
            #expect(try await statuses { try await put($0, "If-None-Match", "*") } == [201] + refused)
            let tag = try #require(try await surface.get(address)["ETag"])
            #expect(try await statuses { try await put($0 + 10, "If-Match", tag) } == [200] + refused)
            #expect(try await surface.get(address + "/revisions").json.items().count == 2)

            let agency = "/agencies/\(sample.agency)"
            let known = try #require(try await surface.get(agency)["ETag"])
            let patched = try await statuses { number in
                let json = #"{"aliases":["第\#(number)局"]}"#
                return try await surface.send("PATCH", agency, json: json, [("If-Match", known)]).status
            }
            #expect(patched == [200] + refused)

            let last = try #require(try await surface.get(address)["ETag"])
            let withdrawn = try await statuses { number in
                try await surface.send("DELETE", address + "?reason=\(number)", [("If-Match", last)]).status
            }
            #expect(withdrawn.filter { $0 == 200 }.count == 1)
            #expect(surface.failures.isEmpty)
        }
    }

    @Test(arguments: Way.allCases)
    func `bodies over 1 KiB are gzipped where that is accepted, and inflate to the same bytes`(way: Way) async throws {
        try await Surface.run(way) { surface in
            let sample = try SampleReport.text
            try await surface.upload(sample)
            for target in Self.targets {
                let plain = try await surface.get(path(sample) + target)
                #expect(plain["Content-Encoding"] == nil)
                for accept in ["gzip", "br;q=1, gzip;q=0.5", "*", "gzip, deflate, br"] {
                    let answer = try await surface.get(path(sample) + target, [("Accept-Encoding", accept)])
                    guard plain.body.count > 1024 else {
                        #expect(answer["Content-Encoding"] == nil && answer.body == plain.body)
                        continue
                    }
                    #expect(answer["Content-Encoding"] == "gzip", "\(target) \(accept)")
                    #expect(try Gzip.decompress(answer.body, limits: CompressionLimits()) == plain.body)
                    #expect(answer["ETag"] != plain["ETag"])
                    #expect(answer.body.count < plain.body.count)
                }
                for accept in ["", "identity", "gzip;q=0", "*;q=0", "br"] {
                    let answer = try await surface.get(path(sample) + target, [("Accept-Encoding", accept)])
                    #expect(answer["Content-Encoding"] == nil && answer.body == plain.body, "\(target) \(accept)")
                }
                #expect(plain["Vary"]?.contains("Accept-Encoding") == true)
            }
            let health = try await surface.get("/health", [("Accept-Encoding", "gzip")])
            #expect(health["Content-Encoding"] == nil)
            // However short: who refuses the plain bytes does not get them, also where they are at hand.
            let short = "/reports?year=2010"
            for _ in 0..<3 {
                let plain = try await surface.get(short, [("Accept-Encoding", "gzip")])
                let packed = try await surface.get(short, [("Accept-Encoding", "gzip, identity;q=0")])
                #expect(plain["Content-Encoding"] == nil && packed["Content-Encoding"] == "gzip")
                #expect(try Gzip.decompress(packed.body, limits: CompressionLimits()) == plain.body)
            }
        }
    }

    @Test(arguments: Way.allCases)
    func `what has no tag is no representation that a client can know`(way: Way) async throws {
        try await Surface.run(way) { surface in
            try await surface.upload(SampleReport.text)
            for target in ["/agencies?format=csv", "/health"] {
                #expect(try await surface.get(target)["ETag"] == nil)
                #expect(try await surface.get(target, [("If-Match", "\"x\"")]).status == 412)
                #expect(try await surface.get(target, [("If-Match", "*")]).status == 200)
            }
        }
    }
}
