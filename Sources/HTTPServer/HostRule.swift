/// The value of `Host`: `uri-host [ ":" port ]`, possibly empty (RFC 9110 §7.2).
enum HostRule {
    static func accepts(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
        guard let end = endOfHost(bytes, range) else { return false }
        guard end < range.upperBound else { return true }
        guard bytes[end] == Byte.colon else { return false }
        return (end + 1..<range.upperBound).allSatisfy { Byte.isDigit(bytes[$0]) }
    }

    private static func endOfHost(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Int? {
        var index = range.lowerBound
        if index < range.upperBound, bytes[index] == openingBracket {
            while index < range.upperBound, bytes[index] != closingBracket { index += 1 }
            guard index < range.upperBound, isIPv6(bytes, range.lowerBound + 1..<index) else { return nil }
            return index + 1
        }
        while index < range.upperBound, isNameByte(bytes[index]) {
            if bytes[index] == Byte.percent {
                guard index + 2 < range.upperBound, Byte.hexadecimal(bytes[index + 1]) != nil,
                    Byte.hexadecimal(bytes[index + 2]) != nil
                else { return nil }
            }
            index += 1
        }
        return index
    }

    private static let openingBracket: UInt8 = 0x5B
    private static let closingBracket: UInt8 = 0x5D

    /// `reg-name` (RFC 3986 §3.2.2) and raw UTF-8.
    private static func isNameByte(_ byte: UInt8) -> Bool {
        if byte >= 0x80 { return true }
        switch byte {
        case 0x28, 0x29, Byte.comma, Byte.semicolon, Byte.equals: return true
        case 0x5E, 0x60, 0x7C, Byte.numberSign: return false
        default: return Byte.isToken(byte)
        }
    }

    /// `IPv6address` (RFC 3986 §3.2.2): eight groups, or fewer with one gap; the last two may be an IPv4 address.
    private static func isIPv6(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
        var (groups, hasGap, index) = (0, false, range.lowerBound)
        if range.count >= 2, bytes[index] == Byte.colon, bytes[index + 1] == Byte.colon {
            hasGap = true
            index += 2
        }
        while index < range.upperBound {
            let start = index
            while index < range.upperBound, Byte.hexadecimal(bytes[index]) != nil { index += 1 }
            if index < range.upperBound, bytes[index] == Byte.period {
                guard isIPv4(bytes, start..<range.upperBound) else { return false }
                groups += 2
                break
            }
            guard 1...4 ~= index - start else { return false }
            groups += 1
            guard index < range.upperBound else { break }
            index += 1
            guard bytes[index - 1] == Byte.colon, index < range.upperBound else { return false }
            guard bytes[index] == Byte.colon else { continue }
            guard !hasGap else { return false }
            hasGap = true
            index += 1
        }
        return hasGap ? groups <= 7 : groups == 8
    }

    /// Four numbers up to 255 without leading zeros.
    private static func isIPv4(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
        var (numbers, index) = (0, range.lowerBound)
        while numbers < 4 {
            let start = index
            var number = 0
            while index < range.upperBound, index - start < 3, Byte.isDigit(bytes[index]) {
                number = number * 10 + Int(bytes[index] &- Byte.zero)
                index += 1
            }
            guard index > start, number <= 255, bytes[start] != Byte.zero || index - start == 1 else { return false }
            numbers += 1
            guard numbers < 4 else { break }
            guard index < range.upperBound, bytes[index] == Byte.period else { return false }
            index += 1
        }
        return index == range.upperBound
    }
}
