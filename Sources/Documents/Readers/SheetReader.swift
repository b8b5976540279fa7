/// The cells of one worksheet.
struct SheetReader: OfficeHandler {
    /// A cell with a text.
    struct Cell: Sendable {
        let row: Int
        let column: Int
        var text: [UInt8]
    }

    /// Cells that are one, from the first to the last row and column.
    struct Merge: Sendable {
        let rows: ClosedRange<Int>
        let columns: ClosedRange<Int>
    }

    /// In the order of the sheet; rows and columns from 0.
    private(set) var cells: [Cell] = []
    private(set) var merges: [Merge] = []
    private(set) var hiddenRows: Set<Int> = []
    private(set) var hiddenColumns: Set<Int> = []
    private let strings: SharedStrings
    private let styles: SheetStyles
    private let limits: DocumentLimits
    /// Whether dates count from 1904.
    private let from1904: Bool
    private var row = -1
    private var column = -1
    private var type = ""
    private var format: SheetNumberFormat?
    private var dates: SheetDateFormat?
    private var value: [UInt8] = []
    private var isOpen = false
    private var inline = SheetText()
    private var isStruckOut = false

    init(strings: SharedStrings, styles: SheetStyles, from1904: Bool, limits: DocumentLimits) {
        self.strings = strings
        self.styles = styles
        self.from1904 = from1904
        self.limits = limits
    }

    mutating func start(_ element: OfficeElement, _ attributes: OfficeAttributes) throws(DocumentError) {
        switch element {
        case .col: hideColumns(attributes)
        case .row:
            row = attributes.number("r").map { max($0, row + 2) - 1 } ?? row + 1
            column = -1
            if SheetReader.isHidden(attributes) { hiddenRows.insert(row) }
        case .c:
            let place = attributes["r"].flatMap { SheetReader.place($0) }
            column = max(place?.column ?? column + 1, column + 1)
            type = attributes["t"] ?? "n"
            let style = attributes.number("s")
            format = style.flatMap { styles.numberFormat($0) }
            dates = style.flatMap { styles.dateFormat($0) }
            isStruckOut = style.map { styles.isStruckOut($0) } ?? false
            value = []
            inline = SheetText()
        case .v: isOpen = true
        case .mergeCell: try addMerge(attributes["ref"] ?? "")
        default: inline.start(element, attributes)
        }
    }

    mutating func end(_ element: OfficeElement) throws(DocumentError) {
        inline.end(element)
        switch element {
        case .v: isOpen = false
        case .c: try addCell()
        default: break
        }
    }

    mutating func characters(_ characters: Span<UInt8>) {
        guard isOpen else { return inline.characters(characters) }
        for index in characters.indices { value.append(characters[index]) }
    }

    private mutating func addCell() throws(DocumentError) {
        if !inline.bytes.isEmpty { value = inline.bytes }
        guard row >= 0, !value.isEmpty, !hiddenRows.contains(row) else { return }
        guard cells.count < limits.cellsMax else { throw .limitExceeded(.cells, maximum: limits.cellsMax) }
        let text: [UInt8]
        var isRich = inline.isRich
        switch type {
        case "s":
            let shared = Int(String(decoding: value, as: UTF8.self)).flatMap { strings[$0] }
            text = SheetReader.typed(shared.map { Array($0.text) } ?? [])
            isRich = shared?.isRich ?? false
        case "n":
            let number = SheetNumber.text(String(decoding: value, as: UTF8.self))
            let date = dates?.text(number, from1904: from1904)
            text = Array((date ?? format?.text(number) ?? number).utf8)
        case "b": text = value == [0x31] ? Array("TRUE".utf8) : Array("FALSE".utf8)
        default: text = SheetReader.typed(value)
        }
        // Runs have fonts of their own; without them that of the cell holds.
        guard !isStruckOut || isRich else { return }
        let trimmed = SheetReader.trimmed(text)
        if !trimmed.isEmpty { cells.append(Cell(row: row, column: column, text: trimmed)) }
    }

    private static func isHidden(_ attributes: OfficeAttributes) -> Bool {
        attributes["hidden"] == "1" || attributes["hidden"] == "true"
    }

    /// Columns are listed before the rows, by the first and the last of those that are alike.
    private mutating func hideColumns(_ attributes: OfficeAttributes) {
        guard SheetReader.isHidden(attributes), let first = attributes.number("min"),
            let last = attributes.number("max"), first > 0, first <= last
        else { return }
        // No column is listed twice, so there are no more than Excel has.
        let room = SheetReader.columnsMax - hiddenColumns.count
        guard last <= SheetReader.columnsMax, last - first < room else { return }
        hiddenColumns.formUnion(first - 1..<last)
    }

    /// A text as it was typed: the sign by which Excel is told that a number is a text, `'12`, is no part of it.
    private static func typed(_ text: [UInt8]) -> [UInt8] {
        let text = SheetEscapes.decoded(text)
        return text.first == UInt8(ascii: "'") ? Array(text.dropFirst()) : text
    }

    /// The text without white space around its lines, empty lines left out.
    private static func trimmed(_ text: [UInt8]) -> [UInt8] {
        var lines: [UInt8] = []
        for line in text.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }) {
            let bytes = Array(line)
            let span = WhiteSpace.trim(bytes, 0, bytes.count)
            guard !span.isEmpty else { continue }
            if !lines.isEmpty { lines.append(0x0A) }
            lines += bytes[span.start..<span.end]
        }
        return lines
    }

    private mutating func addMerge(_ reference: String) throws(DocumentError) {
        let corners = reference.split(separator: ":").compactMap { SheetReader.place(String($0)) }
        guard corners.count == 2, corners[0].row <= corners[1].row, corners[0].column <= corners[1].column else {
            return
        }
        guard merges.count < limits.cellsMax else { throw .limitExceeded(.cells, maximum: limits.cellsMax) }
        merges.append(Merge(rows: corners[0].row...corners[1].row, columns: corners[0].column...corners[1].column))
    }

    /// The row and column, from 0, of a reference such as `AB12`; nil beyond what Excel has.
    private static func place(_ reference: String) -> (row: Int, column: Int)? {
        var column = 0
        var row = 0
        for byte in reference.utf8 where byte != 0x24 {
            switch byte | 0x20 {
            case 0x61...0x7A where row == 0: column = column * 26 + Int(byte | 0x20) - 0x60
            case 0x30...0x39: row = row * 10 + Int(byte) - 0x30
            default: return nil
            }
            guard column <= columnsMax, row <= 1_048_576 else { return nil }
        }
        return row > 0 && column > 0 ? (row - 1, column - 1) : nil
    }

    private static let columnsMax = 16_384
}

extension SheetReader {
    /// The sheet without what stands in hidden columns; a cell merged over some of them begins at the first that is shown.
    /// O(cells + columns).
    func withoutHiddenColumns() -> SheetReader {
        guard !hiddenColumns.isEmpty else { return self }
        var shown = self
        let next = nextShownColumns()
        var moved: [Int: [Int: Int]] = [:]
        shown.merges = merges.compactMap { merge in
            let first = merge.columns.lowerBound
            guard next.indices.contains(first), next[first] <= merge.columns.upperBound else { return nil }
            if next[first] != first { moved[merge.rows.lowerBound, default: [:]][first] = next[first] }
            return Merge(rows: merge.rows, columns: next[first]...merge.columns.upperBound)
        }
        shown.cells = cells.compactMap { cell in
            guard hiddenColumns.contains(cell.column) else { return cell }
            return moved[cell.row]?[cell.column].map { Cell(row: cell.row, column: $0, text: cell.text) }
        }
        return shown
    }

    /// For each column the first from it on that is shown.
    private func nextShownColumns() -> [Int] {
        var next = Array(0..<SheetReader.columnsMax)
        for column in next.indices.reversed() where hiddenColumns.contains(column) {
            next[column] = column + 1 < next.count ? next[column + 1] : next.count
        }
        return next
    }
}

/// Numbers as a workbook stores them: the nearest binary fraction, written out.
enum SheetNumber {
    /// The number as a person typed it: `12` for `12.0`, `0.1` for `0.10000000000000001`; anything else as it is.
    static func text(_ stored: String) -> String {
        guard let number = Double(stored), number.isFinite, abs(number) < 1e15 else { return stored }
        if number == number.rounded() { return String(Int(number)) }
        // Fifteen digits are what Excel computes with and shows.
        guard stored.utf8.count > 15 || stored.utf8.contains(0x45) || stored.utf8.contains(0x65) else { return stored }
        return decimal(number)
    }

    /// Fifteen significant digits without an exponent and without zeros at the end.
    private static func decimal(_ number: Double) -> String {
        var whole = Int(abs(number).rounded(.down))
        let places = max(0, 15 - String(whole).utf8.count)
        var scale = 1.0
        for _ in 0..<places { scale *= 10 }
        var fraction = Int(((abs(number) - Double(whole)) * scale).rounded())
        if Double(fraction) >= scale {
            whole += 1
            fraction = 0
        }
        var digits = String(fraction)
        digits = String(repeating: "0", count: max(0, places - digits.utf8.count)) + digits
        while digits.hasSuffix("0") { digits.removeLast() }
        return (number < 0 ? "-" : "") + String(whole) + (digits.isEmpty ? "" : "." + digits)
    }
}
