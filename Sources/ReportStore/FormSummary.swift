public import Reports

/// What many reports state of every figure of a form, added up: the 汇总 table that an office has to compile.
public struct FormSummary: Sendable, Hashable {
    /// Figures that could not be added to those of the form.
    public struct LeftOut: Sendable, Hashable {
        /// The form of the reports that state them.
        public let form: ReportForm
        /// How many reports are of that form.
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
    /// How many reports leave a figure blank, or print none that may be added; nothing where all state it.
    public let blanks: [FigurePath: Int]
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
        let reports = whole.values.reduce(0) { $0 + $1.reports }
        var figures: [FigurePath: Quantity] = [:]
        var blanks: [FigurePath: Int] = [:]
        var taken: [ReportForm: Set<FigurePath>] = [:]
        let otherIsOneRow = Self.hasOneRow(whole)
        for path in FigurePath.all(in: form, otherIsOneRow: otherIsOneRow) {
            var (total, stated) = (Int128(0), 0)
            for (other, known) in whole where Self.isComparable(.figure(path), other, form) {
                guard let own = Crosswalk.figure(for: path, in: other), let part = known.figure(own) else { continue }
                taken[other, default: []].insert(own)
                total &+= part.sum
                stated += part.stated
            }
            if stated < reports { blanks[path] = reports - stated }
            if stated > 0 { figures[path] = Self.quantity(total, path) }
        }
        self.form = form
        self.otherIsOneRow = otherIsOneRow
        self.figures = figures
        self.blanks = blanks
        indicators = Self.indicators(sums, form)
        leftOut = sums.compactMap { other, known in
            let paths = FigurePath.all(in: other, otherIsOneRow: nil).filter { path in
                !taken[other, default: []].contains(path) && (known.figure(path)?.stated ?? 0) > 0
            }
            return paths.isEmpty
                ? nil
                : LeftOut(
                    form: other, reports: known.reports, paths: paths, isWhole: whole[other] == nil,
                    comparable: whole[other] == nil ? Self.comparable(known, other, form) : [])
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
