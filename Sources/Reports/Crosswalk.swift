/// Which figures of different forms say the same, so that they may be added and stand in one series.
///
/// Tables 三 and 四 of 2019 and 2021 have the same rows; beyond that only what is listed here is comparable (国办发〔2014〕32号,
/// 国办公开办函〔2019〕60号, 国办公开办函〔2021〕30号). What is not is kept apart by form, never converted. What forms state in
/// different rows stands in ``MergedFigure``.
public enum Crosswalk {
    /// The figure that a form prints for `path`: itself, or the one that says the same; nil where it prints none. O(1).
    public static func figure(for path: FigurePath, in form: ReportForm) -> FigurePath? {
        if printed[form]?.contains(path) ?? false { return path }
        return sameFigures[path]?.first { printed[form]?.contains($0) ?? false }
    }

    /// The newest form whose figure for `measure` may be added to that of `form`: forms with the same base are
    /// comparable. O(1).
    public static func base(of measure: Measure, in form: ReportForm) -> ReportForm {
        if case .merged = measure { return .form2021 }
        guard case .figure(let path) = measure else { return form == .form2014 ? form : .form2021 }
        if sameFigures[path] != nil { return .form2021 }
        switch path {
        case .request, .review: return form == .form2014 ? form : .form2021
        case .proactive, .statistic: return form
        }
    }

    /// The forms in which a measure can be found.
    public static func forms(of measure: Measure) -> [ReportForm] {
        ReportForm.allCases.filter { form in
            switch measure {
            case .figure(let path): figure(for: path, in: form) != nil
            case .indicator(.onTimeRate): form == .form2014
            case .indicator(.normativeDocumentsNetChange): form == .form2021
            case .indicator, .refusal: form != .form2014
            case .merged: true
            }
        }
    }

    private static let printed: [ReportForm: Set<FigurePath>] = Dictionary(
        uniqueKeysWithValues: ReportForm.allCases.map { ($0, Set(FigurePath.all(in: $0, otherIsOneRow: nil))) })

    /// Each figure with those of other forms that say the same.
    private static let sameFigures: [FigurePath: Set<FigurePath>] = {
        let groups: [Set<FigurePath>] = [
            [.request(.newReceived, .total), .statistic(.receivedTotal)],
            [.request(.partiallyGranted, .total), .statistic(.repliesPartiallyGranted)],
            [.review(.administrativeReview, .corrected), .statistic(.reviewCorrected)],
            [
                .proactive(.normativeDocuments, .issued), .proactive(.normativeDocuments, .newlyMade),
                .statistic(.proactiveNormativeDocumentsIssued),
            ],
        ]
        return Dictionary(uniqueKeysWithValues: groups.flatMap { group in group.map { ($0, group) } })
    }()
}
