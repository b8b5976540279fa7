import Reports
import Support
import Testing

/// `GET /rankings` and `GET /reports/{agency}`.
@Suite struct RankingTests {
    private func run(_ way: Way, _ body: (Surface) async throws -> Void) async throws {
        try await Surface.run(way, regions: SampleReport.regions) { surface in
            for sample in SampleReport.all { try await surface.upload(sample) }
            try await body(surface)
            #expect(surface.failures.isEmpty)
        }
    }

    private static func report(_ agency: String, received: Int, granted: Int, processed: Int) -> [UInt8] {
        Array(
            """
            {"agency": "\(agency)", "year": 2023, "form": "2021", "requests": {"newReceived": {"total": \(received)},
            "granted": {"total": \(granted)}, "partiallyGranted": {"total": 0}, "totalProcessed": {"total": \(processed)}}}
            """.utf8)
    }

    @Test(arguments: Way.allCases)
    func `equal values share a place, and pages follow each other`(way: Way) async throws {
        try await run(way) { surface in
            for (index, received) in [40, 7, 40, 116].enumerated() {
                try await surface.upload(
                    Self.report("清禾县第\(index + 1)中学", received: received, granted: 0, processed: received))
            }
            var target: String? = "/rankings?measure=requests.newReceived.total&year=2023&limit=2"
            var items: [JSONValue] = []
            while let page = target {
                let json = try await surface.get(page).json
                items += json.items()
                target = json["next"]?.string
                #expect(json["ranked"]?.integer == 9)
            }
            let values = try items.map { try #require($0["value"]?.integer) }
            #expect(values == values.sorted(by: >) && values.count == 9)
            for (item, value) in zip(items, values) {
                #expect(item["rank"]?.integer == 1 + values.count { $0 > value })
            }
            #expect(Set(items.map { $0["agency"]?["id"]?.integer }).count == 9)
            let least = try await surface.get(
                "/rankings?measure=requests.newReceived.total&year=2023&order=asc&limit=1")
            #expect(try least.json.items().first?["value"]?.integer == values.min())
        }
    }

    @Test(arguments: Way.allCases)
    func `a table has as many rows as were asked for`(way: Way) async throws {
        try await run(way) { surface in
            let target = "/rankings?measure=requests.newReceived.total&year=2023&limit=2&format=csv"
            let rows = try CSVTests.parse(try await surface.get(target).body)
            #expect(rows.count == 3, "the head and two rows")
        }
    }

    @Test(arguments: Way.allCases)
    func `what is of no division, or of one above those that are ranked, is counted`(way: Way) async throws {
        try await run(way) { surface in
            // None of the samples is placed: their county is invented.
            for (region, received) in [("411324", 5), ("411300", 6), ("410000", 7)] {
                try await surface.upload(
                    Self.report("清禾县\(region)局", received: received, granted: 0, processed: received),
                    query: "?region=\(region)")
            }
            let target = "/rankings?measure=requests.newReceived.total&year=2023&by="
            let counties = try await surface.get(target + "county").json
            #expect(counties.items().map { $0["region"]?.string } == ["411324"])
            #expect(counties["unranked"]?["above"]?.integer == 2)
            #expect((counties["unranked"]?["unplaced"]?.integer ?? 0) >= 5)
            let prefectures = try await surface.get(target + "prefecture").json
            #expect(prefectures.items().map { $0["region"]?.string } == ["4113"])
            #expect(prefectures.items().first?["value"]?.integer == 11)
            #expect(prefectures["unranked"]?["above"]?.integer == 1)
            let provinces = try await surface.get(target + "province").json
            #expect(provinces.items().first?["value"]?.integer == 18)
        }
    }

    @Test(arguments: Way.allCases)
    func `a rate of few cases is not ranked`(way: Way) async throws {
        try await run(way) { surface in
            try await surface.upload(Self.report("清禾县第一中学", received: 30, granted: 30, processed: 30))
            let target = "/rankings?measure=indicators.disclosureRate&year=2023"
            let json = try await surface.get(target).json
            #expect(json.items().allSatisfy { ($0["denominator"]?.integer ?? 0) >= 30 })
            #expect(json.items().first?["agency"]?["name"]?.string == "清禾县第一中学")
            let small = try #require(json["unranked"]?["small"]?.integer)
            let all = try await surface.get(target + "&least=1").json
            #expect(all["ranked"]?.integer == (json["ranked"]?.integer ?? 0) + small && small > 0)
            let table = try CSVTests.parse(try await surface.get(target + "&format=csv&header=zh").body)
            #expect(table.first?.prefix(4) == ["名次", "机关编号", "机关名称", "公开率"])
            #expect(table.count == json.items().count + 1)
            #expect(try await surface.get("/rankings?year=2023").body == surface.get(target).body)
            let wrong = try await surface.get("/rankings?measure=requests.granted")
            #expect(try wrong.status == 400 && wrong.json["parameter"]?.string == "measure")
        }
    }

    @Test(arguments: Way.allCases)
    func `divisions are ranked by what their agencies add up to`(way: Way) async throws {
        try await run(way) { surface in
            for (agency, region) in [("清禾县教育局", "411324"), ("清禾县自然资源局", "411324"), ("清禾县柳泉镇人民政府", "110105")] {
                let edit = try await surface.send("PATCH", "/agencies/\(agency)", json: #"{"region": "\#(region)"}"#)
                #expect(edit.status == 200)
            }
            let json = try await surface.get("/rankings?measure=requests.newReceived.total&year=2023&by=province").json
            #expect(json.items().map { $0["region"]?.string } == ["41", "11"])
            #expect(json.items().first?["regionName"]?.string == "河南省")
            #expect(json.items().first?["reports"]?.integer == 2)
        }
    }

    @Test(arguments: Way.allCases)
    func `the years of an agency stand in order, with the form and what is comparable`(way: Way) async throws {
        try await run(way) { surface in
            let older =
                #"{"agency": "清禾县教育局", "year": 2020, "form": "2019", "#
                + #""proactiveDisclosure": {"normativeDocuments": {"newlyMade": 3}}, "requests": {"newReceived": {"total": 5}}}"#
            try await surface.upload(Array(older.utf8))
            let measures = "requests.newReceived.total,proactiveDisclosure.normativeDocuments.inForce"
            let json = try await surface.get("/reports/清禾县教育局?measure=" + measures).json
            #expect(json.items().map { $0["year"]?.integer } == [2020, 2022, 2023, 2024])
            #expect(json.items().map { $0["form"]?.string } == ["2019", "2021", "2021", "2021"])
            let received = json.items().map { $0["measures"]?["requests.newReceived.total"] }
            #expect(received.map { $0?["value"]?.integer } == [5, 14, 19, 25])
            #expect(received.allSatisfy { $0?["comparable"] == .boolean(true) })
            let inForce = json.items().map { $0["measures"]?["proactiveDisclosure.normativeDocuments.inForce"] }
            #expect(
                inForce.map { $0?["comparable"] } == [.null, .boolean(true), .boolean(true), .boolean(true)])
            #expect(inForce.first??["value"] == .null, "the form of 2019 has no such column")
            let all = try await surface.get("/reports/清禾县教育局").json.items().last?["measures"]
            #expect(all?["indicators.disclosureRate"]?["denominator"]?.integer == 23)
            #expect(try await surface.get("/reports/清禾县不存在局").status == 404)
            let rows = try CSVTests.parse(try await surface.get("/reports/清禾县教育局?format=csv&measure=" + measures).body)
            #expect(rows.count == 9 && rows[1][1] == "2020" && rows[1][5] == "5")
        }
    }

    @Test(arguments: Way.allCases)
    func `a value is placed among those of agencies of the same level and kind`(way: Way) async throws {
        try await run(way) { surface in
            let received = [10, 30, 19, 60]
            for (index, count) in received.enumerated() {
                try await surface.upload(
                    Self.report("清禾县第\(index + 1)水利局", received: count, granted: count, processed: count))
            }
            let names = try await surface.get("/reports?year=2023&kind=department&level=county&scope=own").json.items()
                .compactMap { $0["agency"]?["name"]?.string }
            var values: [Int] = []
            for name in names {
                let report = try await surface.get("/reports/\(name)/2023").json
                if let value = report["requests"]?["newReceived"]?["total"]?.integer { values.append(value) }
            }
            let json = try await surface.get("/reports/清禾县教育局?peers=1&measure=requests.newReceived.total").json
            let point = json.items().first { $0["year"]?.integer == 2023 }?["measures"]?["requests.newReceived.total"]
            let own = try #require(point?["value"]?.integer)
            #expect(point?["peers"]?.integer == values.count && values.count > received.count)
            let notGreater = values.count { $0 <= own }
            #expect(point?["percentile"] == .number("\(100 * Double(notGreater) / Double(values.count))"))
            let plain = try await surface.get("/reports/清禾县教育局").json.items().first?["measures"]
            #expect(plain?["requests.newReceived.total"]?["peers"] == nil)
        }
    }

    @Test(arguments: Way.allCases)
    func `among few peers a value has no place`(way: Way) async throws {
        try await run(way) { surface in
            let target = "/reports/清禾县人民政府办公室?peers=1&measure=requests.newReceived.total"
            let points = try await surface.get(target).json.items()
            #expect(points.count == 4)
            for point in points {
                let standing = point["measures"]?["requests.newReceived.total"]
                #expect(standing?["percentile"] == .null && standing?["peers"]?.integer == 1)
            }
        }
    }
}
