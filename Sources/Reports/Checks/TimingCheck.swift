/// Whether a report was published in time: departments by 31 January, local governments by 31 March of the next year;
/// until the reports for 2018, all by 31 March (政府信息公开条例 第四十九条, 第五十条; before 2019 第三十一条).
enum TimingCheck {
    /// A finding for a date that is late, or that lies in the report's own year; nil for one that is neither.
    static func finding(_ report: AnnualReport, published: DocumentDate?) -> Finding? {
        guard let published else { return nil }
        let year = report.year.value
        if published.year <= year {
            return Finding(
                .identityYear, .notice,
                message: "a report for \(year) published in \(published.year), before the year was over",
                places: published.places)
        }
        let due = DueDate(agencyNamed: report.agency, scope: report.scope, year: year)
        guard published.description > due.description else { return nil }
        return Finding(
            .timingDue, .notice, message: "published on \(published), due by \(due)", places: published.places)
    }
}

/// The day by which a report has to be published (政府信息公开条例 第四十九条, 第五十条; before 2019 第三十一条).
public struct DueDate: Sendable, Hashable, CustomStringConvertible {
    /// `YYYY-MM-DD`.
    public let description: String

    /// The 31st of January of the next year for departments, of March for local governments; until the reports for
    /// 2018, of March for all.
    public init(agencyNamed name: String, scope: ReportScope, year: Int) {
        let isGovernment = name.hasSuffix("政府") || scope == .consolidated
        description = "\(year + 1)-" + (year <= 2018 || isGovernment ? "03-31" : "01-31")
    }
}

/// A date that a document states of its publication.
public struct DocumentDate: Sendable, Hashable {
    /// The year, such as 2024.
    public let year: Int
    /// The month, 1 to 12.
    public let month: Int
    /// The day of the month, 1 to 31.
    public let day: Int
    /// Where it stands; nil for a date that came beside the document.
    public let place: DocumentPlace?

    /// Makes a date; nil for a month or day that no calendar has.
    public init?(year: Int, month: Int, day: Int, place: DocumentPlace? = nil) {
        guard (1990...2099).contains(year), (1...12).contains(month), (1...31).contains(day) else { return nil }
        self.year = year
        self.month = month
        self.day = day
        self.place = place
    }

    fileprivate var places: [DocumentPlace] { place.map { [$0] } ?? [] }
}

extension DocumentDate: CustomStringConvertible {
    /// `YYYY-MM-DD`, as RFC 3339 writes a full date.
    public var description: String {
        "\(year)-" + [month, day].map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: "-")
    }

    /// Reads `YYYY-MM-DD`; nil for anything else.
    public init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.map(\.utf8.count) == [4, 2, 2], text.utf8.count(where: { !($0 >= 0x30 && $0 <= 0x39) }) == 2,
            let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2])
        else { return nil }
        self.init(year: year, month: month, day: day)
    }
}
