import Documents
import Reports

/// The prose of a report, section by section, and the order in which its sections stand.
struct NarrativeReader: Sendable {
    /// The opening and the sections.
    private(set) var narrative = Narrative()
    /// The piece of the first section's heading; the number of pieces where there is none.
    private(set) var firstHeading: Int

    /// Sections whose sentences state counts of the year: not those of problems, plans and other matters.
    private static let stating: Set<SectionKind?> = [
        nil, .overview, .proactiveDisclosure, .requests, .reviewsAndLitigation,
    ]

    /// The counts that the prose states.
    ///
    /// - Parameter year: the year of the report.
    func statements(_ tape: Tape, year: ReportYear?) -> [Statement] {
        let reader = StatementReader(year: year)
        var kind: SectionKind?
        var statements: [Statement] = []
        for piece in tape.pieces where piece.table == 0 && piece.content == .text {
            if let next = Self.heading(tape, piece) { kind = next }
            guard Self.stating.contains(kind) else { continue }
            let bytes = tape.document.bytes(piece.span)
            guard StatementReader.mayState(bytes) else { continue }
            statements += reader.statements(Normalization.fold(bytes)[...], at: tape.place(piece))
        }
        return statements
    }

    /// Reads the prose: every paragraph that is no part of a table.
    init(_ tape: Tape) {
        firstHeading = tape.pieces.count
        var kind: SectionKind?
        var heading = ""
        var paragraphs: [String] = []
        for (index, piece) in tape.pieces.enumerated() where piece.table == 0 {
            if let next = Self.heading(tape, piece) {
                close(kind, heading, paragraphs)
                firstHeading = min(firstHeading, index)
                kind = next
                heading = tape.text(piece)
                paragraphs = []
            } else if piece.content == .text {
                paragraphs.append(tape.text(piece))
            }
        }
        close(kind, heading, paragraphs)
    }

    private static func heading(_ tape: Tape, _ piece: Piece) -> SectionKind? {
        guard piece.content == .text else { return nil }
        return SectionHeading.kind(
            of: tape.document.bytes(piece.span), isHeading: piece.headingLevel ?? 9 > 1 && piece.headingLevel != nil)
    }

    private mutating func close(_ kind: SectionKind?, _ heading: String, _ paragraphs: [String]) {
        guard let kind else {
            narrative.opening = paragraphs
            return
        }
        narrative.sections.append(Section(kind: kind, heading: heading, paragraphs: paragraphs))
    }
}
