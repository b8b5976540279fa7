import Reports

/// The figure of 本年增/减 in words or signs of its own: `减少15项`, `↓15`, `—15`, `(2)`, `增0/减2`, `持平`.
///
/// Anywhere else these are remarks or dashes.
enum ItemsChange {
    /// The change that a folded text states; nil for any other text.
    static func value(_ text: ArraySlice<UInt8>) -> Int? {
        if same.contains(where: { text.elementsEqual($0) }) { return 0 }
        if let change = withSignBehind(text) { return change }
        if text.first == UInt8(ascii: "("), text.last == UInt8(ascii: ")"),
            let amount = amount(text.dropFirst().dropLast())
        {
            // In brackets as accounts print what is negative.
            return amount.end == text.endIndex - 1 ? -amount.value : nil
        }
        var sum = 0
        var rest = text
        if let length = rest.length(ofWordIn: comparisons, at: rest.startIndex) { rest.removeFirst(length) }
        while !rest.isEmpty {
            let sign: Int
            if let length = rest.length(ofWordIn: more, at: rest.startIndex) {
                rest.removeFirst(length)
                sign = 1
            } else if let length = rest.length(ofWordIn: less, at: rest.startIndex) {
                rest.removeFirst(length)
                sign = -1
            } else {
                return nil
            }
            if let length = rest.length(ofWordIn: colons, at: rest.startIndex) { rest.removeFirst(length) }
            // 增(3)
            let isBracketed = rest.first == UInt8(ascii: "(")
            if isBracketed { rest.removeFirst() }
            guard var amount = amount(rest) else { return nil }
            if isBracketed {
                guard amount.end < rest.endIndex, rest[amount.end] == UInt8(ascii: ")") else { return nil }
                amount.end += 1
            }
            sum += sign * amount.value
            rest = rest[amount.end...]
            while let length = rest.length(ofWordIn: separators, at: rest.startIndex) { rest.removeFirst(length) }
        }
        return text.isEmpty ? nil : sum
    }

    /// The change that an arrow behind a number makes of it: `3↑`.
    private static func withSignBehind(_ text: ArraySlice<UInt8>) -> Int? {
        guard let amount = amount(text) else { return nil }
        if text[amount.end...].elementsEqual(up) { return amount.value }
        return text[amount.end...].elementsEqual(down) ? -amount.value : nil
    }

    /// The number that a text begins with, and where its unit ends.
    private static func amount(_ text: ArraySlice<UInt8>) -> (value: Int, end: Int)? {
        var value = 0
        var at = text.startIndex
        while at < text.endIndex, text[at] >= UInt8(ascii: "0"), text[at] <= UInt8(ascii: "9"),
            at - text.startIndex < digitsMax
        {
            value = value * 10 + Int(text[at] - UInt8(ascii: "0"))
            at += 1
        }
        guard at > text.startIndex else { return nil }
        return (value, at + (text.length(ofWordIn: units, at: at) ?? 0))
    }

    private static let digitsMax = 9
    private static let up = Array("↑".utf8), down = Array("↓".utf8)
    private static let comparisons: Words = ["较上年", "比上年", "同比"]
    private static let colons: Words = [":", "："]
    private static let same = ["持平", "不变", "无变化", "无增减", "未变化", "与上年持平"].map { Array($0.utf8) }
    private static let more: Words = ["新增加", "增加", "新增", "增", "上升", "↑", "+"]
    private static let less: Words = ["减少", "减", "取消", "下降", "↓", "—", "–", "―", "─", "-", "负"]
    private static let units: Words = ["项", "个", "件", "条"]
    private static let separators: Words = ["/", ",", "，", "、", ";", "；"]
}
