import Codecs
import Reports
import Support
import Testing

@testable import ReportAPI

@Suite struct CSVTests {
    /// Reads RFC 4180 strictly: CRLF between records, quotes doubled, bare quotes refused.
    static func parse(_ bytes: [UInt8]) throws -> [[String]] {
        struct Malformed: Error {}
        var records: [[String]] = []
        var record: [String] = []
        var field: [UInt8] = []
        var isQuoted = false
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            switch byte {
            case UInt8(ascii: "\"") where isQuoted:
                if index + 1 < bytes.count, bytes[index + 1] == byte {
                    field.append(byte)
                    index += 1
                } else {
                    isQuoted = false
                    let next = index + 1 < bytes.count ? bytes[index + 1] : 0
                    guard [UInt8(ascii: ","), 13].contains(next) else { throw Malformed() }
                }
            case UInt8(ascii: "\"") where field.isEmpty: isQuoted = true
            case UInt8(ascii: ",") where !isQuoted:
                record.append(String(decoding: field, as: UTF8.self))
                field = []
            case 13 where !isQuoted && index + 1 < bytes.count && bytes[index + 1] == 10:
                record.append(String(decoding: field, as: UTF8.self))
                records.append(record)
                (record, field) = ([], [])
                index += 1
            case 10 where !isQuoted, 13 where !isQuoted, UInt8(ascii: "\"") where !isQuoted: throw Malformed()
            default: field.append(byte)
            }
            index += 1
        }
        guard record.isEmpty, field.isEmpty, !isQuoted else { throw Malformed() }
        return records
    }

    @Test(arguments: Way.allCases, ["csv", "ndjson"])
    func `a table of reports has a tag, and is sent again when it has changed`(way: Way, format: String) async throws {
        try await Surface.run(way) { surface in
            try await surface.upload(SampleReport.named("qinghe-education-2022.txt"))
            let target = "/reports?fields=agency.name,year,requests.newReceived.total&format=\(format)"
            let first = try await surface.get(target)
            let tag = try #require(first["ETag"])
            #expect(first["Vary"] == "Accept, Accept-Encoding")
            #expect(try await surface.get(target, [("If-None-Match", tag)]).status == 304)
            try await surface.upload(SampleReport.named("qinghe-education-2023.txt"))
            let second = try await surface.get(target, [("If-None-Match", tag)])
            #expect(second.status == 200 && second["ETag"] != tag && second.body.count > first.body.count)
            #expect(surface.failures.isEmpty)
        }
    }

    @Test(arguments: Way.allCases)
    func `a table that is too long to be kept is compressed piece by piece`(way: Way) async throws {
        try await Surface.run(way, { $0.wholeTableBytesMax = 4_000 }) { surface in
            for sample in SampleReport.all { try await surface.upload(sample) }
            let plain = try await surface.get("/reports?format=csv")
            #expect(plain["ETag"] == nil && plain.body.count > 4_000)
            let packed = try await surface.get("/reports?format=csv", [("Accept-Encoding", "gzip")])
            #expect(packed["Content-Encoding"] == "gzip" && packed["ETag"] == nil)
            let limits = CompressionLimits(outputBytesMax: plain.body.count, ratioMax: 5_000)
            #expect(try Gzip.decompress(packed.body, limits: limits) == plain.body)
            #expect(surface.failures.isEmpty)
        }
    }

    @Test(arguments: Way.allCases)
    func `a report as CSV has a header and one row with every figure`(way: Way) async throws {
        try await Surface.run(way) { surface in
            for sample in SampleReport.all {
                try await surface.upload(sample)
                let path = "/reports/\(sample.agency)/\(sample.year)"
                let answer = try await surface.get(path, [("Accept", "text/csv")])
                let type = try #require(answer["Content-Type"])
                #expect(type == "text/csv; charset=utf-8; header=present")
                #expect(try await surface.get(path, [("Accept", type)]).body == answer.body)
                #expect(try await surface.get(path, [("Accept", "text/csv;header=absent")]).status == 406)
                let rows = try Self.parse(answer.body)
                #expect(rows.count == 2 && rows[0].count == rows[1].count)
                let values = Dictionary(zip(rows[0], rows[1])) { first, _ in first }
                #expect(values.count == rows[0].count, "column ids are unique")
                #expect(values["agency.name"] == sample.agency && values["year"] == "\(sample.year)")
                for (figure, expected) in sample.figures {
                    let text: String? =
                        switch expected {
                        case .number(let text), .string(let text): text
                        default: ""
                        }
                    #expect(values[figure] == text, "\(sample) \(figure)")
                }
                #expect(try await surface.get(path + "?format=csv").body == answer.body)
            }
        }
    }

    @Test(arguments: Way.allCases)
    func `the header may have the form's own words, and Excel's mark before it`(way: Way) async throws {
        try await Surface.run(way) { surface in
            try await surface.upload(SampleReport.text)
            let path = "/reports/1/2023?format=csv"
            let ids = try Self.parse(try await surface.get(path).body)
            let words = try Self.parse(try await surface.get(path + "&header=zh").body)
            let flags = ["true": "是", "false": "否"]
            #expect(words[1].prefix(2) == ids[1].prefix(2))
            #expect(Array(words[1].dropFirst(4)) == ids[1].dropFirst(4).map { flags[$0] ?? $0 })
            #expect(words[1][2...3] == ["2021年格式", "本机关"] && ids[1][2...3] == ["2021", "own"])
            #expect(words[0].prefix(2) == ["机关名称", "年度"] && Set(words[0]).count == words[0].count)
            #expect(words[0].contains { $0.contains("本年新收") })
            let marked = try await surface.get(path + "&header=zh&bom=1").body
            #expect(marked.starts(with: [0xef, 0xbb, 0xbf]))
            #expect(try Self.parse(Array(marked.dropFirst(3))) == words)
            #expect(try await surface.get(path + "&header=id&bom=0").body == (try await surface.get(path).body))
        }
    }

    @Test(arguments: [
        "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "\r\n=1", "＝1+1", "＋1", "－1", "＠SUM(A1)", "=\u{301}1",
    ])
    func `text that a spreadsheet would run is neutralised`(title: String) throws {
        let row = try Self.parse(ReportTableCSV.bytes(of: [report(title: title)]))[1]
        #expect(row[4] == "'" + title)
    }

    @Test(arguments: [
        "年度报告", "a,b", "say \"yes\"", "\"", "line\nline", "line\rline", "line\r\nline", "a\n,\"", "", " ", "'quoted'",
        "a=b", "1-2", ",", "\u{301}",
    ])
    func `any text comes back from CSV as it is`(title: String) throws {
        let rows = try Self.parse(ReportTableCSV.bytes(of: [report(title: title), report(title: "next")]))
        #expect(rows.count == 3)
        #expect(rows[1][4] == title && rows[2][4] == "next")
    }

    @Test func `reports of several forms share one header`() throws {
        let rows = try Self.parse(
            ReportTableCSV.bytes(of: [report(title: "a", .form2019), report(title: "b", .form2021)]))
        #expect(Set(rows.map(\.count)).count == 1)
        #expect(Set(rows[0]).count == rows[0].count)
    }

    private func report(title: String, _ form: ReportForm = .form2021) throws -> AnnualReport {
        AnnualReport(agency: "甲局", year: try #require(ReportYear(2020)), title: title, form: form)
    }
}
