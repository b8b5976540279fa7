import Codecs
import Reports
import Support
import Testing

@testable import ReportIngest

@Suite struct RefusalTests {
    private let now: Int64 = 1_780_000_000

    private func refusal(
        _ bytes: [UInt8], _ mediaType: String? = nil, limits: IngestLimits = IngestLimits()
    ) async -> IngestError? {
        do {
            _ = try await Ingestor.read(Upload(bytes: bytes, mediaType: mediaType), limits: limits, now: now)
            return nil
        } catch {
            return error
        }
    }

    @Test(arguments: ["", " \r\n\t "])
    func `nothing but white space is empty`(text: String) async {
        #expect(await refusal(Array(text.utf8)) == .empty)
        #expect(await refusal(Array(text.utf8), "text/plain") == .empty)
    }

    @Test func `a text that is no report says so`() async throws {
        #expect(await refusal(Array("今天天气很好。\n\n明天也是。".utf8)) == .notAReport)
        #expect(
            await refusal(Array("<html><body><table><tr><td>1</td></tr></table></body></html>".utf8)) == .notAReport)
        #expect(await refusal(Array(#"[1, 2]"#.utf8)) == .notAReport, "only an object is a report document")
    }

    @Test func `random bytes are no text`() async {
        var generator = SeededGenerator(seed: 1)
        #expect(await refusal(generator.bytes(1 << 20)) == .notText)
    }

    @Test(arguments: [("GIF89a", "GIF image"), ("Rar!", "RAR archive"), ("{\\rtf1", "RTF")])
    func `a format without a reader is named, with one to convert to`(bytes: String, name: String) async {
        guard case .unsupportedFormat(name, let convertTo) = await refusal(Array(bytes.utf8)) else {
            return #expect(Bool(false), "\(bytes)")
        }
        #expect(!convertTo.isEmpty)
    }

    @Test(arguments: ["%PDF-1.7\n…", "PK\u{3}\u{4}"])
    func `a damaged document says so`(bytes: String) async {
        guard case .unreadableDocument = await refusal(Array(bytes.utf8)) else {
            return #expect(Bool(false), "\(bytes)")
        }
    }

    @Test(arguments: ["application/pdf", "image/png", "application/x-ndjson", "multipart/form-data"])
    func `a declared type without a reader is named`(type: String) async {
        guard case .unsupportedFormat(type, _) = await refusal(Array("年度报告".utf8), type) else {
            return #expect(Bool(false), "\(type)")
        }
    }

    @Test func `an unknown character set is named`() async {
        #expect(
            await refusal(Array("年度报告".utf8), "text/plain; charset=x-klingon")
                == .unreadableText(.unknownCharset(label: "x-klingon")))
    }

    @Test func `broken UTF-8 says where`() async throws {
        var bytes = try SampleReport.text.bytes
        // A stray byte is repaired, many are not.
        for index in stride(from: 100, to: bytes.count, by: 50) { bytes[index] = 0xff }
        guard case .unreadableText(.brokenText(_, let offset)) = await refusal(bytes, "text/plain; charset=utf-8")
        else { return #expect(Bool(false)) }
        #expect((98...100).contains(offset))
    }

    @Test func `limits of bytes and cells are kept, and named`() async throws {
        let bytes = try SampleReport.text.bytes
        let exact = IngestLimits(bytesMax: bytes.count, cellsMax: 10_000)
        #expect(await refusal(bytes, limits: exact) == nil)
        let short = IngestLimits(bytesMax: bytes.count - 1, cellsMax: 10_000)
        #expect(await refusal(bytes, limits: short) == .limitExceeded("bytes", maximum: bytes.count - 1))
        let few = IngestLimits(bytesMax: 1 << 20, cellsMax: 50)
        #expect(await refusal(bytes, limits: few) == .limitExceeded("cells", maximum: 50))
        let json = Array(#"{"agency": "甲局", "year": 2023}"#.utf8)
        let small = IngestLimits(bytesMax: json.count - 1)
        #expect(
            await refusal(json, "application/json", limits: small) == .limitExceeded("bytes", maximum: json.count - 1))
    }

    @Test func `a table of spans without end stays within its limit`() async {
        let row = "<tr><td colspan=1000 rowspan=65534>1</td></tr>"
        let html = "<table>" + String(repeating: row, count: 1000) + "</table>"
        guard case .limitExceeded = await refusal(Array(html.utf8), "text/html") else { return #expect(Bool(false)) }
    }

    @Test(arguments: ["[", "{\"a\":", "<div>", "<table><tr><td>"])
    func `nesting without end does not end the process`(piece: String) async {
        let bytes = Array(String(repeating: piece, count: 200_000).utf8)
        #expect(await refusal(bytes) != nil)
        #expect(await refusal(bytes, "application/json") != nil)
        #expect(await refusal(bytes, "text/html") != nil)
    }

    @Test(arguments: [
        (#"{"#, 1), (#"{"year": 2023,}"#, 14), (#"nonsense"#, 1), ("{\"agency\": \"\u{1}\"}", 12), (#"{} {}"#, 3),
    ])
    func `malformed JSON says where`(text: String, offset: Int) async {
        guard case .malformedJSON(let error) = await refusal(Array(text.utf8), "application/json") else {
            return #expect(Bool(false), "\(text)")
        }
        #expect(abs(error.offset - offset) <= 1)
    }

    @Test(arguments: [
        (#"{"agency": "甲局"}"#, "year"), (#"{"agency": "甲局", "year": "2023"}"#, "year"),
        (#"{"agency": "甲局", "year": 1900}"#, "year"), (#"{"agency": "甲局", "year": 2023, "form": "1999"}"#, "form"),
        (#"{"agency": "甲局", "year": 2023, "scope": 1}"#, "scope"),
        (#"{"agency": "甲局", "year": 2023, "requests": []}"#, "requests"),
        (
            #"{"agency": "甲局", "year": 2023, "requests": {"newReceived": {"total": "26"}}}"#,
            "requests.newReceived.total"
        ),
        (
            #"{"agency": "甲局", "year": 2023, "requests": {"newReceived": {"total": 2.5}}}"#,
            "requests.newReceived.total"
        ), (#"null"#, "year"),
    ])
    func `a JSON document that is no report names the member at fault`(text: String, path: String) async {
        guard case .malformedReport(let error) = await refusal(Array(text.utf8), "application/json") else {
            return #expect(Bool(false), "\(text)")
        }
        #expect(error.path == path && !error.reason.isEmpty)
    }

    @Test func `a name or a title that fills a page is refused, for it stands in addresses and lists`() async {
        let long = String(repeating: "局", count: 201)
        #expect(
            await refusal(Array(#"{"agency": "\#(long)", "year": 2023}"#.utf8))
                == .limitExceeded("characters of the agency's name", maximum: 200))
        #expect(await refusal(Array(#"{"agency": "\#(long.dropLast())", "year": 2023}"#.utf8)) == nil)
        let title = String(repeating: "题", count: 1001)
        #expect(
            await refusal(Array(#"{"agency": "甲局", "year": 2023, "title": "\#(title)"}"#.utf8))
                == .limitExceeded("characters of the title", maximum: 1000))
        #expect(
            await refusal(Array("\(title)2023年政府信息公开工作年度报告\n\n一、总体情况\n\n好。\n".utf8)) != nil)
    }

    @Test func `a JSON report without an agency asks for one`() async {
        #expect(await refusal(Array(#"{"year": 2023}"#.utf8), "application/json") == .agencyMissing)
    }

    @Test func `a refused upload changes nothing in the store`() async throws {
        let pipeline = try await Pipeline()
        for text in ["", "今天天气很好。", "%PDF-1.7"] {
            await #expect(throws: IngestError.self) {
                try await pipeline.ingestor.ingest(Upload(bytes: Array(text.utf8)), now: now)
            }
        }
        #expect(try await pipeline.store.reportCount(.init()) == 0)
        #expect(try await pipeline.store.agencyCount() == 0)
    }

    @Test(arguments: [
        IngestError.empty, .unsupportedFormat(name: "PDF", convertTo: "HTML"), .notText,
        .limitExceeded("cells", maximum: 1), .unreadableText(.unknownCharset(label: "x")), .outOfMemory, .notAReport,
        .agencyMissing, .yearMissing, .otherAgency(stated: "甲", address: "乙"), .store(.busy), .store(.full),
    ])
    func `every error is one line for people`(error: IngestError) {
        #expect("\(error)".contains(" ") && !"\(error)".contains("\n"))
    }
}
