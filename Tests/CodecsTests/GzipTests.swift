import Codecs
import Support
import Testing

private let sample = Array(String(repeating: "政府信息公开工作年度报告 0 1 2\n", count: 5000).utf8)

struct GzipTests {
    @Test(arguments: [1, 6, 9])
    func `what is compressed comes back`(level: Int) throws {
        let packed = try Gzip.compress(sample, level: level)
        #expect(packed.starts(with: [0x1F, 0x8B]) && packed.count < sample.count / 20)
        #expect(try Gzip.decompress(packed, limits: CompressionLimits(ratioMax: 2000)) == sample)
        #expect(try Zlib.decompress(Zlib.compress(sample, level: level)) == sample)
    }

    @Test func `nothing compresses to something and comes back as nothing`() throws {
        #expect(try Gzip.decompress(Gzip.compress([])) == [])
        #expect(try Zlib.decompress(Zlib.compress([])) == [])
    }

    @Test(arguments: CompressionFormat.allCases, [1, 7, 4096, 1_000_000])
    func `pieces of any size give the whole`(format: CompressionFormat, size: Int) throws {
        let compressor = try Compressor(format: format)
        var packed: [UInt8] = []
        for start in stride(from: 0, to: sample.count, by: max(size, 512)) {
            packed += compressor.push(Array(sample[start..<min(start + max(size, 512), sample.count)]))
        }
        packed += compressor.finish()
        let decompressor = try Decompressor(format: format)
        var output: [UInt8] = []
        for start in stride(from: 0, to: packed.count, by: size) {
            output += try decompressor.push(Array(packed[start..<min(start + size, packed.count)]))
        }
        try decompressor.finish()
        #expect(output == sample)
    }

    @Test func `several members, and zeros behind them, are one text`() throws {
        let packed = try Gzip.compress([0x41]) + Gzip.compress([0x42]) + [0, 0, 0]
        #expect(try Gzip.decompress(packed) == [0x41, 0x42])
    }

    @Test func `a bomb is refused by its ratio`() throws {
        let bomb = try Gzip.compress([UInt8](repeating: 0, count: 4 << 20))
        #expect(throws: CodecError.ratioTooLarge(maximum: 200)) { try Gzip.decompress(bomb) }
    }

    @Test func `output beyond the limit is refused`() throws {
        let packed = try Gzip.compress(sample)
        #expect(throws: CodecError.outputTooLarge(maximum: 1000)) {
            try Gzip.decompress(packed, limits: CompressionLimits(outputBytesMax: 1000))
        }
    }

    @Test func `a cut-off end is an error`() throws {
        let packed = try Gzip.compress(sample)
        #expect(throws: CodecError.truncatedCompression) { try Gzip.decompress(Array(packed.dropLast(5))) }
        #expect(throws: CodecError.truncatedCompression) { try Gzip.decompress([]) }
    }

    @Test func `a changed byte is an error, and stays one`() throws {
        var packed = try Gzip.compress(sample)
        packed[packed.count - 6] ^= 0xFF
        let decompressor = try Decompressor(format: .gzip)
        #expect(throws: CodecError.self) { try decompressor.push(packed) }
        #expect(throws: CodecError.self) { try decompressor.push([]) }
        #expect(throws: CodecError.self) { try decompressor.finish() }
    }

    @Test(arguments: 0..<64)
    func `any bytes give an output or an error`(seed: Int) throws {
        var random = SeededGenerator(seed: seed)
        var bytes = try Gzip.compress(Array(sample.prefix(2000)))
        for _ in 0...seed % 4 {
            bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
        }
        _ = try? Gzip.decompress(bytes)
        _ = try? Zlib.decompress(bytes)
    }
}
