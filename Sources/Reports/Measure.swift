/// What filters, orders and statistics ask of a report: one of its figures, or a rate made of several.
public enum Measure: Sendable, Hashable {
    /// A printed figure.
    case figure(FigurePath)
    /// A computed rate or net figure.
    case indicator(Indicator)
    /// The share of a reason in all refusals.
    case refusal(RequestLine)
    /// The sum of figures that forms state in different rows.
    case merged(MergedFigure)
}

extension Measure {
    /// Reads a path: `requests.granted.total`, `indicators.disclosureRate`, `indicators.refusalMix.stateSecret`,
    /// `crosswalk.lawsuits`; nil for any other text. O(1).
    public init?(_ text: String) {
        guard let measure = Self.byText[text] else { return nil }
        self = measure
    }

    private static let byText = Dictionary(all.map { ($0.description, $0) }) { first, _ in first }

    /// Every figure that a form prints, those of the newest form first, each once; then what is computed.
    public static let all: [Measure] = {
        var known: Set<FigurePath> = []
        let figures = ReportForm.allCases.reversed().flatMap { FigurePath.all(in: $0, otherIsOneRow: nil) }
        return figures.filter { known.insert($0).inserted }.map { .figure($0) } + computed
    }()

    /// What is computed of figures.
    public static let computed: [Measure] =
        Indicator.allCases.map { .indicator($0) } + RequestLine.refusals.map { .refusal($0) }
        + MergedFigure.allCases.map { .merged($0) }

    /// The name in Chinese: the form's own words, or the indicator's.
    public var label: String {
        switch self {
        case .figure(let path): path.label
        case .indicator(let indicator): indicator.label
        case .refusal(let line): "不予公开理由占比 " + line.label.drop { $0 != " " }.dropFirst()
        case .merged(let figure): figure.label
        }
    }
}

extension Measure: CustomStringConvertible {
    /// The path, as the API writes it.
    public var description: String {
        switch self {
        case .figure(let path): path.description
        case .indicator(let indicator): "indicators.\(indicator.rawValue)"
        case .refusal(let line): "indicators.refusalMix.\(line.reason)"
        case .merged(let figure): "crosswalk.\(figure.rawValue)"
        }
    }
}

extension Measure {
    /// The formula in the names of the report document; nil for a figure.
    public var formula: String? {
        switch self {
        case .figure: nil
        case .indicator(let indicator): indicator.formula
        case .refusal(let line): "denied.\(line.reason) / Σ denied"
        case .merged(let figure): figure.formula
        }
    }

    /// What a value is: the figure's unit; `ratio`, `per 100` or 件 for what is computed. Nil for an amount whose unit stands
    /// beside it.
    public var unit: String? {
        switch self {
        case .figure(let path): path.unit
        case .indicator(let indicator): indicator.unit
        case .refusal: "ratio"
        case .merged: "件"
        }
    }
}
