internal import Glibc

/// Writes a text of known length into room that was taken for it, and no further.
///
/// Most of what it writes is short, and a call of `memcpy` takes longer than to write a word or two: so it writes whole
/// words, the rest of which is written over by what follows, or stands in the spare room behind the text.
@safe struct JSONTextWriter {
    /// The bytes of room behind the text, and of a step of ``append(_:_:)``: most of what stands between two values of a
    /// report is no longer.
    static let spare = 32
    /// What takes more steps is copied faster by `memcpy`.
    private static let stepsMax = 4

    private let room: UnsafeMutableRawPointer
    private let length: Int
    private(set) var count = 0

    /// - Parameters:
    ///   - room: at least ``spare`` bytes more than the text has.
    ///   - length: that of the text.
    init(_ room: UnsafeMutableRawPointer, length: Int) {
        unsafe self.room = unsafe room
        self.length = length
    }

    /// The first bytes of a word, whose first is at the right end.
    @inline(__always)
    mutating func append(_ word: UInt64, count bytes: Int) -> Bool {
        guard bytes <= length &- count else { return false }
        // Safe: no more than the spare room is written behind the text.
        unsafe room.storeBytes(of: word.littleEndian, toByteOffset: count, as: UInt64.self)
        count &+= bytes
        return true
    }

    /// A number below 240.
    @inline(__always)
    mutating func append(small number: UInt8) -> Bool {
        let (tens, ones) = (UInt64(number / 10), UInt64(number % 10))
        if number < 10 { return append(0x30 | ones, count: 1) }
        if number < 100 { return append(0x3030 | tens | ones << 8, count: 2) }
        return append(0x30_3030 | tens / 10 | (tens % 10) << 8 | ones << 16, count: 3)
    }

    /// Writes a digit over a byte that is there already.
    @inline(__always)
    mutating func set(digit: UInt8, at index: Int) {
        guard index >= 0, index < count else { return }
        unsafe room.storeBytes(of: UInt8(ascii: "0") &+ digit, toByteOffset: index, as: UInt8.self)
    }

    /// So many signs of numbers, two in a byte; false for what is none.
    mutating func append(signs pairs: Span<UInt8>, count signs: Int) -> Bool {
        guard signs <= pairs.count * 2 else { return false }
        var index = 0
        while index < signs {
            let bytes = min(8, signs - index)
            guard let word = JSONCode.signs(pairs, at: index / 2, count: bytes), append(word, count: bytes) else {
                return false
            }
            index += bytes
        }
        return true
    }

    /// Two hexadecimal digits for each byte.
    mutating func append(hex bytes: Span<UInt8>) -> Bool {
        var index = 0
        while index < bytes.count {
            let count = min(4, bytes.count - index)
            guard append(JSONCode.hexDigits(bytes, at: index, count: count), count: 2 * count) else { return false }
            index += count
        }
        return true
    }

    /// Bytes as they are.
    mutating func append(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard bytes.count <= length &- count else { return false }
        // Nothing has no address.
        guard let from = bytes.baseAddress else { return true }
        unsafe memcpy(room + count, from, bytes.count)
        count &+= bytes.count
        return true
    }

    /// The first bytes of what has ``spare`` more behind them.
    @inline(__always)
    mutating func append(_ bytes: UnsafeRawBufferPointer, _ wanted: Int) -> Bool {
        guard wanted >= 0, bytes.count &- wanted >= Self.spare, wanted <= length &- count else { return false }
        guard wanted <= Self.stepsMax * Self.spare, let from = bytes.baseAddress else {
            return unsafe append(UnsafeRawBufferPointer(rebasing: bytes[..<wanted]))
        }
        // Safe: neither what is read nor what is written goes further than the spare bytes.
        var index = 0
        while index < wanted {
            let step = unsafe from.loadUnaligned(fromByteOffset: index, as: SIMD32<UInt8>.self)
            unsafe room.storeBytes(of: step, toByteOffset: count &+ index, as: SIMD32<UInt8>.self)
            index &+= Self.spare
        }
        count &+= wanted
        return true
    }

    /// Writes again what stands further ahead.
    mutating func `repeat`(_ start: Int, _ bytes: Int) -> Bool {
        guard start >= 0, bytes >= 0, start <= count, bytes <= count - start else { return false }
        return unsafe append(UnsafeRawBufferPointer(start: room + start, count: bytes))
    }
}
