/// Where an agency belongs, as far as its name says.
public enum Placement: Sendable, Hashable {
    /// In this division, and no other can be meant.
    case placed(Region)
    /// In one of these divisions, which share a name: someone has to say which.
    case ambiguous([Region])
    /// The name begins with no division of that time.
    case unknown
}

extension RegionDirectory {
    /// Places an agency by the divisions that its name begins with, never by guess. O(length of the name).
    ///
    /// - The divisions stand at the start of the name, each within the one before it, levels may be left out:
    ///   河北省清河县教育局, 南阳市卧龙区教育局. What stands later is not read: 黄浦区南京东路街道办事处 is in 黄浦区.
    ///   The names of central agencies may stand before them: 国家税务总局镇平县税务局.
    /// - The lowest division that the name states is taken: 清河县柳泉镇人民政府 is in 清河县.
    /// - Provinces and autonomous divisions may be written short: 广西百色市, 恩施州.
    /// - With a year, a division counts that was in force in a part of it, abolished or not; where there is none, one
    ///   that came into force the year after, when the report was published. Without a year those in force now go
    ///   before those abolished.
    /// - Of several divisions with the name, `within` decides when exactly one of them lies there. It decides nothing
    ///   else: a name that says another place is still placed there, and one that says none is unknown.
    ///
    /// - Parameters:
    ///   - name: the agency's name as the report states it.
    ///   - within: a code, or what codes begin with, that the request or the document gives.
    ///   - year: the year of the report.
    public func place(agencyNamed name: String, within: String? = nil, year: Int? = nil) -> Placement {
        place(AgencyNameReading(name, in: self), within: within, year: year)
    }

    func place(_ reading: AgencyNameReading, within: String?, year: Int?) -> Placement {
        var regions = inForce(reading.regions, in: year)
        if regions.count > 1, let within {
            let inside = regions.filter { $0.lies(within: within) }
            if !inside.isEmpty { regions = inside }
        }
        guard let first = regions.first else { return .unknown }
        return regions.count == 1 ? .placed(first) : .ambiguous(regions)
    }

    private func inForce(_ regions: [Region], in year: Int?) -> [Region] {
        let now: [Region]
        if let year {
            let then = regions.filter { $0.isInForce(in: year) }
            now = then.isEmpty ? regions.filter { $0.validFrom.map { $0 - 1 } == year } : then
        } else {
            let present = regions.filter(\.isInForce)
            now = present.isEmpty ? regions : present
        }
        guard now.count > 1 else { return now }
        // In the year of a change the same division stands there under its old code and its new one.
        return now.filter { old in !now.contains { $0.code == old.successor && $0 != old } }
    }
}

/// An agency's name taken apart: who stands before the division, the divisions it may mean, and what it is there.
struct AgencyNameReading {
    /// The folded name.
    let text: String
    /// Whether a central agency's name stands before the division, and which.
    let organization: String?
    /// The regions that the longest reading of the name ends in, of all times, by code.
    let regions: [Region]
    /// What stands behind the division: 教育局.
    let rest: String

    /// Reads a name. O(its length).
    init(_ name: String, in directory: RegionDirectory) {
        text = AgencyKey(name).text
        let organization = CentralAgencies.before(text)
        self.organization = organization
        let scalars = text.unicodeScalars.dropFirst(organization?.unicodeScalars.count ?? 0)
        let body = Array(scalars)
        var walk = Walk(directory: directory, isBranch: organization != nil)
        walk.go(on: body[...], below: nil)
        regions = walk.found.isEmpty ? [] : Set(walk.found).sorted().map { directory.all[$0] }
        rest = String(walk.rest.map { scalars.suffix($0.count) } ?? scalars)
    }

    /// All ways to read divisions from the start of a text; the one that takes the most characters is kept.
    private struct Walk {
        let directory: RegionDirectory
        let isBranch: Bool
        /// The regions that the longest ways so far end in.
        var found: [Int] = []
        /// What they leave of the text.
        var rest: ArraySlice<Unicode.Scalar>?
        private var leastDoubt = 0

        init(directory: RegionDirectory, isBranch: Bool) {
            self.directory = directory
            self.isBranch = isBranch
        }

        /// Each step goes down a level, so there are three at most.
        mutating func go(on text: ArraySlice<Unicode.Scalar>, below parent: Region?) {
            for match in directory.names.matches(in: text) {
                let region = directory.all[match.region]
                if let parent, region.level <= parent.level || !region.lies(within: parent.code) { continue }
                if match.form == .stem, !isBranch || parent != nil || !match.rest.isBranchOffice { continue }
                keep(match, region)
                if match.form != .stem { go(on: match.rest, below: region) }
            }
        }

        private mutating func keep(_ match: RegionNames.Match, _ region: Region) {
            guard !match.rest.isTownOrStreet(behindShortName: match.form == .short) else { return }
            let new = (left: match.rest.count, doubt: doubt(of: match))
            if let rest, new >= (rest.count, leastDoubt) {
                guard new == (rest.count, leastDoubt) else { return }
            } else {
                found = []
            }
            found.append(match.region)
            rest = match.rest
            leastDoubt = new.doubt
        }

        /// Which of two divisions with one writing is meant: what is really called so before what is so called for
        /// short. A 总队 of 吉林 is the province's, a 队 is that of 吉林市; where the office does not tell, both may be meant.
        private func doubt(of match: RegionNames.Match) -> Int {
            switch match.form {
            case .full: 0
            case .short: match.rest.begins(with: ["调查队", "监管分局", "监管支局"]) ? 2 : 1
            case .stem: match.rest.begins(with: ["调查总队", "监管局"]) ? 2 : 1
            }
        }
    }
}

extension ArraySlice<Unicode.Scalar> {
    fileprivate func begins(with texts: [String]) -> Bool {
        texts.contains { starts(with: $0.unicodeScalars) }
    }

    /// Whether what stands before belongs to the name of a town or street and is no division: 城区|街道办事处,
    /// 芒市|镇人民政府, 北京|路街道办事处.
    fileprivate func isTownOrStreet(behindShortName isShort: Bool) -> Bool {
        begins(with: ["街道", "镇人民政府", "镇政府", "乡人民政府", "乡政府", "镇党委", "乡党委"])
            || isShort && begins(with: ["路", "街", "大街", "大道", "镇", "巷", "村", "社区"])
    }

    /// Whether this is what a branch of a central agency is called behind the stem of a division's name.
    fileprivate var isBranchOffice: Bool {
        begins(with: ["调查队", "调查总队", "监管局", "监管分局", "监管支局", "税务局", "分行", "支行", "中心支行", "海关", "海事局"])
    }
}
