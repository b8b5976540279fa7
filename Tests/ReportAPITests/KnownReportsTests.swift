import Foundation
import HTTPTypes
import ReportIngest
import ReportStore
import Support
import Testing

@testable import HTTPServer
@testable import ReportAPI

@Suite struct KnownReportsTests {
    private static let path = "/reports/清禾县教育局/2023"

    /// A service over a store, as its event loops have it.
    private struct House {
        let folder: TemporaryFolder
        let store: Store
        let service: Service
        let loops: [Handler]

        init(_ change: (inout Service.Settings) -> Void = { _ in }) async throws {
            folder = try TemporaryFolder()
            store = try await Store.open(folder.path()) { 1_700_000_000 }
            var settings = Service.Settings { 1_800_000_000 }
            change(&settings)
            let service = Service(store: store, settings: settings)
            self.service = service
            loops = (0..<2).map { service.makeHandler(loop: $0) }
        }

        /// Saves the sample with so many empty lines behind it: each is another revision.
        func save(lines: Int = 0, in store: Store? = nil) async throws {
            let file = SampleReport.folder.appending(path: "qinghe-education-2023.txt")
            let bytes = try [UInt8](Data(contentsOf: file)) + [UInt8](repeating: 0x0a, count: lines)
            _ = try await Ingestor(store: store ?? self.store).ingest(
                Upload(bytes: bytes), now: 1_780_000_000 + Int64(lines))
        }

        func get(_ path: String, _ fields: HTTPFields = [:], loop: Int = 0) async throws -> Sent {
            let request = try Request(.get, path, fields: fields)
            return try await Sent(loops[loop](request))
        }
    }

    /// An answer as it goes over the wire.
    private struct Sent: Equatable {
        let status: Int
        let fields: [String: String]
        let body: [UInt8]

        init(_ answer: Answer) async throws {
            let response: Response
            switch answer {
            case .now(let now): response = now
            case .later(let later): response = await later()
            }
            var fields: [String: String] = [:]
            let prepared = String(decoding: response.prepared.bytes, as: UTF8.self).split(separator: "\r\n")
            for line in prepared.map({ $0.split(separator: ": ", maxSplits: 1) }) {
                #expect(line.count == 2 && fields.updateValue(String(line[1]), forKey: line[0].lowercased()) == nil)
            }
            for field in response.fields { fields[field.name.canonicalName] = field.value }
            status = response.status.code
            self.fields = fields
            body = try await response.body.collect()
        }

        var tag: String { fields["etag"] ?? "" }
        /// 304 has no body on the wire.
        var seen: Sent { Sent(status: status, fields: fields, body: status == 304 ? [] : body) }

        private init(status: Int, fields: [String: String], body: [UInt8]) {
            (self.status, self.fields, self.body) = (status, fields, body)
        }
    }

    @Test func `its answers are those of the routes, field by field and byte by byte`() async throws {
        let house = try await House()
        try await house.save()
        let tag = try await house.get(Self.path).tag
        let bare = tag.replacing("\"", with: "")
        let encoded = "/reports/" + PercentEncoding.encode("清禾县教育局") + "/2023"
        let paths = [
            Self.path, encoded, encoded.lowercased(), "/reports/清禾县%20教育局/2023", "\(Self.path)/", "\(Self.path)?",
            "\(Self.path)?format=csv", "\(Self.path)/findings", "/reports/清禾县教育局/2022", "/reports/清禾县教育局/02023",
            "/reports/清禾县教育局/1999", "/reports/清禾县教育局/２０２３", "/reports/无此局/2023", "/reports//2023", "/reports/",
            "/reports/%ff/2023", "/reports/%2/2023", "/reports/清禾县%2F教育局/2023", "/reports/a/b/2023",
        ]
        let choices: [HTTPFields] = [
            [:], [.accept: "*/*"], [.accept: "application/json"], [.accept: "text/csv"], [.accept: "image/png"],
            [.acceptEncoding: "gzip"], [.acceptEncoding: "identity"], [.ifNoneMatch: tag], [.ifNoneMatch: "W/\(tag)"],
            [.ifNoneMatch: "\"\(bare)-gzip\""], [.ifNoneMatch: "\"x\", \(tag)"], [.ifNoneMatch: "*"],
            [.ifNoneMatch: "\"\(bare.uppercased())\""], [.ifNoneMatch: "\"0000000000000000\""], [.ifNoneMatch: bare],
            [.ifNoneMatch: "\"\(bare)-gzap\""], [.ifNoneMatch: tag, .acceptEncoding: "gzip"],
            [.ifModifiedSince: "Sun, 06 Nov 2094 08:49:37 GMT"], [.ifModifiedSince: "Sun, 06 Nov 1994 08:49:37 GMT"],
            [.ifModifiedSince: "Sun, 06 Nov 2094 08:49:37 GMT", .ifNoneMatch: tag],
            [.ifMatch: tag], [.ifMatch: "\"x\""], [.ifMatch: "\"x\"", .ifNoneMatch: tag],
            [.ifUnmodifiedSince: "Sun, 06 Nov 1994 08:49:37 GMT"], [.origin: "https://a.example"],
        ]
        for path in paths {
            for fields in choices {
                for method in [HTTPRequest.Method.get, .head] {
                    let request = try Request(method, path, fields: fields)
                    let expected = try await Sent(house.service.handle(request)).seen
                    // The first time it is worked out, then it is known.
                    for _ in 0..<3 {
                        let answer = try await Sent(house.loops[0](request)).seen
                        #expect(answer == expected, "\(method) \(path) \(fields)")
                    }
                }
            }
        }
    }

    @Test func `a write is seen by every loop with the next request`() async throws {
        let house = try await House()
        var last = ""
        for lines in 0..<4 {
            try await house.save(lines: lines)
            for loop in house.loops.indices {
                #expect(try await house.get(Self.path, [.ifNoneMatch: last], loop: loop).status == 200)
                let answer = try await house.get(Self.path, loop: loop)
                #expect(
                    answer.tag != last
                        && String(decoding: answer.body, as: UTF8.self).contains("\"number\":\(lines + 1)"))
                for _ in 0..<2 {
                    #expect(try await house.get(Self.path, [.ifNoneMatch: answer.tag], loop: loop).status == 304)
                }
            }
            last = try await house.get(Self.path).tag
        }
    }

    @Test func `what another program writes is seen by those who ask again and again`() async throws {
        let house = try await House()
        try await house.save()
        let tag = try await house.get(Self.path).tag
        let other = try await Store.open(house.folder.path()) { 1_800_000_000 }
        try await house.save(lines: 1, in: other)
        try await other.close()
        // Neither poll may keep alive what it is answered from.
        #expect(try await Patience.until { try await house.get(Self.path, [.ifNoneMatch: tag]).status == 200 })
        #expect(try await house.get(Self.path).tag != tag)
        let findings = try await house.get("\(Self.path)/findings", loop: 1)
        #expect(try await findings.seen == Sent(house.service.handle(Request(.get, "\(Self.path)/findings"))).seen)
    }

    @Test func `answers that depend on the origin are never another's`() async throws {
        let house = try await House { $0.corsOrigins = ["https://a.example", "https://b.example"] }
        try await house.save()
        for _ in 0..<3 {
            for path in [Self.path, "\(Self.path)/findings"] {
                for origin in ["https://a.example", "https://b.example", "https://c.example", nil] {
                    var fields: HTTPFields = [:]
                    fields[.origin] = origin
                    let answer = try await house.get(path, fields)
                    #expect(
                        answer.fields["access-control-allow-origin"] == (origin == "https://c.example" ? nil : origin))
                    #expect(answer.fields["vary"]?.contains("Origin") == true)
                }
            }
        }
    }

    @Test func `conditional polls are remembered, too`() async throws {
        let house = try await House()
        try await house.save()
        let path = "\(Self.path)/narrative"
        let tag = try await Sent(house.service.handle(Request(.get, path))).tag
        for _ in 0..<4 { #expect(try await house.get(path, [.ifNoneMatch: tag]).status == 304) }
        let whole = try await house.get(path)
        #expect(try await whole == Sent(house.service.handle(Request(.get, path))))
        for _ in 0..<4 { #expect(try await house.get(path, [.ifNoneMatch: tag]).status == 304) }
        for _ in 0..<4 { #expect(try await house.get(path, [.ifNoneMatch: "\"x\""]) == whole) }
        try await house.save(lines: 1)
        #expect(
            try await house.get(path, [.ifNoneMatch: tag]).seen
                == Sent(house.service.handle(Request(.get, path, fields: [.ifNoneMatch: tag]))).seen)
    }
}
