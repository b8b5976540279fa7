/// The bytes that HTTP gives a meaning to, and the classes of RFC 9110 §5.6.
enum Byte {
    static let tab: UInt8 = 0x09
    static let lineFeed: UInt8 = 0x0A
    static let carriageReturn: UInt8 = 0x0D
    static let space: UInt8 = 0x20
    static let quote: UInt8 = 0x22
    static let numberSign: UInt8 = 0x23
    static let percent: UInt8 = 0x25
    static let ampersand: UInt8 = 0x26
    static let asterisk: UInt8 = 0x2A
    static let plus: UInt8 = 0x2B
    static let comma: UInt8 = 0x2C
    static let period: UInt8 = 0x2E
    static let slash: UInt8 = 0x2F
    static let zero: UInt8 = 0x30
    static let colon: UInt8 = 0x3A
    static let semicolon: UInt8 = 0x3B
    static let equals: UInt8 = 0x3D
    static let questionMark: UInt8 = 0x3F
    static let backslash: UInt8 = 0x5C
    static let delete: UInt8 = 0x7F

    /// `tchar`: what methods and field names are made of.
    static func isToken(_ byte: UInt8) -> Bool {
        // One bit for each of `!#$%&'*+-.^_`|~`, digits and letters.
        let low: UInt64 = 0x03FF_6CFA_0000_0000
        let high: UInt64 = 0x57FF_FFFF_C7FF_FFFE
        return (byte < 64 ? low &>> UInt64(byte) : byte < 128 ? high &>> UInt64(byte & 63) : 0) & 1 == 1
    }

    /// What a field value may hold: visible characters, space, tab and `obs-text` (RFC 9110 §5.5).
    static func isFieldContent(_ byte: UInt8) -> Bool {
        byte >= space ? byte != delete : byte == tab
    }

    static func isDigit(_ byte: UInt8) -> Bool {
        byte &- zero < 10
    }

    /// The value of a hexadecimal digit of either case.
    static func hexadecimal(_ byte: UInt8) -> UInt8? {
        if isDigit(byte) { return byte &- zero }
        let letter = lowercased(byte) &- 0x61
        return letter < 6 ? letter + 10 : nil
    }

    static func lowercased(_ byte: UInt8) -> UInt8 {
        byte &- 0x41 < 26 ? byte | 0x20 : byte
    }

    /// Whether the bytes of `range` are those of `text`; the counts must be known to agree.
    static func match(_ bytes: Span<UInt8>, _ range: Range<Int>, _ text: String) -> Bool {
        var index = range.lowerBound
        for byte in text.utf8 {
            guard bytes[index] == byte else { return false }
            index += 1
        }
        return true
    }

    /// Whether the bytes of `range` are those of `lowercase` in any case.
    static func matchIgnoringCase(_ bytes: Span<UInt8>, _ range: Range<Int>, _ lowercase: String) -> Bool {
        range.count == lowercase.utf8.count && startsIgnoringCase(bytes, range, with: lowercase)
    }

    static func startsIgnoringCase(_ bytes: Span<UInt8>, _ range: Range<Int>, with lowercase: String) -> Bool {
        var index = range.lowerBound
        for byte in lowercase.utf8 {
            guard index < range.upperBound, lowercased(bytes[index]) == byte else { return false }
            index += 1
        }
        return true
    }

    /// `range` without the spaces and tabs at its ends (RFC 9110 §5.6.3).
    static func trim(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Range<Int> {
        var (lower, upper) = (range.lowerBound, range.upperBound)
        while lower < upper, bytes[lower] == space || bytes[lower] == tab { lower += 1 }
        while lower < upper, bytes[upper - 1] == space || bytes[upper - 1] == tab { upper -= 1 }
        return lower..<upper
    }
}
