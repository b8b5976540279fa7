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
        for (index, field) in fields.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            switch field {
            case .text(let text): bytes += Self.escaped(text).utf8
            case .integer(let number): bytes += (number.map(String.init) ?? "").utf8
            case .number(let number): bytes += (number ?? "").utf8
            case .double(let number): bytes += (number.map { Self.digits($0) } ?? "").utf8
            }
        }
        bytes += "\r\n".utf8
    }

    /// As JSON writes it: whole numbers without a fraction.
    private static func digits(_ number: Double) -> String {
        var json = JSONWriter()
        json.number(number)
        return String(decoding: json.bytes, as: UTF8.self)
    }

    /// What a formula begins with, in the wide forms too, which spreadsheets of China and Japan take for the same.
    private static let formulaSigns = Set("=+-@\t\r\n＝＋－＠".unicodeScalars)
    private static let quotedSigns = Set(",\"\r\n".unicodeScalars)

    private static func escaped(_ text: String) -> String {
        // Scalars: a line end or a combining mark would hide the sign before it in one character.
        var text = text
        if let first = text.unicodeScalars.first, formulaSigns.contains(first) { text = "'" + text }
        guard text.unicodeScalars.contains(where: { quotedSigns.contains($0) }) else { return text }
        return "\"" + text.replacing("\"", with: "\"\"") + "\""
    }
}
