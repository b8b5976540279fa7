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
        let choice = AgencyChoice(title, opening) { HeadNames(tape, before: prose.firstHeading, title: title) }
        let sheets = SheetYears(document)
        let stated = [title.year, opening.period, opening.year].compactMap(\.self)
        let years = stated.isEmpty ? [sheets.only].compactMap(\.self) : stated
        tape.nameColumns(of: years)
        let tables = TableReader(
            TableRows(tape, headings: prose.headingPieces, years: years), tape: tape,
            captions: TableCaptions(
                tape, headings: prose.headingPieces, years: years, sheets: years.isEmpty ? [] : sheets.starts(tape)))
        let year = years.first
        var parsed = ParsedReport(
            agency: choice.agency, year: year, title: title.text,
            form: tables.form ?? form(of: year), scope: opening.isConsolidated ? .consolidated : .own,
            proactive: tables.proactive, requests: tables.requests, reviews: tables.reviews,
            statistics2014: tables.statistics2014,
            narrative: withoutTitle(prose.narrative, title),
            published: PublicationDate.find(
                tape, before: prose.firstHeading, titleStart: title.start, year: year), cells: tables.cells,
            findings: tables.findings)
        let isOfPlace =
            opening.isConsolidated || parsed.agency.map { AgencyName.mayBePlace(Array($0.utf8)[...]) } ?? true
        parsed.narrative.statements = prose.statements(tape, year: year, isOfPlace: isOfPlace)
        parsed.findings += yearFindings(title, opening)
        parsed.findings += choice.findings
        parsed.findings += AgencyFindings.all(tape, prose, title, agency: parsed.agency)
        return parsed
    }

    private static let paragraphsMax = 12

    /// The first paragraphs but the title, which says nothing that it does not say itself.
    private static func firstParagraphs(
        _ tape: Tape, _ prose: NarrativeReader, _ title: Title
    ) -> [ArraySlice<UInt8>] {
        let end = min(tape.pieces.count, prose.firstHeading)
        let line = Array(title.text.utf8)
        // What stands above a title without an agency is the page's: links to other agencies' reports, among others.
        let isNamed = title.agency != nil && !title.isNamedAbove
        let opening = lastTexts(tape, before: end, from: isNamed ? 0 : title.start ?? 0)
        return (opening.isEmpty ? lastTexts(tape, before: tape.pieces.count, from: 0) : opening).filter {
            !$0.elementsEqual(line)
        }
    }

    private static func lastTexts(_ tape: Tape, before end: Int, from start: Int) -> [ArraySlice<UInt8>] {
        var texts: [ArraySlice<UInt8>] = []
        var index = end
        while index > 0, texts.count < paragraphsMax {
            index -= 1
            guard tape.pieces[index].content.isText else { continue }
            guard tape.pieces[index].span.start >= start else { break }
            texts.append(tape.folded(tape.pieces[index]))
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
