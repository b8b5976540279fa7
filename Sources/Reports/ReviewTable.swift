/// The way a decision was contested: the three blocks of table 四.
public enum ReviewRoute: Int, Sendable, Hashable, CaseIterable {
    /// 行政复议
    case administrativeReview
    /// 行政诉讼 › 未经复议直接起诉
    case direct
    /// 行政诉讼 › 复议后起诉
    case afterReview

    /// The path below `reviewsAndLitigation` in the report document.
    public var path: String {
        switch self {
        case .administrativeReview: "administrativeReview"
        case .direct: "litigation.direct"
        case .afterReview: "litigation.afterReview"
        }
    }

    /// The path's names.
    var names: [String] { Self.pathNames[rawValue] }

    private static let pathNames = allCases.map { $0.path.split(separator: ".").map(String.init) }

    /// The form's own words.
    public var label: String {
        switch self {
        case .administrativeReview: "行政复议"
        case .direct: "行政诉讼（未经复议直接起诉）"
        case .afterReview: "行政诉讼（复议后起诉）"
        }
    }
}

/// What came of a review or lawsuit: the five columns of each block of table 四.
public enum ReviewOutcome: Int, Sendable, Hashable, CaseIterable {
    /// 结果维持
    case upheld
    /// 结果纠正
    case corrected
    /// 其他结果
    case other
    /// 尚未审结
    case pending
    /// 总计
    case total

    /// The four columns that a block's 总计 adds up.
    public static let parts: [ReviewOutcome] = Array(allCases.dropLast())

    /// The key in the report document.
    public var key: String { Self.keys[rawValue] }

    /// Named once: the name of a case is found by reflection, which takes microseconds.
    private static let keys = allCases.map { "\($0)" }

    /// The form's own words.
    public var label: String {
        switch self {
        case .upheld: "结果维持"
        case .corrected: "结果纠正"
        case .other: "其他结果"
        case .pending: "尚未审结"
        case .total: "总计"
        }
    }
}

/// Table 四: 政府信息公开行政复议、行政诉讼情况.
public typealias ReviewTable = FormTable<ReviewRoute, ReviewOutcome, Int>
