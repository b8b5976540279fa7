import Codecs
import Support
import Testing

@testable import Documents

struct DocumentReadingTests {
    @Test(arguments: [
        ("{\\rtf1", "RTF", "DOCX"), ("GIF89a", "GIF image", ForeignFormat.recognised),
        ("070701\(String(repeating: "0", count: 104))a.txt", "cpio archive", "its documents, one by one"),
        ("!<arch>\n", "ar archive", "its documents, one by one"),
        ("Rar!", "RAR archive", "its documents, one by one"),
        ("MIME-Version: 1.0", "MHTML page", ForeignFormat.readable),
    ])
    func `a format without a reader is named, whatever was declared`(text: String, name: String, target: String) {
        for mediaType in [nil, "text/plain", "application/octet-stream"] {
            #expect(throws: DocumentError.unsupportedFormat(name: name, convertTo: target)) {
                try Document.read(Array(text.utf8), mediaType: mediaType)
            }
        }
    }

    @Test func `a text that begins with a document's number is no archive`() throws {
        let document = try Document.read(Array("070701/2023-00012\n甲县财政局2023年政府信息公开工作年度报告".utf8))
        #expect(document.blocks.count == 2)
    }

    @Test(arguments: [
        (["OFD.xml", "Doc_0/Document.xml"], "OFD", "PDF with text"),
        (["content.xml", "mimetype"], "OpenDocument", "DOCX"),
        (["[Content_Types].xml", "ppt/x.xml"], "Office document", "DOCX"),
        (["xl/workbook.bin"], "binary Excel workbook (XLSB)", "XLSX"),
        (["a.txt"], "ZIP archive", "its documents, one by one"),
    ])
    func `an archive is named by its members`(members: [String], name: String, target: String) {
        #expect(throws: DocumentError.unsupportedFormat(name: name, convertTo: target)) {
            try Document.read(ZIPWriter.archive(members.map { ($0, "") }))
        }
    }

    @Test func `an office document behind a password is told from an old one`() {
        let old: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0] + [UInt8](repeating: 0, count: 2000)
        var encrypted = old
        encrypted.replaceSubrange(1024..<1056, with: "EncryptedPackage".utf16.flatMap { [UInt8($0), 0] })
        #expect(throws: DocumentError.encrypted("Office document")) { try Document.read(encrypted) }
        #expect {
            try Document.read(old)
        } throws: { error in
            if case DocumentError.unsupportedFormat(_, "DOCX or XLSX") = error { true } else { false }
        }
    }

    @Test(
        arguments: [[0xD0, 0xCF, 0x11, 0xE0, 0xA1], [0x89, 0x50, 0x4E, 0x47], [0xFF, 0xD8, 0xFF], [0x1F, 0x8B, 8]]
            as [[UInt8]])
    func `binary formats are known by their first bytes`(bytes: [UInt8]) {
        #expect {
            try Document.read(bytes)
        } throws: { error in
            if case DocumentError.unsupportedFormat = error { true } else { false }
        }
    }

    @Test func `a media type without a reader is named`() {
        #expect(throws: DocumentError.unsupportedFormat(name: "application/json", convertTo: ForeignFormat.readable)) {
            try Document.read(Array("{}".utf8), mediaType: "application/json; charset=utf-8")
        }
    }

    @Test func `the declared type decides between text and HTML`() throws {
        #expect(try outline("<p>甲</p>", mediaType: "text/plain; charset=utf-8") == ["<p>甲</p>"])
        #expect(try outline("甲 <b>乙</b>", mediaType: "TEXT/HTML") == ["甲 乙"])
    }

    @Test(arguments: [
        "<!DOCTYPE html><p>甲", "\n <HTML><p>甲", "前言<table><tr><td>甲</table>", "<div>甲</div>", "<p class=a>甲",
    ])
    func `undeclared mark-up is HTML`(text: String) throws {
        #expect(try !outline(text).contains { $0.contains("<") })
    }

    @Test(arguments: ["印发<中华人民共和国政府信息公开条例>的通知", "a < b", "<甲>", "<pre-2023> 说明"])
    func `angle brackets alone are text`(text: String) throws {
        #expect(try outline(text) == [text])
    }

    @Test func `the file name tells HTML where the text does not`() throws {
        let bytes = Array("甲<p>乙".utf8)
        #expect(outline(try Document.read(bytes, name: "年报.HTM")) == ["甲", "乙"])
        #expect(outline(try Document.read(bytes, name: "年报.txt")) == ["甲<p>乙"])
    }

    @Test func `a Markdown file may keep a page's division around its tables`() throws {
        let text = "<div class=\"a\">\n\n| 规章 | 1 |\n|---|---|\n| 文件 | 2 |\n\n</div>\n"
        #expect(try Document.read(Array(text.utf8), name: "a.md").mediaType == "text/plain")
        #expect(try Document.read(Array(text.utf8), name: "a").mediaType == "text/html")
    }

    @Test func `a page's own charset is believed, and the one beside it more`() throws {
        // "规章" in GB18030, behind a declaration that says so and one that no one knows.
        let text: [UInt8] = [0xB9, 0xE6, 0xD5, 0xC2]
        for meta in [
            "<meta charset=gb2312>", "<meta http-equiv=a content='text/html; charset=GBK'>", "<meta charset=x-no>",
        ] {
            let document = try Document.read(Array(meta.utf8) + text, mediaType: "text/html")
            #expect(outline(document) == ["规章"] && document.characterSet == "GB18030")
        }
        #expect(throws: DocumentError.unreadableText(.unknownCharset(label: "x-no"))) {
            try Document.read(text, charset: "x-no")
        }
    }

    @Test func `a page in UTF-16 is recognised as one`() throws {
        let bytes = "<html><meta charset=utf-8><p>规章 2023</p></html>".utf16.flatMap {
            [UInt8($0 & 255), UInt8($0 >> 8)]
        }
        let document = try Document.read(bytes)
        #expect(outline(document) == ["规章 2023"] && document.characterSet == "UTF-16LE")
    }

    @Test func `bytes that are no text are refused`() {
        #expect(throws: DocumentError.notText) { try Document.read([0, 1, 2, 3, 4, 5, 0, 0, 0, 0]) }
        #expect(throws: DocumentError.notText) { try Document.read(Array("甲县".utf8) + [0, 0, 0, 0]) }
    }

    @Test func `a stray control character is no reason to refuse a text`() throws {
        let text = String(repeating: "政府信息公开工作年度报告。", count: 10) + "\u{1A}"
        #expect(try outline(text).count == 1)
    }

    @Test func `nothing gives an empty document`() throws {
        for mediaType in [nil, "text/html", "text/plain"] {
            #expect(try outline("", mediaType: mediaType).isEmpty)
            #expect(try outline(" \n\t\n", mediaType: mediaType).isEmpty)
        }
    }
}
