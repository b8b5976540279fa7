extension StoreSnapshot {
    /// A passage of a report around the first of the words that it was found by, at most some hundred characters of the
    /// prose or a name, with « and » around each of them; nil where the words are there no longer.
    public func snippet(
        of report: ReportHead, _ query: TextQuery, isMarked: Bool = true
    ) throws(StoreError) -> String? {
        try StoreError.mapping {
            guard let text = try ReportText.current(report.id, connection) else { return nil }
            return (text.paragraphs + text.heads).lazy
                .compactMap { TextSnippet(of: $0, query, isMarked: isMarked)?.text }.first
        }
    }
}

/// A passage around the first hit in a text.
struct TextSnippet {
    private static let before = 20
    private static let length = 100

    /// The passage, with hits marked and … where it is cut.
    let text: String

    /// None where there is no hit.
    init?(of text: String, _ query: TextQuery, isMarked marksHits: Bool) {
        let cut = TextTokens(text)
        var marks: [Bool] = []
        for hit in query.wanted.flatMap({ $0.places(in: cut.tokens) }) {
            if marks.isEmpty { marks = [Bool](repeating: false, count: text.unicodeScalars.count) }
            let (first, last) = (cut.places[hit.lowerBound].lowerBound, cut.places[hit.upperBound - 1].upperBound)
            for index in first..<last { marks[index] = true }
        }
        guard let first = marks.firstIndex(of: true) else { return nil }
        let start = max(0, first - Self.before)
        let end = min(marks.count, start + Self.length)
        var passage = String.UnicodeScalarView(start > 0 ? "…".unicodeScalars : "".unicodeScalars)
        var isMarked = false
        for (scalar, mark) in zip(text.unicodeScalars.dropFirst(start), marks[start..<end]) {
            if marksHits, mark != isMarked { passage.append(mark ? "«" : "»") }
            isMarked = mark
            passage.append(scalar)
        }
        if marksHits, isMarked { passage.append("»") }
        if end < marks.count { passage.append("…") }
        self.text = String(passage)
    }
}
