import Documents
import Reports

/// What is odd about whom a document is of: two agencies in one name, two reports in one document.
enum AgencyFindings {
    /// All of it. O(length of the lines).
    static func all(_ tape: Tape, _ prose: NarrativeReader, _ title: Title, agency: String?) -> [Finding] {
        twoAgencies(agency, title) + otherReport(tape, prose, title)
    }

    private static func twoAgencies(_ agency: String?, _ title: Title) -> [Finding] {
        guard let agency, let (first, second) = AgencyName.parts(of: Array(agency.utf8)[...]) else { return [] }
        let names = [first, second].map { String(decoding: $0, as: UTF8.self) }
        return [
            Finding(
                .identityAgency, message: "the title names two agencies, \(names[0]) and \(names[1])",
                places: title.place.map { [$0] } ?? [])
        ]
    }

    /// A second title in the text, behind which the sections begin again: its figures may be among those read.
    private static func otherReport(_ tape: Tape, _ prose: NarrativeReader, _ title: Title) -> [Finding] {
        for index in tape.prose where index > prose.firstHeading {
            let piece = tape.pieces[index]
            guard piece.span.end - piece.span.start <= bytesMax, prose.beginsAgain(behind: index),
                let other = Title(line: tape.folded(piece)), other.agency != nil,
                other.agency != title.agency || other.year != title.year
            else { continue }
            return [
                Finding(
                    .identityAgency, message: "the document holds another report: \(other.text)",
                    places: [tape.place(piece)])
            ]
        }
        return []
    }

    private static let bytesMax = 240
}
