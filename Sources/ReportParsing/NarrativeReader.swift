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

    /// Whether the section with which the report begins begins again behind a piece.
    func beginsAgain(behind piece: Int) -> Bool {
        guard let first = headings.first, first.piece < piece else { return false }
        return headings.contains { $0.piece > piece && $0.kind == first.kind }
    }

    /// Sections whose sentences state counts of the year: not those of problems, plans and other matters.
    private static func states(_ kind: SectionKind?) -> Bool {
        switch kind {
        case nil, .overview, .proactiveDisclosure, .requests, .reviewsAndLitigation: true
        case .issuesAndImprovements, .otherMatters: false
        }
    }

    /// The counts that the prose states.
    ///
    /// - Parameters:
    ///   - year: the year of the report.
    ///   - isOfPlace: whether it may be the report of a whole place.
    func statements(_ tape: Tape, year: ReportYear?, isOfPlace: Bool) -> [Statement] {
        let reader = StatementReader(year: year, isOfPlace: isOfPlace)
        var statements: [Statement] = []
        var rest = headings[...]
        var kind: SectionKind?
        for index in tape.prose {
            if index == rest.first?.piece { kind = rest.removeFirst().kind }
            if Self.states(kind) { statements += reader.statements(tape.pieces[index], tape) }
        }
        return statements
    }

    /// Reads the prose: every paragraph that is no part of a table.
    init(_ tape: Tape) {
        headings = ContentsList.removed(from: Self.headings(tape), tape)
        firstHeading = headings.first?.piece ?? tape.pieces.count
        let inTables = headingsInTables(tape)
        var rest = (headings + inTables).sorted { $0.piece < $1.piece }[...]
        var kind: SectionKind?
        var heading = ""
        var paragraphs: [String] = []
        for index in inTables.isEmpty ? tape.prose : (tape.prose + inTables.map(\.piece)).sorted() {
            let piece = tape.pieces[index]
            if index == rest.first?.piece, let next = rest.popFirst() {
                close(kind, heading, paragraphs)
                kind = next.kind
                heading = tape.text(piece)
                paragraphs = []
            } else {
                paragraphs.append(tape.text(piece))
            }
        }
        close(kind, heading, paragraphs)
    }

    private static func headings(_ tape: Tape) -> [(piece: Int, kind: SectionKind)] {
        tape.prose.compactMap { index in
            let piece = tape.pieces[index]
            let isHeading = piece.headingLevel.map { $0 > 1 } ?? false
            return SectionHeading.kind(of: piece, in: tape, isHeading: isHeading).map { (index, $0) }
        }
    }

    /// The headings of 二, 三 and 四 that stand in a row of their own in the table that they head: a report that is laid out as
    /// one table.
    private func headingsInTables(_ tape: Tape) -> [(piece: Int, kind: SectionKind)] {
        var missing = SectionKind.allCases.filter { kind in kind.holdsTable && !headings.contains { $0.kind == kind } }
        guard !headings.isEmpty, !missing.isEmpty else { return [] }
        return tape.pieces.indices.compactMap { index in
            let piece = tape.pieces[index]
            guard piece.keepsRows, piece.column == 0, piece.content.isText,
                let kind = SectionHeading.kind(of: piece, in: tape, isHeading: false), missing.contains(kind),
                tape.pieces[(index + 1)...].prefix(while: piece.isBeside).allSatisfy(\.span.isEmpty),
                tape.pieces[(index + 1)...].prefix(Self.headPiecesMax).contains(where: Self.isHead)
            else { return nil }
            missing.removeAll { $0 == kind }
            return (index, kind)
        }
    }

    /// Whether a piece names a column of tables 二, 三 or 四: in a 统计表 the same words are labels of groups.
    private static func isHead(_ piece: Piece) -> Bool {
        switch piece.label {
        case .contents, .proactiveColumn, .applicant, .organizations, .route, .outcome: true
        default: false
        }
    }

    /// More than the lines between a heading and its table's head have.
    private static let headPiecesMax = 24

    private mutating func close(_ kind: SectionKind?, _ heading: String, _ paragraphs: [String]) {
        guard let kind else {
            narrative.opening = paragraphs
            return
        }
        narrative.sections.append(Section(kind: kind, heading: heading, paragraphs: paragraphs))
    }
}
