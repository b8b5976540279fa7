/// The level of the government that an agency belongs to.
public enum AgencyLevel: String, Sendable, Hashable, CaseIterable {
    /// The State Council and its agencies.
    case central
    /// 省, 自治区, 直辖市 and their agencies.
    case province
    /// 地级市, 地区, 自治州, 盟 and their agencies.
    case prefecture
    /// 县, 县级市, 市辖区, 旗 and their agencies.
    case county
    /// 乡, 镇, 街道.
    case township

    /// The level of a division's own agencies.
    public init(_ level: RegionLevel) {
        switch level {
        case .province: self = .province
        case .prefecture: self = .prefecture
        case .county: self = .county
        }
    }
}

/// What sort of agency a name tells of.
public enum AgencyKind: String, Sendable, Hashable, CaseIterable {
    /// A people's government from the county up: 人民政府, 行政公署, or the division's bare name.
    case government
    /// Its office: 人民政府办公室, 办公厅.
    case office
    /// One of its departments: 局, 委员会, 厅, 办公室; a ministry.
    case department
    /// The government of a 乡 or 镇, or a 街道办事处.
    case township
    /// A branch of an agency above the division: 税务局, 气象局, 海关, 调查队.
    case vertical
    /// What is known to be none of these: schools, hospitals, enterprises, zones (管委会), courts, 村（居）民委员会.
    case other
}

extension RegionDirectory {
    /// The level of the government that an agency belongs to, and what sort of agency it is; nil for what is not
    /// certain. O(length of the name).
    ///
    /// The level:
    ///
    /// - central: the name is one of the State Council's own.
    /// - township: 乡, 镇, 街道, whatever the county is, and the office of one.
    /// - else the level of the division that the name begins with, also when several of one level share that name, for
    ///   governments, offices, departments and vertical agencies. A department of a 直辖市 is of the province's level.
    /// - without a division that is known: province for a 厅, county behind a 县 (清禾县教育局).
    ///
    /// Zones (开发区, 高新区), 分局 and names with a further division that is not known (济宁市中区教育局) have none.
    ///
    /// The end of the name decides the kind, without the division that it begins with: 街道办事处 and 镇人民政府 before
    /// 人民政府, what is built under a central agency's name (国家税务总局…税务局) before 局, 政府办公室 before 办公室. The
    /// units of a town and of a party committee have no kind here, but for what ends as enterprises and schools do.
    public func classify(
        agencyNamed name: String, within: String? = nil, year: Int? = nil
    ) -> (level: AgencyLevel?, kind: AgencyKind?) {
        classify(AgencyNameReading(name, in: self), within: within, year: year)
    }

    func classify(
        _ reading: AgencyNameReading, within: String? = nil, year: Int? = nil
    ) -> (level: AgencyLevel?, kind: AgencyKind?) {
        let kind = kind(reading)
        return (level(reading, kind, within: within, year: year), kind)
    }

    private func level(
        _ reading: AgencyNameReading, _ kind: AgencyKind?, within: String?, year: Int?
    ) -> AgencyLevel? {
        if reading.isCentral { return .central }
        if kind == .township || kind == .office && reading.namesTown { return .township }
        guard let kind, kind != .other, !reading.namesFurtherDivision else { return nil }
        // 南阳市公安局卧龙分局 is the city's and works in the district.
        if kind == .department, reading.rest.hasSuffix("分局") { return nil }
        switch place(reading, within: within, year: year) {
        case .placed(let region): return AgencyLevel(region.level)
        case .ambiguous(let regions):
            let levels = Set(regions.map(\.level))
            return levels.count == 1 ? levels.first.map { AgencyLevel($0) } : nil
        case .unknown:
            if reading.behindUnlistedCounty != nil { return .county }
            return reading.rest.hasSuffix("厅") && !reading.rest.hasSuffix("办公厅") ? .province : nil
        }
    }

    private func kind(_ reading: AgencyNameReading) -> AgencyKind? {
        if reading.isCentral { return reading.text == "国务院办公厅" ? .office : .department }
        let rest = reading.rest
        // Nothing but a division's name, which a consolidated report has in its title.
        guard !rest.isEmpty else { return reading.regions.isEmpty || reading.organization != nil ? nil : .government }
        if rest.ends(with: AgencyEndings.town) { return isStem(reading) ? nil : .township }
        if rest.ends(with: AgencyEndings.other) { return .other }
        if rest.ends(with: AgencyEndings.government) { return reading.namesTown ? .township : .government }
        if rest.ends(with: AgencyEndings.office) { return .office }
        guard !reading.namesTown else { return nil }
        if reading.isBranch, !reading.regions.isEmpty { return .vertical }
        if rest.ends(with: AgencyEndings.vertical) { return .vertical }
        guard !reading.isOfParty else { return nil }
        return rest.ends(with: AgencyEndings.department) ? .department : nil
    }

    /// Whether what looks like a town is a city without its 市: 景德镇政府, 新乡.
    private func isStem(_ reading: AgencyNameReading) -> Bool {
        names.matches(in: Array(reading.rest.unicodeScalars)[...]).contains { match in
            match.form == .stem && ["", "政府", "人民政府"].contains(String(String.UnicodeScalarView(match.rest)))
        }
    }
}

extension AgencyNameReading {
    /// Whether it is one of the State Council's own.
    fileprivate var isCentral: Bool {
        CentralAgencies.names.contains(text) || organization == "中华人民共和国" && CentralAgencies.names.contains(rest)
    }

    /// Whether it is built under the name of an agency of the State Council.
    fileprivate var isBranch: Bool {
        organization.map { CentralAgencies.names.contains($0) || $0.hasPrefix("中国") && !isOfParty } ?? false
    }

    /// Whether it is a committee of the party: 中共南阳市委, 镇平县委办公室.
    fileprivate var isOfParty: Bool {
        organization == "中共" || organization == "中国共产党" || !regions.isEmpty && rest.hasPrefix("委")
    }

    /// Whether a town or street is named behind the division. 城乡, 乡村 and 村镇 are none.
    fileprivate var namesTown: Bool {
        let scalars = Array(rest.unicodeScalars)
        for (index, scalar) in scalars.enumerated() {
            let next = index + 1 < scalars.count ? scalars[index + 1] : nil
            let last = index > 0 ? scalars[index - 1] : nil
            switch scalar {
            case "街" where next == "道", "苏" where next == "木": return true
            case "乡":
                // 镇平教育局 begins with a county's name, not with a town's.
                if last != nil, last != "城", next != "村", next != "镇" { return true }
            case "镇":
                if let last, !["乡", "城", "村"].contains(last) { return true }
            default: break
            }
        }
        return false
    }

    /// Whether a zone or a division that is not known is named behind the division.
    fileprivate var namesFurtherDivision: Bool {
        namesTown || (behindUnlistedCounty ?? rest[...]).unicodeScalars.contains { ["区", "县", "旗"].contains($0) }
    }

    /// What stands behind a 县 that no list has: 教育局 of 清禾县教育局. Only counties are called so.
    fileprivate var behindUnlistedCounty: Substring? {
        let scalars = rest.unicodeScalars
        guard regions.isEmpty, let county = scalars.firstIndex(of: "县"), county > scalars.startIndex else { return nil }
        return rest[scalars.index(after: county)...]
    }
}

extension String {
    fileprivate func ends(with endings: [String]) -> Bool {
        endings.contains { utf8.reversed().starts(with: $0.utf8.reversed()) }
    }
}

/// What names of agencies end in.
private enum AgencyEndings {
    static let town = [
        "镇人民政府", "镇政府", "乡人民政府", "乡政府", "苏木人民政府", "街道办事处", "街道办", "地区办事处", "街道", "镇", "乡", "苏木",
    ]
    static let government = ["人民政府", "政府", "行政公署", "行署"]
    static let office = ["政府办公室", "政府办公厅", "政府办", "行政公署办公室", "行署办公室"]
    static let vertical = [
        "税务局", "气象局", "海关", "海事局", "烟草专卖局", "邮政管理局", "通信管理局", "出入境检验检疫局", "调查队", "调查总队",
    ]
    static let department = ["局", "厅", "委", "委员会", "办公室", "办"]
    static let other = [
        "管委会", "区管理委员会", "开发区", "高新区", "园区", "村民委员会", "居民委员会", "村委会", "居委会", "大学", "学院", "学校", "中学", "小学", "幼儿园", "医院",
        "卫生院", "公司", "集团", "厂", "银行", "法院", "检察院", "中心", "图书馆", "博物馆", "研究所", "研究院", "协会", "联合会",
        "常务委员会", "常委会",
    ]
}
