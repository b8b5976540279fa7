import Reports

/// What a cell of a table holds, as far as it can be told from the cell alone.
enum CellValue: Sendable, Hashable {
    /// Nothing, or a sign that stands for nothing (`/`, `—`, `无`).
    case blank
    /// A figure, and the words beside it.
    case number(Quantity, remark: String?)
    /// Anything else: a label or a sentence.
    case text

    /// Reads a cell. O(length).
    init(_ bytes: ArraySlice<UInt8>) {
        // Most cells are short runs of ASCII digits: no folding, no strings.
        if let count = Self.plainCount(bytes) {
            self = .number(Quantity(count), remark: nil)
            return
        }
        guard bytes.count <= Self.bytesMax else {
            self = .text
            return
        }
        let folded = Normalization.fold(bytes)
        if folded.isEmpty || Self.placeholders.contains(folded) {
            self = .blank
        } else {
            self = Self.number(folded)
        }
    }

    /// A longer cell is a sentence.
    private static let bytesMax = 160

    private static let placeholders: Set<[UInt8]> = Set(
        [
            "/", "//", "-", "--", "---", "—", "——", "–", "－", "―", "─", "无", "不适用", "N/A", "n/a", "NA", "\\", "*", "空",
            "、", ".",
        ]
        .map { Array($0.utf8) })

    private static func plainCount(_ bytes: ArraySlice<UInt8>) -> Int? {
        guard (1...15).contains(bytes.count) else { return nil }
        var count = 0
        for byte in bytes {
            guard UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte else { return nil }
            count = count * 10 + Int(byte - UInt8(ascii: "0"))
        }
        return count
    }

    /// A sign, digits with thousands separators and a point, a unit, and a remark that begins with a bracket.
    private static func number(_ folded: [UInt8]) -> CellValue {
        var digits = ""
        var at = folded.startIndex
        if folded[at] == UInt8(ascii: "+") || folded[at] == UInt8(ascii: "-") {
            if folded[at] == UInt8(ascii: "-") { digits = "-" }
            at += 1
        } else if folded.starts(with: "−".utf8) {
            digits = "-"
            at += 3
        }
        guard let (text, end) = digitRun(folded, from: at) else { return .text }
        let rest = String(decoding: folded[end...], as: UTF8.self)
        guard let (unit, remark) = suffix(rest), let quantity = Quantity(digits + text + unit) else { return .text }
        return .number(quantity, remark: remark)
    }

    /// Digits, commas between groups of three, and one point; nil for anything else.
    private static func digitRun(_ bytes: [UInt8], from start: Int) -> (String, Int)? {
        var text = ""
        var at = start
        var sinceComma: Int?
        var hasPoint = false
        while at < bytes.count {
            switch bytes[at] {
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                text.unicodeScalars.append(Unicode.Scalar(bytes[at]))
                sinceComma = sinceComma.map { $0 + 1 }
            case UInt8(ascii: ",") where !text.isEmpty && !hasPoint && (sinceComma ?? 3) == 3:
                sinceComma = 0
            case UInt8(ascii: ".") where !text.isEmpty && !hasPoint:
                hasPoint = true
                text += "."
                guard (sinceComma ?? 3) == 3 else { return nil }
                sinceComma = nil
            default:
                return finished(text, at, sinceComma)
            }
            at += 1
        }
        return finished(text, at, sinceComma)
    }

    private static func finished(_ text: String, _ end: Int, _ sinceComma: Int?) -> (String, Int)? {
        text.isEmpty || text.hasSuffix(".") || (sinceComma ?? 3) != 3 ? nil : (text, end)
    }

    /// The money unit and the remark that follow a number; nil for words that make it no figure.
    private static func suffix(_ text: String) -> (unit: String, remark: String?)? {
        var rest = Substring(text)
        var unit = ""
        for word in ["万元", "亿元", "元"] where rest.hasPrefix(word) {
            unit = word
            rest.removeFirst(word.count)
            break
        }
        if unit.isEmpty {
            for word in ["人次", "件", "个", "项", "条", "次", "份", "部", "宗", "起"] where rest.hasPrefix(word) {
                rest.removeFirst(word.count)
                break
            }
        }
        if rest.isEmpty { return (unit, nil) }
        let opensRemark = ["(", "[", "【", "其中", "含", "*"].contains { rest.hasPrefix($0) }
        return opensRemark ? (unit, String(rest)) : nil
    }
}
