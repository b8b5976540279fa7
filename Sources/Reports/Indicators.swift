/// A rate or net figure computed from one report's printed figures.
public enum Indicator: String, Sendable, Hashable, CaseIterable {
    /// 公开率
    case disclosureRate
    /// 予以公开率
    case fullGrantRate
    /// 部分公开率
    case partialGrantRate
    /// 不予公开率
    case refusalRate
    /// 无法提供率
    case unavailableRate
    /// 不予处理率
    case notHandledRate
    /// 其他处理率
    case otherRate
    /// 办结率
    case clearanceRate
    /// 结转率
    case carryForwardRate
    /// 自然人占比
    case naturalPersonShare
    /// 复议率, per 100 requests answered
    case reviewRate
    /// 诉讼率, per 100 requests answered
    case litigationRate
    /// 复议纠错率
    case reviewCorrectionRate
    /// 败诉率
    case litigationCorrectionRate
    /// 未审结占比
    case pendingShare
    /// 行政规范性文件净增
    case normativeDocumentsNetChange
    /// 按时办结率 (2014 form)
    case onTimeRate

    /// The formula in the names of the report document; P is `requests.totalProcessed.total`.
    public var formula: String {
        switch self {
        case .disclosureRate: "(granted + partiallyGranted) / P"
        case .fullGrantRate: "granted / P"
        case .partialGrantRate: "partiallyGranted / P"
        case .refusalRate: "Σ denied / P"
        case .unavailableRate: "Σ unavailable / P"
        case .notHandledRate: "Σ notHandled / P"
        case .otherRate: "Σ other / P"
        case .clearanceRate: "P / (newReceived + carriedOver)"
        case .carryForwardRate: "carriedForward / (newReceived + carriedOver)"
        case .naturalPersonShare: "newReceived.naturalPerson / newReceived.total"
        case .reviewRate: "100 × administrativeReview.total / P"
        case .litigationRate: "100 × (litigation.direct.total + litigation.afterReview.total) / P"
        case .reviewCorrectionRate: "corrected / (total − pending), administrativeReview"
        case .litigationCorrectionRate: "corrected / (total − pending), both channels of litigation"
        case .pendingShare: "pending / total, reviews and litigation"
        case .normativeDocumentsNetChange: "normativeDocuments.issued − normativeDocuments.repealed"
        case .onTimeRate: "requests.concluded.onTime / requests.concluded.total, 2014 form"
        }
    }

    /// What the quotient is multiplied by: 100 for those that are given for each hundred requests.
    public var per: Double { self == .reviewRate || self == .litigationRate ? 100 : 1 }

    /// The Chinese name.
    public var label: String {
        switch self {
        case .disclosureRate: "公开率"
        case .fullGrantRate: "予以公开率"
        case .partialGrantRate: "部分公开率"
        case .refusalRate: "不予公开率"
        case .unavailableRate: "无法提供率"
        case .notHandledRate: "不予处理率"
        case .otherRate: "其他处理率"
        case .clearanceRate: "办结率"
        case .carryForwardRate: "结转率"
        case .naturalPersonShare: "自然人占比"
        case .reviewRate: "每百件复议数"
        case .litigationRate: "每百件诉讼数"
        case .reviewCorrectionRate: "复议纠错率"
        case .litigationCorrectionRate: "败诉率"
        case .pendingShare: "未审结占比"
        case .normativeDocumentsNetChange: "行政规范性文件净增"
        case .onTimeRate: "按时办结率"
        }
    }
}

/// The value of an ``Indicator`` with what it was made of.
public struct IndicatorValue: Sendable, Hashable {
    /// A rate rests on fewer cases than this: it says little.
    public static let smallNBelow = 30

    /// The rate or net figure; nil when a part is blank or the denominator is 0.
    public let value: Double?
    /// The numerator; nil when a part of it is blank.
    public let numerator: Int?
    /// The denominator; nil when a part of it is blank, or for a net figure.
    public let denominator: Int?

    /// Whether the denominator is below 30.
    public var smallN: Bool { (denominator ?? 0) < Self.smallNBelow }

    /// Makes a rate, `per` times the quotient.
    public init(_ numerator: Int?, over denominator: Int?, per: Double = 1) {
        self.numerator = numerator
        self.denominator = denominator
        if let numerator, let denominator, denominator > 0 {
            value = per * Double(numerator) / Double(denominator)
        } else {
            value = nil
        }
    }

    /// Makes a net figure.
    public init(net: Int?) {
        value = net.map(Double.init)
        numerator = net
        denominator = nil
    }
}

extension AnnualReport {
    /// The value of an indicator. O(rows of the table).
    public func value(of indicator: Indicator) -> IndicatorValue {
        let processed = requests?[.totalProcessed, .total]
        let received = known([.newReceived, .carriedOver])
        switch indicator {
        case .disclosureRate: return IndicatorValue(known([.granted, .partiallyGranted]), over: processed)
        case .fullGrantRate: return IndicatorValue(known([.granted]), over: processed)
        case .partialGrantRate: return IndicatorValue(known([.partiallyGranted]), over: processed)
        case .refusalRate: return IndicatorValue(known(group: .denied), over: processed)
        case .unavailableRate: return IndicatorValue(known(group: .unavailable), over: processed)
        case .notHandledRate: return IndicatorValue(known(group: .notHandled), over: processed)
        case .otherRate: return IndicatorValue(known(group: .other), over: processed)
        case .clearanceRate: return IndicatorValue(processed, over: received)
        case .carryForwardRate: return IndicatorValue(known([.carriedForward]), over: received)
        case .naturalPersonShare:
            return IndicatorValue(requests?[.newReceived, .naturalPerson], over: requests?[.newReceived, .total])
        case .reviewRate:
            return IndicatorValue(reviews?[.administrativeReview, .total], over: processed, per: indicator.per)
        case .litigationRate:
            return IndicatorValue(contested([.direct, .afterReview], .total), over: processed, per: indicator.per)
        case .reviewCorrectionRate: return correctionRate([.administrativeReview])
        case .litigationCorrectionRate: return correctionRate([.direct, .afterReview])
        case .pendingShare:
            return IndicatorValue(
                contested(ReviewRoute.allCases, .pending), over: contested(ReviewRoute.allCases, .total))
        case .normativeDocumentsNetChange:
            let issued = proactive?[.normativeDocuments, .issued]?.count
            let repealed = proactive?[.normativeDocuments, .repealed]?.count
            return IndicatorValue(net: difference(issued, repealed))
        case .onTimeRate:
            return IndicatorValue(
                statistics2014?[.concludedOnTime]?.count, over: statistics2014?[.concludedTotal]?.count)
        }
    }

    /// The sum of some rows of table 三 in the total column. A blank counts as zero only where the column's printed
    /// total equals the sum of what is known, so that nothing can be missing.
    private func known(_ lines: [RequestLine]) -> Int? {
        guard let requests, let sum = requests.sum(lines, .total) else { return nil }
        return sum.blanks == 0 || outcomesAreComplete ? sum.known : nil
    }

    private func known(group: RequestLine.Group) -> Int? {
        known((requests?.lines ?? []).filter { $0.group == group })
    }

    private var outcomesAreComplete: Bool {
        guard let requests, let processed = requests[.totalProcessed, .total] else { return false }
        let outcomes = RequestLine.outcomes(otherIsOneRow: requests.otherIsOneRow)
        let balanced = requests.sum([.newReceived, .carriedOver], .total)?.known
        let settled = requests.sum([.totalProcessed, .carriedForward], .total)?.known
        return requests.sum(outcomes, .total)?.known == processed && balanced == settled
    }

    private func contested(_ routes: [ReviewRoute], _ outcome: ReviewOutcome) -> Int? {
        guard let reviews, let sum = PartialSum(routes.map { reviews[$0, outcome] }) else { return nil }
        return sum.blanks == 0 ? sum.known : nil
    }

    private func correctionRate(_ routes: [ReviewRoute]) -> IndicatorValue {
        let settled = difference(contested(routes, .total), contested(routes, .pending))
        return IndicatorValue(contested(routes, .corrected), over: settled)
    }

    private func difference(_ left: Int?, _ right: Int?) -> Int? {
        guard let left, let right else { return nil }
        let (result, overflow) = left.subtractingReportingOverflow(right)
        return overflow ? nil : result
    }
}
