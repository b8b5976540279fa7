import Foundation
import HTTPServer
import Reports
import Support
import Testing

@testable import ReportAPI

@Suite struct ProblemTests {
    /// One request that must fail.
    struct Case: Sendable, CustomStringConvertible {
        let method: String
        let target: String
        var fields: [(String, String)] = []
        let status: Int
        let code: Problem.Code
        /// The member `parameter`.
        var parameter: String?

        var description: String { "\(method) \(target)" }
    }

    static let office = "/reports/清禾县人民政府办公室"

    static let cases: [Case] = [
        Case(method: "GET", target: "/nothing", status: 404, code: .notFound),
        Case(method: "GET", target: "/reports/", status: 404, code: .notFound),
        Case(method: "GET", target: "//", status: 404, code: .notFound),
        Case(method: "GET", target: "/problems/none", status: 404, code: .notFound),
        Case(method: "GET", target: "/uploads/0", status: 404, code: .uploadNotFound),
        Case(method: "GET", target: "/uploads/0/results", status: 404, code: .uploadNotFound),
        Case(method: "DELETE", target: "/uploads/0", status: 404, code: .uploadNotFound),
        Case(method: "GET", target: "/reports/无名局/2023", status: 404, code: .agencyNotFound),
        Case(method: "GET", target: "/agencies/无名局", status: 404, code: .agencyNotFound),
        Case(method: "GET", target: "/reports?agency=无名局", status: 404, code: .agencyNotFound, parameter: "agency"),
        Case(method: "GET", target: "/statistics?agency=无名局", status: 404, code: .agencyNotFound, parameter: "agency"),
        Case(
            method: "GET", target: "/statistics?shape=form&agency=无名局", status: 404, code: .agencyNotFound,
            parameter: "agency"),
        Case(method: "GET", target: office + "/2020", status: 404, code: .reportNotFound),
        Case(method: "GET", target: office + "/2020/source", status: 404, code: .reportNotFound),
        Case(method: "GET", target: office + "/2007", status: 400, code: .invalidYear, parameter: "year"),
        Case(method: "GET", target: office + "/2028", status: 400, code: .invalidYear, parameter: "year"),
        Case(method: "GET", target: office + "/二〇二三", status: 400, code: .invalidYear, parameter: "year"),
        Case(method: "GET", target: office + "/+202", status: 400, code: .invalidYear, parameter: "year"),
        Case(method: "GET", target: office + "/02023", status: 400, code: .invalidYear, parameter: "year"),
        Case(method: "GET", target: "/reports?year=last", status: 400, code: .invalidYear, parameter: "year"),
        Case(method: "GET", target: "/reports?colour=red", status: 400, code: .invalidParameter, parameter: "colour"),
        Case(method: "GET", target: "/health?x", status: 400, code: .invalidParameter, parameter: "x"),
        Case(method: "GET", target: "/reports?q=", status: 400, code: .invalidParameter, parameter: "q"),
        Case(method: "GET", target: "/statistics?q=，", status: 400, code: .invalidParameter, parameter: "q"),
        Case(method: "GET", target: "/reports?q=-公开", status: 400, code: .invalidParameter, parameter: "q"),
        Case(method: "GET", target: "/reports?limit=0", status: 400, code: .invalidParameter, parameter: "limit"),
        Case(method: "GET", target: "/reports?limit=1001", status: 400, code: .invalidParameter, parameter: "limit"),
        Case(method: "GET", target: "/reports?limit=%2B5", status: 400, code: .invalidParameter, parameter: "limit"),
        Case(method: "GET", target: "/reports?limit=", status: 400, code: .invalidParameter, parameter: "limit"),
        Case(method: "GET", target: "/reports?cursor=-1", status: 400, code: .invalidParameter, parameter: "cursor"),
        Case(
            method: "GET", target: "/reports?cursor=99999999999999999999", status: 400, code: .invalidParameter,
            parameter: "cursor"),
        Case(method: "GET", target: "/reports?count=1", status: 400, code: .invalidParameter, parameter: "count"),
        Case(method: "GET", target: "/reports?form=1999", status: 400, code: .invalidParameter, parameter: "form"),
        Case(method: "GET", target: "/reports?scope=all", status: 400, code: .invalidParameter, parameter: "scope"),
        Case(
            method: "GET", target: "/reports?limit=1&limit=2", status: 400, code: .invalidParameter,
            parameter: "limit"),
        Case(method: "GET", target: "/reports?agency=", status: 400, code: .invalidParameter, parameter: "agency"),
        Case(
            method: "GET", target: office + "/2023?format=xml", status: 400, code: .invalidParameter,
            parameter: "format"),
        Case(
            method: "GET", target: office + "/2023?include=all", status: 400, code: .invalidParameter,
            parameter: "include"),
        Case(
            method: "GET", target: office + "/2023?include=cells&format=csv", status: 400, code: .invalidParameter,
            parameter: "include"),
        Case(
            method: "GET", target: office + "/2023?header=de", status: 400, code: .invalidParameter,
            parameter: "header"),
        Case(method: "GET", target: office + "/2023?bom=yes", status: 400, code: .invalidParameter, parameter: "bom"),
        Case(method: "GET", target: "/reports?header=zh", status: 400, code: .invalidParameter, parameter: "header"),
        Case(
            method: "GET", target: "/reports?format=ndjson&bom=1", status: 400, code: .invalidParameter,
            parameter: "bom"),
        Case(
            method: "GET", target: office + "/2023?format=xlsx&header=zh", status: 400, code: .invalidParameter,
            parameter: "header"),
        Case(
            method: "GET", target: "/statistics?format=xlsx&bom=1", status: 400, code: .invalidParameter,
            parameter: "bom"),
        Case(
            method: "GET", target: "/statistics?shape=form&format=html&header=zh", status: 400,
            code: .invalidParameter, parameter: "header"),
        Case(method: "GET", target: "/rankings?bom=1", status: 400, code: .invalidParameter, parameter: "bom"),
        Case(method: "GET", target: office + "?header=id", status: 400, code: .invalidParameter, parameter: "header"),
        Case(method: "GET", target: "/reports?sort=colour", status: 400, code: .invalidParameter, parameter: "sort"),
        Case(
            method: "GET", target: "/reports?sort=links.self", status: 400, code: .invalidParameter,
            parameter: "sort"),
        Case(
            method: "GET", target: "/reports?fields=agent", status: 400, code: .invalidParameter,
            parameter: "fields"),
        Case(
            method: "GET", target: office + "/2023/diff?from=x", status: 400, code: .invalidParameter,
            parameter: "from"),
        Case(
            method: "GET", target: office + "/2023/diff?to=0", status: 400, code: .invalidParameter, parameter: "to"),
        Case(
            method: "GET", target: office + "/2023/diff?against=19", status: 400, code: .invalidYear,
            parameter: "against"),
        Case(
            method: "GET", target: office + "/2023/diff?from=9", status: 404, code: .revisionNotFound,
            parameter: "from"),
        Case(method: "GET", target: office + "/2023/revisions/x", status: 404, code: .revisionNotFound),
        Case(method: "GET", target: "/agencies?missing=x", status: 400, code: .invalidYear, parameter: "missing"),
        Case(method: "GET", target: "/agencies?late=1999", status: 400, code: .invalidYear, parameter: "late"),
        Case(
            method: "GET", target: "/regions?parent=3201", status: 400, code: .invalidParameter, parameter: "parent"),
        Case(method: "GET", target: "/regions?parent=990000", status: 404, code: .regionNotFound, parameter: "parent"),
        Case(method: "GET", target: "/reports?year=%ff", status: 400, code: .badRequest),
        Case(method: "GET", target: "/reports?year=%2", status: 400, code: .badRequest),
        Case(method: "GET", target: "/reports/%zz/2023", status: 400, code: .badRequest),
        Case(method: "GET", target: "/reports/%ff%fe/2023", status: 400, code: .badRequest),
        Case(method: "DELETE", target: "/reports", status: 405, code: .methodNotAllowed),
        Case(method: "POST", target: office + "/2023", status: 405, code: .methodNotAllowed),
        Case(method: "PUT", target: "/", status: 405, code: .methodNotAllowed),
        Case(method: "TRACE", target: "/health", status: 405, code: .methodNotAllowed),
        Case(method: "BREW", target: "/health", status: 501, code: .notImplemented),
        Case(
            method: "GET", target: office + "/2023", fields: [("Accept", "image/png")], status: 406,
            code: .notAcceptable),
        Case(
            method: "GET", target: "/reports", fields: [("Accept", "text/html;q=0.5")], status: 406,
            code: .notAcceptable),
        Case(
            method: "GET", target: office + "/2023/findings", fields: [("Accept", "text/csv")], status: 406,
            code: .notAcceptable),
        Case(
            method: "GET", target: "/agencies/1", fields: [("Accept", "application/json;q=0")], status: 406,
            code: .notAcceptable),
    ]

    @Test(arguments: Way.allCases)
    func `every error is a problem document with its code, status and help`(way: Way) async throws {
        try await Surface.run(way) { surface in
            try await surface.upload(SampleReport.text)
            for example in Self.cases {
                let answer = try await surface.send(example.method, example.target, example.fields)
                #expect(answer.status == example.status, "\(example)")
                try expectProblem(answer, example.code, "\(example)")
                if example.method == "HEAD" { continue }
                #expect(try answer.json["parameter"]?.string == example.parameter, "\(example)")
                if example.status == 405 { #expect(answer["Allow"]?.contains("OPTIONS") == true, "\(example)") }
            }
            #expect(surface.failures.isEmpty, "none of these is the server's fault")
        }
    }

    /// Checks the members that every problem has (RFC 9457 §3.1).
    func expectProblem(_ answer: RawResponse, _ code: Problem.Code, _ comment: Comment) throws {
        #expect(answer["Content-Type"] == "application/problem+json", comment)
        #expect(answer["Content-Language"] == "en" && answer["Cache-Control"] == "no-store", comment)
        #expect(answer["X-Content-Type-Options"] == "nosniff", comment)
        let json = try answer.json
        #expect(json["type"]?.string == "/problems/\(code.rawValue)", comment)
        #expect(json["title"]?.string == code.title.english, comment)
        #expect(json["status"]?.integer == answer.status, comment)
        let detail = json["detail"]?.string ?? ""
        #expect(detail.count > 10 && !detail.contains("SELECT") && !detail.contains(".sqlite"), comment)
        #expect(json["instance"]?.string?.hasPrefix("urn:disclosure:request:") == true, comment)
    }

    @Test(arguments: Way.allCases)
    func `an unknown agency is answered with the nearest names`(way: Way) async throws {
        try await Surface.run(way) { surface in
            for sample in SampleReport.all { try await surface.upload(sample) }
            for target in ["/reports/清禾县教育/2023", "/agencies/清禾县 教育", "/reports?agency=清禾县教育体育局"] {
                let answer = try await surface.get(target.replacing(" ", with: "%20"))
                #expect(try answer.json.items("suggestions").first == .string("清禾县教育局"), "\(target)")
                #expect(try answer.json["parameter"]?.string == (target.contains("?") ? "agency" : nil))
            }
            let far = try await surface.get("/agencies/xyz")
            #expect(far.status == 404)
            #expect(try far.json["suggestions"] == .array([]))
        }
    }

    @Test(arguments: Way.allCases)
    func `a missing year is answered with the years that are there`(way: Way) async throws {
        try await Surface.run(way) { surface in
            for sample in SampleReport.all { try await surface.upload(sample) }
            let answer = try await surface.get("/reports/清禾县教育局/2021")
            #expect(try answer.json["years"] == .array([.number("2022"), .number("2023"), .number("2024")]))
        }
    }

    @Test(arguments: Way.allCases)
    func `people who read Chinese are told in Chinese`(way: Way) async throws {
        try await Surface.run(way) { surface in
            for language in ["zh", "zh-CN", "zh-CN,zh;q=0.9,en;q=0.8", "fr, zh-Hans;q=0.5"] {
                let answer = try await surface.get("/nothing", [("Accept-Language", language)])
                #expect(answer["Content-Language"] == "zh", "\(language)")
                #expect(try answer.json["title"]?.string == "未找到")
                #expect(try #require(answer.json["detail"]?.string).unicodeScalars.contains { $0.value > 0x4e00 })
            }
            for language in ["en", "de", "en;q=0.9, zh;q=0.1", "*", ""] {
                let answer = try await surface.get("/nothing", [("Accept-Language", language)])
                #expect(answer["Content-Language"] == "en", "\(language)")
            }
        }
    }

    @Test(arguments: Way.allCases)
    func `what the database cannot do is a problem without its words`(way: Way) async throws {
        try await Surface.run(way) { surface in
            try await surface.store.close()
            let answer = try await surface.get("/reports/1/2023")
            #expect(answer.status == 500)
            try expectProblem(answer, .internal, "a closed database")
            #expect(surface.failures.count == 1)
        }
    }

    @Test func `errors of the wire are problems, too`() async throws {
        var limits = Limits()
        limits.bodyBytesMax = 1000
        limits.requestLineBytesMax = 300
        limits.headerBytesMax = 301
        let maxima = [413: 1000, 414: 300, 431: 301]
        try await Surface.run(.wire, limits: limits) { surface in
            for (request, status, code) in [
                ("GET / HTTP/1.1\r\n\r\n", 400, "bad-request"), ("nonsense\r\n\r\n", 400, "bad-request"),
                ("GET /\(String(repeating: "a", count: 400)) HTTP/1.1\r\n", 414, "address-too-long"),
                (
                    "GET / HTTP/1.1\r\nHost: a\r\nX: \(String(repeating: "a", count: 400))\r\n\r\n", 431,
                    "head-too-large"
                ),
                ("POST /reports HTTP/1.1\r\nHost: a\r\nContent-Length: 1001\r\n\r\n", 413, "payload-too-large"),
            ] {
                let client = try #require(try surface.client())
                let answer = try await client.exchange(request)
                #expect(answer.status == status)
                #expect(answer["Content-Type"] == "application/problem+json")
                #expect(answer["X-Content-Type-Options"] == "nosniff")
                let json = try answer.json
                #expect(json["type"]?.string == "/problems/\(code)" && json["status"]?.integer == status)
                #expect(json["maximum"]?.integer == maxima[status])
                let detail = try #require(json["detail"]?.string)
                #expect(detail.contains(/[a-z]{3} [a-z]{3}/) && detail.contains(/\p{Han}/), "in both languages")
                #expect(!detail.contains(/[a-z][A-Z]/), "no name of the code: \(detail)")
            }
        }
    }

    @Test(arguments: Problem.Code.allCases)
    func `every code has a status, two titles and a page`(code: Problem.Code) async throws {
        #expect((400...599).contains(code.status.code) || code == .severalAgencies)
        #expect(!code.title.english.isEmpty && !code.title.chinese.isEmpty && code.title.english != code.title.chinese)
        try await Surface.run(.direct) { surface in
            let page = try await surface.get(code.path).json
            #expect(page["type"]?.string == code.path && page["status"]?.integer == code.status.code)
            #expect(page["title"]?.string == code.title.english)
            #expect(page["titleInChinese"]?.string == code.title.chinese)
            #expect(try #require(page["meaning"]?.string).hasSuffix("."))
            #expect(try #require(page["meaningInChinese"]?.string).hasSuffix("。"))
        }
    }

    static let readme = (try? String(contentsOf: SampleReport.root.appending(path: "README.md"), encoding: .utf8)) ?? ""

    @Test(.enabled(if: readme.contains("### Problems")), arguments: Problem.Code.allCases)
    func `README lists every problem with its status`(code: Problem.Code) {
        #expect(Self.readme.contains("| `\(code.rawValue)` | \(code.status.code) |"))
    }

    @Test(.enabled(if: readme.contains("### Problems")))
    func `README lists no problem that is none`() {
        let listed = Self.readme.matches(of: /\n\| `([a-z-]+)` \| \d{3} \|/).map { String($0.output.1) }
        #expect(Set(listed) == Set(Problem.Code.allCases.map(\.rawValue)) && !listed.isEmpty)
    }

    @Test func `a Chinese answer has no English sentence`() async throws {
        try await Surface.run(.direct) { surface in
            try await surface.upload(SampleReport.text)
            let further: [(String, String)] = [
                ("GET", "/reports?year=is.x"), ("GET", "/reports?level=gt.county"), ("GET", "/reports?year=in.2"),
                ("GET", "/reports?region=1"), ("GET", "/agencies?region=x"), ("GET", "/statistics?group=colour"),
                ("GET", "/statistics?group=county,region"), ("GET", "/statistics?measure=x"),
                ("GET", "/rankings?measure=x"), ("GET", "/rankings?cursor=x"), ("GET", "/rankings?least=0"),
                ("GET", "/reports?requests.newReceived.total=x"), ("GET", Self.office + "/2023?as_of=x"),
                ("GET", Self.office + "/2023/diff?against=a/b/2023"), ("POST", "/reports?region=1"),
                ("POST", "/reports?published=1"), ("GET", "/agencies?name="),
                ("GET", "/reports?" + Array(repeating: "year=2023", count: 33).joined(separator: "&")),
                ("GET", "/reports?year=in.(" + Array(repeating: "2023", count: 201).joined(separator: ",") + ")"),
            ]
            let targets = Self.cases.filter { $0.fields.isEmpty }.map { ($0.method, $0.target) } + further
            for (method, target) in targets where method != "HEAD" {
                let answer = try await surface.send(method, target, [("Accept-Language", "zh")])
                let detail = try #require(try answer.json["detail"]?.string, "\(target)")
                #expect(answer.status >= 400 && detail.contains(/\p{Han}/), "\(target): \(detail)")
                #expect(!detail.contains(/[A-Za-z]+ [a-z]+ [a-z]+/), "\(target): \(detail)")
            }
            for body in [#"{"nosuch": 1}"#, #"{"name": ""}"#, #"{"level": "x"}"#, #"{"aliases": 1}"#, "{", "1"] {
                let answer = try await surface.send(
                    "PATCH", "/agencies/1", json: body, [("Accept-Language", "zh")])
                let detail = try #require(try answer.json["detail"]?.string)
                #expect(!detail.contains(/[A-Za-z]+ [a-z]+ [a-z]+/), "\(body): \(detail)")
            }
        }
    }
}
