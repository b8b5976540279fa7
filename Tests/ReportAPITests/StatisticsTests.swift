import Reports
import Support
import Testing

/// Many reports in one answer, over the samples.
@Suite struct StatisticsTests {
    private func run(_ way: Way, _ body: (Surface) async throws -> Void) async throws {
        try await Surface.run(way) { surface in
            for sample in SampleReport.all { try await surface.upload(sample) }
            try await body(surface)
            #expect(surface.failures.isEmpty)
        }
    }

    @Test(arguments: Way.allCases)
    func `sums, rates and percentiles by year leave consolidated reports out and say so`(way: Way) async throws {
        try await run(way) { surface in
            let target = "/statistics?group=year&measure=requests.newReceived.total,indicators.disclosureRate"
            let json = try await surface.get(target).json
            let groups = json.items("groups")
            #expect(groups.map { $0["key"]?["year"]?.integer } == [2021, 2022, 2023, 2024])
            let year = try #require(groups.first { $0["key"]?["year"]?.integer == 2023 })
            #expect(year["reports"]?.integer == 5 && year["expectedAgencies"]?.integer == 6)
            let received = try #require(year["measures"]?["requests.newReceived.total"])
            #expect(received["sum"]?.integer == 199 && received["median"]?.integer == 19)
            #expect(received["min"]?.integer == 7 && received["max"]?.integer == 116)
            let rate = try #require(year["measures"]?["indicators.disclosureRate"])
            #expect(rate["numerator"]?.integer == 97 && rate["denominator"]?.integer == 198)
            #expect(json.items("excluded").first?["reason"]?.string == "scope")
            #expect(json.items("excluded").first?["reports"]?.integer == 2)
            let consolidated = try await surface.get(target + "&scope=consolidated").json.items("groups")
            #expect(consolidated.map { $0["reports"]?.integer } == [1, 1])
        }
    }

    @Test(arguments: Way.allCases)
    func `an upload and a withdrawal are in the next answer, which has another tag`(way: Way) async throws {
        try await run(way) { surface in
            let target = "/statistics?measure=requests.newReceived.total&year=2023"
            func sum() async throws -> Int? {
                try await surface.get(target).json.items("groups").first?["measures"]?["requests.newReceived.total"]?[
                    "sum"]?.integer
            }
            let tag = try #require(try await surface.get(target)["ETag"])
            #expect(try await sum() == 199)
            #expect(try await surface.get(target, [("If-None-Match", tag)]).status == 304)
            _ = try await surface.send("DELETE", "/reports/清禾县教育局/2023")
            let without = try #require(try await sum())
            #expect(without < 199)
            #expect(try await surface.get(target, [("If-None-Match", tag)]).status == 200)
            try await surface.upload(try SampleReport.named("qinghe-education-2023.txt"))
            #expect(try await sum() == 199)
            #expect(try await surface.get(target, [("If-None-Match", tag)]).status == 304, "the same bytes again")
        }
    }

    @Test(arguments: Way.allCases)
    func `lists are filtered by figures, ordered, cut to fields and paged`(way: Way) async throws {
        try await run(way) { surface in
            let query = "requests.newReceived.total=gte.25&scope=own&sort=-requests.newReceived.total"
            let fields = "&fields=agency.name,year,requests.newReceived.total&limit=3"
            var target: String? = "/reports?" + query + fields
            var totals: [Int] = []
            while let page = target {
                let json = try await surface.get(page).json
                for item in json.items() {
                    totals.append(try #require(item["requests"]?["newReceived"]?["total"]?.integer))
                    #expect(item["agency"]?["name"]?.string != nil && item["title"] == nil)
                }
                target = json["next"]?.string
            }
            #expect(totals == totals.sorted(by: >) && totals.allSatisfy { $0 >= 25 })
            let count = try await surface.get("/reports?count=exact&limit=1&" + query).json["count"]?.integer
            #expect(count == totals.count && totals.count > 3)
            let wrong = try await surface.get("/reports?finding=requests.row_total&fields=agency.name").json.items()
            #expect(wrong.map { $0["agency"]?["name"]?.string } == ["清禾县市场监督管理局"])
        }
    }

    /// A report in the form of 2014, which prints 收到申请数 where later forms print 本年新收.
    static let older =
        #"{"agency": "清禾县卫生健康局", "year": 2016, "form": "2014", "#
        + #""statistics2014": {"requests": {"received": {"total": 900}}}}"#

    @Test(arguments: Way.allCases)
    func `a list holds the reports that statistics add up, whatever their forms`(way: Way) async throws {
        try await run(way) { surface in
            try await surface.upload(Array(Self.older.utf8))
            let path = "requests.newReceived.total"
            for condition in ["gte.20", "lt.20", "not.gte.20", "is.null", "not.is.null", "in.(900,7)"] {
                for other in ["statistics2014.requests.received.total", path] {
                    let query = "scope=own&\(other)=\(condition)"
                    let listed = try await surface.get("/reports?count=exact&" + query).json["count"]?.integer
                    let groups = try await surface.get("/statistics?" + query).json.items("groups")
                    #expect(listed == groups.first?["reports"]?.integer ?? 0, "\(query)")
                }
            }
            let target = "/reports?scope=own&form=2014&\(path)=gte.20&sort=-\(path)&fields=form,\(path)"
            let item = try #require(try await surface.get(target).json.items().first)
            #expect(item.at(path)?.integer == 900 && item["form"]?.string == "2014")
            let first = try await surface.get("/reports?sort=-\(path)&limit=1").json.items().first
            #expect(first?["year"]?.integer == 2016, "the order is of what is shown")
            let table = try CSVTests.parse(try await surface.get(target + "&format=csv").body)
            #expect(table == [["form", path], ["2014", "900"]])
        }
    }

    @Test(arguments: Way.allCases)
    func `tables hold every report once, in CSV and in lines`(way: Way) async throws {
        try await run(way) { surface in
            let csv = try await surface.get(
                "/reports?format=csv&fields=agency.name,year,requests.granted.total&header=zh")
            #expect(csv.status == 200 && csv["Content-Type"]?.hasPrefix("text/csv") == true)
            let rows = csv.text.split(separator: "\r\n")
            #expect(rows.first == "机关名称,年度,（一）予以公开 总计")
            #expect(rows.count == SampleReport.all.count + 1 && Set(rows).count == rows.count)
            let lines = try await surface.get("/reports?format=ndjson&year=2023").text.split(separator: "\n")
            let years = try lines.map { try JSONValue(Array($0.utf8))["year"]?.integer }
            #expect(years == Array(repeating: 2023, count: 6))
        }
    }
}
