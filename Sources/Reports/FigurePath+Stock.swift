extension FigurePath {
    /// Whether it states how much there is at one time, not how much came during a year: what is in force, what is carried
    /// over or still pending, what staff there is. Such figures of several years count the same things again and again.
    public var isStock: Bool {
        switch self {
        case .proactive(_, let column): column == .inForce || column == .totalDisclosed || column == .itemsPreviousYear
        case .request(let line, _): line == .carriedOver || line == .carriedForward
        case .review(_, let outcome): outcome == .pending
        case .statistic(let statistic): Self.stocks2014.contains(statistic)
        }
    }

    private static let stocks2014: Set<Statistic2014> = [
        .capacityDedicatedOffices, .capacityReadingPoints, .capacityStaff, .capacityStaffFullTime,
        .capacityStaffPartTime,
    ]
}
