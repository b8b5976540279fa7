import Codecs
import Foundation
import HTTPServer
import Reports
import Support
import Testing

@Suite struct UploadTests {
    @Test(arguments: Way.allCases)
    func `a new document is 201 with its address, the same again 200, another 201 as the next revision`(way: Way)
        async throws
    {
        try await Surface.run(way) { surface in
            let sample = try SampleReport.text
            let path = "/reports/\(PercentEncoding.encode(sample.agency))/2023"
            let first = try await surface.upload(sample)
            #expect(first.status == 201 && first["Location"] == path)
            let get = try await surface.get(path)
            #expect(first.body == get.body && first["ETag"] == get["ETag"])
            surface.clock.move(60)
            let second = try await surface.upload(sample)
            #expect(second.status == 200 && second["Location"] == nil && second["Content-Location"] == path)
            #expect(second.body == first.body)
            let third = try await surface.send("POST", "/reports?reason=更正", body: try sample.bytes + [0x0a])
            #expect(third.status == 201)
            #expect(try third.json.at("revision.number")?.integer == 2)
            #expect(try third.json.at("revision.reason")?.string == "更正")
            #expect(try third.json.at("revision.at")?.string == "2026-05-28T20:27:40Z")
            #expect(try await surface.store.reportCount(.init()) == 1)
        }
    }

    @Test(arguments: Way.allCases)
    func `what curl sends is read whatever it calls it`(way: Way) async throws {
        let types: [String?] = [
            nil, "application/x-www-form-urlencoded", "application/octet-stream", "text/plain",
            "text/plain; charset=utf-8", "TEXT/PLAIN;charset=\"UTF-8\"", "",
        ]
        for type in types {
            try await Surface.run(way) { surface in
                let fields = type.map { [("Content-Type", $0)] } ?? []
                let answer = try await surface.upload(SampleReport.text, fields)
                #expect(answer.status == 201, "\(type ?? "none")")
            }
        }
    }

    @Test(arguments: Way.allCases)
    func `pages and texts in GB18030 are read, declared or not`(way: Way) async throws {
        for type in [nil, "text/html", "text/html; charset=gbk", "text/html; charset=utf-8"] {
            try await Surface.run(way) { surface in
                let sample = try SampleReport.gb18030
                let answer = try await surface.upload(sample, type.map { [("Content-Type", $0)] } ?? [])
                #expect(answer.status == 201, "\(type ?? "none")")
                #expect(try answer.json.at("agency.name")?.string == sample.agency)
                let source = try await surface.get("/reports/1/2023/source")
                #expect(source.body == (try sample.bytes))
                #expect(source["Content-Type"] == "text/html; charset=gb18030")
            }
        }
    }

    @Test(arguments: Way.allCases)
    func `a gzipped body is inflated before it is read`(way: Way) async throws {
        try await Surface.run(way) { surface in
            let sample = try SampleReport.text
            for coding in ["gzip", "x-gzip", "GZIP"] {
                let answer = try await surface.send(
                    "POST", "/reports", [("Content-Encoding", coding), ("Content-Type", "text/plain")],
                    body: try Gzip.compress(sample.bytes))
                #expect([200, 201].contains(answer.status), "\(coding)")
            }
            #expect(try await surface.get("/reports/1/2023/source").body == (try sample.bytes))
            let unknown = try await surface.send(
                "POST", "/reports", [("Content-Encoding", "br")], body: try sample.bytes)
            #expect(unknown.status == 415)
            let false_ = try await surface.send(
                "POST", "/reports", [("Content-Encoding", "gzip")], body: try sample.bytes)
            #expect(false_.status == 422)
        }
    }

    @Test
    func `what the head tells of a document is told before its body is asked for`() async throws {
        try await Surface.run(.wire) { surface in
            for (head, status) in [
                ("Content-Type: text/plain\r\nContent-Length: 30000000", 413),
                ("Content-Type: application/x-ndjson\r\nContent-Length: 3000000000", 415),
                ("Content-Type: multipart/form-data; boundary=a\r\nContent-Length: 300", 415),
                ("Content-Type: text/plain\r\nContent-Encoding: br\r\nContent-Length: 300", 415),
            ] {
                let client = try #require(try surface.client())
                let answer = try await client.exchange(
                    "POST /check HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\n\(head)\r\n\r\n")
                #expect(answer.status == status, "\(head)")
            }
        }
    }

    @Test(arguments: Way.allCases)
    func `a document in gzip is inflated as far as a document may be long`(way: Way) async throws {
        try await Surface.run(way) { surface in
            // It inflates to a hundred times its size: a ratio that is not refused.
            var generator = SeededGenerator(seed: 1)
            let block = generator.bytes(4_000)
            let long = (0..<5_000).flatMap { _ in block }
            let fields = [("Content-Type", "text/plain"), ("Content-Encoding", "gzip")]
            let answer = try await surface.send("POST", "/check", fields, body: try Gzip.compress(long))
            #expect(answer.status == 413)
            #expect(answer.text.contains("\(16 << 20)"))
            let twice = try await surface.send(
                "POST", "/check", [("Content-Encoding", "gzip, gzip")], body: try Gzip.compress([0x20]))
            #expect(twice.status == 415 && twice["Accept-Encoding"] == "gzip")
        }
    }

    @Test(arguments: Way.allCases)
    func `a part of a report is not stored as the whole`(way: Way) async throws {
        try await Surface.run(way) { surface in
            let answer = try await surface.send(
                "PUT", "/reports/清禾县人民政府办公室/2022", [("Content-Range", "bytes 0-99/100")],
                body: try SampleReport.text.bytes)
            #expect(answer.status == 400 && answer.text.contains("Content-Range"))
        }
    }

    @Test(arguments: Way.allCases)
    func `agency and year beside the document supply what it does not say`(way: Way) async throws {
        try await Surface.run(way) { surface in
            let sample = try SampleReport.text
            // The tables alone.
            let text = String(decoding: try sample.bytes, as: UTF8.self)
            let start = try #require(text.range(of: "二、主动公开")).lowerBound
            let end = try #require(text.range(of: "五、存在的主要问题")).lowerBound
            let nameless = Array(text[start..<end].utf8)
            let missing = try await surface.send("POST", "/reports", body: nameless)
            #expect(missing.status == 422)
            #expect(try missing.json["type"]?.string == "/problems/identity-missing")
            let supplied = try await surface.send("POST", "/reports?agency=无名局&year=2022", body: nameless)
            #expect(supplied.status == 201)
            #expect(try await surface.get("/reports/无名局/2022").status == 200)
            let byNumber = try await surface.send("POST", "/reports?agency=1&year=2021", body: nameless)
            #expect(byNumber.status == 201)
            #expect(try byNumber.json.at("agency.name")?.string == "无名局")
            for query in ["agency=99&year=2021", "agency=%20&year=2021", "agency=&year=2021"] {
                let answer = try await surface.send("POST", "/reports?\(query)", body: nameless)
                #expect((400...422).contains(answer.status), "\(query)")
            }
            #expect(try await surface.store.agencyCount() == 1)
        }
    }

    @Test(arguments: Way.allCases)
    func `another agency or year beside the document is a finding`(way: Way) async throws {
        try await Surface.run(way) { surface in
            let answer = try await surface.upload(SampleReport.text, query: "?agency=清禾县教育局&year=2022")
            #expect(answer.status == 201)
            #expect(try answer.json["year"]?.integer == 2023)
            let findings = try await surface.get("/reports/清禾县人民政府办公室/2023/findings").json.items()
            let checks = Set(findings.compactMap { $0["check"]?.string })
            #expect(checks.isSuperset(of: ["identity.agency", "identity.year"]))
        }
    }

    @Test(arguments: Way.allCases)
    func `the same bytes with news beside them are a revision, and without are not`(way: Way) async throws {
        try await Surface.run(way) { surface in
            let undated = try SampleReport.text.bytes(("2024年1月23日", ""))
            #expect(try await surface.upload(undated).status == 201)
            var number = 1
            for query in [
                "?scope=consolidated", "?published=2024-01-29", "?source_url=https://example.org/a",
                "?source_url=https://example.org/b&published=2024-01-30",
            ] {
                let answer = try await surface.upload(undated, query: query)
                number += 1
                #expect(answer.status == 201, "\(query)")
                #expect(try answer.json.at("revision.number")?.integer == number, "\(query)")
                // Once more, and without a word: who says nothing takes nothing back.
                for again in [query, "", "?reason=x"] {
                    #expect(try await surface.upload(undated, query: again).status == 200, "\(query) \(again)")
                }
            }
            let report = try await surface.get("/reports/1/2023").json
            #expect(report["published"]?.string == "2024-01-30")
            #expect(report["scope"]?.string == "consolidated", "who adds a word takes none back")
            _ = try await surface.upload(undated, query: "?scope=own")
            let last = try await surface.get("/reports/1/2023/revisions").json.items().first
            #expect(last?.at("source.url")?.string == "https://example.org/b")
        }
    }

    @Test(arguments: Way.allCases)
    func `the address of a document is one on the web`(way: Way) async throws {
        try await Surface.run(way) { surface in
            for url in ["javascript:alert(1)", "//example.org", "http://", "https:///x", "ftp://example.org/", "x"] {
                let answer = try await surface.upload(SampleReport.text, query: "?source_url=\(url)")
                #expect(try answer.status == 400 && answer.json["parameter"]?.string == "source_url", "\(url)")
            }
            #expect(try await surface.upload(SampleReport.text, query: "?source_url=HTTP://example.org").status == 201)
        }
    }

    @Test(arguments: Way.allCases)
    func `PUT stores at its address, and refuses what is another's`(way: Way) async throws {
        try await Surface.run(way) { surface in
            let sample = try SampleReport.text
            let path = "/reports/清禾县人民政府办公室/2023"
            let first = try await surface.send("PUT", path, body: try sample.bytes)
            #expect(first.status == 201)
            #expect(try await surface.send("PUT", path, body: try sample.bytes).status == 200)
            // A correction takes the place of what is there; after a withdrawal nothing is.
            let corrected = try await surface.send("PUT", path, body: try sample.bytes + [0x0a])
            #expect(corrected.status == 200 && corrected["Content-Location"] == first["Location"])
            #expect(try corrected.json.at("revision.number")?.integer == 2)
            _ = try await surface.send("DELETE", path)
            let restored = try await surface.send("PUT", path, body: try sample.bytes)
            #expect(restored.status == 201 && restored["Location"] == first["Location"])
            for other in ["/reports/清禾县人民政府办公室/2022", "/reports/清禾县教育局/2023"] {
                let answer = try await surface.send("PUT", other, body: try sample.bytes)
                #expect(answer.status == 409, "\(other)")
                #expect(try answer.json["type"]?.string == "/problems/identity-conflict")
                #expect(try answer.json["stated"] != nil && answer.json["address"] != nil)
            }
            #expect(try await surface.send("PUT", "/reports/甲局/1999", body: try sample.bytes).status == 400)
            #expect(try await surface.send("PUT", "/reports/99/2023", body: try sample.bytes).status == 404)
            #expect(try await surface.send("PUT", "/reports/1/2023", body: try sample.bytes).status == 200)
            #expect(try await surface.send("PUT", path + "?agency=x", body: try sample.bytes).status == 400)
            #expect(try await surface.store.reportCount(.init()) == 1)
        }
    }

    @Test(arguments: Way.allCases)
    func `what PUT has stored is found at the same address`(way: Way) async throws {
        try await Surface.run(way) { surface in
            let sample = try SampleReport.text
            // A shorter and a longer name than the document's, and another spelling.
            for name in ["人民政府办公室", "澜江市清禾县人民政府办公室", "清禾县%20人民政府%20办公室"] {
                let put = try await surface.send("PUT", "/reports/\(name)/2023", body: try sample.bytes)
                #expect(put.status == 201, "\(name)")
                let get = try await surface.get("/reports/\(name)/2023")
                #expect(get.status == 200 && get.body == put.body, "\(name)")
            }
        }
    }

    @Test(arguments: Way.allCases)
    func `the answer to GET can be PUT back and gives the same figures`(way: Way) async throws {
        try await Surface.run(way) { surface in
            for sample in SampleReport.all {
                try await surface.upload(sample)
                let path = "/reports/\(sample.agency)/\(sample.year)"
                let before = try await surface.get(path)
                let put = try await surface.send(
                    "PUT", path, [("Content-Type", "application/json")], body: before.body)
                #expect(put.status == 200, "\(sample)")
                let after = try await surface.get(path).json
                for (figure, expected) in sample.figures {
                    #expect(after.at(figure) == expected, "\(sample) \(figure)")
                }
                let csv = "?format=csv"
                #expect(try await surface.get(path + csv).status == 200)
                let source = try await surface.get(path + "/source")
                #expect(source.body == before.body && source["Content-Type"] == "application/json")
                #expect(try await surface.get(path + "?include=cells").status == 200)
            }
        }
    }

    @Test(arguments: Way.allCases)
    func `checking answers the document with findings and stores nothing`(way: Way) async throws {
        try await Surface.run(way) { surface in
            let sample = try SampleReport.contradictory
            let answer = try await surface.send("POST", "/check", body: try sample.bytes)
            #expect(answer.status == 200)
            let errors = try answer.json.items("findings").filter { $0["severity"]?.string == "error" }
            #expect(errors.count == 3)
            #expect(try answer.json.at("agency.name")?.string == sample.agency)
            #expect(try await surface.store.reportCount(.init()) == 0)
            #expect(try await surface.send("POST", "/check", body: []).status == 422)
        }
    }

    @Test(arguments: Way.allCases)
    func `the source is byte for byte, a file to keep and never a page of this site`(way: Way) async throws {
        try await Surface.run(way) { surface in
            for sample in SampleReport.all {
                try await surface.upload(sample)
                let answer = try await surface.get("/reports/\(sample.agency)/\(sample.year)/source")
                #expect(answer.body == (try sample.bytes))
                let isPage = sample.file.hasSuffix("html")
                let type = try #require(answer["Content-Type"])
                #expect(type.hasPrefix(isPage ? "text/html; charset=" : "text/plain; charset="))
                let name = PercentEncoding.encode("\(sample.agency)-\(sample.year).\(isPage ? "html" : "txt")")
                #expect(answer["Content-Disposition"] == "attachment; filename*=UTF-8''\(name)")
                #expect(answer["Content-Security-Policy"]?.contains("sandbox") == true)
                #expect(answer["X-Content-Type-Options"] == "nosniff")
            }
        }
    }

    @Test(arguments: Way.allCases)
    func `uploads at once are stored whole, each once`(way: Way) async throws {
        try await Surface.run(way) { surface in
            let sample = try SampleReport.text
            let surface = surface
            let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
                for number in 0..<24 {
                    group.addTask {
                        let bytes = try sample.bytes(renamed: "第\(number % 12)局")
                        return try await surface.send("POST", "/reports", body: bytes).status
                    }
                }
                return try await group.reduce(into: [:]) { $0[$1, default: 0] += 1 }
            }
            #expect(statuses == [201: 12, 200: 12])
            #expect(try await surface.store.reportCount(.init()) == 12)
        }
    }
}
