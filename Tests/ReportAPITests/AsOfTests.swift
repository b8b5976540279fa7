import HTTPServer
import Reports
import Support
import Testing

@Suite struct AsOfTests {
    private static let name = PercentEncoding.encode("清禾县人民政府办公室")
    private let path = "/reports/\(name)/2023"

    /// Two revisions: 2026-05-28T20:26:40Z, which is the 29th in China, and two days later.
    private func run(_ way: Way, _ body: (Surface) async throws -> Void) async throws {
        try await Surface.run(way) { surface in
            try await surface.upload(SampleReport.text)
            surface.clock.move(2 * 86_400)
            try await surface.upload(try SampleReport.text.bytes(("行政规范性文件\t4", "行政规范性文件\t5")))
            try await body(surface)
        }
    }

    @Test(arguments: Way.allCases)
    func `a report is read as it was at a time`(way: Way) async throws {
        try await run(way) { surface in
            for (time, revision) in [
                ("2026-05-28T20:26:40Z", 1), ("2026-05-28T20:26:40.9Z", 1), ("2026-05-30T20:26:39Z", 1),
                ("2026-05-30T20:26:40Z", 2), ("2099-01-01T00:00:00Z", 2),
                // A date alone is the end of that day in China.
                ("2026-05-29", 1), ("2026-05-30", 1), ("2026-05-31", 2),
                // With an offset, encoded, and as people type it.
                ("2026-05-29T04:26:40%2B08:00", 1), ("2026-05-29T04:26:40+08:00", 1),
                ("2026-05-31T04:26:39+08:00", 1), ("2026-05-31T04:26:40+08:00", 2),
                ("2026-05-30T10:26:40-10:00", 2),
            ] {
                let answer = try await surface.get(path + "?as_of=\(time)")
                #expect(answer.status == 200, "\(time)")
                #expect(try answer.json.at("revision.number")?.integer == revision, "\(time)")
                let same = try await surface.get(path + "/revisions/\(revision)")
                #expect(try same.apartFromView == answer.apartFromView)
                #expect(try answer.json.at("revision.exact") == .boolean(true))
            }
        }
    }

    @Test(arguments: Way.allCases)
    func `what other reports did later is not shown at a time before, and links stay in the past`(
        way: Way
    ) async throws {
        try await Surface.run(way) { surface in
            let path = "/reports/\(PercentEncoding.encode("清禾县教育局"))/2023"
            try await surface.upload(SampleReport.named("qinghe-education-2023.txt"))
            let wrong = try SampleReport.named("qinghe-education-2022.txt").bytes(
                ("四、结转下年度继续办理\t\t\t1\t0\t0\t0\t0\t0\t1", "四、结转下年度继续办理\t\t\t0\t0\t0\t0\t0\t0\t0"))
            var moments: [(time: String, document: JSONValue, findings: JSONValue)] = []
            func note() async throws {
                let time = CivilDate.timestamp(surface.clock.now)
                let document = try await surface.get(path).apartFromView
                moments.append((time, document, try await surface.get(path + "/findings").apartFromView))
                surface.clock.move(60)
            }
            try await note()
            try await surface.upload(wrong)
            let found = try await surface.findings(path, "carry.requests")
            try await note()
            let fingerprint = try #require(found.first?["fingerprint"]?.string)
            let word = path + "/findings/\(fingerprint)/acknowledgement"
            _ = try await surface.send("POST", word, json: #"{"reason":"补录","author":"李四"}"#)
            try await note()
            _ = try await surface.send("PATCH", "/agencies/1", json: #"{"region":"411324"}"#)
            try await note()
            _ = try await surface.send("DELETE", word)
            try await note()
            try await surface.upload(SampleReport.named("qinghe-education-2023.txt").bytes(("家长", "父母")))
            try await note()
            try await surface.upload(SampleReport.named("qinghe-education-2022.txt"))
            try await note()
            #expect(Set(moments.map { $0.findings.items().count }).count > 1 && !found.isEmpty)
            for moment in moments {
                let document = try await surface.get(path + "?as_of=" + moment.time)
                #expect(try document.apartFromView == moment.document, "\(moment.time)")
                let links = try #require(try document.json["links"])
                let findings = try await surface.get(try #require(links["findings"]?.string))
                #expect(try findings.apartFromView == moment.findings, "\(moment.time)")
                #expect(try findings.json.at("revision.asOf")?.string == moment.time)
                #expect(try await surface.get(try #require(links["self"]?.string)).body == document.body)
                for name in ["source", "narrative"] {
                    #expect(try await surface.get(try #require(links[name]?.string)).status == 200)
                }
            }
            // A revision is shown as it stood at last.
            let first = try await surface.get(path + "/revisions/1")
            #expect(try first.apartFromView == moments[4].document)
            let findings = try await surface.get(path + "/revisions/1/findings")
            #expect(try findings.apartFromView == moments[4].findings)
            #expect(try await surface.get(path + "/revisions/2/findings").apartFromView == moments[6].findings)
        }
    }

    @Test(arguments: Way.allCases)
    func `a revision's links lead to it, and its source stays readable byte for byte`(way: Way) async throws {
        try await run(way) { surface in
            for delete in [false, true] {
                if delete { _ = try await surface.send("DELETE", path) }
                let links = try #require(try await surface.get(path + "/revisions/1").json["links"])
                for name in ["source", "findings", "narrative"] {
                    #expect(links[name]?.string == path + "/revisions/1/" + name)
                    #expect(try await surface.get(path + "/revisions/1/" + name).status == 200)
                }
                #expect(links["self"]?.string == path + "/revisions/1")
                #expect(links["revisions"]?.string == path + "/revisions")
                let source = try await surface.get(path + "/revisions/1/source")
                #expect(source.body == (try SampleReport.text.bytes))
                #expect(source["Content-Disposition"] != nil && source["Content-Type"]?.hasPrefix("text/plain") == true)
                #expect(try await surface.get(path + "/revisions/9/source").status == 404)
            }
            #expect(try await surface.get(path + "/revisions/3/source").status == 410)
        }
    }

    @Test(arguments: Way.allCases)
    func `before the first revision it is 404, and says when that came`(way: Way) async throws {
        try await run(way) { surface in
            for part in ["", "/source", "/findings", "/narrative"] {
                for time in ["2026-05-28T20:26:39Z", "2026-05-28", "2026-05-29T04:26:39+08:00", "1999-12-31"] {
                    let answer = try await surface.get(path + part + "?as_of=\(time)")
                    #expect(answer.status == 404, "\(part) \(time)")
                    let json = try answer.json
                    #expect(json["type"]?.string == "/problems/report-not-found")
                    #expect(json["first"]?.string == "2026-05-28T20:26:40Z")
                }
            }
        }
    }

    @Test(arguments: Way.allCases)
    func `a time that is none is 400 and names the parameter`(way: Way) async throws {
        try await run(way) { surface in
            for part in ["", "/source", "/findings", "/narrative"] {
                for time in [
                    "yesterday", "", "2026", "2026-02-30", "2026-05-29T25:00:00Z", "2026-05-29T10:00:00",
                    "2026-05-29T10:00Z", "20260529", "1780000000", "2026-05-29T10:00:00+8", "二〇二六-05-29",
                ] {
                    let answer = try await surface.get(path + part + "?as_of=\(time)")
                    #expect(answer.status == 400, "\(part) \(time)")
                    #expect(try answer.json["parameter"]?.string == "as_of", "\(part) \(time)")
                }
            }
            for target in [
                path + "/revisions?as_of=2026-05-29", path + "/diff?as_of=2026-05-29", "/reports?as_of=2026-05-29",
            ] {
                #expect(try await surface.get(target).status == 400, "\(target)")
            }
        }
    }

    @Test(arguments: Way.allCases)
    func `the past keeps, and its tag with it`(way: Way) async throws {
        try await run(way) { surface in
            let target = path + "?as_of=2026-05-29"
            let before = try await surface.get(target)
            let tag = try #require(before["ETag"])
            #expect(before["Last-Modified"] == "Thu, 28 May 2026 20:26:40 GMT")
            surface.clock.move(60)
            try await surface.upload(try SampleReport.text.bytes(("年度重点任务", "全年重点任务")))
            #expect(try await surface.get(target).body == before.body)
            #expect(try await surface.get(target, [("If-None-Match", tag)]).status == 304)
            // The revision that was the current one is no longer.
            let second = try await surface.get(path + "?as_of=2026-05-31").json
            #expect(second.at("revision.number")?.integer == 3, "a day that is not over reads what is newest in it")
            let then = try await surface.get(path + "?as_of=2026-05-30T20:26:40Z").json
            #expect(then.at("revision.number")?.integer == 2)
        }
    }

    @Test(arguments: Way.allCases)
    func `CSV and cells are those of the time`(way: Way) async throws {
        try await run(way) { surface in
            let time = "as_of=2026-05-29"
            let column = "proactiveDisclosure.normativeDocuments.issued"
            func csv(_ query: String) async throws -> String? {
                let lines = try await surface.get(path + query).text.split(separator: "\r\n")
                let names = lines[0].split(separator: ",", omittingEmptySubsequences: false)
                let index = try #require(names.firstIndex(of: column[...]))
                return String(lines[1].split(separator: ",", omittingEmptySubsequences: false)[index])
            }
            #expect(try await csv("?format=csv&" + time) == "4")
            #expect(try await csv("?format=csv") == "5")
            let cells = try await surface.get(path + "?include=cells&" + time).json
            #expect(cells.at(column)?.integer == 4 && cells["cells"] != nil)
            #expect(cells.at("revision.number")?.integer == 1)
        }
    }
}
