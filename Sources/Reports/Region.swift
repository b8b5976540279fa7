/// The level of an administrative division, as its code in GB/T 2260 shows it.
public enum RegionLevel: String, Sendable, Hashable, CaseIterable, Comparable {
    /// 省, 自治区, 直辖市, 特别行政区: codes that end in 0000.
    case province
    /// 地级市, 地区, 自治州, 盟: codes that end in 00.
    case prefecture
    /// 县, 县级市, 市辖区, 旗: all others.
    case county

    /// The higher level comes first.
    public static func < (left: RegionLevel, right: RegionLevel) -> Bool {
        left.rank < right.rank
    }

    private var rank: Int {
        switch self {
        case .province: 0
        case .prefecture: 1
        case .county: 2
        }
    }
}

/// An administrative division of GB/T 2260 (行政区划) and the years in which it bore this code and name.
///
/// A division that was renamed, or whose code went to another, is several regions with one code.
public struct Region: Sendable, Hashable {
    /// Its code: six digits.
    public let code: String
    /// Its official name without the divisions above it, such as 镇平县.
    public let name: String
    /// The code one level up; nil for a province.
    public let parent: String?
    /// The first year in which it was in force; nil where that is long ago or not known.
    public let validFrom: Int?
    /// The year in which it was abolished or renamed; nil while it is in force.
    public let validUntil: Int?
    /// The code of the division that followed it; nil while it is in force, and where several followed.
    public let successor: String?

    /// Makes a region.
    public init(
        code: String, name: String, parent: String? = nil, validFrom: Int? = nil, validUntil: Int? = nil,
        successor: String? = nil
    ) {
        self.code = code
        self.name = name
        self.parent = parent
        self.validFrom = validFrom
        self.validUntil = validUntil
        self.successor = successor
    }

    /// Its level.
    public var level: RegionLevel {
        switch code.utf8.count - code.prefixOfDivision.utf8.count {
        case 4...: .province
        case 2, 3: .prefecture
        default: .county
        }
    }

    /// Whether it is in force now.
    public var isInForce: Bool { validUntil == nil }

    /// Whether it was in force during a part of a year at least.
    public func isInForce(in year: Int) -> Bool {
        (validFrom ?? year) <= year && year <= (validUntil ?? year)
    }

    /// Whether it lies in the division with a code, or is that division; a part of a code takes all that begin with it.
    public func lies(within code: String) -> Bool {
        self.code.hasPrefix(code.prefixOfDivision)
    }

    /// Whether it is a code between a province and its counties and no division: 市辖区, 县, 省直辖县级行政区划.
    public var isFiller: Bool {
        level == .prefecture && (name == "市辖区" || name == "县" || name.hasSuffix("直辖县级行政区划"))
    }
}

extension String {
    /// The digits that the codes of all divisions below begin with: 4113 of 411300.
    var prefixOfDivision: Substring {
        var rest = self[...]
        while rest.utf8.count > 2, rest.utf8.count.isMultiple(of: 2), rest.hasSuffix("00") {
            rest = rest.dropLast(2)
        }
        return rest
    }
}
