/// Comma-separated rows among the paragraphs of a text.
extension TextContainer {
    /// The text with tabs for the commas of its rows; nil where it holds no table of such rows.
    static func withoutCommas(_ text: [UInt8]) -> [UInt8]? {
        let lines = text.split(separator: 0x0A, omittingEmptySubsequences: false)
        guard lines.count(where: isRowOfFigures) >= rowsMin else { return nil }
        return Array(
            lines.map { isRow($0) ? CommaSeparated.tabSeparated(Array($0))[...] : $0 }.joined(separator: [0x0A]))
    }

    private static let rowsMin = 4
    private static let columnsMin = 7
    private static let fieldBytesMax = 36

    private static func fields(_ line: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
        line.split(separator: 0x2C, omittingEmptySubsequences: false)
    }

    /// Whether nearly all of a line are short figures and blanks between commas.
    private static func isRowOfFigures(_ line: ArraySlice<UInt8>) -> Bool {
        let fields = fields(line)
        return fields.count >= columnsMin && fields.count(where: isFigureOrBlank) + 2 >= fields.count
            && fields.contains { !$0.isEmpty && isFigureOrBlank($0) }
    }

    /// Digits with a point or a sign; three digits behind a comma may be thousands, but not so many in one line.
    private static func isFigureOrBlank(_ field: ArraySlice<UInt8>) -> Bool {
        field.count <= 12 && field.allSatisfy { 0x30...0x39 ~= $0 || 0x2D...0x2E ~= $0 || $0 <= 0x20 }
    }

    /// Whether a line of such a text is a row: with figures, blanks or short words alone between its commas.
    private static func isRow(_ line: ArraySlice<UInt8>) -> Bool {
        let fields = fields(line)
        guard fields.count > 2 else { return false }
        return fields.contains(where: isFigureOrBlank) || fields.allSatisfy { $0.count <= fieldBytesMax }
    }
}
