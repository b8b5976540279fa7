import Foundation
import ReportStore
import Reports
import Support
import Testing

@testable import ReportIngest

@Suite struct IngestorTests {
    private let now: Int64 = 1_780_000_000

    @Test(arguments: SampleReport.all)
    func `every figure of a sample is stored, and its source byte for byte`(sample: SampleReport) async throws {
        let pipeline = try await Pipeline()
        let bytes = try sample.bytes
        let result = try await pipeline.ingestor.ingest(Upload(bytes: bytes, fileName: sample.file), now: now)
        #expect(result.outcome == .stored)
        #expect(result.head.agency.name == sample.agency && result.head.year == sample.year)
        let stored = try #require(
            try pipeline.store.snapshot { try $0.report(of: result.head.agency, year: sample.year) })
        let report = try AnnualReport(document: JSONDocument(stored.document))
        for path in report.figurePaths {
            let printed = sample.figures[path.description]
            #expect(json(report[path]) == (printed ?? .null), "\(path)")
        }
        let source = try pipeline.store.snapshot { try $0.source(of: result.head, revision: result.head.revision) }
        #expect(try pipeline.ingestor.bytes(of: source) == bytes)
        #expect(source.fileName == sample.file && source.mediaType.contains("; charset="))
    }

    @Test(arguments: SampleReport.all)
    func `the cells of a stored source are those that were read`(sample: SampleReport) async throws {
        let pipeline = try await Pipeline()
        let upload = Upload(bytes: try sample.bytes)
        let read = try await Ingestor.read(upload, now: now)
        let result = try await pipeline.ingestor.ingest(upload, now: now)
        let cells = try await pipeline.ingestor.cells(
            of: pipeline.store.snapshot { try $0.source(of: result.head, revision: result.head.revision) })
        #expect(cells == read.checked.cells && !cells.isEmpty)
    }

    @Test(arguments: ["utf-16", "utf-16le", "gb18030", "gbk"])
    func `a text is stored in the character set it came in and its cells are found again`(charset: String) async throws
    {
        let pipeline = try await Pipeline()
        let sample = try SampleReport.text
        let bytes = try encoded(String(decoding: sample.bytes, as: UTF8.self), charset)
        let result = try await pipeline.ingestor.ingest(
            Upload(bytes: bytes, mediaType: "text/plain; charset=\(charset)"), now: now)
        #expect(result.head.agency.name == sample.agency)
        let source = try pipeline.store.snapshot { try $0.source(of: result.head, revision: result.head.revision) }
        #expect(try pipeline.ingestor.bytes(of: source) == bytes)
        #expect(try await pipeline.ingestor.cells(of: source).count == sample.figures.count)
    }

    @Test(arguments: SampleReport.all)
    func `the stored report document can be stored again and gives the same figures`(sample: SampleReport) async throws
    {
        let pipeline = try await Pipeline()
        let first = try await pipeline.ingestor.ingest(Upload(bytes: try sample.bytes), now: now)
        let stored = try #require(
            try pipeline.store.snapshot { try $0.report(of: first.head.agency, year: sample.year) })
        var upload = Upload(bytes: stored.document, mediaType: "application/json; charset=utf-8")
        upload.address = Upload.Identity(agency: sample.agency, year: ReportYear(sample.year))
        let second = try await pipeline.ingestor.ingest(upload, now: now)
        #expect(second.outcome == .revised)
        let again = try #require(
            try pipeline.store.snapshot { try $0.report(of: first.head.agency, year: sample.year) })
        let (left, right) = (
            try AnnualReport(document: JSONDocument(stored.document)),
            try AnnualReport(document: JSONDocument(again.document))
        )
        #expect(left == right)
        #expect(
            try await pipeline.ingestor.cells(
                of: pipeline.store.snapshot { try $0.source(of: second.head, revision: second.head.revision) }
            ).isEmpty)
    }

    @Test func `JSON is known by its content where nothing is declared`() async throws {
        let json = Array(#" {"agency": "甲局", "year": 2023, "form": "2021"}"#.utf8)
        for mediaType in [nil, "application/octet-stream", "application/json", "application/json;charset=utf-8"] {
            let read = try await Ingestor.read(Upload(bytes: json, mediaType: mediaType), now: now)
            #expect(read.checked.report.agency == "甲局" && read.mediaType == "application/json")
        }
    }

    @Test func `tables that a JSON report leaves out are null, with a finding`() async throws {
        let json = Array(#"{"agency": {"name": "甲局"}, "year": 2023, "form": "2021", "requests": null}"#.utf8)
        let read = try await Ingestor.read(Upload(bytes: json, mediaType: "application/json"), now: now)
        #expect(read.checked.report.requests == nil && read.checked.report.proactive == nil)
        #expect(read.checked.findings.contains { $0.check == .formTables })
    }

    @Test func `the scope that the uploader knows goes before the document's`() async throws {
        let upload = Upload(bytes: try SampleReport.text.bytes, scope: .consolidated)
        #expect(try await Ingestor.read(upload, now: now).checked.report.scope == .consolidated)
    }

    @Test func `bytes of another length than was stored are called damaged`() async throws {
        let pipeline = try await Pipeline()
        let result = try await pipeline.ingestor.ingest(Upload(bytes: try SampleReport.text.bytes), now: now)
        let source = try pipeline.store.snapshot { try $0.source(of: result.head, revision: result.head.revision) }
        guard case .deflated(let bytes) = source.content else { return #expect(Bool(false), "a text is deflated") }
        let broken = StoredSource(
            content: .deflated(bytes.dropLast(9)), length: source.length, mediaType: source.mediaType)
        #expect(throws: IngestError.self) { try pipeline.ingestor.bytes(of: broken) }
    }

    private func json(_ quantity: Quantity?) -> JSONValue {
        guard let quantity else { return .null }
        return quantity.unit.map { .string(quantity.number + $0.rawValue) } ?? .number(quantity.number)
    }
}

/// An ingestor over a store of one test.
struct Pipeline {
    let folder: TemporaryFolder
    let store: Store
    let ingestor: Ingestor

    init(_ limits: IngestLimits = IngestLimits()) async throws {
        folder = try TemporaryFolder()
        store = try await Store.open(folder.path()) { 0 }
        ingestor = Ingestor(store: store, limits: limits)
    }
}

/// A text in another character set, by glibc's own converter.
func encoded(_ text: String, _ charset: String) throws -> [UInt8] {
    struct Failure: Error {}
    let encoding: String.Encoding
    switch charset {
    case "utf-16": encoding = .utf16
    case "utf-16le": encoding = .utf16LittleEndian
    default: encoding = String.Encoding(rawValue: CFEncoding.gb18030)
    }
    guard let data = text.data(using: encoding) else { throw Failure() }
    return [UInt8](data)
}

private enum CFEncoding {
    /// `kCFStringEncodingGB_18030_2000` as `NSStringEncoding` counts it.
    static let gb18030: UInt = 0x8000_0632
}
