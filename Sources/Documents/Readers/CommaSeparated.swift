/// Brings comma-separated values (RFC 4180) into the form of tab-separated text, which is read like any other.
enum CommaSeparated {
    /// Whether a document is called so.
    static func isNamed(mediaType: String?, name: String?) -> Bool {
        mediaType?.lowercased().hasPrefix("text/csv") == true || name?.lowercased().hasSuffix(".csv") == true
    }

    /// The text with a tab for each separator and without quotation marks; a line end within a cell becomes a space.
    ///
    /// Semicolons separate where they are more than the commas: Excel writes what the system's settings say.
    static func tabSeparated(_ text: [UInt8]) -> [UInt8] {
        let semicolons = text.count(where: { $0 == UInt8(ascii: ";") })
        let commas = text.count(where: { $0 == UInt8(ascii: ",") })
        let separator = semicolons > commas ? UInt8(ascii: ";") : UInt8(ascii: ",")
        var result: [UInt8] = []
        result.reserveCapacity(text.count)
        var isQuoted = false
        for (index, byte) in text.enumerated() {
            switch byte {
            case UInt8(ascii: "\""):
                // Two marks in a quoted cell are one of its own.
                if !isQuoted, index > 0, text[index - 1] == byte { result.append(byte) }
                isQuoted.toggle()
            case separator where !isQuoted: result.append(0x09)
            case 0x09, 0x0A, 0x0D: result.append(isQuoted || byte == 0x09 ? 0x20 : byte)
            default: result.append(byte)
            }
        }
        return result
    }

    /// Tab-separated text with its quoted cells on one line each: Excel puts cells of several lines in quotation marks when
    /// they are copied. Nil where there are none.
    static func joiningQuotedCells(_ text: [UInt8]) -> [UInt8]? {
        // Without an early end the loop takes many bytes at a time.
        var signs: UInt8 = 0
        for byte in text { signs |= (byte == quote ? 1 : 0) | (byte == 0x09 ? 2 : 0) }
        guard signs == 3 else { return nil }
        var result: [UInt8] = []
        var copied = 0
        var at = 0
        while let start = text[at...].firstIndex(of: quote) {
            at = start + 1
            guard start == 0 || isCellEnd(text[start - 1]), let end = quotedEnd(text, at) else { continue }
            result += text[copied..<start]
            result += text[at..<end].filter { $0 != 0x0D }.map { $0 == 0x0A ? 0x20 : $0 }
            copied = end + 1
            at = copied
        }
        return copied > 0 ? result + text[copied...] : nil
    }

    /// Where the mark stands that ends a quoted cell of several lines; nil for any other.
    private static func quotedEnd(_ text: [UInt8], _ start: Int) -> Int? {
        let cell = text[start...].prefix(cellBytesMax).prefix { $0 != quote && $0 != 0x09 }
        let end = cell.endIndex
        guard cell.contains(0x0A), end < text.count, text[end] == quote else { return nil }
        return end + 1 == text.count || isCellEnd(text[end + 1]) ? end : nil
    }

    private static func isCellEnd(_ byte: UInt8) -> Bool { byte == 0x09 || byte == 0x0A || byte == 0x0D }

    private static let quote = UInt8(ascii: "\"")
    /// A longer cell is none of a table.
    private static let cellBytesMax = 500
}
