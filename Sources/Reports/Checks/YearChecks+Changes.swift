extension YearChecks {
    /// A factor near 10⁴ between the same money figure of two years: 元 written where 万元 is meant, or the reverse.
    mutating func checkMoney(_ years: YearPair) {
        for path in years.current.form.moneyPaths {
            guard let previous = years.previous, previous.form == years.current.form, let before = previous[path],
                let now = years.current[path], before.unit(in: path) == now.unit(in: path)
            else {
                tally.notAssessable += 1
                continue
            }
            guard Self.isScaled(before.doubleValue, now.doubleValue) else {
                tally.passed += 1
                continue
            }
            tally.failed += 1
            let words = [before, now].map(\.numberWithUnit)
            findings.append(
                Finding(
                    .moneyScale,
                    message: "\(path.label) \(years.yearBefore) is \(words[0]), \(years.year) is \(words[1]): "
                        + "a factor near 10000, as between 元 and 万元", paths: [path], left: before.count,
                    right: now.count,
                    subject: words.joined(separator: " → ")))
        }
    }

    /// Both sides are heuristic bounds, so floating point will do.
    private static func isScaled(_ before: Double, _ now: Double) -> Bool {
        guard before > 0, now > 0 else { return false }
        return (5_000...20_000).contains(max(before, now) / min(before, now))
    }

    /// What grew or shrank by more than a factor of five.
    mutating func checkChanges(_ years: YearPair) {
        for figure in TellingFigure.all {
            guard let path = figure.path(in: years.current.form) else { continue }
            guard let previous = years.previous, let pathBefore = figure.path(in: previous.form),
                let before = previous[pathBefore]?.count, let now = years.current[path]?.count
            else {
                tally.notAssessable += 1
                continue
            }
            // Nothing is wrong with it, so it counts as passed; but the reader should know.
            tally.passed += 1
            guard Self.isLarge(before, now) else { continue }
            findings.append(
                Finding(
                    .changeLarge, .notice,
                    message: "\(path.label) \(years.yearBefore) is \(before), \(years.year) is \(now): "
                        + (now > before ? "more than 5 times" : "less than a fifth"), paths: [path], left: before,
                    right: now))
        }
    }

    /// The least previous value with which a change is compared: small counts vary by chance.
    private static let baseMin = 30

    private static func isLarge(_ before: Int, _ now: Int) -> Bool {
        before >= baseMin && (isMoreThanFiveTimes(now, before) || isMoreThanFiveTimes(before, now))
    }

    private static func isMoreThanFiveTimes(_ large: Int, _ small: Int) -> Bool {
        let (five, overflow) = max(small, 0).multipliedReportingOverflow(by: 5)
        return !overflow && large > five
    }
}

/// A figure whose large change tells something, where each form has it (the crosswalk of the forms).
private struct TellingFigure {
    private let path2014: FigurePath?
    private let path2019: FigurePath?
    private let path2021: FigurePath?

    func path(in form: ReportForm) -> FigurePath? {
        switch form {
        case .form2014: path2014
        case .form2019: path2019
        case .form2021: path2021
        }
    }

    /// What was received, and documents issued, mean the same in every form; the rest of the 统计表 has no certain
    /// counterpart in table 三 or 四.
    static let all: [TellingFigure] =
        [
            TellingFigure(both: .request(.newReceived, .total), .receivedTotal),
            TellingFigure(both: .request(.totalProcessed, .total)),
            TellingFigure(both: .request(.carriedForward, .total)),
            TellingFigure(
                path2014: nil, path2019: .proactive(.rules, .newlyMade), path2021: .proactive(.rules, .issued)),
            TellingFigure(
                path2014: .statistic(.proactiveNormativeDocumentsIssued),
                path2019: .proactive(.normativeDocuments, .newlyMade),
                path2021: .proactive(.normativeDocuments, .issued)),
            TellingFigure(path2014: nil, path2019: nil, path2021: .proactive(.rules, .inForce)),
            TellingFigure(path2014: nil, path2019: nil, path2021: .proactive(.normativeDocuments, .inForce)),
            TellingFigure(both: .proactive(.administrativeLicensing, .decisions)),
            TellingFigure(
                path2014: nil, path2019: .proactive(.otherPublicServices, .decisions), path2021: nil),
            TellingFigure(both: .proactive(.administrativePenalty, .decisions)),
            TellingFigure(both: .proactive(.administrativeCoercion, .decisions)),
        ] + ReviewRoute.allCases.map { TellingFigure(both: .review($0, .total)) }
        + [Statistic2014.concludedTotal, .reviewTotal, .litigationTotal].map {
            TellingFigure(path2014: .statistic($0), path2019: nil, path2021: nil)
        }

    private init(path2014: FigurePath?, path2019: FigurePath?, path2021: FigurePath?) {
        self.path2014 = path2014
        self.path2019 = path2019
        self.path2021 = path2021
    }

    /// A figure that has one path in the forms of 2019 and 2021.
    private init(both path: FigurePath, _ statistic: Statistic2014? = nil) {
        self.init(path2014: statistic.map { .statistic($0) }, path2019: path, path2021: path)
    }
}

extension YearChecks {
    /// The figures of a form that a check across reports may name. O(1).
    public static func paths(in form: ReportForm) -> Set<FigurePath> { named[form] ?? [] }

    /// Asked for with every document, so made once.
    private static let named = Dictionary(
        uniqueKeysWithValues: ReportForm.allCases.map { form in
            let compared =
                FigurePath.all(in: form, otherIsOneRow: nil).filter(isCompared)
                + form.moneyPaths + TellingFigure.all.compactMap { $0.path(in: form) }
                + ConsolidatedFigure.allCases.flatMap { $0.paths(in: form) }
            return (form, Set(compared))
        })

    private static func isCompared(_ path: FigurePath) -> Bool {
        switch path {
        case .proactive(.rules, _), .proactive(.normativeDocuments, _), .proactive(_, .itemsPreviousYear): true
        case .request(.carriedOver, _), .review(_, .total): true
        case .proactive, .request, .review, .statistic: false
        }
    }
}

extension ReportForm {
    /// The figures of money that the form prints.
    fileprivate var moneyPaths: [FigurePath] {
        switch self {
        case .form2014: [.statistic(.requestFeesWan), .statistic(.capacityBudgetWan)]
        case .form2019: [.proactive(.centralizedProcurement, .totalAmount)]
        case .form2021: [.proactive(.administrativeFees, .amountWan)]
        }
    }
}
