/// Compresses data that comes in pieces.
public final class Compressor {
    private let stream: ZlibStream

    /// Begins a compression at a level from 1 (fast) to 9 (small).
    ///
    /// - Parameter bytesMax: the most that will be pushed, where that is known: small texts take little memory.
    /// - Throws: `outOfMemory`.
    public init(format: CompressionFormat, level: Int = 6, bytesMax: Int? = nil) throws(CodecError) {
        stream = try ZlibStream(.compress(level: level, bytesMax: bytesMax), format)
    }

    /// Compresses a piece and returns what is ready, which may be nothing.
    public func push(_ bytes: [UInt8]) -> [UInt8] {
        run(bytes, isLast: false)
    }

    /// Ends the data and returns the rest; the compressor is of no more use.
    public func finish() -> [UInt8] {
        run([], isLast: true)
    }

    /// Compresses all at once.
    static func compress(_ bytes: [UInt8], format: CompressionFormat, level: Int) throws(CodecError) -> [UInt8] {
        try Compressor(format: format, level: level, bytesMax: bytes.count).run(bytes, isLast: true)
    }

    private func run(_ bytes: [UInt8], isLast: Bool) -> [UInt8] {
        var output: [UInt8] = []
        var position = 0
        while true {
            let step = stream.step(bytes, from: position, isLast: isLast, into: &output)
            position += step.consumed
            // deflate fails only on misuse of its state, which no caller can reach.
            guard step.status == .running, isLast || !step.hasRoom || position < bytes.count else { return output }
        }
    }
}
