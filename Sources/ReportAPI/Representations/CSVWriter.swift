internal import Reports

/// How a table is written.
struct CSVOptions: Sendable {
    /// Whether the header has the form's own words instead of ids.
    var hasChineseHeader = false
    /// Whether it begins with a byte order mark, as Excel needs it to see UTF-8.
    var hasByteOrderMark = false
}

extension CSVOptions {
    /// The parameters `header` and `bom`, which are refused where they would say nothing.
    ///
    /// - Parameter headed: the formats that begin with a row of names.
    init(_ query: Query, _ format: Format, headed: Set<Format> = [.csv, .xlsx]) throws(Problem) {
        if query["header"] != nil, !headed.contains(format) {
            throw .parameter("header", besides: "format=\(format.rawValue)")
        }
        if query["bom"] != nil, format != .csv { throw .parameter("bom", besides: "format=\(format.rawValue)") }
        switch query["header"] {
        case nil, "id": hasChineseHeader = false
        case "zh": hasChineseHeader = true
        default: throw .parameter("header", "id or zh", "id 或 zh")
        }
        hasByteOrderMark = try query.flag("bom")
    }

    /// A word of the API, or what it is called in Chinese.
    func word<Word: RawRepresentable<String> & ChineseName>(_ word: Word?) -> CSVWriter.Field {
        .text(word.map { hasChineseHeader ? $0.label : $0.rawValue } ?? "")
    }

    /// True or false, in words.
    func flag(_ flag: Bool?) -> CSVWriter.Field {
        .text(flag.map { hasChineseHeader ? ($0 ? "是" : "否") : "\($0)" } ?? "")
    }
}

/// Writes CSV (RFC 4180) that spreadsheets show as it is meant.
struct CSVWriter {
    /// What stands in a cell.
    enum Field {
        /// Quoted where it must be, and never run as a formula.
        case text(String)
        case integer(Int?)
        case double(Double?)
        /// The digits of a number, as they are; nothing where there is none.
        case number(String?)
    }

    private(set) var bytes: [UInt8]
    private var isRowBegun = false

    init(_ options: CSVOptions) {
        bytes = options.hasByteOrderMark ? [0xef, 0xbb, 0xbf] : []
    }

    /// A whole table.
    static func bytes(_ rows: [[Field]], _ options: CSVOptions) -> [UInt8] {
        var table = CSVWriter(options)
        for row in rows { table.row(row) }
        return table.bytes
    }

    mutating func row(_ fields: [Field]) {
        for field in fields { self.field(field) }
        endRow()
    }

    /// Writes the next cell of a row.
    mutating func field(_ field: Field) {
        beginField()
        switch field {
        case .text(let text): write(text)
        case .integer(let number): if let number { write(number) }
        case .number(let number): if let number { bytes += number.utf8 }
        case .double(let number):
            // As JSON writes it: whole numbers without a fraction.
            guard let number else { return }
            var json = JSONWriter()
            json.number(number)
            bytes += json.bytes
        }
    }

    /// Writes a figure as the next cell: its digits, and the unit of money that it was printed with.
    mutating func quantity(_ quantity: Quantity?) {
        beginField()
        guard let quantity else { return }
        if let count = quantity.count {
            write(count)
        } else {
            bytes += quantity.numberWithUnit.utf8
        }
    }

    mutating func endRow() {
        bytes.append(UInt8(ascii: "\r"))
        bytes.append(UInt8(ascii: "\n"))
        isRowBegun = false
    }

    private mutating func beginField() {
        if isRowBegun { bytes.append(UInt8(ascii: ",")) }
        isRowBegun = true
    }

    private mutating func write(_ number: Int) {
        if (0...9).contains(number) {
            bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number))
        } else {
            bytes += String(number).utf8
        }
    }

    private mutating func write(_ text: String) {
        let isFormula = text.unicodeScalars.first.map { Self.beginsFormula($0) } ?? false
        let isQuoted = text.utf8.contains { byte in
            byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\r")
                || byte == UInt8(ascii: "\n")
        }
        if isQuoted { bytes.append(UInt8(ascii: "\"")) }
        if isFormula { bytes.append(UInt8(ascii: "'")) }
        if isQuoted {
            for byte in text.utf8 {
                if byte == UInt8(ascii: "\"") { bytes.append(byte) }
                bytes.append(byte)
            }
            bytes.append(UInt8(ascii: "\""))
        } else {
            bytes += text.utf8
        }
    }

    /// What a formula begins with, in the wide forms too, which spreadsheets of China and Japan take for the same. Scalars:
    /// a line end or a combining mark would hide the sign before it in one character.
    private static func beginsFormula(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠": true
        default: false
        }
    }
}
