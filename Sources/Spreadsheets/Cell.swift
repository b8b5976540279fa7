/// What stands in a cell of a table.
public enum Cell: Sendable, Hashable {
    /// Nothing.
    case empty
    /// A text, and never a formula, whatever it begins with.
    case text(String)
    /// An exact decimal number: digits, with a sign and a point where there are any (`-12.50`).
    ///
    /// A workbook keeps it as a number where Excel's fifteen digits hold it, else as a text; no digit is lost.
    case number(String)
    /// A quotient, as near as a binary fraction comes; Excel keeps fifteen digits of it.
    case quotient(Double)

    /// A whole number.
    public static func integer(_ value: Int) -> Cell { .number(String(value)) }

    /// What a person reads in it.
    public var text: String {
        switch self {
        case .empty: ""
        case .text(let text), .number(let text): text
        // Whole numbers without a fraction, as a workbook shows them.
        case .quotient(let value): Int64(exactly: value).map(String.init) ?? "\(value)"
        }
    }
}

/// A number as a workbook stores it: a binary fraction, of which Excel keeps fifteen decimal digits.
struct StoredNumber: Hashable {
    let value: Double
    /// The digits after the point, which are shown even where they are zeros.
    let places: Int

    static let placesMax = 15

    /// Reads `-12.50`; nil for anything else and for numbers of more than fifteen digits.
    init?(_ text: String) {
        let unsigned = text.utf8.first == UInt8(ascii: "-") ? text.utf8.dropFirst() : text.utf8[...]
        let parts = unsigned.split(separator: UInt8(ascii: "."), maxSplits: 1, omittingEmptySubsequences: false)
        let isDecimal = parts.allSatisfy { part in
            !part.isEmpty && part.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        }
        let digits = parts.joined().drop { $0 == UInt8(ascii: "0") }.count
        let places = parts.count == 2 ? parts[1].count : 0
        guard isDecimal, digits <= 15, places <= Self.placesMax, let value = Double(text) else { return nil }
        self.value = value
        self.places = places
    }
}
