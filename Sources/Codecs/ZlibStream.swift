internal import CZlib

/// The state of a compression or decompression, at an address that zlib can keep: the one place where it is called.
@safe
final class ZlibStream {
    enum Direction {
        /// `bytesMax`: the most that is compressed, where that is known: zlib then takes memory for no more.
        case compress(level: Int, bytesMax: Int?)
        case decompress
    }

    /// How a call ended.
    enum Status {
        case running
        case ended
        case damaged
        case outOfMemory
    }

    /// What one call has done.
    struct Step {
        let status: Status
        let consumed: Int
        let produced: Int
        /// Whether the output had room left: then zlib has nothing more to say without more input.
        let hasRoom: Bool
    }

    /// zlib refuses a state that has moved, hence not a stored property.
    private let state: UnsafeMutablePointer<z_stream>
    private let direction: Direction
    private var isOpen = false

    init(_ direction: Direction, _ format: CompressionFormat) throws(CodecError) {
        self.direction = direction
        unsafe state = .allocate(capacity: 1)
        unsafe state.initialize(to: z_stream())
        let size = Int32(unsafe MemoryLayout<z_stream>.size)
        // deflateInit2 and inflateInit2 are macros for these.
        let result =
            switch direction {
            case .compress(let level, let bytesMax):
                unsafe deflateInit2_(
                    state, Int32(min(max(level, 1), 9)), Z_DEFLATED, format.windowBits(for: bytesMax),
                    CompressionFormat.memoryLevel(for: bytesMax), Z_DEFAULT_STRATEGY, ZLIB_VERSION, size)
            case .decompress: unsafe inflateInit2_(state, format.windowBits(for: nil), ZLIB_VERSION, size)
            }
        guard result == Z_OK else { throw .outOfMemory }
        isOpen = true
    }

    deinit {
        switch direction {
        case .compress where isOpen: _ = unsafe deflateEnd(state)
        case .decompress where isOpen: _ = unsafe inflateEnd(state)
        default: break
        }
        unsafe state.deinitialize(count: 1)
        unsafe state.deallocate()
    }

    /// Runs zlib once over input from a position on and appends what it gives, 64 KiB at most.
    func step(_ input: [UInt8], from position: Int, isLast: Bool, into output: inout [UInt8]) -> Step {
        let available = min(input.count - position, Int(UInt32.max))
        let room = room(for: available)
        var result = Z_OK
        let piece = unsafe [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
            // zlib reads through next_in, and only during the call: the cast does not make the input mutable.
            unsafe input.withUnsafeBufferPointer { bytes in
                let start = unsafe bytes.baseAddress.map { unsafe UnsafeMutablePointer(mutating: $0 + position) }
                unsafe state.pointee.next_in = start
                unsafe state.pointee.avail_in = UInt32(available)
                unsafe state.pointee.next_out = buffer.baseAddress
                unsafe state.pointee.avail_out = UInt32(room)
                result = run(isLast: isLast)
                unsafe state.pointee.next_in = nil
            }
            count = room - Int(unsafe state.pointee.avail_out)
        }
        output.append(contentsOf: piece)
        let left = Int(unsafe state.pointee.avail_in)
        return Step(
            status: ZlibStream.status(result), consumed: available - left, produced: piece.count,
            hasRoom: piece.count < room)
    }

    /// Makes a decompression ready for data that begins anew.
    func reset() {
        _ = unsafe inflateReset(state)
    }

    /// Small inputs need not touch the whole of a large buffer: compressed, they are hardly longer than before.
    private func room(for available: Int) -> Int {
        switch direction {
        case .compress: min(65_536, 1_024 + available + available / 8)
        case .decompress: 65_536
        }
    }

    private func run(isLast: Bool) -> Int32 {
        switch direction {
        case .compress: unsafe deflate(state, isLast ? Z_FINISH : Z_NO_FLUSH)
        case .decompress: unsafe inflate(state, Z_NO_FLUSH)
        }
    }

    private static func status(_ result: Int32) -> Status {
        switch result {
        // "No progress possible" is no error: there was nothing to do.
        case Z_OK, Z_BUF_ERROR: .running
        case Z_STREAM_END: .ended
        case Z_MEM_ERROR: .outOfMemory
        default: .damaged
        }
    }
}
