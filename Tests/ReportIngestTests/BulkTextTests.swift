import Codecs
import Documents
import Foundation
import Support
import Testing

@testable import ReportIngest

@Suite struct BulkTextTests {
    @Test func `lines are items: blank ones, line ends and a byte order mark are none of them`() throws {
        let text = "\u{FEFF}{\"a\":1}\r\n\n   \n{\"b\":2}\n{\"c\":3}"
        #expect(try reading(Array(text.utf8), .ndjson).items == ["-: {\"a\":1}", "-: {\"b\":2}", "-: {\"c\":3}"])
        #expect(try reading(Array("\n\n".utf8), .ndjson).items == [])
    }

    @Test func `a line that is too long is refused alone`() throws {
        let long = String(repeating: "x", count: 101)
        let result = try reading(
            Array("\(long)\n\(long.dropLast())\r\n\(long)".utf8), .ndjson, limits: BulkLimits(lineBytesMax: 100))
        #expect(
            result.items == ["-! more than 100 bytes of a line", "-: \(long.dropLast())"].map {
                $0.replacing("-!", with: "- !")
            } + ["- ! more than 100 bytes of a line"])
        let many = try reading(
            Array(repeating: 0x0A, count: 3).flatMap { [0x78, $0] }, .ndjson, limits: .init(itemsMax: 2))
        #expect(many.count == 2 && many.error == .bulkLimitExceeded("items", maximum: 2, item: nil))
    }

    @Test(arguments: [1, 2, 3, 5, 7, 64, 1000])
    func `blocks of any size give the same lines and parts`(blockBytes: Int) throws {
        let folder = try TemporaryFolder()
        let lines = Array("\u{FEFF}{\"a\":1}\r\n\n{\"b\":2}\n\r\n{\"c\":3}".utf8)
        let parts =
            Array("preamble\r\n".utf8)
            + form([
                ("Content-Disposition: form-data; name=\"agency\"", "甲局"),
                ("Content-Disposition: form-data; name=f; filename=\"a.txt\"", "\r\n--XY\r\n--XYZZ\r\n-\r--\r\n\r"),
                ("Content-Disposition: form-data; name=f; filename=\"b.txt\"", ""),
            ])
        for (bytes, kind) in [(lines, BulkKind.ndjson), (parts, formKind)] {
            let file = try ByteFile.open(folder.write(bytes, to: "x"))
            let source = BulkSource(file: file, range: 0..<bytes.count, kind: kind, name: nil, depth: 0)
            let budget = BulkBudget(limits: BulkLimits(), rootBytes: bytes.count, temporaryFolder: folder.url.path)
            let layer: any BulkLayer =
                kind == .ndjson
                ? NDJSONLayer(source, budget, blockBytes: blockBytes)
                : try MultipartLayer(source, boundary: Array("XYZ".utf8), budget, blockBytes: blockBytes)
            var found: [String] = []
            while let entry = try layer.next() { found.append("\(entry)") }
            #expect(found.count == 3)
            #expect(try reading(bytes, kind).count + (kind == .ndjson ? 0 : 1) == 3)
            if kind == formKind {
                #expect(try reading(bytes, kind).items[0] == "a.txt: \r\n--XY\r\n--XYZZ\r\n-\r--\r\n\r")
            }
        }
    }

    @Test(arguments: [
        ("filename=\"年报.txt\"", "年报.txt"), ("filename=\"%E5%B9%B4.txt\"", "年.txt"),
        ("filename=\"x\"; filename*=UTF-8''%E5%B9%B4%20b.txt", "年 b.txt"), ("filename=\"100%.txt\"", "100%.txt"),
        ("filename=\"a\\\"b.txt\"", "a\"b.txt"), ("filename=\"a%22b.txt\"", "a\"b.txt"),
        ("filename=\"C:\\\\dir\\\\a.txt\"", "a.txt"), ("filename=\"C:\\dir\\a.txt\"", "a.txt"),
        ("filename=\"../../etc/passwd\"", "passwd"), ("filename=\"县/a.txt\"", "县/a.txt"), ("filename=a.txt", "a.txt"),
        ("filename=\"a;b.txt\"", "a;b.txt"), ("FILENAME=\"a.txt\"", "a.txt"),
    ])
    func `file names are read as browsers write them`(parameter: String, name: String) throws {
        let bytes = form([("content-disposition: form-data; name=\"f\"; \(parameter)", "甲")])
        #expect(try reading(bytes, formKind).items == ["\(name): 甲"])
    }

    @Test func `a name in GBK is read`() throws {
        let head = Array("--XYZ\r\nContent-Disposition: form-data; name=\"f\"; filename=\"".utf8)
        let bytes = head + [0xC4, 0xEA, 0xB1, 0xA8] + Array(".txt\"\r\n\r\n1\r\n--XYZ--".utf8)
        #expect(try reading(bytes, formKind).items == ["年报.txt: 1"])
    }

    @Test func `fields stand beside files, archives in forms are opened, empty choices are nothing`() throws {
        let archive = ZIPWriter.archive([("x.txt", "丙")])
        let head = form(
            [
                ("Content-Disposition: form-data; name=\"agency\"", "甲局"),
                ("Content-Disposition: form-data; name=\"year\"\r\nContent-Type: text/plain; charset=utf-8", "2023"),
                (
                    "Content-Disposition: form-data; name=\"none\"; filename=\"\"\r\nContent-Type: application/octet-stream",
                    ""
                ),
                ("Content-Disposition: form-data; name=\"f\"; filename=\"a.html\"\r\nContent-Type: text/html", "<p>"),
                ("Content-Disposition: form-data; name=\"text\"", String(repeating: "长", count: 2000)),
            ], end: "\r\n")
        let disposition = "Content-Disposition: form-data; name=\"f\"; filename=\"o.zip\"\r\n\r\n"
        let result = try reading(head + Array(disposition.utf8) + archive + Array("\r\n--XYZ--\r\n".utf8), formKind)
        #expect(result.fields == ["agency": "甲局", "year": "2023"] && result.error == nil)
        #expect(result.items.map { $0.prefix(6) } == ["a.html", "text: ", "o.zip/"])
        #expect(result.items.last == "o.zip/x.txt: 丙")
    }

    @Test func `forms that are cut off, endless or without a boundary are refused by name`() throws {
        let whole = form([("Content-Disposition: form-data; name=f; filename=a", "甲")])
        let cut = try reading(Array(whole.dropLast(8)), formKind)
        #expect(cut.items == [] && "\(cut.error ?? .empty)".contains("cut off in part 1 (f)"))
        #expect(try reading(whole, .multipart(boundary: [])).error != nil)
        #expect(try reading(whole, .multipart(boundary: Array("other".utf8))).error != nil)
        #expect(try reading([], formKind).error != nil)
        let long = "Content-Disposition: form-data; name=f; filename=a\r\nX: " + String(repeating: "x", count: 20_000)
        let heads = try reading(
            form([(long, "1"), ("Content-Disposition: form-data; name=f; filename=b", "2")]), formKind)
        #expect(heads.items.count == 2 && heads.items[0].contains("16384") && heads.items[1] == "b: 2")
        let fields = try reading(
            form((0..<200).map { ("Content-Disposition: form-data; name=n\($0)", "1") }), formKind)
        #expect(fields.error == .bulkLimitExceeded("fields", maximum: 100, item: "n100"))
        let coded = form([
            ("Content-Disposition: form-data; name=f; filename=a\r\nContent-Transfer-Encoding: base64", "MQ==")
        ])
        #expect(try reading(coded, formKind).items == ["a ! it is encoded as base64; send it as it is"])
    }

    @Test func `kinds are told apart by type, bytes and name`() {
        func kind(_ type: String?, _ bytes: String, _ name: String? = nil) -> BulkKind? {
            BulkKind.of(mediaType: type, firstBytes: Array(bytes.utf8), fileName: name)
        }
        #expect(kind("application/x-ndjson; charset=utf-8", "") == .ndjson)
        #expect(kind(nil, "{\"a\": 1}\n{\"b\": 2}") == .ndjson && kind(nil, "{\n \"a\": 1}\n") == nil)
        #expect(kind(nil, "{\"a\": 1}\n") == nil && kind(nil, "{\"a\": 1}\n", "x.jsonl") == .ndjson)
        #expect(kind("application/json", "{\"a\": 1}\n{\"b\": 2}") == nil)
        #expect(kind("multipart/form-data; boundary=\"a b\"", "") == .multipart(boundary: Array("a b".utf8)))
        #expect(kind("application/zip", "<html>") == nil && kind(nil, "Rar!\u{1A}\u{7}") == .archive)
        #expect(kind(nil, "年度报告") == nil && kind(nil, "") == nil && kind("text/html", "<p>") == nil)
        #expect(kind("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "PK\u{3}\u{4}") == nil)
        #expect(kind(nil, "PK\u{3}\u{4}", "a.docx") == nil && kind(nil, "PK\u{3}\u{4}", "a.zip") == .archive)
    }

    @Test func `what curl sends is read`() throws {
        let body = Array(try #require(Data(base64Encoded: curlForm)))
        let kind = BulkKind.of(
            mediaType: "multipart/form-data; boundary=------------------------63fe5a2788039b40", firstBytes: body,
            fileName: nil)
        let result = try reading(body, kind)
        #expect(result.fields == ["agency": "甲局"] && result.error == nil)
        #expect(result.items == ["年\"报.txt: 甲\r\n--", "b.bin: PK"])
    }
}

/// What curl 7.88.1 sent for `-F agency=甲局 -F 'f=@"年\"报.txt"' -F 'f=@b.bin;type=application/pdf'`.
private let curlForm =
    "LS0tLS0tLS0tLS0tLS0tLS0tLS0tLS0tLS02M2ZlNWEyNzg4MDM5YjQwDQpDb250ZW50LURpc3Bvc2l0aW9uOiBmb3JtLWRhdGE7IG5hbWU9Im"
    + "FnZW5jeSINCg0K55Sy5bGADQotLS0tLS0tLS0tLS0tLS0tLS0tLS0tLS0tLTYzZmU1YTI3ODgwMzliNDANCkNvbnRlbnQtRGlzcG9zaXRpb246"
    + "IGZvcm0tZGF0YTsgbmFtZT0iZiI7IGZpbGVuYW1lPSLlubQlMjLmiqUudHh0Ig0KQ29udGVudC1UeXBlOiB0ZXh0L3BsYWluDQoNCueUsg0KLS"
    + "0NCi0tLS0tLS0tLS0tLS0tLS0tLS0tLS0tLS0tNjNmZTVhMjc4ODAzOWI0MA0KQ29udGVudC1EaXNwb3NpdGlvbjogZm9ybS1kYXRhOyBuYW1l"
    + "PSJmIjsgZmlsZW5hbWU9ImIuYmluIg0KQ29udGVudC1UeXBlOiBhcHBsaWNhdGlvbi9wZGYNCg0KUEsNCi0tLS0tLS0tLS0tLS0tLS0tLS0tLS"
    + "0tLS0tNjNmZTVhMjc4ODAzOWI0MC0tDQo="
