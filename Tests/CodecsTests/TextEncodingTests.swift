import Codecs
import Support
import Testing

/// "政府信息公开" in GB18030.
private let chineseInGBK: [UInt8] = [0xD5, 0xFE, 0xB8, 0xAE, 0xD0, 0xC5, 0xCF, 0xA2, 0xB9, 0xAB, 0xBF, 0xAA]

struct TextEncodingTests {
    @Test(arguments: ["gb2312", "GBK", "gb_2312-80", "x-gbk", "gb18030", " GB2312 ", "\"gbk\""])
    func `every label of the Chinese standards means GB18030`(label: String) throws {
        #expect(try TextEncoding(label: label) == .gb18030)
    }

    @Test(arguments: [
        ("UTF-8", TextEncoding.utf8), ("utf-16", .utf16LittleEndian), ("Big5", .big5), ("latin1", .windows1252),
    ])
    func `labels are those of the web`(label: String, encoding: TextEncoding) throws {
        #expect(try TextEncoding(label: label) == encoding)
    }

    @Test func `an unknown label is named in the error`() {
        #expect(throws: CodecError.unknownCharset(label: "klingon-8")) {
            try TextEncoding.decode([0x41], declaredLabel: "klingon-8")
        }
    }

    @Test func `UTF-8 passes as it is and without its mark`() throws {
        let text = Array("规章 1 件 🏛".utf8)
        let plain = try TextEncoding.decode(text, declared: nil)
        let marked = try TextEncoding.decode([0xEF, 0xBB, 0xBF] + text, declared: .gb18030)
        #expect(plain.utf8 == text && marked.utf8 == text)
        #expect(plain.encoding == .utf8 && marked.encoding == .utf8 && plain.invalidCount == 0)
    }

    @Test func `undeclared bytes that are no UTF-8 are GB18030`() throws {
        let decoded = try TextEncoding.decode(chineseInGBK, declared: nil)
        #expect(String(decoding: decoded.utf8, as: UTF8.self) == "政府信息公开")
        #expect(decoded.encoding == .gb18030)
    }

    @Test func `four-byte characters of GB18030 are read`() throws {
        let decoded = try TextEncoding.decode([0x95, 0x32, 0x82, 0x36] + chineseInGBK, declared: .gb18030)
        #expect(String(decoding: decoded.utf8, as: UTF8.self) == "𠀀政府信息公开")
    }

    @Test func `bytes that are plainly UTF-8 overrule a declaration of GBK`() throws {
        let decoded = try TextEncoding.decode(Array("政府信息公开年报".utf8), declaredLabel: "gbk")
        #expect(decoded.encoding == .utf8)
        #expect(String(decoding: decoded.utf8, as: UTF8.self) == "政府信息公开年报")
    }

    @Test func `a declaration of GBK wins over bytes that are UTF-8 by accident`() throws {
        // "联通": two characters in GBK, two pairs in UTF-8.
        let decoded = try TextEncoding.decode([0xC1, 0xAA, 0xCD, 0xA8], declaredLabel: "gb2312")
        #expect(String(decoding: decoded.utf8, as: UTF8.self) == "联通")
    }

    @Test(arguments: ["utf-8", "iso-8859-1", "utf-16"])
    func `a wrong declaration does not keep Chinese text from being read`(label: String) throws {
        let decoded = try TextEncoding.decode(chineseInGBK, declaredLabel: label)
        #expect(String(decoding: decoded.utf8, as: UTF8.self) == "政府信息公开")
    }

    @Test(arguments: [true, false], [true, false])
    func `UTF-16 is read in both orders, with and without a mark`(isLittle: Bool, hasMark: Bool) throws {
        let text = "2023年政府信息公开工作年度报告\n规章 1 2 3\n"
        let units = Array((hasMark ? "\u{FEFF}" + text : text).utf16)
        let bytes = units.flatMap { unit in
            isLittle ? [UInt8(unit & 255), UInt8(unit >> 8)] : [UInt8(unit >> 8), UInt8(unit & 255)]
        }
        let decoded = try TextEncoding.decode(bytes, declared: nil)
        #expect(String(decoding: decoded.utf8, as: UTF8.self) == text)
        #expect(decoded.encoding == (isLittle ? .utf16LittleEndian : .utf16BigEndian))
    }

    @Test func `Big5 is read when it is declared`() throws {
        let decoded = try TextEncoding.decode([0xA4, 0xA4, 0xA4, 0xE5], declaredLabel: "big5")
        #expect(String(decoding: decoded.utf8, as: UTF8.self) == "中文")
    }

    @Test func `Big5 is told by its pairs where nothing is declared`() throws {
        // 政府資訊公開年度報告, several times; in GBK the same characters have other pairs.
        let words: [UInt8] = [
            0xAC, 0x46, 0xA9, 0xB2, 0xB8, 0xEA, 0xB0, 0x54, 0xA4, 0xBD, 0xB6, 0x7D, 0xA6, 0x7E, 0xAB, 0xD7, 0xB3, 0xF8,
            0xA7, 0x69,
        ]
        let decoded = try TextEncoding.decode(words + words + words, declared: nil)
        #expect(decoded.encoding == .big5)
        #expect(String(decoding: decoded.utf8, as: UTF8.self).hasPrefix("政府資訊公開年度報告"))
        let gbk: [UInt8] = [
            0xD5, 0xFE, 0xB8, 0xAE, 0xD9, 0x59, 0xD3, 0x8D, 0xB9, 0xAB, 0xE9, 0x5F, 0x88, 0xF3, 0xB8, 0xE6,
        ]
        #expect(try TextEncoding.decode(gbk + gbk + gbk, declared: nil).encoding == .gb18030)
    }

    @Test func `Latin text is read when it is declared and nothing else fits`() throws {
        let bytes: [UInt8] = [0x63, 0x61, 0x66, 0xE9, 0x20, 0xE9, 0x20, 0xE9, 0x20]
        let decoded = try TextEncoding.decode(bytes, declaredLabel: "latin1")
        #expect(String(decoding: decoded.utf8, as: UTF8.self) == "café é é ")
    }

    @Test func `a character cut off at the end is replaced and counted`() throws {
        let whole = Array(String(repeating: "政府信息公开", count: 20).utf8)
        let decoded = try TextEncoding.decode(Array(whole.dropLast()), declared: nil)
        #expect(decoded.encoding == .utf8 && decoded.invalidCount == 1)
        #expect(decoded.firstInvalidOffset == whole.count - 3)
        #expect(String(decoding: decoded.utf8, as: UTF8.self).hasSuffix("信息公\u{FFFD}"))
    }

    @Test func `a broken byte in GB18030 is replaced and counted`() throws {
        let bytes = chineseInGBK + [0xFF] + chineseInGBK
        let decoded = try TextEncoding.decode(bytes, declaredLabel: "gbk")
        #expect(decoded.invalidCount == 1 && decoded.firstInvalidOffset == 12)
        #expect(String(decoding: decoded.utf8, as: UTF8.self) == "政府信息公开\u{FFFD}政府信息公开")
    }

    @Test func `text that is mostly broken is refused with the place of the first fault`() {
        let bytes = Array("规章\n".utf8) + [UInt8](repeating: 0xFF, count: 400)
        #expect(throws: CodecError.brokenText(encoding: .utf8, offset: 7)) {
            try TextEncoding.decode(bytes, declaredLabel: "utf-8")
        }
    }

    @Test(arguments: 0..<64)
    func `any bytes give well-formed UTF-8 or an error`(seed: Int) {
        var random = SeededGenerator(seed: seed)
        let count = Int.random(in: 0...400, using: &random)
        let bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
        for declared in [nil] + TextEncoding.allCases.map(Optional.some) {
            guard let decoded = try? TextEncoding.decode(bytes, declared: declared) else { continue }
            #expect(Array(String(decoding: decoded.utf8, as: UTF8.self).utf8) == decoded.utf8)
        }
    }

    @Test(arguments: 0..<64)
    func `the validator agrees with the standard library`(seed: Int) throws {
        var random = SeededGenerator(seed: seed)
        var bytes = Array("政府信息A公开é🏛\u{7FF}\u{800}\u{D7FF}\u{E000}\u{10FFFF}".utf8)
        bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
        let isValid = String(validating: bytes, as: UTF8.self) != nil
        let invalidCount = (try? TextEncoding.decode(bytes, declared: .utf8))?.invalidCount
        #expect((invalidCount == 0) == isValid)
    }
}
