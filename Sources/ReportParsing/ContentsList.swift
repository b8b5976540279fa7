import Documents
import Reports

/// The list of contents (目录) of a report, whose lines read like the headings of the sections.
enum ContentsList {
    /// The headings without those of a list: where the section that is named first is named again, all that stands before that
    /// is one, if nothing but short lines without a sentence stands in it and all its sections come again. O(headings + pieces).
    static func removed(
        from headings: [(piece: Int, kind: SectionKind)], _ tape: Tape
    ) -> [(piece: Int, kind: SectionKind)] {
        guard let first = headings.first,
            let again = headings.indices.dropFirst().first(where: { headings[$0].kind == first.kind }),
            again >= linesMin
        else { return headings }
        let rest = headings[again...]
        let list = tape.pieces[first.piece...headings[again - 1].piece]
        let comeAgain = headings[..<again].allSatisfy { line in rest.contains { $0.kind == line.kind } }
        return comeAgain && list.allSatisfy({ isLine($0, tape) }) ? Array(rest) : headings
    }

    /// A line of a list, or the number of a page; no cell of a table.
    private static func isLine(_ piece: Piece, _ tape: Tape) -> Bool {
        piece.table == 0 && piece.span.end - piece.span.start <= bytesMax
            && !tape.folded(piece).contains(sentenceEnd)
    }

    /// A list of one line is a heading that has been written twice.
    private static let linesMin = 2
    private static let bytesMax = 180
    private static let sentenceEnd: Words = ["。"]
}
