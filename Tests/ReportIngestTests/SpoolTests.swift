import Codecs
import Foundation
import ReportStore
import Support
import Testing

@testable import Documents
@testable import ReportIngest

@Suite struct SpoolTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private var names: [String] { (try? FileManager.default.contentsOfDirectory(atPath: folder.url.path)) ?? [] }

    @Test func `a temporary spool has no name, and is read any number of times`() throws {
        let spool = try Spool.temporary(in: folder.url.path, bytesMax: 100)
        try spool.append([1, 2])
        try spool.append([3])
        try spool.finish()
        #expect(spool.byteCount == 3 && names == [])
        for _ in 0..<2 { #expect(try spool.read(at: 1, count: 10) == [2, 3]) }
    }

    @Test func `a spool takes no more than its limit`() throws {
        let spool = try Spool.temporary(in: folder.url.path, bytesMax: 3)
        try spool.append([1, 2, 3])
        #expect(throws: IngestError.limitExceeded("bytes", maximum: 3)) { try spool.append([4]) }
    }

    @Test func `a kept spool has its name when it is whole, and can be opened again`() throws {
        let path = folder.path("upload")
        let spool = try Spool.kept(at: path, bytesMax: 100)
        try spool.append(Array("甲".utf8))
        #expect(names == ["upload.part"])
        let mode = try FileManager.default.attributesOfItem(atPath: path + ".part")[.posixPermissions] as? Int
        #expect(mode == 0o600)
        try spool.finish()
        #expect(names == ["upload"])
        let again = try Spool.opened(at: path)
        #expect(try again.byteCount == 3 && again.read(at: 0, count: 9) == Array("甲".utf8))
        again.remove()
        #expect(names == [])
        #expect(throws: IngestError.self) { try Spool.opened(at: path) }
        #expect(throws: IngestError.self) { try Spool.kept(at: "/nowhere/upload", bytesMax: 1) }
    }

    @Test func `what a crash left is swept away, what is in use or needed is not`() throws {
        let (used, needed, left) = (Spool.newName(), Spool.newName(), Spool.newName())
        let spool = try Spool.kept(at: folder.path(used), bytesMax: 100)
        for name in [needed, left, left + ".part", needed + ".part", "notes.txt"] { try folder.write([1], to: name) }
        Spool.sweep(folder.url.path) { $0 == needed }
        #expect(Set(names) == [used + ".part", needed, "notes.txt"])
        try spool.finish()
        // Whoever received it may be about to enter it.
        Spool.sweep(folder.url.path) { _ in false }
        #expect(Set(names) == [used, "notes.txt"])
        withExtendedLifetime(spool) {}
    }

    @Test(arguments: [1, 100, 5000, 1_000_000])
    func `a compressed body is inflated in pieces of any size`(size: Int) throws {
        var random = SeededGenerator(seed: 1)
        let content = random.bytes(9000) + [UInt8](repeating: 7, count: 100_000)
        let packed = try Gzip.compress(content)
        let spool = try Spool.temporary(in: folder.url.path, bytesMax: 1 << 20, isGzipped: true)
        for start in stride(from: 0, to: packed.count, by: size) {
            try spool.append(Array(packed[start..<min(start + size, packed.count)]))
        }
        try spool.finish()
        #expect(try spool.read(at: 0, count: 1 << 20) == content)
    }

    @Test func `a compressed body that is a bomb, damaged or cut short is refused`() throws {
        let bomb = try Gzip.compress((0..<(4 << 20)).map { UInt8(truncatingIfNeeded: $0 / 3 * $0 >> 7) })
        let small = try Spool.temporary(in: folder.url.path, bytesMax: 1 << 20, isGzipped: true)
        #expect(throws: IngestError.limitExceeded("bytes", maximum: 1 << 20)) { try small.append(bomb) }
        let zeros = try Spool.temporary(in: folder.url.path, bytesMax: 8 << 20, isGzipped: true)
        #expect(throws: IngestError.unreadableText(.ratioTooLarge(maximum: 1000))) {
            try zeros.append(Gzip.compress([UInt8](repeating: 0, count: 4 << 20)))
        }
        let cut = try Spool.temporary(in: folder.url.path, bytesMax: 8 << 20, isGzipped: true)
        try cut.append(Array(bomb.dropLast(8)))
        #expect(throws: IngestError.unreadableText(.truncatedCompression)) { try cut.finish() }
        let other = try Spool.temporary(in: folder.url.path, bytesMax: 100, isGzipped: true)
        #expect(throws: IngestError.self) { try other.append(Array("no gzip at all".utf8)) }
    }

    @Test func `a full disk says so`() {
        #expect(IngestError(FileError(ENOSPC)) == .store(.full) && IngestError(FileError(EDQUOT)) == .store(.full))
        #expect(IngestError(FileError(EROFS)) == .store(.readOnly))
    }

    @Test func `a walk gives files, folders and archives in order, without links and litter`() throws {
        let manager = FileManager.default
        try manager.createDirectory(atPath: folder.path("b/c"), withIntermediateDirectories: true)
        try folder.write(Array("1".utf8), to: "b/z.txt")
        try folder.write(Array("2".utf8), to: "b/c/y.txt")
        try folder.write(ZIPWriter.archive([("县/x.txt", "3"), ("w.txt", "4")]), to: "b/a.zip")
        try folder.write(Array("{\"a\":1}\n{\"b\":2}\n".utf8), to: "a.ndjson")
        try folder.write(Array("5".utf8), to: "b/.hidden")
        try folder.write(Array("PK\u{3}\u{4} broken".utf8), to: "b/d.zip")
        try folder.write([UInt8](repeating: 0x61, count: 2000), to: "b/e.txt")
        try manager.createSymbolicLink(atPath: folder.path("b/f.txt"), withDestinationPath: "/etc/passwd")
        try manager.createSymbolicLink(atPath: folder.path("b/g"), withDestinationPath: "/")
        let root = folder.url.path
        let walk = FolderWalk(paths: [root, "\(root)/nothing"], limits: BulkLimits(itemBytesMax: 1000))
        var items: [BulkItem] = []
        while let item = walk.next() { items.append(item) }
        let lines = items.map { line($0).replacing(root + "/", with: "") }
        #expect(items.map(\.index) == Array(0..<items.count))
        #expect(
            lines.map { $0.replacing(#/ ! .*/#, with: " !") } == [
                "a.ndjson: {\"a\":1}", "a.ndjson: {\"b\":2}", "b/a.zip/县/x.txt: 3", "b/a.zip/w.txt: 4", "b/c/y.txt: 2",
                "b/d.zip !", "b/e.txt !", "b/f.txt !", "b/g !", "b/z.txt: 1", "nothing !",
            ])
        #expect(lines[7].hasSuffix("it is a link") && lines[6].hasSuffix("more than 1000 bytes"))
    }

    @Test func `a walk keeps no more of a path than what was asked for`() throws {
        let folder = try TemporaryFolder()
        try FileManager.default.createDirectory(atPath: folder.path("b/c"), withIntermediateDirectories: true)
        try folder.write(Array("12".utf8), to: "b/c/y.txt")
        try folder.write(ZIPWriter.archive([("县/x.txt", "3")]), to: "b/z.zip")
        let (path, size) = (folder.path("b"), try Data(contentsOf: folder.url.appending(path: "b/z.zip")).count)
        for (given, kept) in [
            (path, ["b/c/y.txt", "b/z.zip/县/x.txt"]), (path + "/", ["b/c/y.txt", "b/z.zip/县/x.txt"]),
            (path + "/.", ["c/y.txt", "z.zip/县/x.txt"]), (path + "/c/..", ["c/y.txt", "z.zip/县/x.txt"]),
            (path + "/c/y.txt", ["y.txt"]), (path + "/z.zip", ["z.zip/县/x.txt"]),
        ] {
            let walk = FolderWalk(paths: [given])
            var names: [String?] = []
            while let item = walk.next() { names.append(item.fileName) }
            #expect(names == kept, "\(given)")
            let bytes = (given.hasSuffix("zip") ? 0 : 2) + (given.hasSuffix("txt") ? 0 : size)
            #expect(walk.bytesRead == bytes && walk.fields.isEmpty)
        }
    }
}
