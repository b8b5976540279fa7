import Codecs
import Foundation
import Support
import Testing

@testable import ReportIngest

@Suite struct BulkHostileTests {
    private static let limits = BulkLimits(
        itemsMax: 1000, itemBytesMax: 1 << 20, totalBytesMax: 16 << 20, partHeadBytesMax: 512)

    private static let originals: [(bytes: [UInt8], kind: BulkKind)] = [
        (Array("{\"a\":1}\n{\"b\":[2]}\r\n\n".utf8), .ndjson),
        (ZIPWriter.archive([("a.txt", "规章规章"), ("b/c.txt", "乙")]), .archive),
        (
            zip(
                [("o.zip", ZIPWriter.archive([("a", "1")])), ("x.tar", TARWriter.archive([("y", "2")]))],
                isDeflated: true), .archive
        ),
        (TARWriter.archive([("a.txt", "规章"), ("b", "乙")]), .archive),
        (Gzip.compressed(TARWriter.archive([("a.txt", "规章")])), .archive),
        (Gzip.compressed(Array("规章规章规章".utf8)), .gzip),
        (
            form([
                ("Content-Disposition: form-data; name=a", "1"),
                ("Content-Disposition: form-data; name=f; filename=\"x\"", "甲"),
            ]), formKind
        ),
    ]

    @Test(arguments: 0..<300)
    func `damaged uploads give items or an error`(seed: Int) throws {
        var random = SeededGenerator(seed: seed)
        let (original, kind) = Self.originals[seed % Self.originals.count]
        var bytes = original
        if Int.random(in: 0..<4, using: &random) == 0 {
            bytes = Array(bytes.prefix(Int.random(in: 0...bytes.count, using: &random)))
        }
        for _ in 0..<Int.random(in: 0...12, using: &random) where !bytes.isEmpty {
            let place = Int.random(in: 0..<bytes.count, using: &random)
            switch Int.random(in: 0..<3, using: &random) {
            case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
            case 1: bytes.insert(contentsOf: bytes.prefix(place % 97), at: place)
            default: bytes.removeSubrange(place..<min(place + 7, bytes.count))
            }
        }
        #expect(try reading(bytes, kind, limits: Self.limits).count <= 1000)
        #expect(try reading(bytes, nil, limits: Self.limits).count <= 1000)
    }

    @Test(arguments: 0..<40)
    func `any bytes as any kind give items or an error`(seed: Int) throws {
        var random = SeededGenerator(seed: seed)
        let starts: [[UInt8]] = [
            [], [0x50, 0x4B, 3, 4], [0x1F, 0x8B, 8, 0], [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C, 0, 4],
            Array("Rar!\u{1A}\u{7}\0".utf8), Array("Rar!\u{1A}\u{7}\u{1}\0".utf8), Array("BZh9".utf8),
            [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0], Array("--XYZ\r\n".utf8),
        ]
        let bytes = starts[seed % starts.count] + random.bytes(Int.random(in: 0...5000, using: &random))
        for kind in [BulkKind.ndjson, .archive, .gzip, formKind] {
            #expect(try reading(bytes, kind, limits: Self.limits).count <= 1000)
        }
        _ = HeaderField(String(decoding: bytes, as: UTF8.self)).fileName
    }

    @Test(arguments: ["zip", "tar", "ndjson", "form"])
    func `three hundred megabytes take a few`(kind: String) async throws {
        let folder = try TemporaryFolder()
        let tool = CommandProcess.executable.deletingLastPathComponent().appending(path: "benchmarks")
        let path = folder.path("upload.\(kind)")
        let made = try await CommandRun.of(["bulk", "make", kind, "300", path], program: tool)
        #expect(made.end == .exit(0), "\(made.errors)")
        let run = try await CommandRun.of(["bulk", "read", path], program: tool)
        let match = try #require(run.text.firstMatch(of: /items (\d+) refused (\d+) bytes (\d+) .*grown (\d+) KiB/))
        let (_, items, refused, bytes, grown) = match.output
        #expect(items == "4800" && refused == "0" && Int(bytes) ?? 0 >= 300 << 20, "\(run.text)")
        #expect(Int(grown) ?? .max < 24 << 10, "\(run.text)")
    }
}
