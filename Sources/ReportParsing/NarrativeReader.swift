import Documents
import Reports

/// The prose of a report, section by section, and the order in which its sections stand.
struct NarrativeReader: Sendable {
    /// The opening and the sections.
    private(set) var narrative = Narrative()
    /// The piece of the first section's heading; the number of pieces where there is none.
    private(set) var firstHeading: Int

    private var headings: [(piece: Int, kind: SectionKind)] = []

    /// The pieces that head sections, in order.
    var headingPieces: [Int] { headings.map(\.piece) }

    /// Sections whose sentences state counts of the year: not those of problems, plans and other matters.
    private static func states(_ kind: SectionKind?) -> Bool {
        switch kind {
        case nil, .overview, .proactiveDisclosure, .requests, .reviewsAndLitigation: true
        case .issuesAndImprovements, .otherMatters: false
        }
    }

    /// The counts that the prose states.
    ///
    /// - Parameter year: the year of the report.
    func statements(_ tape: Tape, year: ReportYear?) -> [Statement] {
        let reader = StatementReader(year: year)
        var statements: [Statement] = []
        var start = 0
        var kind: SectionKind?
        for (end, next) in headings + [(tape.pieces.count, .overview)] {
            if Self.states(kind) {
                for piece in tape.pieces[start..<end] where piece.table == 0 && piece.content.isText {
                    statements += reader.statements(piece, tape)
                }
            }
            start = end
            kind = next
        }
        return statements
    }

    /// Reads the prose: every paragraph that is no part of a table.
    init(_ tape: Tape) {
        firstHeading = tape.pieces.count
        var kind: SectionKind?
        var heading = ""
        var paragraphs: [String] = []
        for (index, piece) in tape.pieces.enumerated() where piece.table == 0 && piece.content.isText {
            let isHeading = piece.headingLevel.map { $0 > 1 } ?? false
            if let next = SectionHeading.kind(of: piece, in: tape, isHeading: isHeading) {
                close(kind, heading, paragraphs)
                headings.append((index, next))
                firstHeading = min(firstHeading, index)
                kind = next
                heading = tape.text(piece)
                paragraphs = []
            } else {
                paragraphs.append(tape.text(piece))
            }
        }
        close(kind, heading, paragraphs)
    }

    private mutating func close(_ kind: SectionKind?, _ heading: String, _ paragraphs: [String]) {
        guard let kind else {
            narrative.opening = paragraphs
            return
        }
        narrative.sections.append(Section(kind: kind, heading: heading, paragraphs: paragraphs))
    }
}
