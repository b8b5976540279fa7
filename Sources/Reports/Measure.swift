/// What filters, orders and statistics ask of a report: one of its figures, or a rate made of several.
public enum Measure: Sendable, Hashable {
    /// A printed figure.
    case figure(FigurePath)
    /// A computed rate or net figure.
    case indicator(Indicator)
}

extension Measure {
    /// Reads a path of the report document: `requests.granted.total`, `indicators.disclosureRate`; nil for any other
    /// text. O(1).
    public init?(_ text: String) {
        if let path = FigurePath(text) {
            self = .figure(path)
        } else if text.hasPrefix(Self.indicatorPrefix),
            let indicator = Indicator(rawValue: String(text.dropFirst(Self.indicatorPrefix.count)))
        {
            self = .indicator(indicator)
        } else {
            return nil
        }
    }

    /// Every figure that a form prints, those of the newest form first, each once; then every indicator.
    public static let all: [Measure] = {
        var known: Set<FigurePath> = []
        let figures = ReportForm.allCases.reversed().flatMap { FigurePath.all(in: $0, otherIsOneRow: nil) }
        return figures.filter { known.insert($0).inserted }.map { .figure($0) }
            + Indicator.allCases.map { .indicator($0) }
    }()

    private static let indicatorPrefix = "indicators."

    /// The name in Chinese: the form's own words, or the indicator's.
    public var label: String {
        switch self {
        case .figure(let path): path.label
        case .indicator(let indicator): indicator.label
        }
    }
}

extension Measure: CustomStringConvertible {
    /// The path, as the API writes it.
    public var description: String {
        switch self {
        case .figure(let path): path.description
        case .indicator(let indicator): Self.indicatorPrefix + indicator.rawValue
        }
    }
}
