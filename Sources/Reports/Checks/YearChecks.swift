/// One report held against the same agency's report of the year before. Pure, O(number of figures compared).
///
/// What cannot be compared is counted as not assessable: there is no previous report, it is not that of the year before,
/// its scope is another (own, 汇总), its form has no such line, or both sides are blank.
public struct YearChecks: Sendable {
    /// What is not as it should be; paths are those of the current report.
    public internal(set) var findings: [Finding] = []
    /// How many instances of a check came out how.
    public internal(set) var tally = CheckTally()

    /// Runs every check across years.
    ///
    /// - Parameters:
    ///   - current: the report that the findings are of.
    ///   - previous: the same agency's report of the year before; nil where none is known.
    ///   - remarks: the words beside figures of the current report, such as `其中修订 16 件`, which may explain what does
    ///     not add up.
    public init(_ current: AnnualReport, previous: AnnualReport?, remarks: [FigurePath: String] = [:]) {
        let years = YearPair(current, previous)
        checkRequests(years)
        checkInForce(years, remarks)
        checkItems2019(years)
        checkPending(years)
        checkMoney(years)
        checkChanges(years)
    }
}

/// Two reports that may be compared.
struct YearPair {
    let current: AnnualReport
    /// The report of the year before; nil where none may be compared.
    let previous: AnnualReport?

    init(_ current: AnnualReport, _ previous: AnnualReport?) {
        self.current = current
        let isBefore = previous.map { $0.year.value == current.year.value - 1 && $0.scope == current.scope } ?? false
        self.previous = isBefore ? previous : nil
    }

    /// The current year.
    var year: Int { current.year.value }
    /// The year before.
    var yearBefore: Int { current.year.value - 1 }

    /// Whether both reports have the same form, and it is this one.
    func areBoth(_ form: ReportForm) -> Bool { current.form == form && previous?.form == form }
}

extension YearChecks {
    private mutating func checkRequests(_ years: YearPair) {
        guard years.current.form != .form2014 else { return }
        for applicant in Applicant.allCases {
            guard let before = years.previous?.requests, let now = years.current.requests else {
                tally.notAssessable += 1
                continue
            }
            checkCarried(before[.carriedForward, applicant], now[.carriedOver, applicant], applicant, years)
        }
    }

    private mutating func checkCarried(_ forward: Int?, _ over: Int?, _ applicant: Applicant, _ years: YearPair) {
        let path = FigurePath.request(.carriedOver, applicant)
        switch (forward, over) {
        case (nil, nil): tally.notAssessable += 1
        case (let forward?, let over?) where forward != over:
            fail(
                .carryRequests, [path], forward, over,
                "\(applicant.label): 结转下年度 \(years.yearBefore) is \(forward), but 上年结转 \(years.year) is \(over)",
                severity: applicant == .total ? .error : .warning)
        case (let forward?, nil) where forward != 0:
            doubt(
                .carryRequests, [path], forward, nil,
                "\(applicant.label): 结转下年度 \(years.yearBefore) is \(forward), but 上年结转 \(years.year) is blank")
        case (nil, let over?) where over != 0:
            doubt(
                .carryRequests, [path], nil, over,
                "\(applicant.label): 结转下年度 \(years.yearBefore) is blank, but 上年结转 \(years.year) is \(over)")
        default: tally.passed += 1
        }
    }

    private mutating func checkInForce(_ years: YearPair, _ remarks: [FigurePath: String]) {
        guard years.current.form == .form2021 else { return }
        for line in [ProactiveLine.rules, .normativeDocuments] {
            guard years.areBoth(.form2021), let before = years.previous?.proactive, let now = years.current.proactive
            else {
                tally.notAssessable += 1
                continue
            }
            checkInForce(line, before, now, years, remarks)
        }
    }

    private mutating func checkInForce(
        _ line: ProactiveLine, _ before: ProactiveDisclosure, _ now: ProactiveDisclosure, _ years: YearPair,
        _ remarks: [FigurePath: String]
    ) {
        let paths = [ProactiveColumn.inForce, .issued, .repealed].map { FigurePath.proactive(line, $0) }
        let old = before[line, .inForce]?.count
        let new = now[line, .inForce]?.count
        guard old != nil || new != nil else {
            tally.notAssessable += 1
            return
        }
        let issued = now[line, .issued]?.count
        let repealed = now[line, .repealed]?.count
        guard let left = Self.sum(old ?? 0, issued ?? 0, minus: repealed ?? 0) else {
            return fail(.carryInForce, paths, nil, new, "\(line.label): the figures are too large to add up")
        }
        let blanks = [old, issued, repealed, new].count { $0 == nil }
        let formula = "现行有效 \(years.yearBefore) + 本年制发 − 本年废止 \(years.year)"
        if left == new ?? 0 {
            tally.passed += 1
        } else if blanks > 0 {
            doubt(
                .carryInForce, paths, left, new,
                "\(line.label): \(blanks) of the four figures of \(formula) = 现行有效 \(years.year) are blank; the rest gives "
                    + "\(left) and \(new ?? 0)")
        } else {
            fail(
                .carryInForce, paths, left, new,
                "\(line.label): \(formula) = \(left), but 现行有效 \(years.year) is \(new ?? 0)"
                    + Self.explanation(remarks, paths))
        }
    }

    /// The remarks beside the figures, which the agency may have meant as the explanation.
    private static func explanation(_ remarks: [FigurePath: String], _ paths: [FigurePath]) -> String {
        let words = paths.compactMap { remarks[$0] }.filter { !$0.isEmpty }
        return words.isEmpty ? "" : "; the report explains: " + words.map { "“\($0)”" }.joined(separator: ", ")
    }

    private mutating func checkItems2019(_ years: YearPair) {
        guard years.current.form == .form2019 else { return }
        for line in ProactiveLine.allCases where line.columns(in: .form2019).contains(.itemsPreviousYear) {
            guard years.areBoth(.form2019), let before = years.previous?.proactive, let now = years.current.proactive
            else {
                tally.notAssessable += 1
                continue
            }
            checkItems(line, before, now[line, .itemsPreviousYear]?.count, years)
        }
    }

    private mutating func checkItems(
        _ line: ProactiveLine, _ before: ProactiveDisclosure, _ now: Int?, _ years: YearPair
    ) {
        let paths = [FigurePath.proactive(line, .itemsPreviousYear)]
        let items = before[line, .itemsPreviousYear]?.count
        let change = before[line, .itemsChange]?.count
        guard items != nil || now != nil else {
            tally.notAssessable += 1
            return
        }
        guard let left = Self.sum(items ?? 0, change ?? 0, minus: 0) else {
            return fail(.carryItems2019, paths, nil, now, "\(line.label): the figures are too large to add up")
        }
        let formula = "上一年项目数量 + 本年增/减 \(years.yearBefore) = \(left)"
        if left == now ?? 0 {
            tally.passed += 1
        } else if let now, items != nil, change != nil {
            fail(
                .carryItems2019, paths, left, now,
                "\(line.label): \(formula), but 上一年项目数量 \(years.year) is \(now)")
        } else {
            doubt(
                .carryItems2019, paths, left, now,
                "\(line.label): \(formula) and 上一年项目数量 \(years.year) \(now.map { "is \($0)" } ?? "is blank"), "
                    + "with blanks read as 0")
        }
    }

    private mutating func checkPending(_ years: YearPair) {
        guard years.current.form != .form2014 else { return }
        for route in ReviewRoute.allCases {
            guard let before = years.previous?.reviews, let now = years.current.reviews,
                before[route, .pending] != nil || now[route, .total] != nil
            else {
                tally.notAssessable += 1
                continue
            }
            let pending = before[route, .pending] ?? 0
            let total = now[route, .total]
            let path = FigurePath.review(route, .total)
            let words = "\(route.label): 尚未审结 \(years.yearBefore) is \(pending), but 总计 \(years.year) is "
            if pending <= total ?? 0 {
                tally.passed += 1
            } else if let total {
                fail(.carryPending, [path], pending, total, words + "\(total)")
            } else {
                doubt(.carryPending, [path], pending, nil, words + "blank")
            }
        }
    }

    /// a + b − c; nil when it overflows.
    private static func sum(_ first: Int, _ second: Int, minus third: Int) -> Int? {
        let (sum, sumOverflows) = first.addingReportingOverflow(second)
        let (result, overflows) = sum.subtractingReportingOverflow(third)
        return sumOverflows || overflows ? nil : result
    }

    private mutating func fail(
        _ check: Check.ID, _ paths: [FigurePath], _ left: Int?, _ right: Int?, _ message: String,
        severity: Severity? = nil
    ) {
        tally.failed += 1
        findings.append(
            Finding(check, severity: severity, message: message, paths: paths, left: left, right: right))
    }

    private mutating func doubt(
        _ check: Check.ID, _ paths: [FigurePath], _ left: Int?, _ right: Int?, _ message: String
    ) {
        tally.uncertain += 1
        findings.append(Finding(check, .uncertain, message: message, paths: paths, left: left, right: right))
    }
}
