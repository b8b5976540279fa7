import Documents
import Reports

/// The years that the sheets of a workbook are named after: `2023`, `2022年`.
struct SheetYears: Sendable {
    /// The sheets so named, by the number that places give as their page.
    private var years: [Int: ReportYear] = [:]

    /// Reads the names. O(sheets).
    init(_ document: Document) {
        for entry in document.metadata where entry.name.hasPrefix(Metadata.sheetPrefix) {
            guard let page = Int(entry.name.dropFirst(Metadata.sheetPrefix.count)) else { continue }
            years[page] = Self.year(Normalization.fold(Array(entry.value.utf8)[...]))
        }
    }

    /// The year of all sheets so named; nil where there is none, or several.
    var only: ReportYear? {
        let all = Set(years.values)
        return all.count == 1 ? all.first : nil
    }

    /// Where sheets begin, with their years, in order; none where no sheet is so named. O(pieces).
    func starts(_ tape: Tape) -> [(piece: Int, year: ReportYear?)] {
        guard !years.isEmpty else { return [] }
        var page: Int?
        return tape.pieces.indices.compactMap { index in
            guard let next = tape.pieces[index].place.page, next != page else { return nil }
            page = next
            return (index, years[next])
        }
    }

    private static func year(_ name: ArraySlice<UInt8>) -> ReportYear? {
        let (rest, year) = YearText.remove(from: name)
        if let year { return rest.isEmpty ? year : nil }
        let (before, bare) = YearText.removeBare(fromEndOf: name)
        return before.isEmpty ? bare : nil
    }
}
