public import Reports

/// Reads the figures and indicators that a list shows of each report: where they stand is worked out once for a list, and
/// not for each of its reports.
public struct ListedFigures: Sendable {
    private enum Place {
        case none
        case figure(Int)
        case rate(numerator: Int, denominator: Int, Indicator)
        case other(MeasureReader, Measure)
    }

    /// Whether there are any.
    let isEmpty: Bool
    /// In the order of the forms.
    private let places: [(slots: FigureSlots, places: [Place])]

    /// - Parameter measures: what is shown, in the order of its columns. A figure is taken as conditions and orders take it,
    ///   of the row that says the same where a form does not print it: else a list would show a blank where it was chosen
    ///   by a figure.
    public init(_ measures: [Measure]) {
        isEmpty = measures.isEmpty
        places = ReportForm.allCases.map { form in
            let slots = FigureSlots.of(form)
            let places = measures.map { measure -> Place in
                switch measure {
                case .figure(let path):
                    let printed = Crosswalk.figure(for: path, in: form)
                    return printed.flatMap { slots.slot(of: $0) }.map { .figure($0) } ?? .none
                case .indicator(let indicator):
                    let (numerator, denominator) = slots.slots(of: indicator)
                    return .rate(numerator: numerator, denominator: denominator, indicator)
                case .refusal, .merged: return .other(MeasureReader(measure), measure)
                }
            }
            return (slots, places)
        }
    }

    /// The figures and indicators of one report, each nil in the place of the other. O(measures).
    func values(in figures: Span<UInt8>, _ form: ReportForm) -> ([Quantity?], [IndicatorValue?]) {
        let (slots, places) = places[form.place]
        var quantities = [Quantity?](repeating: nil, count: places.count)
        var indicators = [IndicatorValue?](repeating: nil, count: places.count)
        for (index, place) in places.enumerated() {
            switch place {
            case .none: break
            case .figure(let slot): quantities[index] = slots.quantity(at: slot, in: figures)
            case .rate(let numerator, let denominator, let indicator):
                let top = slots.quantity(at: numerator, in: figures)?.count
                let bottom = slots.quantity(at: denominator, in: figures)?.count
                indicators[index] =
                    indicator == .normativeDocumentsNetChange
                    ? IndicatorValue(net: top) : IndicatorValue(top, over: bottom, per: indicator.per)
            case .other(let reader, let measure):
                let reading = reader.value(in: figures, form).reading(of: measure)
                quantities[index] = reading.amount
                indicators[index] = reading.rate
            }
        }
        return (quantities, indicators)
    }
}
