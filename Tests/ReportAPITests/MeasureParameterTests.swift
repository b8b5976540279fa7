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
    func `fields are whatever a list shows, in Chinese with Chinese words`(way: Way) async throws {
        try await Surface.run(way) { surface in
            try await surface.upload(SampleReport.named("qinghe-education-2023.txt"))
            let all = ReportField.named.map(\.path).joined(separator: ",")
            let item = try #require(try await surface.get("/reports?fields=\(all)").json.items().first)
            for field in ReportField.named { #expect(item.at(field.path) != nil, "\(field.path)") }
            #expect(item.at("agency.kind")?.string == "department" && item.at("agency.level")?.string == "county")
            let shown = "fields=agency.level,agency.kind,form,scope"
            let table = try await surface.get("/reports?format=csv&header=zh&\(shown)")
            #expect(try CSVTests.parse(table.body) == [["层级", "类别", "格式", "范围"], ["县级", "政府部门", "2021年格式", "本机关"]])
            let ids = try await surface.get("/reports?format=csv&\(shown)")
            #expect(try CSVTests.parse(ids.body).last == ["county", "department", "2021", "own"])
        }
    }
}
