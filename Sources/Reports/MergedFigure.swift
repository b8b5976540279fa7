/// What the forms count in different rows, merged so far that it may stand in one series: the rows of the crosswalk that no
/// single figure of each form states.
public enum MergedFigure: String, Sendable, Hashable, CaseIterable {
    /// 予以公开, with what was public already: 2014 counts that apart, later forms do not.
    case granted
    /// 不予公开, all reasons; the reasons themselves are other ones since 2019.
    case refused
    /// 信息不存在 and 不属于本机关 of 2014; 本机关不掌握 and 没有现成信息 of later forms.
    case notHeld
    /// 行政诉讼, all channels: 2014 has one total.
    case lawsuits

    /// The name in Chinese.
    public var label: String {
        switch self {
        case .granted: "予以公开（含已主动公开）"
        case .refused: "不予公开合计"
        case .notHeld: "不存在、不掌握或没有现成信息"
        case .lawsuits: "行政诉讼合计"
        }
    }

    /// How far the forms agree: `broad`, `approximate`, `merged` classes, or a `total` that is the same.
    public var comparability: String {
        switch self {
        case .granted: "broad"
        case .refused: "approximate"
        case .notHeld: "merged"
        case .lawsuits: "total"
        }
    }

    /// The figures of a form that it adds up.
    public func parts(in form: ReportForm) -> [FigurePath] {
        let isOld = form == .form2014
        switch self {
        case .granted:
            return isOld
                ? [.statistic(.repliesAlreadyPublic), .statistic(.repliesGranted)] : [.request(.granted, .total)]
        case .refused: return isOld ? [.statistic(.deniedTotal)] : RequestLine.refusals.map { .request($0, .total) }
        case .notHeld:
            return isOld
                ? [.statistic(.repliesDoesNotExist), .statistic(.repliesNotThisAgency)]
                : [.request(.unavailableNotHeld, .total), .request(.unavailableRequiresCreation, .total)]
        case .lawsuits:
            return isOld
                ? [.statistic(.litigationTotal)] : [.review(.direct, .total), .review(.afterReview, .total)]
        }
    }

    /// The indicator whose numerator is known when and only when blank parts are zeros, as the columns' printed totals
    /// show; nil for the form of 2014, where a blank part leaves the sum open.
    public func witness(in form: ReportForm) -> Indicator? {
        guard form != .form2014 else { return nil }
        return switch self {
        case .granted: .fullGrantRate
        case .refused: .refusalRate
        case .notHeld: .unavailableRate
        case .lawsuits: .litigationRate
        }
    }

    /// The sum in the names of the report document, for each way to count.
    public var formula: String {
        let old = parts(in: .form2014).map(\.description).joined(separator: " + ")
        let new =
            self == .refused ? "Σ requests.denied" : parts(in: .form2021).map(\.description).joined(separator: " + ")
        return "\(new); 2014: \(old)"
    }
}

extension RequestLine {
    /// The eight reasons of （三）不予公开.
    public static let refusals = allCases.filter { $0.group == .denied }

    /// The name of a reason: the last of its path.
    var reason: String { names.last ?? "" }
}
