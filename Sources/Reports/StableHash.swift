/// A 64-bit hash that is the same in every run and on every machine (FNV-1a): for tags and fingerprints, not against
/// people who want two things to have the same one.
public struct StableHash: Sendable {
    /// The hash of what was added so far.
    public private(set) var value: UInt64 = 0xcbf2_9ce4_8422_2325

    /// Makes the hash of nothing.
    public init() {}

    /// Adds bytes. O(length).
    public mutating func add(_ bytes: [UInt8]) {
        add(bytes[...])
    }

    /// Adds bytes. O(length).
    public mutating func add(_ bytes: ArraySlice<UInt8>) {
        for byte in bytes { mix(byte) }
    }

    /// Adds a text and its end, so that `ab`, `c` and `a`, `bc` differ.
    public mutating func add(_ text: String) {
        for byte in text.utf8 { mix(byte) }
        mix(0xff)
    }

    /// Adds a number.
    public mutating func add(_ number: Int) {
        addLittleEndian(number)
    }

    /// The hash of a long text for its entity tag: eight bytes at a time, since one at a time takes microseconds.
    /// O(length).
    public static func tag(of bytes: [UInt8]) -> UInt64 {
        let bytes = bytes.span
        var value = UInt64(truncatingIfNeeded: bytes.count) ^ 0xcbf2_9ce4_8422_2325
        var index = 0
        while index + 8 <= bytes.count {
            value = folded(value ^ word(bytes.extracting(index..<index + 8)))
            index += 8
        }
        var rest: UInt64 = 0
        while index < bytes.count {
            rest = rest << 8 | UInt64(bytes[index])
            index += 1
        }
        return folded(folded(value ^ rest))
    }

    /// Both halves of the product with an odd number of many bits, so that each bit counts everywhere.
    private static func folded(_ value: UInt64) -> UInt64 {
        let (high, low) = value.multipliedFullWidth(by: 0x9e37_79b9_7f4a_7c15)
        return high ^ low
    }

    private static func word(_ bytes: Span<UInt8>) -> UInt64 {
        var word: UInt64 = 0
        for index in 0..<8 { word |= UInt64(bytes[index]) << UInt64(8 * index) }
        return word
    }

    /// 16 lower-case hexadecimal digits.
    public var hex: String { Self.hex(value) }

    /// A hash in 16 lower-case hexadecimal digits.
    public static func hex(_ value: UInt64) -> String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }

    private mutating func mix(_ byte: UInt8) {
        value = (value ^ UInt64(byte)) &* Self.prime
    }

    private static let prime: UInt64 = 0x100_0000_01b3
    private static let primeToTheSeventh = (1..<7).reduce(prime) { power, _ in power &* prime }

    private mutating func addLittleEndian(_ number: Int) {
        if 0...255 ~= number {
            // Seven bytes of zero only multiply.
            mix(UInt8(truncatingIfNeeded: number))
            value = value &* Self.primeToTheSeventh
            return
        }
        var rest = UInt64(bitPattern: Int64(number))
        for _ in 0..<8 {
            mix(UInt8(truncatingIfNeeded: rest))
            rest >>= 8
        }
    }
}
