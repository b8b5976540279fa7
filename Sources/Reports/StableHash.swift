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
