/// Words to look for in the title, the agency's names and the prose of reports.
///
/// Words with white space between are all wanted, those in quotation marks as they stand together, those behind a `-` not
/// at all. A Chinese word is found wherever its characters stand in a row, a word of other letters as a whole.
public struct TextQuery: Sendable, Hashable {
    /// The most characters (Unicode scalars).
    public static let lengthMax = 200
    /// The most words.
    public static let wordsMax = 16

    /// Each as its tokens.
    private(set) var wanted: [TextPhrase] = []
    private(set) var excluded: [TextPhrase] = []

    /// Reads a query; nil where it is longer than the limits, or names nothing to be found.
    public init?(_ text: String) {
        guard text.unicodeScalars.count <= Self.lengthMax else { return nil }
        var (term, isQuoted, isExcluded) = ("", false, false)
        for scalar in text.unicodeScalars {
            let isQuote = Self.quotes.contains(scalar)
            if isQuote || scalar.properties.isWhitespace && !isQuoted {
                add(term, isExcluded)
                // The - before a quotation mark is of the phrase in it.
                isExcluded = isQuote && !isQuoted && term.isEmpty && isExcluded
                if isQuote { isQuoted.toggle() }
                term = ""
            } else if term.isEmpty, !isQuoted, !isExcluded, Self.minuses.contains(scalar) {
                isExcluded = true
            } else {
                term.unicodeScalars.append(scalar)
            }
        }
        add(term, isExcluded)
        guard !wanted.isEmpty, wanted.count + excluded.count <= Self.wordsMax else { return nil }
    }

    /// What both ask for; nil where those are too many words.
    public func and(_ other: TextQuery) -> TextQuery? {
        var both = self
        both.wanted += other.wanted
        both.excluded += other.excluded
        return both.wanted.count + both.excluded.count <= Self.wordsMax ? both : nil
    }

    private static let quotes: Set<Unicode.Scalar> = ["\"", "＂", "“", "”"]
    private static let minuses: Set<Unicode.Scalar> = ["-", "－"]

    private mutating func add(_ term: String, _ isExcluded: Bool) {
        guard let phrase = TextPhrase(TextTokens(term).tokens) else { return }
        if isExcluded { excluded.append(phrase) } else { wanted.append(phrase) }
    }
}

extension TextQuery {
    /// Whether a text fulfils the query. O(tokens × words).
    func holds(_ tokens: [TextToken]) -> Bool {
        wanted.allSatisfy { $0.isIn(tokens) } && !excluded.contains { $0.isIn(tokens) }
    }

    /// The query for the index (sqlite.org/fts5.html#full_text_query_syntax). Nothing of what was typed can be taken for
    /// syntax: tokens are letters, digits and characters alone.
    var expression: String {
        let all = wanted.map(\.expression).joined(separator: " AND ")
        return excluded.isEmpty ? all : "(\(all)) NOT (\(excluded.map(\.expression).joined(separator: " OR ")))"
    }
}

/// Tokens that stand together.
struct TextPhrase: Sendable, Hashable {
    private let tokens: [TextToken]

    /// None for no tokens.
    init?(_ tokens: [TextToken]) {
        guard !tokens.isEmpty else { return nil }
        // A character at the end begins any pair: 公开 is in 公开指南, whose tokens are 公开, 开指, 指南, 南. The pair before
        // it says so already.
        self.tokens = tokens.count > 1 && Self.isPairEnd(tokens) ? tokens.dropLast() : tokens
    }

    private static func isPairEnd(_ tokens: [TextToken]) -> Bool {
        guard case .character(let last)? = tokens.last, case .pair(_, let second)? = tokens.dropLast().last else {
            return false
        }
        return last == second
    }

    /// The phrase for the index.
    var expression: String {
        let words = String(decoding: tokens.indexed.dropLast(), as: UTF8.self)
        if case .character? = tokens.last { return "\"\(words)\" *" }
        return "\"\(words)\""
    }

    func isIn(_ text: [TextToken]) -> Bool {
        text.indices.contains { stands(at: $0, in: text) }
    }

    /// Where it begins in a text, and how many tokens of the text its characters reach over.
    func places(in text: [TextToken]) -> [Range<Int>] {
        let length = if case .pair? = tokens.last { tokens.count + 1 } else { tokens.count }
        return text.indices.filter { stands(at: $0, in: text) }.map { $0..<min($0 + length, text.count) }
    }

    private func stands(at start: Int, in text: [TextToken]) -> Bool {
        guard start + tokens.count <= text.count else { return false }
        for (offset, token) in tokens.enumerated() {
            let found = text[start + offset]
            if found == token { continue }
            guard offset == tokens.count - 1, case .character(let character) = token, found.first == character else {
                return false
            }
        }
        return true
    }
}
