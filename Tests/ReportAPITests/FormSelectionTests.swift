import Foundation
import HTTPServer
import Reports
import Support
import Testing

/// What a 汇总 table says of itself: of which reports it is, what is not in it, and what is to be known of its sums.
@Suite struct FormSelectionTests {
    private static let form = "/statistics?shape=form"

    private func run(_ way: Way, _ body: (Surface) async throws -> Void) async throws {
        try await Surface.run(way, regions: SampleReport.regions) { surface in
            try await body(surface)
            #expect(surface.failures.isEmpty)
        }
    }

    private func upload(_ surface: Surface, _ document: String, _ query: String = "") async throws {
        let answer = try await surface.upload(Array(document.utf8), query: query)
        #expect(answer.status == 201, "\(answer.text)")
    }

    private static func report(
        _ agency: String, _ year: Int, received: Int, inForce: Int = 5, scope: String = "own"
    ) -> String {
        #"{"agency": "\#(agency)", "year": \#(year), "form": "2021", "scope": "\#(scope)", "#
            + #""proactiveDisclosure": {"normativeDocuments": {"inForce": \#(inForce)}}, "#
            + #""requests": {"newReceived": {"total": \#(received)}}}"#
    }

    private static func older(_ agency: String, _ year: Int, received: Int) -> String {
        #"{"agency": "\#(agency)", "year": \#(year), "form": "2014", "#
            + #""statistics2014": {"requests": {"received": {"total": \#(received)}}}}"#
    }

    @Test(arguments: Way.allCases)
    func `title and head say what the reports were chosen by`(way: Way) async throws {
        try await run(way) { surface in
            try await upload(surface, Self.report("镇平县教育局", 2023, received: 30))
            try await upload(surface, Self.report("镇平县人民政府办公室", 2023, received: 7))
            let plain = try await surface.get(Self.form + "&year=2023&region=411324").json
            #expect(plain["title"]?.string == "河南省南阳市镇平县2023年政府信息公开工作年度报告汇总")
            #expect(plain.items("conditions").isEmpty && plain.items("years").map(\.integer) == [2023])
            for (query, words) in [
                ("kind=department", "类别为政府部门"), ("kind=not.in.(department,office)", "类别不在政府部门、政府办公厅（室）之列"),
                ("level=is.null", "层级未知"), ("agency=镇平县教育局", "机关为镇平县教育局"),
                ("requests.newReceived.total=gte.20", "一、本年新收政府信息公开申请数量 总计≥20"),
                ("requests.granted.total=is.null", "未填报"), ("indicators.disclosureRate=not.lt.0.5", "公开率≥0.5"),
                ("finding=requests.row_total", "校验发现问题：申请人各类之和与总计"), ("form=2021", "格式为2021年格式"),
                ("q=教育", "全文含“教育”"), ("scope=consolidated", "各级汇总报告"), ("region=not.4113", "行政区划不为河南省南阳市"),
            ] {
                let json = try await surface.get(Self.form + "&year=2023&" + query).json
                let title = try #require(json["title"]?.string)
                #expect(title.contains(words) || words.contains("本年新收"), "\(query): \(title)")
                let conditions = json.items("conditions").compactMap(\.string)
                #expect(conditions.count == 1 && title.contains(conditions[0]), "\(query): \(conditions)")
                let page = try await surface.get(Self.form + "&year=2023&format=html&" + query).text
                let said = conditions[0].replacing("<", with: "&lt;")
                #expect(page.contains("选取条件：\(said)"), "\(query)")
            }
        }
    }

    @Test(arguments: Way.allCases)
    func `several years are named, and what is in force is not to be added up over them`(way: Way) async throws {
        try await run(way) { surface in
            for year in [2021, 2022, 2023] {
                try await upload(surface, Self.report("镇平县教育局", year, received: 30))
            }
            let one = try await surface.get(Self.form + "&year=2022").json
            #expect(one.items("warnings").isEmpty && one["year"]?.integer == 2022)
            let json = try await surface.get(Self.form + "&year=gte.2022").json
            #expect(json["year"] == .null && json.items("years").map(\.integer) == [2022, 2023])
            #expect(json["title"]?.string == "2022—2023年政府信息公开工作年度报告汇总")
            let warning = try #require(json.items("warnings").first)
            #expect(warning["reason"]?.string == "stock")
            #expect(warning.items("paths").map(\.string) == ["proactiveDisclosure.normativeDocuments.inForce"])
            let apart = try await surface.get(Self.form + "&year=in.(2021,2023)").json
            #expect(apart["title"]?.string?.hasPrefix("2021、2023年") == true)
            #expect(try await surface.get(Self.form + "&year=gte.2022&format=html").text.contains("存量数据跨年度重复计算"))
            let read = try await surface.send(
                "POST", "/check?agency=甲&year=2023",
                body: try await surface.get(Self.form + "&year=gte.2022&format=xlsx").body)
            #expect(read.status == 200)
        }
    }

    @Test(arguments: Way.allCases)
    func `what another form states in the same words is told with its sum`(way: Way) async throws {
        try await run(way) { surface in
            let newer = Self.report("镇平县教育局", 2019, received: 30)
                .replacing("\"form\": \"2021\"", with: "\"form\": \"2019\"").replacing(
                    "\"inForce\": 5", with: "\"newlyMade\": 5")
            try await upload(surface, newer)
            try await upload(surface, Self.older("镇平县财政局", 2019, received: 12))
            let path = "requests.newReceived.total"
            let json = try await surface.get(Self.form + "&year=2019").json
            #expect(json.at(path)?.integer == 30)
            let left = try #require(json.items("excluded").first { $0["reason"]?.string == "form" })
            let figure = try #require(left.items("comparable").first { $0["path"]?.string == path })
            #expect(figure["printed"]?.string == "statistics2014.requests.received.total")
            #expect(figure["reports"]?.integer == 1 && figure["sum"]?.integer == 12)
            let groups = try await surface.get("/statistics?year=2019&measure=\(path)").json.items("groups")
            #expect(groups.first?["measures"]?[path]?["sum"]?.integer == 42, "the sum here and what is left out there")
            let page = try await surface.get(Self.form + "&year=2019&format=html").text
            #expect(page.contains("口径相同") && page.contains("收到申请数"))
        }
    }

    @Test(arguments: Way.allCases)
    func `nobody can say how many agencies are expected where reports are chosen by what they say`(
        way: Way
    ) async throws {
        try await run(way) { surface in
            try await upload(surface, Self.report("镇平县教育局", 2023, received: 30))
            try await upload(surface, Self.report("镇平县财政局", 2022, received: 3))
            for (query, expected) in [
                ("", 2), ("&kind=department", 2), ("&region=411324", 2), ("&agency=镇平县教育局", 1),
                ("&q=教育", nil), ("&requests.newReceived.total=gte.2", nil), ("&finding=requests.row_total", nil),
                ("&form=2021", nil), ("&indicators.disclosureRate=is.null", nil),
            ] {
                let form = try await surface.get(Self.form + "&year=2023" + query).json
                #expect(form["expectedAgencies"]?.integer == expected, "\(query)")
                if expected == nil {
                    #expect(form["expectedAgencies"] == .null && form["missing"] == .null, "\(query)")
                }
                let groups = try await surface.get("/statistics?group=year&year=2023" + query).json.items("groups")
                if let group = groups.first { #expect(group["expectedAgencies"]?.integer == expected, "\(query)") }
            }
            let forms = try await surface.get("/statistics?group=form,year").json.items("groups")
            #expect(forms.count == 2 && forms.allSatisfy { $0["expectedAgencies"] == .null })
        }
    }

    @Test(arguments: Way.allCases)
    func `a 汇总 is not added to the one of a division above that has it in it`(way: Way) async throws {
        try await run(way) { surface in
            try await upload(surface, Self.report("南阳市人民政府", 2023, received: 100, scope: "consolidated"))
            try await upload(surface, Self.report("镇平县人民政府", 2023, received: 40, scope: "consolidated"))
            try await upload(surface, Self.report("镇平县人民政府", 2022, received: 30, scope: "consolidated"))
            try await upload(surface, Self.report("南阳市教育局", 2022, received: 9, scope: "consolidated"))
            let path = "requests.newReceived.total"
            func sums(_ query: String) async throws -> [Int?] {
                try await surface.get("/statistics?scope=consolidated&measure=\(path)&\(query)").json.items("groups")
                    .map { $0["measures"]?[path]?["sum"]?.integer }
            }
            #expect(try await sums("group=year") == [39, 100], "a department speaks for its branch alone")
            #expect(try await sums("group=county") == [109, 70], "each in a group of its own")
            #expect(try await sums("group=year") == [39, 100], "asked again")
            for target in ["/statistics?scope=consolidated&group=year", Self.form + "&scope=consolidated&year=2023"] {
                let left = try await surface.get(target).json.items("excluded").first {
                    $0["reason"]?.string == "nested"
                }
                #expect(left?["reports"]?.integer == 1)
                #expect(left?.items("named").first?.at("agency.name")?.string == "镇平县人民政府")
                #expect(left?.items("named").first?["year"]?.integer == 2023)
            }
            let form = try await surface.get(Self.form + "&scope=consolidated&year=2023").json
            #expect(form.at(path)?.integer == 100 && form["reports"]?.integer == 1)
            let ranking = try await surface.get("/rankings?scope=consolidated&by=province&measure=\(path)&year=2023")
                .json
            #expect(ranking.items().first?["value"]?.integer == 100)
            #expect(ranking.items("excluded").contains { $0["reason"]?.string == "nested" })
            // What was left out counts again when the one above is withdrawn.
            #expect(try await surface.send("DELETE", "/reports/南阳市人民政府/2023").status == 200)
            #expect(try await sums("group=year") == [39, 40])
        }
    }

    @Test(arguments: Way.allCases)
    func `a division that there is none of is refused`(way: Way) async throws {
        try await run(way) { surface in
            try await upload(surface, Self.report("镇平县教育局", 2023, received: 30))
            for target in ["/reports?", "/statistics?", "/rankings?", "/agencies?", Self.form + "&"] {
                for region in ["99", "999999", "4199", "411399"] {
                    let answer = try await surface.get(target + "region=\(region)")
                    #expect(answer.status == 404, "\(target)\(region)")
                    let json = try answer.json
                    #expect(
                        json["type"]?.string == "/problems/region-not-found" && json["parameter"]?.string == "region")
                    #expect(json["detail"]?.string?.contains(region) == true)
                }
                for region in ["41", "4113", "411300", "411324"] {
                    #expect(try await surface.get(target + "region=\(region)").status == 200, "\(target)\(region)")
                }
            }
        }
    }

    @Test(arguments: Way.allCases)
    func `contradictions of the sums are told in a line each, and nobody has printed them`(way: Way) async throws {
        try await run(way) { surface in
            let partial =
                #"{"agency": "镇平县教育局", "year": 2023, "form": "2021", "#
                + #""requests": {"newReceived": {"naturalPerson": 4, "total": null}, "granted": {"naturalPerson": 4}}}"#
            try await upload(surface, partial)
            try await upload(surface, try fullReport())
            let json = try await surface.get(Self.form + "&year=2023").json
            let found = json.items("contradictions")
            #expect(!found.isEmpty)
            for message in found.compactMap({ $0["message"]?.string }) {
                #expect(!message.contains("printed"), "\(message)")
            }
            let page = try await surface.get(Self.form + "&year=2023&format=html").text
            #expect(page.contains("见下表"))
            for label in ["（三）不予公开 1.属于国家秘密 总计、", "、（四）"] { #expect(!page.contains(label), "\(label)") }
            let name = FigurePath.request(.newReceived, .total).words
            #expect(page.contains(name.row) && page.contains("<td"), "\(name.row)")
        }
    }

    /// A report whose figures are all 1 and whose totals are right for none.
    private func fullReport() throws -> String {
        let column = Applicant.allCases.map { #""\#($0.key)": 1"# }.joined(separator: ", ")
        return #"{"agency": "镇平县财政局", "year": 2023, "form": "2021", "requests": {"newReceived": {\#(column)}}}"#
    }

    @Test(arguments: Way.allCases)
    func `a workbook is named by what it is of, and one of nothing is of the form of its year`(way: Way) async throws {
        try await run(way) { surface in
            let empty: [(Int, String)] = [(2013, "2014"), (2016, "2014"), (2020, "2019"), (2023, "2021")]
            for (year, form) in empty {
                let json = try await surface.get(Self.form + "&year=\(year)").json
                #expect(json["form"]?.string == form && json["reports"]?.integer == 0, "\(year)")
                let reasons = json.items("warnings").map { $0["reason"]?.string }
                #expect(reasons == (year < 2014 ? ["form"] : []), "\(year)")
            }
            let answer = try await surface.get(Self.form + "&year=2023&region=411324&format=xlsx")
            #expect(answer["Content-Disposition"]?.contains("filename=\"form-411324-2023.xlsx\"") == true)
            let name = try #require(answer["Content-Disposition"]?.split(separator: "UTF-8''").last)
            let title = try PercentEncoding.decodeText(Array(name.utf8)[...])
            #expect(title == "河南省南阳市镇平县2023年政府信息公开工作年度报告汇总.xlsx")
            let part = try await surface.get(Self.form + "&year=2023&kind=department&format=xlsx")
            #expect(part["Content-Disposition"]?.contains(PercentEncoding.encode("汇总（部分）.xlsx")) == true)
        }
    }

    @Test(arguments: Way.allCases)
    func `a figure that the form of a year has not is neither comparable nor not`(way: Way) async throws {
        try await run(way) { surface in
            let old =
                #"{"agency": "镇平县教育局", "year": 2017, "form": "2014", "#
                + #""statistics2014": {"requests": {"concluded": {"total": 40, "onTime": 30}}}}"#
            try await upload(surface, old)
            try await upload(surface, Self.report("镇平县教育局", 2023, received: 30))
            let target = "/reports/镇平县教育局?measure=indicators.onTimeRate,requests.newReceived.total"
            let json = try await surface.get(target).json.items()
            let rates = json.map { $0["measures"]?["indicators.onTimeRate"] }
            #expect(rates.map { $0?["comparable"] } == [.boolean(true), .null])
            #expect(rates.map { $0?["numerator"]?.integer } == [30, nil])
            let received = json.map { $0["measures"]?["requests.newReceived.total"]?["comparable"] }
            #expect(received == [.boolean(true), .boolean(true)])
        }
    }
}
