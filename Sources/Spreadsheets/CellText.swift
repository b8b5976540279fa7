/// What a text must be like to stand in a workbook or page.
enum CellText {
    /// The most that a cell of Excel holds, in UTF-16 units.
    static let unitsMax = 32_767

    /// The text without what XML cannot hold; line ends are line feeds.
    static func clean(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value & 0xFFFE == 0xFFFE }) else {
            return text
        }
        var scalars = String.UnicodeScalarView()
        for scalar in text.replacing("\r\n", with: "\n").unicodeScalars {
            switch scalar.value {
            case 0x09, 0x0A: scalars.append(scalar)
            case 0x0D: scalars.append("\n")
            case 0..<0x20: break
            default: if scalar.value & 0xFFFE != 0xFFFE { scalars.append(scalar) }
            }
        }
        return String(scalars)
    }

    /// The text as a cell of a workbook keeps it: what Excel would take for an escape is escaped, and what is longer
    /// than a cell ends in `…`.
    static func ofWorkbook(_ text: String) -> String {
        var text = clean(text)
        if text.utf8.count > unitsMax, text.utf16.count > unitsMax {
            var units = 1
            let start = text.unicodeScalars.prefix { scalar in
                units += scalar.value > 0xFFFF ? 2 : 1
                return units <= unitsMax
            }
            text = String(start) + "…"
        }
        guard text.contains("_x") else { return text }
        return text.replacing(/_(?=x[0-9A-Fa-f]{4}_)/, with: "_x005F_")
    }

    /// How wide the text is in columns of a digit: what is written in squares takes two. O(length).
    static func width(_ text: some StringProtocol) -> Int {
        text.unicodeScalars.reduce(0) { $0 + ($1.value < 0x1100 ? 1 : 2) }
    }

    /// How many lines the text takes in cells of a width.
    static func lines(_ text: String, width: Int) -> Int {
        text.split(separator: "\n", omittingEmptySubsequences: false)
            .reduce(0) { $0 + max(1, (Self.width($1) + width - 1) / max(width, 1)) }
    }
}
