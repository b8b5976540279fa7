import Foundation
import Support
import Testing

@testable import Documents

@Suite struct RawPathTests {
    /// 教育.txt and 财政.txt in GBK: as texts, both are four signs of lost bytes and an ending.
    private static let names = [[0xBD, 0xCC, 0xD3, 0xFD], [0xB2, 0xC6, 0xD5, 0xFE]].map { $0 + Array(".txt".utf8) }
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        for name in Self.names {
            let path = RawPath(folder.url.path).appending(name)
            let file = fopen(path.terminated ?? [], "w")
            fputs("甲", file)
            fclose(file)
        }
        try folder.write([1], to: "乙.txt")
    }

    @Test func `names that are no UTF-8 are listed, shown and opened`() throws {
        let path = RawPath(folder.url.path)
        let names = try #require(path.names())
        #expect(names == (Self.names + [Array("乙.txt".utf8)]).sorted { $0.lexicographicallyPrecedes($1) })
        #expect(RawPath(bytes: Self.names[0]).label == "教育.txt")
        for name in Self.names {
            let file = try ByteFile.open(path.appending(name))
            #expect(try file.read(at: 0, count: 10) == Array("甲".utf8))
        }
        #expect(
            path.isFolder(followingLinks: true) == true
                && path.appending(Self.names[0]).isFolder(followingLinks: true) == false)
        #expect(
            RawPath(bytes: [0x61, 0]).isFolder(followingLinks: true) == nil && RawPath(bytes: [0x61, 0]).names() == nil)
    }

    @Test func `a text that lost bytes means every path that it can stand for`() throws {
        let lossy = String(decoding: Array((folder.url.path + "/").utf8) + Self.names[0], as: UTF8.self)
        #expect(RawPath.meant(by: lossy).map { $0.label.suffix(6) } == ["财政.txt", "教育.txt"])
        let whole = folder.path("乙.txt")
        #expect(RawPath.meant(by: whole).map(\.label) == [whole])
        #expect(RawPath.meant(by: "\u{fffd}.none").map(\.label) == ["\u{fffd}.none"])
    }
}
