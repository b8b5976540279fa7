public import Reports

/// What many reports state of every figure of a form, added up: the 汇总 table that an office has to compile.
public struct FormSummary: Sendable, Hashable {
    /// Figures that could not be added to those of the form.
    public struct LeftOut: Sendable, Hashable {
        /// The form of the reports that state them.
        public let form: ReportForm
        /// How many reports state them: the most that state one of the figures; where nothing of the reports is in the sums,
        /// all of them.
        public let reports: Int
        /// The figures that some of them state.
        public let paths: [FigurePath]
        /// Whether nothing of these reports is in the sums.
        public let isWhole: Bool
        /// Those of the figures that say the same as one of the form and could be added to it, where nothing of the reports
        /// is in the sums: its row and column would no longer add up.
        public let comparable: [Comparable]
    }

    /// A figure of another form that says the same as one of the form, and was not added to it.
    public struct Comparable: Sendable, Hashable {
        /// The figure of the form.
        public let path: FigurePath
        /// The figure that the reports print.
        public let printed: FigurePath
        /// How many reports state it.
        public let reports: Int
        /// What they add up to.
        public let sum: Quantity
    }

    /// The newest form that there are reports of; where there are none, the one that was in force.
    public let form: ReportForm
    /// Whether （六）其他处理 is one row: where no report states the three that the newest form has in its place.
    public let otherIsOneRow: Bool
    /// The sums of the figures that any report states. Money is in 万元, with its unit where the form names none.
    public let figures: [FigurePath: Quantity]
    /// How many reports leave blank a figure that their form prints; nothing where all state it.
    public let blanks: [FigurePath: Int]
    /// How many reports print an amount of money whose unit nobody knows, so that it is left out.
    public let withoutUnit: [FigurePath: Int]
    /// What reports print for （六）其他处理 as one row, where others print the three that the form has in its place: left out
    /// of the rows, and in the totals.
    public let otherInOneRow: [Applicant: Quantity]
    /// The indicators over all reports together.
    public let indicators: [Indicator: IndicatorValue]
    /// What other forms state that says something else.
    public let leftOut: [LeftOut]

    /// - Parameters:
    ///   - sums: those of each form that there are reports of.
    ///   - year: the year, where the question is about one.
    init(_ sums: [ReportForm: FormSums], year: Int?) {
        let inForce = year.map { ReportForm(inForceFor: $0) } ?? .form2021
        let form = ReportForm.allCases.last { sums[$0] != nil } ?? inForce
        // Single figures of the 统计表 say the same as one of table 三; its row and column would no longer add up.
        let whole = sums.filter { ($0.key == .form2014) == (form == .form2014) }
        var figures: [FigurePath: Quantity] = [:]
        var (blanks, withoutUnit) = ([FigurePath: Int](), [FigurePath: Int]())
        var taken: [ReportForm: Set<FigurePath>] = [:]
        let otherIsOneRow = Self.hasOneRow(whole)
        for path in FigurePath.all(in: form, otherIsOneRow: otherIsOneRow) {
            var (total, stated, blank, unitless) = (Int128(0), 0, 0, 0)
            for (other, known) in whole where Self.isComparable(.figure(path), other, form) {
                guard let own = Crosswalk.figure(for: path, in: other), let part = known.figure(own) else { continue }
                taken[other, default: []].insert(own)
                total &+= part.sum
                stated += part.stated
                unitless += part.withoutUnit
                blank += known.reports - part.stated - part.withoutUnit - Self.inOneRow(path, known)
            }
            if blank > 0 { blanks[path] = blank }
            if unitless > 0 { withoutUnit[path] = unitless }
            if stated > 0 { figures[path] = Self.quantity(total, path) }
        }
        self.form = form
        self.otherIsOneRow = otherIsOneRow
        self.figures = figures
        self.blanks = blanks
        self.withoutUnit = withoutUnit
        otherInOneRow = otherIsOneRow ? [:] : Self.otherInOneRow(whole)
        indicators = Self.indicators(sums, form)
        leftOut = sums.compactMap { other, known in
            let paths = FigurePath.all(in: other, otherIsOneRow: nil).filter { path in
                !taken[other, default: []].contains(path) && (known.figure(path)?.stated ?? 0) > 0
            }
            guard let most = paths.compactMap({ known.figure($0)?.stated }).max() else { return nil }
            let isWhole = whole[other] == nil
            return LeftOut(
                form: other, reports: isWhole ? known.reports : most, paths: paths, isWhole: isWhole,
                comparable: isWhole ? Self.comparable(known, other, form) : [])
        }.sorted { $0.form.rawValue < $1.form.rawValue }
    }

    private static func comparable(
        _ known: FormSums, _ other: ReportForm, _ form: ReportForm
    ) -> [Comparable] {
        FigurePath.all(in: form, otherIsOneRow: nil).compactMap { path in
            guard isComparable(.figure(path), other, form), let printed = Crosswalk.figure(for: path, in: other),
                let part = known.figure(printed), part.stated > 0, let sum = quantity(part.sum, path)
            else { return nil }
            return Comparable(path: path, printed: printed, reports: part.stated, sum: sum)
        }
    }

    /// How many reports print one row in the place of the three of （六）其他处理, of which a figure is.
    private static func inOneRow(_ path: FigurePath, _ known: FormSums) -> Int {
        guard case .request(let line, let applicant) = path, line.group == .other, line != .otherTotal else { return 0 }
        return known.figure(.request(.otherTotal, applicant))?.stated ?? 0
    }

    private static func otherInOneRow(_ sums: [ReportForm: FormSums]) -> [Applicant: Quantity] {
        var all: [Applicant: Quantity] = [:]
        for applicant in Applicant.allCases {
            let parts = sums.values.compactMap { $0.figure(.request(.otherTotal, applicant)) }.filter { $0.stated > 0 }
            guard !parts.isEmpty else { continue }
            all[applicant] = Int64(exactly: parts.reduce(0) { $0 &+ $1.sum }).map { Quantity(digits: $0) }
        }
        return all
    }

    private static func hasOneRow(_ sums: [ReportForm: FormSums]) -> Bool {
        func isStated(_ line: RequestLine) -> Bool {
            sums.values.contains { known in
                Applicant.allCases.contains { (known.figure(.request(line, $0))?.stated ?? 0) > 0 }
            }
        }
        return isStated(.otherTotal)
            && !RequestLine.outcomes(otherIsOneRow: false).contains { line in
                line.group == .other && isStated(line)
            }
    }

    private static func isComparable(_ measure: Measure, _ form: ReportForm, _ other: ReportForm) -> Bool {
        Crosswalk.base(of: measure, in: form) == Crosswalk.base(of: measure, in: other)
    }

    private static func quantity(_ sum: Int128, _ path: FigurePath) -> Quantity? {
        guard path.isMoney else { return Int64(exactly: sum).map { Quantity(digits: $0) } }
        guard let amount = Quantity(parts: sum) else { return nil }
        return path.moneyUnit == nil
            ? Quantity(digits: amount.digits, places: amount.places, unit: .wan) : amount
    }

    private static func indicators(
        _ sums: [ReportForm: FormSums], _ form: ReportForm
    ) -> [Indicator: IndicatorValue] {
        var values: [Indicator: IndicatorValue] = [:]
        for (place, indicator) in Indicator.allCases.enumerated() {
            let measure = Measure.indicator(indicator)
            var (numerator, denominator, stated) = (Int128(0), Int128(0), 0)
            for (other, known) in sums where isComparable(measure, other, form) {
                let part = known.indicator(place)
                numerator &+= part.numerator
                denominator &+= part.denominator
                stated += part.stated
            }
            let top = stated > 0 ? Int(exactly: numerator) : nil
            let bottom = stated > 0 ? Int(exactly: denominator) : nil
            values[indicator] =
                measure.isRate ? IndicatorValue(top, over: bottom, per: indicator.per) : IndicatorValue(net: top)
        }
        return values
    }
}

extension FormSummary {
    /// The sums as a report of the form, to be shown as one; a table of which nothing is stated is missing.
    ///
    /// - Parameter year: nil where they are of several years: then the title alone can say so.
    public func report(agency: String, year: ReportYear?, title: String) -> AnnualReport {
        var report = AnnualReport(
            agency: agency, year: year ?? .earliest, title: title, form: form, scope: .consolidated)
        for path in figures.keys {
            switch path {
            case .proactive: report.proactive = report.proactive ?? ProactiveDisclosure()
            case .request: report.requests = report.requests ?? RequestTable(otherIsOneRow: otherIsOneRow)
            case .review: report.reviews = report.reviews ?? ReviewTable()
            case .statistic: report.statistics2014 = report.statistics2014 ?? Statistics2014()
            }
        }
        for (path, sum) in figures { report[path] = sum }
        return report
    }
}
