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
