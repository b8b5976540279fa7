import Reports
import Support
import Testing

@testable import ReportAPI

/// Figures and indicators as parameters, as the description states them.
@Suite struct MeasureParameterTests {
    @Test func `the description names every figure and indicator, and the server takes each`() async throws {
        try await Surface.run(.direct) { surface in
            try await surface.upload(SampleReport.text)
            let document = try await surface.get("/openapi.json").json
            let described = (document.at("components.schemas.FigureConditions.properties") ?? .null).names
            #expect(described == Set(Measure.all.map(\.description)))
            let paths = document.at("components.schemas.MeasurePath")?.items("enum").compactMap(\.string)
            #expect(paths == Measure.all.map(\.description))
            for path in described.sorted() {
                for target in ["/reports?\(path)=gte.0", "/statistics?\(path)=not.is.null&measure=\(path)"] {
                    let answer = try await surface.get(target)
                    #expect(answer.status == 200, "\(target): \(answer.text)")
                }
            }
            #expect(try await surface.get("/reports?figures=1").status == 400)
        }
    }

    @Test func `a pattern of paths holds these and no others`() throws {
        let paths = ["year", "agency.id", "agency.region.code", "a.b", "a.b.c", "a.d"]
        let pattern = try Regex("^\(PathPattern(paths).text)$")
        for path in paths { #expect(try pattern.wholeMatch(in: path) != nil, "\(path)") }
        for other in ["", "a", "agency", "agency.region", "a.c", "a.b.d", "agency.code", "years"] {
            #expect(try pattern.wholeMatch(in: other) == nil, "\(other)")
        }
    }

    @Test(arguments: Way.allCases)
    func `reports are ordered by whatever a list shows, page by page`(way: Way) async throws {
        try await Surface.run(way, regions: SampleReport.regions) { surface in
            for sample in SampleReport.all { try await surface.upload(sample) }
            for (path, _) in ReportListRequest.sortKeys {
                for sign in ["", "-"] {
                    var target: String? = "/reports?sort=\(sign)\(path)&fields=\(path),links.self&limit=5"
                    var addresses: [String?] = []
                    var values: [JSONValue] = []
                    while let page = target {
                        let answer = try await surface.get(page)
                        #expect(answer.status == 200, "\(page): \(answer.text)")
                        addresses += try answer.json.items().map { $0.at("links.self")?.string }
                        values += try answer.json.items().compactMap { $0.at(path) }
                        target = try answer.json["next"]?.string
                    }
                    #expect(Set(addresses).count == SampleReport.all.count, "\(path)")
                    #expect(addresses.count == SampleReport.all.count, "\(path)")
                    // Words of the registry have an order of their own; what is not known is last.
                    let known = values.filter { $0 != .null }
                    #expect(Array(values.prefix(known.count)) == known, "\(path)")
                    guard path != "agency.level", path != "agency.kind", path != "scope" else { continue }
                    let texts = known.compactMap(\.string)
                    let numbers = known.compactMap(\.integer)
                    #expect(texts == (sign.isEmpty ? texts.sorted() : texts.sorted().reversed()), "\(path)")
                    #expect(numbers == (sign.isEmpty ? numbers.sorted() : numbers.sorted().reversed()), "\(path)")
                }
            }
            #expect(surface.failures.isEmpty)
        }
    }

    @Test(arguments: Way.allCases)
    func `fields may be what several paths begin with, or everything`(way: Way) async throws {
        try await Surface.run(way) { surface in
            try await surface.upload(SampleReport.named("qinghe-education-2023.txt"))
            let document = try await surface.get("/reports/清禾县教育局/2023").json
            let shown = try await surface.get("/reports?fields=requests,indicators").json.items()
            let item = try #require(shown.first)
            #expect(item.names == ["requests", "indicators"])
            for path in FigurePath.all(in: .form2021, otherIsOneRow: false) {
                guard case .request = path else { continue }
                #expect(item.at(path.description) == document.at(path.description), "\(path)")
            }
            for indicator in Indicator.allCases {
                let path = "indicators.\(indicator.rawValue)"
                #expect(item.at(path) == document.at(path), "\(path)")
            }
            let row = try await surface.get("/reports?fields=requests.newReceived&format=ndjson")
            let line = try JSONValue(Array(row.body.dropLast()))
            #expect(line.at("requests.newReceived") == document.at("requests.newReceived"))
            let all = try await surface.get("/reports?fields=*").json.items()
            #expect(all.first?.at("links.self") == document.at("links.self"))
            #expect(all.first?["proactiveDisclosure"] != nil && all.first?["statistics2014"] != nil)
            let table = try await surface.get("/reports?format=csv")
            #expect(try await surface.get("/reports?format=csv&fields=*").body == table.body)
            for wrong in ["request", "requests.", "*.*", "indicators.disclosureRate.value"] {
                #expect(try await surface.get("/reports?fields=\(wrong)").status == 400, "\(wrong)")
            }
            #expect(surface.failures.isEmpty)
        }
    }

    @Test(arguments: Way.allCases)
    func `a rate in a table comes with what it is made of`(way: Way) async throws {
        try await Surface.run(way) { surface in
            try await surface.upload(SampleReport.named("qinghe-education-2023.txt"))
            let rate = try await surface.get("/reports/清禾县教育局/2023").json.at("indicators.disclosureRate")
            let numerator = try #require(rate?["numerator"]?.integer)
            let denominator = try #require(rate?["denominator"]?.integer)
            let path = "indicators.disclosureRate"
            let parts = [path, path + ".numerator", path + ".denominator", path + ".smallN"]
            let named = try await surface.get("/reports?fields=year,\(path)&format=csv")
            let whole = try await surface.get("/reports?format=csv")
            let one = try await surface.get("/reports/清禾县教育局/2023?format=csv")
            for table in [named, whole, one] {
                let rows = try CSVTests.parse(table.body)
                let values = Dictionary(zip(rows[0], rows[1])) { first, _ in first }
                #expect(values[parts[1]] == "\(numerator)" && values[parts[2]] == "\(denominator)")
                #expect(values[parts[3]] == "\(denominator < IndicatorValue.smallNBelow)")
                #expect(values[path].flatMap(Double.init) == Double(numerator) / Double(denominator))
            }
            let words = try await surface.get("/reports?fields=\(path)&format=csv&header=zh")
            #expect(try CSVTests.parse(words.body)[0] == ["公开率", "公开率 分子", "公开率 分母", "公开率 样本过小"])
        }
    }

    @Test(arguments: Way.allCases)
    func `fields are whatever a list shows, in Chinese with Chinese words`(way: Way) async throws {
        try await Surface.run(way) { surface in
            try await surface.upload(SampleReport.named("qinghe-education-2023.txt"))
            let all = ReportField.named.map(\.path).joined(separator: ",")
            let item = try #require(try await surface.get("/reports?fields=\(all)").json.items().first)
            #expect(item.at("agency.region") == .null, "as a whole, as the report document has it")
            for field in ReportField.named where !field.path.hasPrefix("agency.region.") {
                #expect(item.at(field.path) != nil, "\(field.path)")
            }
            #expect(item.at("agency.kind")?.string == "department" && item.at("agency.level")?.string == "county")
            let shown = "fields=agency.level,agency.kind,form,scope"
            let table = try await surface.get("/reports?format=csv&header=zh&\(shown)")
            #expect(try CSVTests.parse(table.body) == [["层级", "类别", "格式", "范围"], ["县级", "政府部门", "2021年格式", "本机关"]])
            let ids = try await surface.get("/reports?format=csv&\(shown)")
            #expect(try CSVTests.parse(ids.body).last == ["county", "department", "2021", "own"])
        }
    }
}
