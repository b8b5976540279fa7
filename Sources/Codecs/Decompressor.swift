/// Decompresses data that comes in pieces, and refuses bombs.
public final class Decompressor {
    private let format: CompressionFormat
    private let limits: CompressionLimits
    private let stream: ZlibStream
    private var inputCount = 0
    private var outputCount = 0
    /// Whether the data has ended, or for gzip a member of it.
    private var isAtEnd = false
    private var failure: CodecError?

    /// Begins a decompression.
    ///
    /// - Throws: `outOfMemory`.
    public init(format: CompressionFormat, limits: CompressionLimits = CompressionLimits()) throws(CodecError) {
        self.format = format
        self.limits = limits
        stream = try ZlibStream(.decompress, format)
    }

    /// Decompresses a piece and returns what is ready, which may be nothing.
    ///
    /// - Throws: `damagedCompression`, `outputTooLarge`, `ratioTooLarge`; after an error every call throws it again.
    public func push(_ bytes: [UInt8]) throws(CodecError) -> [UInt8] {
        if let failure { throw failure }
        var output: [UInt8] = []
        do throws(CodecError) {
            try inflateAll(bytes, into: &output)
        } catch {
            failure = error
            throw error
        }
        return output
    }

    /// Says that no piece is to come.
    ///
    /// - Throws: `truncatedCompression` when the end mark has not been seen, or the error of an earlier piece.
    public func finish() throws(CodecError) {
        if let failure { throw failure }
        guard isAtEnd else { throw .truncatedCompression }
    }

    /// Decompresses all at once.
    static func decompress(
        _ bytes: [UInt8], format: CompressionFormat, limits: CompressionLimits
    ) throws(CodecError) -> [UInt8] {
        let decompressor = try Decompressor(format: format, limits: limits)
        let output = try decompressor.push(bytes)
        try decompressor.finish()
        return output
    }
}

extension Decompressor {
    private func inflateAll(_ bytes: [UInt8], into output: inout [UInt8]) throws(CodecError) {
        var position = 0
        var hasMore = true
        while position < bytes.count || hasMore {
            if isAtEnd { try beginMember(bytes, &position) }
            guard !isAtEnd else { return }
            let step = stream.step(bytes, from: position, isLast: false, into: &output)
            position += step.consumed
            inputCount += step.consumed
            outputCount += step.produced
            try check(step.status)
            hasMore = !step.hasRoom && !isAtEnd
        }
    }

    private func check(_ status: ZlibStream.Status) throws(CodecError) {
        guard outputCount <= limits.outputBytesMax else { throw .outputTooLarge(maximum: limits.outputBytesMax) }
        // Short data may shrink to almost nothing; only what costs memory is a bomb.
        if outputCount > 1 << 20, outputCount / limits.ratioMax > inputCount {
            throw .ratioTooLarge(maximum: limits.ratioMax)
        }
        switch status {
        case .running: break
        case .ended: isAtEnd = true
        case .outOfMemory: throw .outOfMemory
        case .damaged: throw .damagedCompression(offset: inputCount)
        }
    }

    /// Takes what follows the end: another gzip member, or zeros that archives are padded with.
    private func beginMember(_ bytes: [UInt8], _ position: inout Int) throws(CodecError) {
        while position < bytes.count, bytes[position] == 0 {
            position += 1
            inputCount += 1
        }
        guard position < bytes.count else { return }
        guard format == .gzip, bytes[position] == 0x1F else { throw .damagedCompression(offset: inputCount) }
        stream.reset()
        isAtEnd = false
    }
}
