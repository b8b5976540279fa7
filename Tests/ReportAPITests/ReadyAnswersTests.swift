import Foundation
import HTTPTypes
import ReportIngest
import ReportStore
import Support
import Testing

@testable import HTTPServer
@testable import ReportAPI

@Suite struct ReadyAnswersTests {
    /// A service over a store with one sample report, as one event loop has it.
    private struct Loop {
        let folder: TemporaryFolder
        let store: Store
        let ingestor: Ingestor
        let handler: Handler

        init() async throws {
            folder = try TemporaryFolder()
            store = try await Store.open(folder.path()) { 1_700_000_000 }
            ingestor = Ingestor(store: store)
            handler = Service(store: store, settings: Service.Settings { 1_800_000_000 }).makeHandler(loop: 0)
        }

        func save(_ name: String) async throws {
            let bytes = try [UInt8](Data(contentsOf: SampleReport.folder.appending(path: name)))
            _ = try await ingestor.ingest(Upload(bytes: bytes, fileName: name), now: 1_800_000_000)
        }

        /// Whether the event loop answers by itself.
        func isAtHand(_ path: String) throws -> Bool {
            if case .now = handler(try Request(.get, path, fields: HTTPFields().with(host: "localhost"))) {
                true
            } else {
                false
            }
        }

        func get(_ path: String, _ fields: HTTPFields = [:]) async throws -> Response {
            switch handler(try Request(.get, path, fields: fields.with(host: "localhost"))) {
            case .now(let response): return response
            case .later(let answer): return await answer()
            }
        }
    }

    private static let path = "/reports/清禾县教育局/2023"

    @Test func `each question has its own answer, and a write ends all of them`() async throws {
        let loop = try await Loop()
        try await loop.save("qinghe-education-2023.txt")
        let questions = [
            "/statistics", "/statistics?group=year", "/statistics?group=form", "/statistics?shape=form&year=2023",
            Self.path, Self.path + "?format=csv", "/reports/清禾县教育局",
        ].map { $0.replacing("清禾县教育局", with: PercentEncoding.encode("清禾县教育局")) }
        func answers() async throws -> [[UInt8]] {
            var bodies: [[UInt8]] = []
            for question in questions { bodies.append(try await loop.get(question).body.collect()) }
            return bodies
        }
        let first = try await answers()
        #expect(Set(first).count == questions.count)
        for _ in 0..<3 { #expect(try await answers() == first) }
        try await loop.save("qinghe-education-2022.txt")
        let changed = try await answers()
        #expect(zip(first, changed).map { $0 != $1 }.prefix(3) == [true, true, true])
        for _ in 0..<3 { #expect(try await answers() == changed) }
    }

    @Test(arguments: [
        "/reports?sort=-requests.newReceived.total", "/reports?limit=1", "/rankings?year=2023&least=1",
        "/reports/%E6%B8%85%E7%A6%BE%E5%8E%BF%E6%95%99%E8%82%B2%E5%B1%80?peers=1",
    ])
    func `what took long is at hand for those who poll, until something is written`(path: String) async throws {
        let loop = try await Loop()
        try await loop.save("qinghe-education-2023.txt")
        let first = try await loop.get(path).body.collect()
        _ = try await loop.get(path)
        #expect(try loop.isAtHand(path))
        let again = try await loop.get(path).body.collect()
        #expect(again == first)
        try await loop.save("qinghe-education-2022.txt")
        #expect(try !loop.isAtHand(path))
        let whole = path.hasPrefix("/rankings") ? 0 : 1
        let changed = try await loop.get(path).body.collect()
        #expect(changed.count > first.count * whole)
    }

    @Test func `the second answer is the first again, and a write ends it`() async throws {
        let loop = try await Loop()
        try await loop.save("qinghe-education-2023.txt")
        let first = try await loop.get(Self.path)
        // An answer is kept when it is asked for again, so the third is the second's.
        for _ in 0..<2 {
            let again = try await loop.get(Self.path)
            #expect(try await again.body.collect() == first.body.collect())
        }
        let tag = try #require(first.tag)
        #expect(try await loop.get(Self.path, [.ifNoneMatch: tag]).status == .notModified)
        #expect(try await loop.get(Self.path, [.ifNoneMatch: "W/\"x\", \(tag)"]).status == .notModified)
        #expect(try await loop.get(Self.path, [.ifNoneMatch: "\"x\""]).status == .ok)
        // Quotes are part of a tag.
        for quote in ["'", "x", ""] {
            let unquoted = tag.replacing("\"", with: quote)
            #expect(try await loop.get(Self.path, [.ifNoneMatch: unquoted]).status == .ok, "\(unquoted)")
        }

        let corrected = try String(
            contentsOf: SampleReport.folder.appending(path: "qinghe-education-2023.txt"), encoding: .utf8
        ).replacing("清禾县教育局2023年", with: "清禾县教育局 2023年")
        _ = try await loop.ingestor.ingest(Upload(bytes: Array(corrected.utf8)), now: 1_800_000_001)
        #expect(try await loop.get(Self.path, [.ifNoneMatch: tag]).status == .ok)
        let third = try await loop.get(Self.path)
        #expect(try await String(decoding: third.body.collect(), as: UTF8.self).contains(#""number":2"#))
    }

    @Test func `a coding that the client does not take is never sent to it`() async throws {
        let loop = try await Loop()
        try await loop.save("qinghe-education-2023.txt")
        for _ in 0..<3 {
            let plain = try await loop.get(Self.path)
            let zipped = try await loop.get(Self.path, [.acceptEncoding: "gzip"])
            let csv = try await loop.get(Self.path, [.accept: "text/csv"])
            #expect(try await plain.body.collect().first == UInt8(ascii: "{"))
            #expect(try await zipped.body.collect().prefix(2) == [0x1f, 0x8b])
            #expect(try await String(decoding: csv.body.collect(), as: UTF8.self).hasPrefix("agency.name,"))
        }
    }

    @Test func `what another program writes is seen`() async throws {
        let loop = try await Loop()
        try await loop.save("qinghe-education-2023.txt")
        var tag: String?
        for _ in 0..<3 { tag = try await loop.get(Self.path).tag }
        let other = try await Store.open(loop.folder.path()) { 1_800_000_000 }
        let bytes = try [UInt8](Data(contentsOf: SampleReport.folder.appending(path: "qinghe-education-2023.txt")))
        _ = try await Ingestor(store: other).ingest(Upload(bytes: bytes + [0x0a]), now: 1_800_000_002)
        try await other.close()
        // The look for foreign writes is made ten times a second: ask until it has been made.
        #expect(try await Patience.until { try await loop.get(Self.path).tag != tag })
    }

    @Test func `answers beyond the limit are dropped, and are right all the same`() async throws {
        let loop = try await Loop()
        let names = ["qinghe-education-2022.txt", "qinghe-education-2023.txt", "qinghe-education-2024.txt"]
        for name in names { try await loop.save(name) }
        let small = ReadyAnswers(store: loop.store, loop: 0, bytesMax: 12_000)
        let service = Service(store: loop.store, settings: Service.Settings { 1_800_000_000 })
        for year in [2022, 2023, 2024, 2022] {
            let path = "/reports/清禾县教育局/\(year)"
            let request = try Request(.get, path, fields: HTTPFields().with(host: "localhost"))
            let key = try #require(ReadyAnswers.Key(request))
            guard case .now(let response) = service.handle(request) else { return #expect(Bool(false)) }
            _ = small.answer(key, request)
            // What is asked for once is not kept.
            if year == 2023 {
                small.keep(response, key)
                #expect(small.answer(key, request) == nil)
            }
            small.keep(response, key)
            small.keep(response, key)
            let kept = small.answer(key, request)
            #expect(try await kept?.body.collect() == response.body.collect())
        }
    }
}

extension Response {
    /// The entity tag, wherever it stands.
    fileprivate var tag: String? {
        let prepared = String(decoding: prepared.bytes, as: UTF8.self).split(separator: "\r\n")
        return fields[.eTag] ?? prepared.first { $0.hasPrefix("ETag: ") }.map { String($0.dropFirst(6)) }
    }
}

extension PreparedFields {
    /// The lines as they go over the wire.
    var bytes: [UInt8] {
        var bytes: [UInt8] = []
        append(to: &bytes)
        return bytes
    }
}

extension HTTPFields {
    fileprivate func with(host: String) -> HTTPFields {
        var fields = self
        if let name = HTTPField.Name("Host") { fields[name] = host }
        return fields
    }
}
