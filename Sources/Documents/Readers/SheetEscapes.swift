/// Characters that the texts of a workbook write as `_x000D_` (ECMA-376 part 1, 22.9.2.19, ST_Xstring): some programs write
/// line ends so.
enum SheetEscapes {
    /// The text with the characters in place of what stands for them; those that control something are left out. O(length).
    static func decoded(_ text: [UInt8]) -> [UInt8] {
        guard text.contains(underscore) else { return text }
        var result: [UInt8] = []
        result.reserveCapacity(text.count)
        var at = 0
        while at < text.count {
            guard let unit = unit(text, at) else {
                result.append(text[at])
                at += 1
                continue
            }
            at += length
            if let scalar = Unicode.Scalar(unit) {
                if scalar.value >= 0x20 || whiteSpace.contains(scalar.value) { result += Array(String(scalar).utf8) }
            } else if let low = Self.unit(text, at), let pair = pair(unit, low) {
                result += Array(String(pair).utf8)
                at += length
            } else {
                // Half a character is none: what is printed stays.
                result += text[(at - length)..<at]
            }
        }
        return result
    }

    private static let underscore = UInt8(ascii: "_")
    private static let length = 7
    private static let whiteSpace: Set<UInt32> = [0x09, 0x0A, 0x0D]

    private static func pair(_ high: UInt16, _ low: UInt16) -> Unicode.Scalar? {
        guard UTF16.isLeadSurrogate(high), UTF16.isTrailSurrogate(low) else { return nil }
        return Unicode.Scalar(0x10000 + (UInt32(high) - 0xD800) << 10 + (UInt32(low) - 0xDC00))
    }

    /// The number of four digits between `_x` and `_`.
    private static func unit(_ text: [UInt8], _ at: Int) -> UInt16? {
        guard at + length <= text.count, text[at] == underscore, text[at + 1] | 0x20 == UInt8(ascii: "x"),
            text[at + length - 1] == underscore
        else { return nil }
        var number: UInt16 = 0
        for byte in text[(at + 2)..<(at + length - 1)] {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): number = number << 4 | UInt16(byte - UInt8(ascii: "0"))
            case UInt8(ascii: "A")...UInt8(ascii: "F"): number = number << 4 | UInt16(byte - UInt8(ascii: "A") + 10)
            case UInt8(ascii: "a")...UInt8(ascii: "f"): number = number << 4 | UInt16(byte - UInt8(ascii: "a") + 10)
            default: return nil
            }
        }
        return number
    }
}
