/// What the styles of cells do to what is said: how numbers are printed, and whether the text is struck out.
struct SheetStyles: OfficeHandler, Sendable {
    private struct Style {
        let numberFormat: SheetNumberFormat?
        let dateFormat: SheetDateFormat?
        let font: Int
    }

    /// The formats that the workbook itself has, by their numbers.
    private var codes: [String: String] = [:]
    /// For each font whether it is struck through.
    private var fonts: [Bool] = []
    private var styles: [Style] = []
    private var isInCells = false

    /// The number format of a style; nil for one that prints numbers as they are stored.
    func numberFormat(_ style: Int) -> SheetNumberFormat? {
        styles.indices.contains(style) ? styles[style].numberFormat : nil
    }

    /// The format of a style that prints numbers as dates; nil for any other.
    func dateFormat(_ style: Int) -> SheetDateFormat? {
        styles.indices.contains(style) ? styles[style].dateFormat : nil
    }

    /// Whether cells of a style are struck through.
    func isStruckOut(_ style: Int) -> Bool {
        guard styles.indices.contains(style), fonts.indices.contains(styles[style].font) else { return false }
        return fonts[styles[style].font]
    }

    mutating func start(_ element: OfficeElement, _ attributes: OfficeAttributes) {
        switch element {
        case .numFmt:
            guard let id = attributes["numFmtId"], let code = attributes["formatCode"] else { return }
            if codes.count < Self.stylesMax { codes[id] = code }
        // Fonts of conditional formats stand behind the styles of cells.
        case .font where styles.isEmpty && fonts.count < Self.stylesMax: fonts.append(false)
        case .strike where styles.isEmpty && !fonts.isEmpty: fonts[fonts.count - 1] = attributes.isOn
        case .cellXfs: isInCells = true
        case .xf where isInCells && styles.count < Self.stylesMax:
            styles.append(style(attributes["numFmtId"], font: attributes.number("fontId") ?? 0))
        default: break
        }
    }

    mutating func end(_ element: OfficeElement) {
        if element == .cellXfs { isInCells = false }
    }

    mutating func characters(_ characters: Span<UInt8>) {}

    private func style(_ format: String?, font: Int) -> Style {
        let code = format.flatMap { codes[$0] }
        let dates = code.map { SheetDateFormat($0) } ?? format.flatMap { SheetDateFormat(builtIn: $0) }
        return Style(
            numberFormat: dates == nil ? code.flatMap { SheetNumberFormat($0) } : nil, dateFormat: dates, font: font)
    }

    /// Excel's own limit.
    private static let stylesMax = 65_490
}
