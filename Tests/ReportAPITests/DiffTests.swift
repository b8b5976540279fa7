import HTTPServer
import Reports
import Support
import Testing

@Suite struct DiffTests {
    private let path = "/reports/清禾县自然资源局"

    private func run(_ way: Way, _ body: (Surface) async throws -> Void) async throws {
        try await Surface.run(way) { surface in
            for file in [
                "qinghe-natural-resources-2022.txt", "qinghe-natural-resources-2023.html", "qinghe-education-2023.txt",
            ] { try await surface.upload(SampleReport.named(file)) }
            try await body(surface)
            #expect(surface.failures.isEmpty)
        }
    }

    private func change(_ answer: RawResponse, _ path: String) throws -> JSONValue? {
        try answer.json.items("changes").first { $0["path"]?.string == path }
    }

    @Test(arguments: Way.allCases)
    func `another year is compared field by field, amounts to the last digit`(way: Way) async throws {
        try await run(way) { surface in
            let answer = try await surface.get(path + "/2023/diff?against=2022")
            #expect(answer.status == 200)
            let json = try answer.json
            #expect(json.at("from.agency")?.string == "清禾县自然资源局" && json.at("from.year")?.integer == 2022)
            #expect(json.at("to.year")?.integer == 2023 && json.at("to.revision")?.integer == 1)
            for side in ["from", "to"] {
                let there = try await surface.get(try #require(json.at("\(side).href")?.string))
                #expect(try there.json["year"] == json.at("\(side).year"))
            }
            let fee = try #require(try change(answer, "proactiveDisclosure.administrativeFees.amountWan"))
            #expect(fee["from"] == .number("3865.72") && fee["to"] == .number("4210.3"))
            #expect(fee["change"] == .number("344.58"))
            let requests = try #require(try change(answer, "requests.newReceived.total"))
            #expect(requests["from"] == .number("108") && requests["change"] == .number("8"))
            let title = try #require(try change(answer, "title"))
            #expect(title["from"]?.string?.contains("2022") == true && title["change"] == .null)
            #expect(try change(answer, "requests.carriedForward.total") == nil, "what is the same is left out")
        }
    }

    @Test(arguments: Way.allCases)
    func `another agency may be named raw, encoded, by number or by an alias`(way: Way) async throws {
        try await run(way) { surface in
            _ = try await surface.send("PATCH", "/agencies/2", json: #"{"aliases":["教育局"]}"#)
            let name = "清禾县教育局"
            let wanted = try await surface.get(path + "/2023/diff?against=\(name)/2023")
            #expect(wanted.status == 200)
            #expect(try wanted.json.at("from.agency")?.string == name)
            let encoded = PercentEncoding.encode(name)
            for other in ["\(encoded)/2023", "\(encoded)%2F2023", "2/2023", "教育局/2023"] {
                let answer = try await surface.get(path + "/2023/diff?against=\(other)")
                #expect(answer.body == wanted.body, "\(other)")
            }
        }
    }

    @Test(arguments: Way.allCases)
    func `two revisions are compared, without a word the last two`(way: Way) async throws {
        try await run(way) { surface in
            let sample = try SampleReport.named("qinghe-natural-resources-2022.txt")
            try await surface.upload(try sample.bytes(("3865.72", "3865.7")))
            try await surface.upload(try sample.bytes(("3865.72", "3865.7"), ("批准前公告", "批准前告知")))
            let diff = path + "/2022/diff"
            let last = try await surface.get(diff)
            #expect(try last.json.at("from.revision")?.integer == 2 && last.json.at("to.revision")?.integer == 3)
            let section = try #require(try last.json.items("changes").first)
            #expect(try last.json.items("changes").count == 1)
            #expect(section["path"]?.string == "narrative.overview" && section["change"] == .null)
            #expect(section["from"]?.string?.contains("批准前公告") == true)
            #expect(section["to"]?.string?.contains("批准前告知") == true)
            #expect(try await surface.get(diff + "?from=2&to=3").body == last.body)
            let whole = try await surface.get(diff + "?from=1")
            #expect(try whole.json.items("changes").count == 2)
            let fee = "proactiveDisclosure.administrativeFees.amountWan"
            #expect(try change(whole, fee)?["change"] == .number("-0.02"))
            let back = try await surface.get(diff + "?from=2&to=1")
            #expect(try change(back, fee)?["change"] == .number("0.02"))
            #expect(try await surface.get(diff + "?to=2").json.at("from.revision")?.integer == 1)
            for same in ["?from=2&to=2", "?against=2022"] {
                let answer = try await surface.get(diff + same)
                #expect(try answer.json["changes"] == .array([]), "\(same)")
            }
        }
    }

    @Test(arguments: Way.allCases)
    func `what cannot be compared is told of by its parameter`(way: Way) async throws {
        try await run(way) { surface in
            let one = try await surface.get(path + "/2023/diff")
            #expect(one.status == 400)
            #expect(try one.json["parameter"]?.string == "against")
            #expect(try #require(one.json["detail"]?.string).contains("against="))
            for (query, status, parameter) in [
                ("to=1", 400, "against"), ("from=1&against=2022", 400, "against"), ("against=", 400, "against"),
                ("against=1/2/2022", 400, "against"), ("against=/2022", 400, "against"),
                ("against=1999", 400, "against"),
                ("from=7", 404, "from"), ("to=x", 400, "to"), ("since=1", 400, "since"),
            ] {
                let answer = try await surface.get(path + "/2023/diff?\(query)")
                #expect(answer.status == status, "\(query)")
                #expect(try answer.json["parameter"]?.string == parameter, "\(query)")
            }
            let year = try await surface.get(path + "/2023/diff?against=2020")
            #expect(year.status == 404)
            #expect(try year.json["years"] == .array([.number("2022"), .number("2023")]))
            let agency = try await surface.get(path + "/2023/diff?against=清禾县教育/2023")
            #expect(agency.status == 404)
            #expect(try agency.json.items("suggestions").first == .string("清禾县教育局"))
        }
    }
}
