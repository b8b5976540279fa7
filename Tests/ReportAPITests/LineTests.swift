import ReportStore
import Reports
import Support
import Testing

@testable import ReportAPI

/// Answers as NDJSON, and answers that are made while they are sent.
@Suite struct LineTests {
    private func run(_ way: Way, _ body: (Surface) async throws -> Void) async throws {
        try await Surface.run(way, regions: SampleReport.regions) { surface in
            for sample in SampleReport.all { try await surface.upload(sample) }
            try await body(surface)
            #expect(surface.failures.isEmpty)
        }
    }

    private func lines(_ surface: Surface, _ target: String) async throws -> [JSONValue] {
        let answer = try await surface.get(target, [("Accept", "application/x-ndjson")])
        #expect(answer.status == 200 && answer["Content-Type"] == "application/x-ndjson", "\(target)")
        #expect(answer.text.hasSuffix("\n"), "\(target)")
        return try answer.text.split(separator: "\n").map { try JSONValue(Array($0.utf8)) }
    }

    @Test(arguments: Way.allCases)
    func `each line is an item of the answer in JSON`(way: Way) async throws {
        try await run(way) { surface in
            for (target, list) in [
                ("/statistics?group=year,kind", "groups"), ("/rankings?year=2023&least=1", "items"),
                ("/rankings?measure=crosswalk.refused", "items"),
                ("/reports/清禾县教育局?peers=1", "items"), ("/reports?year=2023", "items"),
                ("/agencies?missing=2024", "items"), ("/agencies", "items"),
            ] {
                let items = try await surface.get(target).json.items(list)
                #expect(try await lines(surface, target) == items, "\(target)")
            }
            for target in ["/reports/清禾县教育局/2023", "/statistics?shape=form&year=2023"] {
                #expect(try await lines(surface, target) == [surface.get(target).json], "\(target)")
            }
        }
    }

    @Test(arguments: Way.allCases)
    func `agencies come as a table, with whose report is missing`(way: Way) async throws {
        try await run(way) { surface in
            let items = try await surface.get("/agencies?missing=2024").json.items()
            let table = try CSVTests.parse(
                try await surface.get("/agencies?missing=2024&format=csv&header=zh").body)
            #expect(table.count == items.count + 1 && items.count > 1)
            #expect(table[0].prefix(2) == ["机关编号", "机关名称"] && table[0].suffix(3) == ["应发布日期", "发布日期", "逾期"])
            for (row, item) in zip(table.dropFirst(), items) {
                #expect(row[1] == item["name"]?.string && row[9] == item["due"]?.string && row[11] == "是")
            }
            let all = try CSVTests.parse(try await surface.get("/agencies?format=csv").body)
            #expect(all[0].count == 9 && all.dropFirst().allSatisfy { $0[4] != "县级" })
            #expect(try await surface.get("/agencies?format=csv&count=exact").status == 400)
        }
    }

    @Test(arguments: Way.allCases)
    func `the results of an upload come as lines, all of them`(way: Way) async throws {
        try await Surface.run(way) { surface in
            let upload = try await surface.acceptedUpload(
                try SampleReport.all.prefix(3).map { ($0.file, try $0.bytes) })
            _ = try await surface.ended(upload)
            let items = try await surface.get(upload + "/results").json.items()
            #expect(try await lines(surface, upload + "/results") == items && items.count == 3)
            #expect(try await lines(surface, upload + "/results?cursor=0&limit=1") == [items[1]])
            #expect(try await surface.get(upload + "/results?format=csv").status == 400)
        }
    }

    @Test(arguments: ["json", "csv", "ndjson"], ["agency", "year,agency", "year,kind", "county,year,agency"])
    func `an answer in parts is the same as in one piece`(format: String, group: String) async throws {
        try await run(.direct) { surface in
            let format = try #require(Format(rawValue: format))
            let dimensions: [String: StatisticsQuery.Dimension] = [
                "agency": .agency, "year": .year, "kind": .kind, "county": .region(digits: 6),
            ]
            let query = StatisticsQuery(
                dimensions: group.split(separator: ",").compactMap { dimensions[String($0)] },
                measures: [.figure(.request(.newReceived, .total)), .indicator(.disclosureRate)])
            let table = StatisticsTable(query: query, format: format, csv: CSVOptions(), service: surface.service)
            var bytes: [UInt8] = []
            try await table.write { bytes += $0 }
            let target = "/statistics?group=\(group)&format=\(format.rawValue)"
            let measures = "&measure=requests.newReceived.total,indicators.disclosureRate"
            #expect(try await surface.get(target + measures).body == bytes)
        }
    }
}
