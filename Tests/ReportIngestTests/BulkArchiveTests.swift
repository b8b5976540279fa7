import Codecs
import Foundation
import Support
import Testing

@testable import ReportIngest

@Suite struct BulkArchiveTests {
    @Test func `a zip gives its files with names in UTF-8 and GBK, without litter`() throws {
        var writer = ZIPWriter()
        writer.add(Array("县/".utf8), [], .init(mode: 0o040755))
        writer.add(Array("县/年报.txt".utf8), Array("甲".utf8), .init(isDeflated: true))
        writer.add([0xC4, 0xEA, 0xB1, 0xA8] + Array(".txt".utf8), Array("乙".utf8), .init(flags: 0))
        for name in [
            "__MACOSX/县/._年报.txt", ".DS_Store", "县/Thumbs.db", "desktop.ini", "县/~$年报.docx", ".git/config",
        ] { writer.add(Array(name.utf8), [1]) }
        #expect(try reading(writer.finished(), nil).items == ["县/年报.txt: 甲", "年报.txt: 乙"])
    }

    @Test func `tar and tar in gzip give their files`() throws {
        let bytes = TARWriter.archive([("./a/b.txt", "甲"), ("c.txt", "乙")])
        let expected = ["a/b.txt: 甲", "c.txt: 乙"]
        #expect(try reading(bytes, nil).items == expected)
        #expect(try reading(Gzip.compress(bytes), nil).items == expected)
        #expect(try reading(Gzip.compress(bytes), .archive).items == expected)
    }

    @Test func `of tar in gzip with a wrong digit nothing is taken for right, of one that is cut short what is whole`()
        throws
    {
        let tar = TARWriter.archive([("a.txt", "行政许可 47"), ("b.txt", "乙")])
        var packed = Gzip.compressed(tar)
        // The checksum is of another text.
        packed[packed.count - 8] ^= 1
        let wrong = try reading(packed, nil)
        #expect(wrong.items == [] && wrong.error != nil)
        let inside = try reading(zip([("x.tgz", packed), ("c.txt", Array("丙".utf8))]), nil)
        #expect(inside.count == 2 && inside.items[0].hasPrefix("x.tgz ! ") && inside.items[1] == "c.txt: 丙")
        let long = (0..<20_000).map { "\($0 &* 7_919 % 10_007)" }.joined()
        let longer = Gzip.compressed(TARWriter.archive([("a.txt", "行政许可 47"), ("b.txt", long)]))
        let cut = try reading(Array(longer.dropLast(1500)), nil)
        #expect(cut.items.first == "a.txt: 行政许可 47" && cut.error != nil)
    }

    @Test func `7-Zip gives its files`() throws {
        let archive = try #require(Data(base64Encoded: sevenZip))
        for limits in [BulkLimits(), BulkLimits(itemsMax: .max)] {
            #expect(try reading(Array(archive), nil, limits: limits).items == ["县/年报.txt: 甲", "b.txt: 规章 3"])
        }
    }

    @Test func `7-Zip with an encrypted list of members says that it is encrypted`() throws {
        let archive = try #require(Data(base64Encoded: encryptedList))
        let result = try reading(Array(archive), nil)
        #expect(result.items == [] && "\(result.error ?? .empty)".contains("encrypted"), "\(result)")
    }

    @Test func `a compressed list of a million members is refused unread`() throws {
        var bytes = Array(try #require(Data(base64Encoded: sevenZip)))
        // The last bytes of the header: 0C and the unpacked size, here one of three bytes.
        let place = try #require(bytes.lastIndex(of: 0x0C))
        bytes.replaceSubrange((place + 1)..<(place + 4), with: [0xEF, 0xFF, 0xFF])
        bytes.replaceSubrange((place + 4)..<bytes.count, with: [0xFF, 0x7F, 0, 0])
        let small = try reading(bytes, .archive, limits: BulkLimits(itemsMax: 100))
        #expect(small.items == [] && small.error != nil)
    }

    @Test func `archives in archives are opened two levels deep, whatever they are called`() throws {
        let inner = ZIPWriter.archive([("c.txt", "丙")])
        let middle = Gzip.compressed(TARWriter.member("inner.zip", inner) + TARWriter.end)
        let outer = zip([("a.txt", Array("甲".utf8)), ("middle.tar.gz", middle), ("z.txt", Array("乙".utf8))])
        #expect(
            try reading(outer, nil).items == ["a.txt: 甲", "middle.tar.gz/inner.zip/c.txt: 丙", "z.txt: 乙"])
        let deeper = try reading(zip([("o.zip", outer), ("y", [0x79])]), nil)
        #expect(deeper.items[0] == "o.zip/a.txt: 甲" && deeper.items[2] == "o.zip/z.txt: 乙" && deeper.count == 4)
        #expect(deeper.items[1].hasPrefix("o.zip/middle.tar.gz/inner.zip ! ") && deeper.items[3] == "y: y")
    }

    @Test func `office documents are documents, in whatever order their parts are`() throws {
        let usual = zip([("[Content_Types].xml", [0x3C]), ("word/document.xml", [0x3C])])
        let odd = zip([("customXml/item1.xml", [0x3C]), ("[Content_Types].xml", [0x3C]), ("word/document.xml", [0x3C])])
        #expect(try reading(usual, nil).items == ["single"])
        #expect(try reading(odd, nil).items == ["single"])
        let all = try reading(zip([("a.docx", odd), ("b", odd), ("c", usual)]), nil)
        #expect(all.items.map { $0.prefix(4) } == ["a.do", "b: P", "c: P"].map { $0.prefix(4) } && all.count == 3)
    }

    @Test func `one file in gzip is that file, and lines in gzip are lines`() throws {
        #expect(try reading(Gzip.compress(Array("甲".utf8)), nil, name: "报.txt.gz").items == ["报.txt: 甲"])
        #expect(try reading(Gzip.compress(Array("甲".utf8)), nil).items == ["-: 甲"])
        let lines = Gzip.compressed(Array("{\"a\":1}\n{\"b\":2}\n".utf8))
        #expect(try reading(lines, nil).items == ["-: {\"a\":1}", "-: {\"b\":2}"])
        #expect(try reading(Array(lines.dropLast(4)), .gzip).error != nil)
    }

    @Test func `a member that cannot be had does not end the rest`() throws {
        var writer = ZIPWriter()
        writer.add(Array("locked".utf8), [UInt8](repeating: 1, count: 20), .init(flags: 0x801))
        writer.add(Array("link".utf8), Array("/etc/passwd".utf8), .init(mode: 0o120777))
        writer.add(Array("../up".utf8), [1])
        writer.add(Array("large".utf8), [UInt8](repeating: 0, count: 2000), .init(isDeflated: true))
        writer.add(Array("broken.zip".utf8), Array("PK\u{3}\u{4} and no more of it".utf8))
        writer.add(Array("good".utf8), Array("甲".utf8))
        let result = try reading(writer.finished(), nil, limits: BulkLimits(itemBytesMax: 1000))
        #expect(result.error == nil && result.items.last == "good: 甲")
        let names = result.items.map { String($0.prefix { $0 != " " }) }
        #expect(names == ["locked", "link", "../up", "large", "broken.zip", "good:"])
        #expect(result.items[0].contains("password") && result.items[1].contains("link"))
        #expect(result.items[2].contains("unsafe") && result.items[3].contains("1000 bytes"))
    }

    @Test func `a damaged checksum is the item's fault`() throws {
        var bytes = zip([("a", Array("content".utf8)), ("b", [0x62])])
        let place = try #require(bytes.indices.first { bytes[$0...].starts(with: Array("content".utf8)) })
        bytes[place] = 0x43
        let result = try reading(bytes, nil)
        #expect(result.items.count == 2 && result.items[0].hasPrefix("a ! ") && result.items[1] == "b: b")
    }

    @Test func `bombs end with the limit and the item named`() throws {
        let zeros = [UInt8](repeating: 0, count: 1 << 20)
        let bomb = zip((0..<8).map { ("\($0)", zeros) }, isDeflated: true)
        let total = try reading(bomb, nil, limits: BulkLimits(totalBytesMax: 3 << 20))
        #expect(total.error == .bulkLimitExceeded("bytes unpacked", maximum: 3 << 20, item: "3"))
        #expect(total.items.count == 3)
        let many = try reading(
            zip((0..<80).map { ("\($0)", zeros) }, isDeflated: true), nil, limits: BulkLimits(ratioMax: 100))
        guard case .bulkLimitExceeded("times its size when unpacked", 100, "64") = many.error else {
            return #expect(Bool(false), "\(String(describing: many.error))")
        }
        // A tar is one stream: what is too large must be unpacked to be passed over, and counts.
        let tar = Gzip.compressed(TARWriter.member("big", zip([("x", zeros + zeros)])) + TARWriter.end)
        let one = try reading(tar, .archive, limits: BulkLimits(itemBytesMax: 1000, totalBytesMax: 1 << 20))
        #expect(one.items == [] && one.error != nil)
    }

    @Test func `a nested bomb is counted with the rest`() throws {
        let zeros = [UInt8](repeating: 0, count: 1 << 20)
        let inner = zip((0..<4).map { ("\($0)", zeros) }, isDeflated: true)
        let outer = zip((0..<4).map { ("\($0).zip", inner) })
        let result = try reading(outer, nil, limits: BulkLimits(totalBytesMax: 6 << 20))
        guard case .bulkLimitExceeded("bytes unpacked", 6_291_456, let item) = result.error else {
            return #expect(Bool(false), "\(result)")
        }
        #expect(item?.hasPrefix("1.zip") == true && result.items.count == 5)
    }

    @Test func `too many members are refused: a zip before anything is read, others at the limit`() throws {
        let limits = BulkLimits(itemsMax: 50)
        let zipped = try reading(ZIPWriter.archive((0..<1000).map { ("\($0)", "") }), nil, limits: limits)
        #expect(zipped.items == [] && zipped.error == .bulkLimitExceeded("items", maximum: 50, item: nil))
        let tar = try reading(TARWriter.archive((0..<1000).map { ("\($0)", "") }), nil, limits: limits)
        #expect(tar.count == 50 && tar.error == .bulkLimitExceeded("items", maximum: 50, item: "50"))
        let folders = (0..<1000).flatMap { TARWriter.member("\($0)/", [], type: "5") }
        #expect(try reading(folders + TARWriter.end, nil, limits: limits).error != nil)
    }

    @Test func `what is cut off gives what is whole, then the error`() throws {
        let bytes = TARWriter.archive([("a", "甲"), ("b", String(repeating: "乙", count: 1000))])
        let result = try reading(Array(bytes.prefix(2000)), nil)
        #expect(result.items.first == "a: 甲" && (result.error != nil || result.items.last?.contains("!") == true))
        #expect(try reading(Array("no archive".utf8), .archive).error != nil)
        #expect(try reading([], .archive).items == [])
    }
}

extension Gzip {
    /// For fixtures.
    static func compressed(_ bytes: [UInt8]) -> [UInt8] {
        (try? compress(bytes)) ?? []
    }
}

/// Made by libarchive: 县/年报.txt and b.txt, with a compressed header.
private let encryptedList =
    "N3q8ryccAARHo1gPgAAAAAAAAAAuAAAAAAAAAFb3kL1JCjIMyLCKgO5bhCXqZ3gj3gZOPKpNBvnzkhQQXT+l3YqubNX3Dat2E/GalWFyE+jShim6"
    + "n95bAF4eyqBNMtdXbJefBIwbVhYscX5oCkOCZ4e/kZGg0aSNoCzrElVrd2u4oD+HphdGSYbf9912W6h0cVHXM27UGWzV5/TqjznA1xcGEAEJ"
    + "cAAHCwEAASQG8QcBElMPMbwOOaonlW3K4ZblaItdRgxiCgE92xZGAAA="
private let sevenZip =
    "N3q8ryccAAMfHmrYbgAAAAAAAAAgAAAAAAAAAFnvRAkAc6USToVeNzHmPuSUnQ66P//0/YAAAACBMweuD89dLwwHyEOAg4Fb/6x2z3g/DmocAbEQ"
    + "58OOiVTSU/tzFRWiMqBGq9tPxg5pmfXKajVLBeQNvgKd3OBRI9Gug+sl59w01GWmQ4UgXp//2ppAABcGFgEJWAAHCwEAASMDAQEFXQAAgAAMXAoB"
    + "DXRx8wAA"
