/// The year that a report's figures are for (the year in its title), never the year of its publication.
public struct ReportYear: Sendable, Hashable, Comparable {
    /// The first year with annual reports: the 条例 came into force on 1 May 2008.
    public static let first = 2008

    /// The year, such as 2023.
    public let value: Int

    /// The first year as such.
    public static let earliest = ReportYear(known: first)

    private init(known value: Int) { self.value = value }

    /// Makes a year, or nil outside 2008…2099. O(1).
    ///
    /// Whether a year lies in the future is for the caller who has a clock to say.
    public init?(_ value: Int) {
        guard (Self.first...2099).contains(value) else { return nil }
        self.value = value
    }

    /// Earlier years come first.
    public static func < (left: ReportYear, right: ReportYear) -> Bool {
        left.value < right.value
    }
}
