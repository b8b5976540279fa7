public import Documents
import Reports

/// Reads annual reports. Pure and deterministic: the same document gives the same report and the same findings.
///
/// The parser never fails and never guesses in silence: what it cannot tell is nil, with a finding that says where.
public enum ReportParser {
    /// Reads a document. O(its length), with a bounded search where blanks or separators were lost.
    public static func parse(_ document: Document) -> ParsedReport {
        var tape = Tape(document)
        let prose = NarrativeReader(tape)
        let title = Title(tape, before: prose.firstHeading)
        let opening = Opening(paragraphs: firstParagraphs(tape, prose, title), last: lastParagraphs(tape))
        let years = [title.year, opening.period, opening.year].compactMap(\.self)
        tape.nameColumns(of: years)
        let tables = TableReader(
            TableRows(tape, headings: prose.headingPieces, years: years), tape: tape,
            captions: TableCaptions(tape, headings: prose.headingPieces, years: years))
        let year = title.year ?? opening.period ?? opening.year
        var parsed = ParsedReport(
            agency: agency(title, opening), year: year, title: title.text,
            form: tables.form ?? form(of: year), scope: opening.isConsolidated ? .consolidated : .own,
            proactive: tables.proactive, requests: tables.requests, reviews: tables.reviews,
            statistics2014: tables.statistics2014,
            narrative: withoutTitle(prose.narrative, title),
            published: PublicationDate.find(tape, before: prose.firstHeading), cells: tables.cells,
            findings: tables.findings)
        let isOfPlace =
            opening.isConsolidated || parsed.agency.map { AgencyName.mayBePlace(Array($0.utf8)[...]) } ?? true
        parsed.narrative.statements = prose.statements(tape, year: year, isOfPlace: isOfPlace)
        parsed.findings += yearFindings(title, opening)
        parsed.findings += AgencyFindings.all(tape, prose, title, agency: parsed.agency)
        return parsed
    }

    /// The agency that the title names, or else the first sentences or the last lines do.
    ///
    /// What stands before the name that the sentences give is no part of it, unless it is a place's: the print of a page
    /// puts words of its menu on the title's line.
    private static func agency(_ title: Title, _ opening: Opening) -> String? {
        guard let named = title.agency else { return opening.agency ?? opening.signature }
        guard let known = opening.agency, named.hasSuffix(known), named != known else { return named }
        let before = Array(named.utf8.dropLast(known.utf8.count))[...]
        return AgencyName.isPlausible(before) ? named : known
    }

    private static let paragraphsMax = 12

    /// The first paragraphs but the title, which says nothing that it does not say itself.
    private static func firstParagraphs(
        _ tape: Tape, _ prose: NarrativeReader, _ title: Title
    ) -> [ArraySlice<UInt8>] {
        let end = min(tape.pieces.count, prose.firstHeading)
        let opening = lastTexts(tape, before: end)
        let line = Array(title.text.utf8)
        return (opening.isEmpty ? lastTexts(tape, before: tape.pieces.count) : opening).filter {
            !$0.elementsEqual(line)
        }
    }

    private static func lastTexts(_ tape: Tape, before end: Int) -> [ArraySlice<UInt8>] {
        var texts: [ArraySlice<UInt8>] = []
        var index = end
        while index > 0, texts.count < paragraphsMax {
            index -= 1
            if tape.pieces[index].content.isText { texts.append(tape.folded(tape.pieces[index])) }
        }
        return texts.reversed()
    }

    private static func lastParagraphs(_ tape: Tape) -> [ArraySlice<UInt8>] {
        tape.pieces.suffix(paragraphsMax).filter { $0.table == 0 && $0.span.end - $0.span.start < 200 }
            .map { tape.folded($0) }
    }

    private static func form(of year: ReportYear?) -> ReportForm {
        switch year?.value {
        case 2019, 2020: .form2019
        case let year? where year <= 2018: .form2014
        default: .form2021
        }
    }

    private static func withoutTitle(_ narrative: Narrative, _ title: Title) -> Narrative {
        var narrative = narrative
        let text = Array(title.text.utf8)[...]
        narrative.opening.removeAll { paragraph in
            // White space may make a line longer than the title, not several times as long.
            paragraph.utf8.count <= 4 * text.count && text.ends(with: Array(Normalization.fold(paragraph)))
        }
        return narrative
    }

    private static func yearFindings(_ title: Title, _ opening: Opening) -> [Finding] {
        guard let year = title.year, let period = opening.period, year != period else { return [] }
        return [
            Finding(
                .identityYear, message: "the title says \(year.value), the period is \(period.value)", left: year.value,
                right: period.value, places: title.place.map { [$0] } ?? [])
        ]
    }
}
