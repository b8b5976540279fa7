import Reports
import Support
import Testing

@testable import ReportAPI

/// `GET /statistics?shape=form`: the 汇总 table.
@Suite struct FormTotalTests {
    private static let target = "/statistics?shape=form&year=2023"

    private func run(_ way: Way, _ body: (Surface) async throws -> Void) async throws {
        try await Surface.run(way) { surface in
            for sample in SampleReport.all { try await surface.upload(sample) }
            try await body(surface)
            #expect(surface.failures.isEmpty)
        }
    }

    private func value(_ json: JSONValue, _ path: FigurePath) -> JSONValue? {
        path.description.split(separator: ".").reduce(json as JSONValue?) { $0?[String($1)] }
    }

    @Test(arguments: Way.allCases)
    func `every figure is the sum of what the reports print, and blanks are counted`(way: Way) async throws {
        try await run(way) { surface in
            try await surface.upload(Self.withBlanks)
            let form = try await surface.get(Self.target).json
            #expect(form["form"]?.string == "2021" && form["year"]?.integer == 2023 && form["reports"]?.integer == 6)
            let items = try await surface.get("/reports?year=2023&scope=own").json.items()
            let names = try items.map { try #require($0["agency"]?["name"]?.string) }
            var reports: [JSONValue] = []
            for name in names { reports.append(try await surface.get("/reports/\(name)/2023").json) }
            for path in FigurePath.all(in: .form2021, otherIsOneRow: false) where !path.isMoney {
                let stated = reports.compactMap { value($0, path)?.integer }
                #expect(value(form, path)?.integer == stated.reduce(0, +), "\(path)")
                let blanks = form["blanks"]?[path.description]?.integer ?? 0
                #expect(blanks == reports.count - stated.count, "\(path)")
            }
            #expect(form["blanks"]?["requests.newReceived.naturalPerson"]?.integer == 1)
            #expect(form["indicators"]?["disclosureRate"]?["denominator"]?.integer == 198, "of reports that state both")
        }
    }

    /// A report of figures that are blank but for one.
    private static let withBlanks = Array(
        #"{"agency": "清禾县卫生健康局", "year": 2023, "form": "2021", "requests": {"newReceived": {"total": 4}}}"#.utf8)

    @Test(arguments: Way.allCases)
    func `those who are missing and those who contradict themselves are named`(way: Way) async throws {
        try await run(way) { surface in
            let json = try await surface.get("/statistics?shape=form&year=2024").json
            let failing = json["failing"]?.items("reports") ?? []
            #expect(failing.map { $0["agency"]?["name"]?.string } == ["清禾县市场监督管理局"])
            #expect(failing.first?.items("checks").contains { $0.string == "requests.row_total" } == true)
            let href = try #require(failing.first?["href"]?.string)
            #expect(try await surface.get(href).status == 200)
            let earlier = try await surface.get(Self.target).json
            #expect(earlier["missing"]?.items("agencies").map { $0["name"]?.string } == ["清禾县市场监督管理局"])
            #expect(earlier["missing"]?["count"]?.integer == 1 && earlier["expectedAgencies"]?.integer == 6)
            for question in ["/statistics?shape=form", Self.target + "&requests.newReceived.total=gte.20"] {
                #expect(try await surface.get(question).json["missing"] == .null, "\(question)")
            }
            let none = try await surface.get("/statistics?shape=form&year=2009").json
            #expect(none["reports"]?.integer == 0 && none["statistics2014"] == .null, "the form of its time")
            #expect(none["missing"]?["count"]?.integer == none["expectedAgencies"]?.integer)
        }
    }

    @Test(arguments: Way.allCases)
    func `forms that cannot be added are named with what was left out`(way: Way) async throws {
        try await run(way) { surface in
            let older =
                #"{"agency": "清禾县卫生健康局", "year": 2020, "form": "2019", "#
                + #""proactiveDisclosure": {"rules": {"newlyMade": 3}}, "requests": {"granted": {"total": 5}}}"#
            try await surface.upload(Array(older.utf8))
            let json = try await surface.get("/statistics?shape=form&year=in.(2020,2023)").json
            let left = try #require(json.items("excluded").first { $0["reason"]?.string == "form" })
            #expect(left["form"]?.string == "2019" && left["reports"]?.integer == 1)
            #expect(left.items("paths").map(\.string) == ["proactiveDisclosure.rules.newlyMade"])
            let alone = try await surface.get(Self.target).json["requests"]?["granted"]?["total"]?.integer
            #expect(json["requests"]?["granted"]?["total"]?.integer == alone.map { $0 + 5 }, "comparable, so added")
            #expect(json["year"] == .null)
        }
    }

    @Test(arguments: Way.allCases)
    func `one row in the place of three is left out of the rows and contradicts nothing`(way: Way) async throws {
        try await Surface.run(way) { surface in
            func report(_ agency: String, _ outcomes: String) -> [UInt8] {
                Array(
                    (#"{"agency": "\#(agency)", "year": 2023, "form": "2021", "requests": {"#
                        + #""newReceived": {"naturalPerson": 4, "total": 4}, \#(outcomes)"#
                        + #""totalProcessed": {"naturalPerson": 4, "total": 4}, "carriedForward": {"naturalPerson": 0}}}"#)
                        .utf8)
            }
            try await surface.upload(
                report("清禾县档案馆", #""granted": {"naturalPerson": 1}, "otherTotal": {"naturalPerson": 3, "total": 3}, "#))
            try await surface.upload(
                report(
                    "清禾县文化局",
                    #""granted": {"naturalPerson": 3}, "other": {"other": {"naturalPerson": 1, "total": 1}}, "#))
            let json = try await surface.get(Self.target).json
            let contradictions = json.items("contradictions").filter {
                $0["check"]?.string == "requests.processed_total"
            }
            #expect(contradictions.isEmpty, "\(contradictions)")
            let left = try #require(json.items("excluded").first { $0["reason"]?.string == "form" })
            #expect(left["reports"]?.integer == 1, "one has the row")
            #expect(left.items("paths").map(\.string).contains("requests.otherTotal.total"), "\(left)")
            #expect(json["blanks"]?["requests.other.other.naturalPerson"] == nil, "no blank of the agency's making")
            #expect(surface.failures.isEmpty)
        }
    }

    @Test(arguments: Way.allCases)
    func `what is uncertain is no error, and an amount without a unit no blank`(way: Way) async throws {
        try await Surface.run(way) { surface in
            let total = "proactiveDisclosure.centralizedProcurement.totalAmount"
            for (agency, amount) in [("清禾县档案馆", "12.5"), ("清禾县文化局", #""3万元""#)] {
                let report =
                    #"{"agency": "\#(agency)", "year": 2020, "form": "2019", "proactiveDisclosure": {"#
                    + #""rules": {"newlyMade": 1}, "centralizedProcurement": {"totalAmount": \#(amount)}}}"#
                try await surface.upload(Array(report.utf8))
            }
            let form = try await surface.get("/statistics?shape=form&year=2020").json
            #expect(form["failing"]?["count"]?.integer == 2, "tables are missing")
            #expect(form["failing"]?.items("reports").first?.items("checks").map(\.string) == ["form.tables"])
            #expect(form["blanks"]?[total] == nil)
            let uncertain =
                #"{"agency": "清禾县档案馆", "year": 2018, "form": "2014", "#
                + #""statistics2014": {"requests": {"received": {"total": 9, "inPerson": 1}}}}"#
            try await surface.upload(Array(uncertain.utf8))
            let earlier = try await surface.get("/statistics?shape=form&year=2018").json
            #expect(earlier["reports"]?.integer == 1 && earlier["failing"]?["count"]?.integer == 0)
            let unit = form.items("excluded").first { $0["reason"]?.string == "unit" }
            #expect(unit?["reports"]?.integer == 1 && unit?.items("paths").map(\.string) == [total])
            let json = try await surface.get("/statistics?year=2020&measure=\(total)").json
            let measure = json.items("groups").first?["measures"]?[total]
            #expect(measure?["reported"]?.integer == 1 && measure?["withoutUnit"]?.integer == 1)
            #expect(measure?.items("forms").map(\.string) == ["2019"])
            #expect(json.items("excluded").contains { $0["reason"]?.string == "unit" && $0["reports"]?.integer == 1 })
            for (condition, count) in [("is.null", 0), ("not.is.null", 2), ("gte.0", 1), ("not.gte.0", 0)] {
                let list = try await surface.get("/reports?year=2020&\(total)=\(condition)").json
                #expect(list.items().count == count, "\(condition)")
            }
            for by in ["agency", "province"] {
                let ranking = try await surface.get("/rankings?year=2020&measure=\(total)&by=\(by)").json
                #expect(ranking["unranked"]?["blank"]?.integer == 0)
                #expect(ranking["unranked"]?["withoutUnit"]?.integer == (by == "agency" ? 1 : 0))
                let unit = ranking.items("excluded").first { $0["reason"]?.string == "unit" }
                #expect(by == "province" || unit?["reports"]?.integer == 1)
            }
            let csv = try await surface.get(
                "/statistics?year=2020&measure=\(total),requests.newReceived.total&format=csv")
            let lines = String(decoding: csv.body, as: UTF8.self).split(separator: "\r\n")
            #expect(lines.first?.hasSuffix(",forms,incomparable,withoutUnit") == true)
            #expect(lines.dropFirst().first?.hasSuffix(",2019,0,1") == true, "\(lines)")
            #expect(surface.failures.isEmpty)
        }
    }

    @Test(arguments: Way.allCases)
    func `a measure that no form of the group prints is incomparable`(way: Way) async throws {
        try await run(way) { surface in
            let json = try await surface.get("/statistics?year=2023&measure=indicators.onTimeRate").json
            let measure = json.items("groups").first?["measures"]?["indicators.onTimeRate"]
            #expect(measure?.items("forms").isEmpty == true && measure?["incomparable"]?["2021"]?.integer == 5)
        }
    }

    @Test(arguments: Way.allCases)
    func `a statistics table is never added to the tables of later forms`(way: Way) async throws {
        try await run(way) { surface in
            let older =
                #"{"agency": "清禾县卫生健康局", "year": 2018, "form": "2014", "#
                + #""statistics2014": {"requests": {"received": {"total": 900}}}}"#
            try await surface.upload(Array(older.utf8))
            let alone = try await surface.get(Self.target).json
            let json = try await surface.get("/statistics?shape=form&year=in.(2018,2023)").json
            #expect(json["requests"] == alone["requests"])
            let left = try #require(json.items("excluded").first { $0["form"]?.string == "2014" })
            #expect(left["reports"]?.integer == 1)
            let rates = try await surface.get("/statistics?measure=requests.granted.total&year=in.(2018,2023)").json
            let measure = rates.items("groups").first?["measures"]?["requests.granted.total"]
            #expect(measure?["incomparable"]?["2014"]?.integer == 1, "its blank is not one of the agency's making")
        }
    }

    @Test(arguments: Way.allCases)
    func `sums that do not add up say so`(way: Way) async throws {
        try await run(way) { surface in
            #expect(try await surface.get(Self.target).json.items("contradictions").isEmpty)
            let partial =
                #"{"agency": "清禾县卫生健康局", "year": 2023, "form": "2021", "#
                + #""requests": {"newReceived": {"naturalPerson": 4, "total": null}}}"#
            try await surface.upload(Array(partial.utf8))
            let json = try await surface.get(Self.target).json
            let found = try #require(json.items("contradictions").first { $0["check"]?.string == "requests.row_total" })
            #expect(found["label"]?.string == "申请人各类之和与总计" && found["left"] != found["right"])
            let page = String(decoding: try await surface.get(Self.target + "&format=html").body, as: UTF8.self)
            #expect(page.contains("勾稽不平"))
        }
    }

    @Test(arguments: Way.allCases)
    func `an agency that reported for its division is not missing`(way: Way) async throws {
        try await run(way) { surface in
            let before = try await surface.get(Self.target).json
            let county =
                #"{"agency": "清禾县市场监督管理局", "year": 2023, "form": "2021", "scope": "consolidated", "#
                + #""requests": {"newReceived": {"total": 4}}}"#
            try await surface.upload(Array(county.utf8))
            let json = try await surface.get(Self.target).json
            #expect(before["missing"]?["count"]?.integer == 1 && json["missing"]?["count"]?.integer == 0)
            #expect(json["expectedAgencies"]?.integer == (before["expectedAgencies"]?.integer ?? 0) - 1)
        }
    }

    @Test(arguments: Way.allCases)
    func `a sum of nothing is null`(way: Way) async throws {
        try await run(way) { surface in
            let target =
                "/statistics?year=2023&measure=requests.otherTotal.total,statistics2014.complaints,indicators.onTimeRate"
            let measures = try #require(try await surface.get(target).json.items("groups").first?["measures"])
            for path in ["requests.otherTotal.total", "statistics2014.complaints"] {
                #expect(measures[path]?["sum"] == .null && measures[path]?["reported"]?.integer == 0, "\(path)")
            }
            #expect(measures["indicators.onTimeRate"]?["numerator"] == .null)
        }
    }

    @Test(arguments: Way.allCases)
    func `the workbook and the page hold the same figures, and the same question gives the same bytes`(
        way: Way
    ) async throws {
        try await run(way) { surface in
            let form = try await surface.get(Self.target).json
            for (format, type) in [
                ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"), ("html", "text/html"),
            ] {
                let answer = try await surface.get(Self.target + "&format=\(format)")
                #expect(answer.status == 200 && answer["Content-Type"]?.hasPrefix(type) == true)
                let again = try await surface.get(Self.target + "&format=\(format)")
                #expect(again.body == answer.body && again["ETag"] == answer["ETag"])
                let read = try await surface.send(
                    "POST", "/check?agency=清禾县&year=2023", [("Content-Type", type)], body: answer.body
                ).json
                for path in FigurePath.all(in: .form2021, otherIsOneRow: false) {
                    #expect(value(read, path) == value(form, path), "\(format) \(path)")
                }
            }
            let csv = try CSVTests.parse(try await surface.get(Self.target + "&format=csv").body)
            #expect(csv.contains(["requests.newReceived.total", "199", "0"]))
        }
    }

    @Test(arguments: Way.allCases)
    func `a form is neither grouped nor measured`(way: Way) async throws {
        try await run(way) { surface in
            for name in ["group=year", "measure=indicators.disclosureRate"] {
                let problem = try await surface.get(Self.target + "&" + name)
                #expect(problem.status == 400)
                #expect(try problem.json["parameter"]?.string == String(name.prefix { $0 != "=" }))
            }
        }
    }

    @Test func `a list that does not name all says so`() {
        #expect(FormTotal.heading("缺报机关", 3, named: 3) == "缺报机关（3）")
        #expect(FormTotal.heading("缺报机关", 1_200, named: 1_000) == "缺报机关（共1200，以下列出前1000）")
    }
}
