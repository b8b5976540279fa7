/// Whole numbers from 0 up in as few bytes as they need: seven bits a byte, the lowest first, the eighth says that more follow.
public enum VariableLength {
    /// More bits than any length in memory or on the disk here.
    private static let bitsMax = 35

    /// Adds a number, which must not be negative, to bytes.
    public static func append(_ number: Int, to bytes: inout [UInt8]) {
        var rest = number
        while rest > 127 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 128)
            rest >>= 7
        }
        bytes.append(UInt8(truncatingIfNeeded: rest))
    }

    /// The number that begins at an index, which is moved behind it; nil where none ends within the bytes.
    public static func read(_ bytes: Span<UInt8>, at index: inout Int) -> Int? {
        var (number, shift) = (0, 0)
        while index < bytes.count, shift < bitsMax {
            let byte = bytes[index]
            index += 1
            number |= Int(byte & 127) << shift
            guard byte > 127 else { return number }
            shift += 7
        }
        return nil
    }
}
