import Codecs
import Documents
import Support
import Testing

private func members(_ bytes: [UInt8], limits: ArchiveLimits = ArchiveLimits()) throws -> [String: String] {
    let archive = try Archive(bytes, limits: limits)
    var members: [String: String] = [:]
    while let member = try archive.next() { members[member.name] = String(decoding: member.bytes, as: UTF8.self) }
    return members
}

struct ArchiveTests {
    @Test func `members come one by one with names in UTF-8 and in GBK`() throws {
        var writer = ZIPWriter()
        writer.add(Array("县/年报.txt".utf8), Array("甲".utf8))
        // 年报.txt in GBK, as Chinese Windows writes it.
        writer.add([0xC4, 0xEA, 0xB1, 0xA8] + Array(".txt".utf8), Array("乙".utf8), .init(flags: 0, isDeflated: true))
        writer.add(Array("县/".utf8), [], .init(mode: 0o040755))
        #expect(try members(writer.finished()) == ["县/年报.txt": "甲", "年报.txt": "乙"])
    }

    @Test func `tar is read, plain and compressed`() throws {
        let bytes = TARWriter.archive([("a/b.txt", "规章 3")])
        #expect(try members(bytes) == ["a/b.txt": "规章 3"])
        #expect(try members(Gzip.compress(bytes)) == ["a/b.txt": "规章 3"])
    }

    @Test func `members that are not wanted are passed over`() throws {
        let archive = try Archive(ZIPWriter.archive([("a", "1"), ("b", "2"), ("c", "3")]))
        let member = try archive.next { $0 == "b" }
        #expect(member?.name == "b" && member?.size == 1)
        #expect(try archive.next { $0 == "b" } == nil)
    }

    @Test(arguments: ["/etc/passwd", "../a", "a/../../b", "C:\\a", "..\\a", "a/.."])
    func `names that lead out of the folder are refused`(name: String) {
        #expect(throws: ArchiveError.unsafeName(member: name.replacing("\\", with: "/"))) {
            try members(ZIPWriter.archive([(name, "")]))
        }
    }

    @Test func `encrypted members and links are refused by name, and reading can go on behind them`() throws {
        var writer = ZIPWriter()
        writer.add(Array("a".utf8), Array("12345678901234567890".utf8), .init(flags: 0x801))
        writer.add(Array("b".utf8), Array("/etc/passwd".utf8), .init(mode: 0o120777))
        writer.add(Array("c".utf8), Array("3".utf8))
        let archive = try Archive(writer.finished())
        #expect(throws: ArchiveError.encrypted(member: "a")) { try archive.next() }
        #expect(throws: ArchiveError.notAFile(member: "b")) { try archive.next() }
        #expect(try archive.next()?.bytes == [0x33])
        #expect(throws: ArchiveError.notAFile(member: "x")) { try members(TARWriter.member("x", [], type: "2")) }
    }

    @Test func `limits hold for members, bytes and ratio`() throws {
        let bytes = ZIPWriter.archive((0..<20).map { ("\($0)", "0123456789") })
        #expect(throws: ArchiveError.limitExceeded(.members, maximum: 10, member: "10")) {
            try members(bytes, limits: ArchiveLimits(membersMax: 10))
        }
        #expect(throws: ArchiveError.limitExceeded(.memberBytes, maximum: 9, member: "0")) {
            try members(bytes, limits: ArchiveLimits(memberBytesMax: 9))
        }
        #expect(throws: ArchiveError.limitExceeded(.totalBytes, maximum: 45, member: "4")) {
            try members(bytes, limits: ArchiveLimits(totalBytesMax: 45))
        }
        var bomb = ZIPWriter()
        bomb.add([0x61], [UInt8](repeating: 0, count: 8 << 20), .init(isDeflated: true))
        #expect(throws: ArchiveError.limitExceeded(.ratio, maximum: 200, member: "a")) { try members(bomb.finished()) }
    }

    @Test func `what is no archive, or cut off, is damaged`() throws {
        #expect(throws: ArchiveError.damaged(member: nil)) { try members([]) }
        #expect(throws: ArchiveError.damaged(member: nil)) { try members(Array("政府信息公开".utf8)) }
        let bytes = ZIPWriter.archive([("a", String(repeating: "1", count: 1000))])
        #expect(throws: ArchiveError.self) { try members(Array(bytes.prefix(500))) }
    }

    @Test(arguments: 0..<200)
    func `damaged archives give members or an error`(seed: Int) {
        var random = SeededGenerator(seed: seed)
        var writer = ZIPWriter()
        for index in 0..<4 {
            writer.add([UInt8(0x61 + index)], Array("规章规章规章规章".utf8), .init(isDeflated: index % 2 == 0))
        }
        var bytes = seed % 2 == 0 ? writer.finished() : TARWriter.archive([("a", "规章")])
        for _ in 0..<Int.random(in: 1...12, using: &random) {
            bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
        }
        _ = try? members(bytes)
    }
}
