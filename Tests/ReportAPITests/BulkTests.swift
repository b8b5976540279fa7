import Codecs
import HTTPServer
import Reports
import Support
import Testing

/// Reports as lines of NDJSON, of agencies by number.
func lines(_ numbers: some Sequence<Int>) -> String {
    numbers.map { "{\"agency\": {\"name\": \"第\($0)号局\"}, \"year\": 2023, \"form\": \"2021\"}\n" }.joined()
}

let asLines = [("Content-Type", "application/x-ndjson")]

@Suite struct BulkTests {
    /// Three good lines, one of them twice, and two bad ones.
    private static let mixed =
        lines([1, 2]) + "{\"agency\": \"x\"\n" + lines([1]) + "\n{\"year\": 2023}\n" + lines([3])
    private static let mixedStatuses = ["stored", "stored", "rejected", "unchanged", "rejected", "stored"]

    private func expectNothing(_ surface: Surface) async throws {
        #expect(try await surface.reportCount() == 0)
        #expect(try await surface.store.agencyCount() == 0)
        #expect(try await surface.get("/changes").json.items().isEmpty)
    }

    @Test(arguments: Way.allCases)
    func `each line has its result, and bad ones do not lose the rest`(way: Way) async throws {
        try await Surface.run(way) { surface in
            let answer = try await surface.send("POST", "/reports", asLines, body: Array(Self.mixed.utf8))
            #expect(answer.status == 200 && answer["Content-Type"] == "application/json")
            let json = try answer.json
            #expect(tally(json) == [3, 0, 1, 2] && statuses(json) == Self.mixedStatuses)
            #expect(json.items().map { $0["index"]?.integer } == [0, 1, 2, 3, 4, 5])
            let first = try #require(json.items().first)
            #expect(first["agency"]?.string == "第1号局" && first["year"]?.integer == 2023)
            #expect(first.at("findings.error")?.integer != nil && first.at("findings.warning")?.integer != nil)
            let location = try #require(first["location"]?.string)
            #expect(try await surface.get(location).status == 200)
            let problems = json.items().map { $0.at("problem.type")?.string }
            #expect(problems[2] == "/problems/document-unreadable" && problems[4] == "/problems/identity-missing")
            #expect(problems[0] == nil && problems[3] == nil)
            #expect(try await surface.reportCount() == 3)
            #expect(surface.failures.isEmpty)
        }
    }

    @Test(arguments: Way.allCases)
    func `two versions of one report that are sent again stay as they are`(way: Way) async throws {
        try await Surface.run(way) { surface in
            let versions = ["甲", "乙"].map { title in
                "{\"agency\": \"第1号局\", \"year\": 2023, \"form\": \"2021\", \"title\": \"\(title)\"}\n"
            }
            let body = Array(versions.joined().utf8)
            #expect(tally(try await surface.send("POST", "/reports", asLines, body: body).json) == [1, 1, 0, 0])
            #expect(tally(try await surface.send("POST", "/reports", asLines, body: body).json) == [0, 0, 2, 0])
            // By itself a document may bring an earlier revision back.
            let alone = try await surface.send(
                "POST", "/reports", [("Content-Type", "application/json")], body: Array(versions[0].utf8))
            #expect(alone.status == 201)
            #expect(try await surface.get("/reports/第1号局/2023/revisions").json.items().count == 3)
        }
    }

    @Test(arguments: Way.allCases)
    func `changes within one second are not in the future`(way: Way) async throws {
        try await Surface.run(way) { surface in
            let path = "/reports/第1号局/2023"
            for title in ["甲", "乙", "丙"] {
                let line = "{\"agency\": \"第1号局\", \"year\": 2023, \"form\": \"2021\", \"title\": \"\(title)\"}"
                _ = try await surface.send("POST", "/reports", json: line)
            }
            let now = surface.clock.now
            for target in [path, path + "?format=csv", path + "/revisions"] {
                let field = try #require(try await surface.get(target)["Last-Modified"])
                let date = try #require(HTTPDate(field.utf8))
                #expect(date.secondsSince1970 <= Int(now), "\(target)")
            }
            for target in [path + "/revisions", "/changes"] {
                let times = try await surface.get(target).json.items().map { $0["at"]?.string }
                #expect(times == Array(repeating: CivilDate.timestamp(now), count: 3), "\(target)")
            }
            let current = try await surface.get(path + "?as_of=\(CivilDate.timestamp(now))").json
            #expect(current["title"]?.string == "丙")
        }
    }

    @Test(arguments: Way.allCases, ["", "?dry_run=1"])
    func `an answer that takes long begins in time and is the same`(way: Way, query: String) async throws {
        func answer(_ seconds: Double) async throws -> JSONValue {
            var answer = RawResponse(status: 0, fields: [], body: [])
            try await Surface.run(way, { $0.answerSeconds = seconds }) { surface in
                answer = try await surface.send("POST", "/reports" + query, asLines, body: Array(Self.mixed.utf8))
                #expect(answer.status == 200 && answer["Content-Type"] == "application/json")
                let wrong = try await surface.send("POST", "/reports" + query, asLines, body: [0x0a])
                // Whether the beginning or the end comes first is open where there is no time.
                #expect(wrong.status == 422 || seconds == 0 && wrong.status == 200)
                let type = try wrong.json.at("problem.type") ?? wrong.json["type"]
                #expect(type?.string == "/problems/empty-body")
            }
            return try answer.json
        }
        let (inTime, late) = (try await answer(60), try await answer(0))
        #expect(inTime == late)
    }

    @Test(arguments: Way.allCases)
    func `lines are streamed to one who accepts them, the summary last`(way: Way) async throws {
        try await Surface.run(way) { surface in
            let fields = asLines + [("Accept", "application/x-ndjson")]
            let answer = try await surface.send("POST", "/reports", fields, body: Array(Self.mixed.utf8))
            #expect(answer.status == 200 && answer["Content-Type"] == "application/x-ndjson")
            let all = try answer.text.split(separator: "\n").map { try JSONValue(Array($0.utf8)) }
            #expect(all.dropLast().compactMap { $0["status"]?.string } == Self.mixedStatuses)
            #expect(tally(try #require(all.last)) == [3, 0, 1, 2])
            #expect(all.last?["problem"] == nil)
        }
    }

    @Test(arguments: Way.allCases, ["dry_run", "atomic"])
    func `lines are the answer to trials and to all or nothing, too`(way: Way, mode: String) async throws {
        try await Surface.run(way) { surface in
            let fields = asLines + [("Accept", "application/x-ndjson")]
            let answer = try await surface.send(
                "POST", "/reports?\(mode)=1", fields, body: Array(lines([1, 2]).utf8))
            #expect(answer.status == 200 && answer["Content-Type"] == "application/x-ndjson")
            let all = try answer.text.split(separator: "\n").map { try JSONValue(Array($0.utf8)) }
            #expect(all.dropLast().compactMap { $0["status"]?.string } == ["stored", "stored"])
            #expect(tally(try #require(all.last)) == [2, 0, 0, 0])
            #expect(try await surface.reportCount() == (mode == "atomic" ? 2 : 0))
        }
    }

    @Test(arguments: Way.allCases)
    func `archives hold documents of all formats`(way: Way) async throws {
        let members = [
            ("a/清禾.txt", try SampleReport.text.bytes), ("b/镇.html", try SampleReport.gb18030.bytes),
            ("c/all.ndjson", Array(lines([1, 2]).utf8)),
            ("d/w.docx", try word(SampleReport.named("qinghe-office-2022.txt"))),
            ("bad.txt", Array("hello".utf8)), ("__MACOSX/x", [1]),
        ]
        let tar = members.flatMap { TARWriter.member($0.0, $0.1) } + TARWriter.end
        for (type, body) in [
            ("application/zip", zip(members)), ("application/gzip", try Gzip.compress(tar)),
            ("application/x-tar", tar), ("application/octet-stream", zip(members)),
        ] {
            try await Surface.run(way) { surface in
                let json = try await surface.send("POST", "/reports", [("Content-Type", type)], body: body).json
                #expect(tally(json) == [5, 0, 0, 1], "\(type) \(json)")
                #expect(json.items().first?["name"]?.string == "a/清禾.txt")
                #expect(json.items().last?["name"]?.string == "bad.txt")
                #expect(try await surface.reportCount() == 5)
            }
        }
    }

    @Test(arguments: Way.allCases)
    func `Word and Excel files are single documents`(way: Way) async throws {
        let sample = try SampleReport.text
        for bytes in [try word(sample), try workbook(sample)] {
            for fields in [[], [("Content-Type", "application/zip")], [("Content-Type", "application/octet-stream")]] {
                try await Surface.run(way) { surface in
                    let answer = try await surface.send("POST", "/reports", fields, body: bytes)
                    #expect(answer.status == 201, "\(fields) \(answer.text.prefix(300))")
                    #expect(try answer.json.at("agency.name")?.string == sample.agency)
                }
            }
        }
    }

    @Test(arguments: Way.allCases)
    func `a form's fields hold for its files, and one that is unknown is refused by name`(way: Way) async throws {
        try await Surface.run(way) { surface in
            let fields = [("Content-Type", "multipart/form-data; boundary=XYZ")]
            let file = try namelessTables
            let body = form([("agency", "无名局"), ("year", "2022"), ("reason", "补录")], file)
            let answer = try await surface.send("POST", "/reports", fields, body: body)
            #expect(try answer.status == 200 && tally(answer.json) == [1, 0, 0, 0])
            #expect(try answer.json.items().first?["name"]?.string == "tables.txt")
            let stored = try await surface.get("/reports/无名局/2022").json
            #expect(stored.at("revision.reason")?.string == "补录")
            for (name, value) in [
                ("colour", "red"), ("year", "last"), ("scope", "all"), ("published", "2024-02-31"),
                ("reason", String(repeating: "长", count: 2_000)),
            ] {
                let wrong = try await surface.send(
                    "POST", "/reports", fields, body: form([(name, value)], file))
                #expect(wrong.status == 400, "\(name)")
                #expect(try wrong.json["parameter"]?.string == name)
                // Also where no file follows.
                for query in ["", "?dry_run=1"] {
                    let alone = Array(
                        "--XYZ\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n--XYZ--\r\n".utf8)
                    let wrong = try await surface.send("POST", "/reports\(query)", fields, body: alone)
                    #expect(try wrong.status == 400 && wrong.json["parameter"]?.string == name, "\(name)")
                }
            }
            #expect(try await surface.reportCount() == 1)
        }
    }

    @Test(arguments: Way.allCases)
    func `the content coding gzip is inflated first`(way: Way) async throws {
        try await Surface.run(way) { surface in
            let gzip = [("Content-Encoding", "gzip")]
            let answer = try await surface.send(
                "POST", "/reports", asLines + gzip, body: try Gzip.compress(Array(Self.mixed.utf8)))
            #expect(try answer.status == 200 && statuses(answer.json) == Self.mixedStatuses)
            let archive = zip([("a.txt", try SampleReport.text.bytes)])
            let second = try await surface.send("POST", "/reports", gzip, body: try Gzip.compress(archive))
            #expect(try second.status == 200 && tally(second.json) == [1, 0, 0, 0])
        }
    }

    @Test(arguments: Way.allCases)
    func `items of lines say which line they are`(way: Way) async throws {
        try await Surface.run(way) { surface in
            let text = "\n" + lines([1]) + " \n{\n" + lines([2])
            let plain = try await surface.send("POST", "/reports", asLines, body: Array(text.utf8)).json
            #expect(
                plain.items().map { $0["line"]?.integer } == [2, 4, 5]
                    && plain.items().allSatisfy { $0["name"] == .null })
            let packed = try await surface.send(
                "POST", "/reports", body: zip([("n.ndjson", Array(text.utf8)), ("a.txt", try SampleReport.text.bytes)]))
            let items = try packed.json.items()
            #expect(items.map { $0["line"]?.integer } == [2, 4, 5, nil])
            #expect(items.map { $0["name"]?.string } == ["n.ndjson", "n.ndjson", "n.ndjson", "a.txt"])
        }
    }

    @Test(arguments: Way.allCases)
    func `a list of reports, and bytes that are not what they are called, are told apart from bad reports`(
        way: Way
    ) async throws {
        try await Surface.run(way) { surface in
            let list = try await surface.send(
                "POST", "/reports", [("Content-Type", "application/json")], body: Array("[{}]".utf8))
            #expect(list.status == 422 && list.text.contains("NDJSON"), "\(list.text)")
            for type in ["application/zip", "application/pdf", "application/gzip"] {
                let answer = try await surface.send(
                    "POST", "/reports", [("Content-Type", type)], body: try SampleReport.text.bytes)
                #expect(answer.status == 415 && answer.text.contains("The body is not \(type)"), "\(answer.text)")
            }
        }
    }

    @Test(arguments: Way.allCases)
    func `many are refused where one document is expected, and an archive that is none everywhere`(way: Way)
        async throws
    {
        try await Surface.run(way) { surface in
            let archive = zip([("a.txt", try SampleReport.text.bytes)])
            for (method, target) in [("POST", "/check"), ("PUT", "/reports/清禾县人民政府办公室/2023")] {
                let answer = try await surface.send(method, target, body: archive)
                #expect(answer.status == 415, "\(target)")
                #expect(try answer.json["type"]?.string == "/problems/unsupported-media-type")
            }
            let broken = Array(archive.prefix(40)) + [UInt8](repeating: 0xa5, count: 1000)
            for query in ["", "?atomic=1", "?dry_run=1"] {
                let answer = try await surface.send("POST", "/reports" + query, body: broken)
                #expect(answer.status == 422, "\(query)")
                #expect(try answer.json["type"]?.string == "/problems/document-unreadable", "\(query)")
            }
            try await expectNothing(surface)
        }
    }

    @Test(arguments: Way.allCases)
    func `all or nothing: one bad item keeps all from the store`(way: Way) async throws {
        try await Surface.run(way) { surface in
            let answer = try await surface.send("POST", "/reports?atomic=1", asLines, body: Array(Self.mixed.utf8))
            #expect(answer.status == 422)
            #expect(try answer.json["type"]?.string == "/problems/upload-rejected")
            #expect(try answer.json.items().map { $0["index"]?.integer } == [2, 4])
            try await expectNothing(surface)
            let good = lines([1, 2]) + lines([1])
            let all = try await surface.send("POST", "/reports?atomic=1", asLines, body: Array(good.utf8))
            #expect(try all.status == 200 && tally(all.json) == [2, 0, 1, 0])
            #expect(statuses(try all.json) == ["stored", "stored", "unchanged"])
            #expect(try await surface.reportCount() == 2)
            #expect(try await surface.get("/changes").json.items().count == 2)
        }
    }

    @Test(arguments: Way.allCases)
    func `a trial predicts what the upload does, and stores nothing`(way: Way) async throws {
        try await Surface.run(way) { surface in
            let body = Array(Self.mixed.utf8)
            let trial = try await surface.send("POST", "/reports?dry_run=1", asLines, body: body)
            #expect(try trial.status == 200 && statuses(trial.json) == Self.mixedStatuses)
            try await expectNothing(surface)
            let real = try await surface.send("POST", "/reports", asLines, body: body)
            #expect(real.body == trial.body)
            let one = try await surface.send("POST", "/reports?dry_run=1", body: try SampleReport.text.bytes)
            #expect(one.status == 200)
            #expect(try one.json.at("agency.name")?.string == SampleReport.text.agency)
            #expect(try await surface.reportCount() == 3)
            for query in ["dry_run=yes", "atomic=2"] {
                #expect(try await surface.send("POST", "/reports?\(query)", asLines, body: body).status == 400)
            }
        }
    }

    @Test(arguments: Way.allCases)
    func `a server that may not write takes no uploads of many`(way: Way) async throws {
        try await Surface.run(way, { $0.allowsWrites = false }) { surface in
            for target in ["/reports", "/reports?dry_run=1", "/reports?atomic=1"] {
                let answer = try await surface.send("POST", target, asLines, body: Array(Self.mixed.utf8))
                #expect(answer.status == 403)
            }
            let async = asLines + [("Prefer", "respond-async")]
            #expect(try await surface.send("POST", "/reports", async, body: Array(Self.mixed.utf8)).status == 403)
            #expect(try await surface.send("DELETE", "/uploads/0").status == 403)
            #expect(try surface.uploadFiles().isEmpty)
        }
    }

    @Test(arguments: Way.allCases)
    func `an upload that is too large is refused, plain and inflated`(way: Way) async throws {
        try await Surface.run(way, { $0.uploadBytesMax = 2000 }) { surface in
            let body = Array(lines(0..<100).utf8)
            for fields in [asLines, asLines + [("Prefer", "respond-async")]] {
                let plain = try await surface.send("POST", "/reports", fields, body: body)
                let packed = try await surface.send(
                    "POST", "/reports", fields + [("Content-Encoding", "gzip")], body: try Gzip.compress(body))
                for answer in [plain, packed] {
                    #expect(answer.status == 413)
                    #expect(try answer.json["type"]?.string == "/problems/payload-too-large")
                }
            }
            #expect(try await surface.reportCount() == 0)
            #expect(try surface.uploadFiles().isEmpty)
        }
    }

    @Test(arguments: Way.allCases)
    func `single reports and many at once are each stored with their own result`(way: Way) async throws {
        try await Surface.run(way) { surface in
            let surface = surface
            async let many = surface.send("POST", "/reports", asLines, body: Array(lines(1000..<1300).utf8))
            let agencies = try await withThrowingTaskGroup(of: (Int, String?).self) { group in
                for number in 0..<64 {
                    group.addTask {
                        let json = [("Content-Type", "application/json")]
                        let answer = try await surface.send("POST", "/reports", json, body: Array(lines([number]).utf8))
                        return (number, answer.status == 201 ? try answer.json.at("agency.name")?.string : nil)
                    }
                }
                return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
            }
            #expect(agencies == Dictionary(uniqueKeysWithValues: (0..<64).map { ($0, "第\($0)号局") }))
            #expect(tally(try await many.json) == [300, 0, 0, 0])
            #expect(try await surface.reportCount() == 364)
        }
    }
}
