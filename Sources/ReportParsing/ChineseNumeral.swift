/// Whole numbers in Chinese numerals: `三`, `十八`, `二十六`, `一百零五`, `两千三百`.
enum ChineseNumeral {
    private static let digits = ["〇", "一", "二", "三", "四", "五", "六", "七", "八", "九"].map { Array($0.utf8) }
    private static let others = [("零", 0), ("○", 0), ("两", 2)].map { (Array($0.utf8), $1) }
    private static let powers = [("十", 10), ("百", 100), ("千", 1000)].map { (Array($0.utf8), $1) }
    /// The bytes of a numeral.
    private static let width = 3
    private static let charactersMax = 8

    /// The number that a text is; nil for any other text, and for one in digits without their powers (`二四`).
    static func value(_ text: ArraySlice<UInt8>) -> Int? {
        guard !text.isEmpty, text.count.isMultiple(of: width), text.count <= charactersMax * width else { return nil }
        var sum = 0
        var digit: Int?
        var power = 10_000
        for start in stride(from: text.startIndex, to: text.endIndex, by: width) {
            let character = text[start..<start + width]
            if let next = powers.first(where: { character.elementsEqual($0.0) })?.1 {
                // 十八 has no digit before 十.
                guard next < power, let count = digit ?? (sum == 0 && next == 10 ? 1 : nil), count > 0 else {
                    return nil
                }
                sum += count * next
                power = next
                digit = nil
            } else if let next = single(character) {
                guard digit == nil || digit == 0 && sum > 0 else { return nil }
                digit = next
            } else {
                return nil
            }
        }
        // 一百五 is 150, not 105.
        guard let last = digit else { return sum }
        let isSpoken = power > 10 && power < 10_000 && !text.dropLast(width).suffix(width).elementsEqual(others[0].0)
        return isSpoken ? nil : sum + last
    }

    private static func single(_ character: ArraySlice<UInt8>) -> Int? {
        digits.firstIndex(where: character.elementsEqual)
            ?? others.first { character.elementsEqual($0.0) }?.1
    }
}
