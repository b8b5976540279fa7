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
}
