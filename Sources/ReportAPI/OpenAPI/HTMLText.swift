/// Text as it stands in a page, and the little markup that descriptions have.
enum HTMLText {
    /// The text with the signs of markup escaped, for content and for quoted attributes.
    static func escaped(_ text: some StringProtocol) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// Text whose backticks set off code.
    static func inline(_ text: some StringProtocol) -> String {
        text.split(separator: "`", omittingEmptySubsequences: false).enumerated().map { index, piece in
            index.isMultiple(of: 2) ? escaped(piece) : "<code>\(escaped(piece))</code>"
        }.joined()
    }

    /// Paragraphs set apart by empty lines.
    static func paragraphs(_ text: String) -> String {
        text.split(separator: "\n\n").map { "<p>\(inline($0))</p>" }.joined(separator: "\n")
    }
}
