extension RegionDirectory {
    /// Places the agency of a report: by its name; where the name leaves it open, by what title, prose or signature write
    /// directly before it (由河北省清河县柳泉镇人民政府编制; 落款: 河北省清河县柳泉镇人民政府).
    ///
    /// O(length of the name), and of the opening, the first section and the last lines where the name does not decide.
    ///
    /// - Parameter within: a code that came with the report; it decides between divisions that share a name where the
    ///   report itself does not.
    public func place(agencyOf report: AnnualReport, within: String? = nil) -> Placement {
        place(AgencyNameReading(report.agency, in: self), of: report, within: within)
    }

    /// Places the agency of a report as ``place(agencyOf:within:)`` does, and says what it is by its name.
    public func placeAndClassify(
        agencyOf report: AnnualReport, within: String? = nil
    ) -> (place: Placement, level: AgencyLevel?, kind: AgencyKind?) {
        let reading = AgencyNameReading(report.agency, in: self)
        let (level, kind) = classify(reading)
        return (place(reading, of: report, within: within), level, kind)
    }

    /// What a report and what came with it say of the division of its agency, beside the name: the code of the division,
    /// nil where nobody says one, and whether several may be meant all the same. The report's own word goes before what
    /// came with it.
    ///
    /// O(length of the name) where the name decides.
    public func statement(
        of report: AnnualReport, within: String?
    ) -> (region: String?, isOpen: Bool) {
        let year = report.year.value
        let reading = AgencyNameReading(report.agency, in: self)
        let byName = place(reading, within: nil, year: year)
        if case .placed = byName { return (within, false) }
        if let stated = statedBefore(report.agency, in: report, year), byName.allows(stated) {
            return (stated.code, false)
        }
        guard case .ambiguous = place(reading, within: within, year: year) else { return (within, false) }
        return (within, true)
    }

    private func place(_ reading: AgencyNameReading, of report: AnnualReport, within: String?) -> Placement {
        let year = report.year.value
        let byName = place(reading, within: nil, year: year)
        if case .placed = byName { return byName }
        let stated = statedBefore(report.agency, in: report, year)
        if let stated, byName.allows(stated) { return .placed(stated) }
        return within == nil ? byName : place(reading, within: within, year: year)
    }

    /// The one division that a report writes directly before its agency's name where it tells who compiled it, or signs
    /// with it; nil where it writes none, or different ones.
    private func statedBefore(_ agency: String, in report: AnnualReport, _ year: Int) -> Region? {
        let name = Array(AgencyKey(agency).text.unicodeScalars)
        var found: Region?
        let prose = report.narrative
        let texts = [report.title] + prose.opening + (prose[.overview]?.paragraphs ?? []).filter { $0.mentions(agency) }
        for (text, isLast) in texts.map({ ($0, false) }) + prose.lastLines.map({ ($0, true) }) {
            let scalars = Array(AgencyKey(text).text.unicodeScalars)
            for end in scalars.ends(of: name)
            where scalars[end...].tellsOfReport || isLast && end == scalars.count {
                let start = scalars[..<(end - name.count)].startOfName
                guard start < end - name.count else { continue }
                let whole = String(String.UnicodeScalarView(scalars[start..<end]))
                guard case .placed(let region) = place(agencyNamed: whole, year: year) else { continue }
                guard found == nil || found == region else { return nil }
                found = region
            }
        }
        return found
    }
}

extension Placement {
    /// Whether a division is one of those that the name leaves open.
    fileprivate func allows(_ region: Region) -> Bool {
        guard case .ambiguous(let regions) = self else { return true }
        return regions.contains(region)
    }
}

extension Narrative {
    private static let lastLinesMax = 4
    private static let lastLineBytesMax = 240

    /// The short lines that it ends with: a report is signed with its agency's name and a date.
    fileprivate var lastLines: [String] {
        let last = sections.last?.paragraphs ?? opening
        return last.suffix(Self.lastLinesMax).filter { $0.utf8.count <= Self.lastLineBytesMax }
    }
}

extension String {
    /// Whether a name stands here as it is written. O(length), and quick: most prose names nobody.
    fileprivate func mentions(_ name: String) -> Bool {
        guard let first = name.utf8.first else { return false }
        var rest = utf8[...]
        while let start = rest.firstIndex(of: first) {
            if rest[start...].starts(with: name.utf8) { return true }
            rest = rest[rest.index(after: start)...]
        }
        return false
    }
}

extension Array<Unicode.Scalar> {
    /// Where a name ends, each time that it stands here.
    fileprivate func ends(of name: [Unicode.Scalar]) -> [Int] {
        guard !name.isEmpty, count >= name.count else { return [] }
        return (name.count...count).filter { end in self[(end - name.count)..<end].elementsEqual(name) }
    }
}

extension ArraySlice<Unicode.Scalar> {
    private static let words = ["编制", "政府信息公开", "二〇", "二○", "20"].map { Array($0.unicodeScalars) }
    private static let beginnings: Set<Unicode.Scalar> = ["由", "将", "布", "对", "是"]

    /// Whether what follows an agency's name is its report: 编制了, 2023年度政府信息公开.
    fileprivate var tellsOfReport: Bool {
        Self.words.contains { starts(with: $0) }
    }

    /// Where the name begins that this ends in: behind the last sign that is no Chinese character, or a word that leads
    /// to a name.
    fileprivate var startOfName: Int {
        let before = lastIndex { !("\u{4e00}"..."\u{9fff}" ~= $0) || Self.beginnings.contains($0) }
        return before.map { $0 + 1 } ?? startIndex
    }
}
