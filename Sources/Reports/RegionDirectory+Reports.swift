extension RegionDirectory {
    /// Places the agency of a report: by its name; where the name leaves it open, by what the title and the opening
    /// write directly before it (由河北省清河县柳泉镇人民政府编制).
    ///
    /// O(length of the name), and of the opening where the name does not decide.
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

    private func place(_ reading: AgencyNameReading, of report: AnnualReport, within: String?) -> Placement {
        let year = report.year.value
        let byName = place(reading, within: nil, year: year)
        if case .placed = byName { return byName }
        let stated = statedBefore(report.agency, in: [report.title] + report.narrative.opening, year)
        if let stated, byName.allows(stated) { return .placed(stated) }
        return within == nil ? byName : place(reading, within: within, year: year)
    }

    /// The one division that texts write directly before an agency's name where they tell who compiled the report; nil
    /// where they write none, or different ones.
    private func statedBefore(_ agency: String, in texts: [String], _ year: Int) -> Region? {
        let name = Array(AgencyKey(agency).text.unicodeScalars)
        var found: Region?
        for text in texts {
            let scalars = Array(AgencyKey(text).text.unicodeScalars)
            for end in scalars.ends(of: name) where scalars[end...].tellsOfReport {
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
