/// The formats by which a workbook prints its numbers, as far as they change what is said: a format may move the point
/// (`0.00,` prints thousands, `0!.0,` tens of thousands), and write a unit behind the number (`0.00"万元"`).
///
/// No digit is lost: a number that is printed rounded is given in full, as all others are.
struct SheetNumberFormat: Sendable {
    private let sections: [Section]

    /// Reads a format; nil where it prints numbers as they are stored.
    init?(_ code: String) {
        let general = code.replacing("General", with: "0").replacing("G/通用格式", with: "0")
        var rest = general.unicodeScalars.prefix(Self.lengthMax)[...]
        var sections: [Section] = []
        repeat { sections.append(Section(&rest)) } while !rest.isEmpty && sections.count < 4
        guard sections.contains(where: \.changesNumbers) else { return nil }
        self.sections = sections
    }

    /// A stored number as the format prints it.
    func text(_ number: String) -> String {
        guard let value = Double(number) else { return number }
        let conditional = sections.first { $0.holds(value) == true }
        // Without conditions the first is for numbers above zero, the second for those below, the third for zero.
        let place = value > 0 || sections.count < 2 ? 0 : value < 0 ? 1 : min(2, sections.count - 1)
        let section = conditional ?? (sections.contains { $0.holds(value) != nil } ? sections.last : sections[place])
        guard let section, section.changesNumbers, let moved = Self.moved(number, by: section.places) else {
            return number
        }
        return moved + section.unit
    }

    /// A number with its point moved to the left; nil for what is no plain number.
    private static func moved(_ number: String, by places: Int) -> String? {
        let isNegative = number.hasPrefix("-")
        let parts = number.dropFirst(isNegative ? 1 : 0).split(separator: ".", omittingEmptySubsequences: false)
        guard let whole = parts.first, parts.count <= 2, parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy(\.isNumber) })
        else { return nil }
        guard places > 0 else { return number }
        let padded = String(repeating: "0", count: max(0, places + 1 - whole.utf8.count)) + whole
        var fraction = padded.suffix(places) + (parts.count > 1 ? parts[1] : "")
        while fraction.last == "0" { fraction.removeLast() }
        return (isNegative ? "-" : "") + padded.dropLast(places) + (fraction.isEmpty ? "" : "." + fraction)
    }

    /// Excel's own limit.
    private static let lengthMax = 255
}

/// One part of a number format: for numbers of one sign, or those of which its condition holds.
private struct Section: Sendable {
    /// By how many places the point is moved to the left.
    private(set) var places = 0
    /// 元, 万元, 年 and the like, where it is written behind the number.
    private(set) var unit = ""
    private var condition = ""

    var changesNumbers: Bool { places > 0 || !unit.isEmpty }

    /// Reads a part up to its semicolon; what it does not know says nothing.
    init(_ rest: inout Substring.UnicodeScalarView) {
        var digits = 0
        var digitsBehindMark: Int?
        var commas = 0
        var words = ""
        func isMark(_ text: String) -> Bool { text == "." && digits > 0 && digitsBehindMark == nil }
        while let scalar = rest.popFirst(), scalar != ";" {
            switch scalar {
            case "0", "#", "?":
                digits += 1
                digitsBehindMark = digitsBehindMark.map { $0 + 1 }
                (commas, words) = (0, "")
            case ",": commas += digits > 0 ? 1 : 0
            case "_", "*": rest = rest.dropFirst()
            case "\\", "!", "\"":
                let isQuoted = scalar == "\""
                let literal = String(isQuoted ? rest.prefix { $0 != "\"" } : rest.prefix(1))
                rest = rest.dropFirst(literal.unicodeScalars.count + (isQuoted ? 1 : 0))
                if isMark(literal) { digitsBehindMark = 0 } else { words += literal }
            case "[":
                let text = String(rest.prefix { $0 != "]" })
                rest = rest.drop { $0 != "]" }.dropFirst()
                if let first = text.first, "<>=".contains(first) { condition = text }
            default: words.unicodeScalars.append(scalar)
            }
        }
        places = 3 * commas + (digitsBehindMark ?? 0)
        let name = words.filter { !" ()（）".contains($0) }
        if digits > 0, Self.units.contains(name) { unit = name }
    }

    /// Whether its condition holds of a number; nil where it has none.
    func holds(_ number: Double) -> Bool? {
        let sign = condition.prefix { "<>=".contains($0) }
        guard let bound = Double(condition.dropFirst(sign.count)) else { return nil }
        switch sign {
        case ">": return number > bound
        case ">=": return number >= bound
        case "<": return number < bound
        case "<=": return number <= bound
        case "=": return number == bound
        case "<>": return number != bound
        default: return nil
        }
    }

    private static let units: Set<String> = ["元", "万元", "亿元", "万", "亿", "年", "年度"]
}
