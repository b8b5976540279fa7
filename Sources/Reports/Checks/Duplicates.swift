/// All figures of a report in one number, to find reports with the same ones among many.
public struct FiguresDigest: Sendable, Hashable {
    /// A hash over the form and every figure in the form's order; a blank is not a zero, and 1.50 is 1.5. The same in
    /// every run and on every machine.
    public let hash: UInt64
    /// Whether the figures are so many and different that no two agencies have the same by chance.
    public let isTelling: Bool

    /// Makes the digest; nil for a report in which no figure is above zero: every quiet year looks like that.
    /// O(number of figures).
    public init?(_ report: AnnualReport) {
        var hash = StableHash()
        // Few are enough, so that they need no set.
        var large: [Quantity] = []
        var isAboveZero = false
        hash.add(report.form.rawValue)
        for path in report.figurePaths {
            guard let quantity = report[path]?.normalized else { continue }
            hash.add(path.index)
            hash.add(Int(quantity.digits))
            hash.add(quantity.places)
            hash.add(quantity.unit?.rawValue ?? "")
            if quantity.digits > 0 { isAboveZero = true }
            if large.count < Self.tellingMin, quantity.doubleValue > 1, !large.contains(quantity) {
                large.append(quantity)
            }
        }
        guard isAboveZero else { return nil }
        self.hash = hash.value
        isTelling = large.count == Self.tellingMin
    }

    /// The least number of different figures greater than 1 that tell something. Small agencies coincide in “1 request,
    /// 1 granted”, and one count fills many cells (all are natural persons, all are granted), so figures count once.
    private static let tellingMin = 4
}

extension Quantity {
    /// The same number without zeros at the end of its fraction.
    fileprivate var normalized: Quantity {
        var digits = digits
        var places = places
        while places > 0, digits.isMultiple(of: 10) {
            digits /= 10
            places -= 1
        }
        return Quantity(digits: digits, places: places, unit: unit)
    }
}

/// What is said of a report that is like another.
public enum DuplicateCheck {
    /// Every figure is that of another report: a warning, or a notice where that may be chance.
    ///
    /// - Parameters:
    ///   - agency: the agency of the other report.
    ///   - year: the year of the other report.
    ///   - isTelling: what ``FiguresDigest/isTelling`` says.
    public static func figures(sameAs agency: String, year: Int, isTelling: Bool) -> Finding {
        Finding(
            .duplicateFigures, isTelling ? .fail : .notice,
            message: "every figure is the same as in the report of \(agency) for \(year)"
                + (isTelling ? "" : "; the figures are few and small, so it may be chance"),
            subject: "figures \(year) \(agency)")
    }

    static let narrativeSubject = "the narrative"

    /// The narrative is nearly that of another report: a warning. Its fingerprint does not depend on the likeness, which
    /// moves with every correction.
    ///
    /// - Parameters:
    ///   - agency: the agency of the other report.
    ///   - year: the year of the other report.
    ///   - likeness: what ``NarrativeSignature/likeness(to:)`` says, 0 to 1.
    public static func narrative(like agency: String, year: Int, likeness: Double) -> Finding {
        let percent = Int(exactly: (likeness * 100).rounded()).map { "about \($0) %" } ?? "most"
        return Finding(
            .duplicateFigures,
            message:
                "\(narrativeSubject) is nearly the same as in the report of \(agency) for \(year): \(percent) of its "
                + "passages, numbers left aside", subject: "narrative \(year) \(agency)")
    }
}
