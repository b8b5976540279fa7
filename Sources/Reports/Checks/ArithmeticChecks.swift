/// The identities of tables 二, 三 and 四, held against what a report prints. Pure, O(number of cells).
public struct ArithmeticChecks: Sendable {
    /// How many instances of a check came out how.
    public private(set) var tally = CheckTally()
    /// What is not as it should be.
    public private(set) var findings: [Finding] = []

    /// Runs every check on a report.
    public init(_ report: AnnualReport) {
        checkRequests(report.requests, form: report.form)
        checkReviews(report.reviews, form: report.form)
        checkDisclosed(report.proactive, form: report.form)
        checkSums(report.statistics2014, form: report.form)
        checkSigns(report)
    }
}

/// The number of times that checks passed, failed, were uncertain, or could not be made.
public struct CheckTally: Sendable, Hashable {
    /// The rule holds.
    public var passed = 0
    /// The rule is broken.
    public var failed = 0
    /// A blank stands in the way.
    public var uncertain = 0
    /// The table is missing.
    public var notAssessable = 0

    /// Makes an empty tally.
    public init() {}

    /// Adds the numbers of another.
    public mutating func add(_ other: CheckTally) {
        passed += other.passed
        failed += other.failed
        uncertain += other.uncertain
        notAssessable += other.notAssessable
    }
}

extension ArithmeticChecks {
    private mutating func checkRequests(_ table: RequestTable?, form: ReportForm) {
        guard form != .form2014 else { return }
        guard let table else {
            let rows = RequestTable(otherIsOneRow: form == .form2019).lines.count
            tally.notAssessable += rows + 3 * Applicant.allCases.count
            return
        }
        for line in table.lines { checkRow(table, line) }
        for applicant in Applicant.allCases {
            checkProcessed(table, applicant)
            checkBalance(table, applicant)
            checkBounds(table, applicant)
        }
    }

    private mutating func checkRow(_ table: RequestTable, _ line: RequestLine) {
        checkSum(
            .rowTotal, total: .request(line, .total), printed: table[line, .total],
            parts: Applicant.parts.map { .request(line, $0) },
            sum: PartialSum(Applicant.parts.lazy.map { table[line, $0] }))
    }

    private mutating func checkProcessed(_ table: RequestTable, _ applicant: Applicant) {
        let outcomes = RequestLine.outcomes(otherIsOneRow: table.otherIsOneRow)
        checkSum(
            .processedTotal, total: .request(.totalProcessed, applicant), printed: table[.totalProcessed, applicant],
            parts: outcomes.map { .request($0, applicant) }, sum: table.sum(outcomes, applicant))
    }

    private mutating func checkBalance(_ table: RequestTable, _ applicant: Applicant) {
        var paths: [FigurePath] {
            [RequestLine.newReceived, .carriedOver, .totalProcessed, .carriedForward].map { .request($0, applicant) }
        }
        let received = table.sum([.newReceived, .carriedOver], applicant)
        let left = table.sum([.totalProcessed, .carriedForward], applicant)
        guard let received, let left else { return overflow(.balance, paths) }
        let blanks = received.blanks + left.blanks
        if received.known == left.known {
            tally.passed += 1
        } else if blanks == 0 {
            fail(
                .balance, paths, received.known, left.known,
                "\(applicant.label): 本年新收 + 上年结转 = \(received.known), but （七）总计 + 结转下年度 = \(left.known)")
        } else {
            doubt(
                .balance, paths, received.known, left.known,
                "\(applicant.label): \(blanks) of the four cells are blank; the rest gives \(received.known) and \(left.known)"
            )
        }
    }

    private mutating func checkBounds(_ table: RequestTable, _ applicant: Applicant) {
        var paths: [FigurePath] {
            [RequestLine.totalProcessed, .newReceived, .carriedOver].map { .request($0, applicant) }
        }
        guard let received = table.sum([.newReceived, .carriedOver], applicant) else {
            return overflow(.bounds, paths)
        }
        guard let processed = table[.totalProcessed, applicant] else {
            tally.passed += 1
            return
        }
        if processed <= received.known {
            tally.passed += 1
        } else if received.blanks == 0 {
            fail(
                .bounds, paths, processed, received.known,
                "\(applicant.label): （七）总计 \(processed) is more than was received, \(received.known)")
        } else {
            doubt(
                .bounds, paths, processed, received.known,
                "\(applicant.label): （七）总计 is \(processed), but 本年新收 or 上年结转 is blank")
        }
    }

    private mutating func checkReviews(_ table: ReviewTable?, form: ReportForm) {
        guard form != .form2014 else { return }
        guard let table else {
            tally.notAssessable += ReviewRoute.allCases.count
            return
        }
        for route in ReviewRoute.allCases {
            checkSum(
                .reviewTotal, total: .review(route, .total), printed: table[route, .total],
                parts: ReviewOutcome.parts.map { .review(route, $0) },
                sum: PartialSum(ReviewOutcome.parts.lazy.map { table[route, $0] }))
        }
    }

    private mutating func checkSums(_ table: Statistics2014?, form: ReportForm) {
        guard let table else {
            if form == .form2014 { tally.notAssessable += Statistic2014.sums.count }
            return
        }
        for (total, parts) in Statistic2014.sums {
            checkSum(
                .statistics2014Sums, total: .statistic(total), printed: table[total]?.count,
                parts: parts.map { .statistic($0) }, sum: PartialSum(parts.lazy.map { table[$0]?.count }))
        }
    }

    private mutating func checkDisclosed(_ table: ProactiveDisclosure?, form: ReportForm) {
        guard form == .form2019 else { return }
        for line in [ProactiveLine.rules, .normativeDocuments] {
            guard let new = table?[line, .newlyDisclosed]?.count, let all = table?[line, .totalDisclosed]?.count else {
                tally.notAssessable += 1
                continue
            }
            guard all < new else {
                tally.passed += 1
                continue
            }
            fail(
                .disclosed2019, [.proactive(line, .totalDisclosed), .proactive(line, .newlyDisclosed)], all, new,
                "\(line.label): 对外公开总数量 \(all) is less than 本年新公开数量 \(new)")
        }
    }

    private mutating func checkSigns(_ report: AnnualReport) {
        let negative = report.figurePaths.filter { path in
            if case .proactive(_, .itemsChange) = path { return false }
            return (report[path]?.digits ?? 0) < 0
        }
        guard !negative.isEmpty else {
            tally.passed += 1
            return
        }
        fail(.nonNegativeIntegers, negative, nil, nil, "negative: " + negative.map(\.label).joined(separator: ", "))
    }
}

extension ArithmeticChecks {
    /// A sum whose parts may be blank: blanks read as zero where that makes the total right, and are a doubt otherwise.
    private mutating func checkSum(
        _ check: Check.ID, total: FigurePath, printed: Int?, parts: @autoclosure () -> [FigurePath], sum: PartialSum?
    ) {
        guard let sum else { return overflow(check, [total] + parts()) }
        guard let printed else {
            if sum.known == 0 {
                tally.passed += 1
            } else {
                doubt(check, [total] + parts(), nil, sum.known, "\(total.label) is blank; its parts give \(sum.known)")
            }
            return
        }
        if sum.known == printed {
            tally.passed += 1
        } else if sum.blanks == 0 || sum.known > printed {
            fail(
                check, [total] + parts(), printed, sum.known,
                "\(total.label) is printed as \(printed); its parts add up to \(sum.known)")
        } else {
            doubt(
                check, [total] + parts(), printed, sum.known,
                "\(total.label) is printed as \(printed); its parts give \(sum.known), and \(sum.blanks) of them \(sum.blanks == 1 ? "is" : "are") blank"
            )
        }
    }

    private mutating func fail(
        _ check: Check.ID, _ paths: [FigurePath], _ left: Int?, _ right: Int?, _ message: String
    ) {
        tally.failed += 1
        findings.append(Finding(check, message: message, paths: paths, left: left, right: right))
    }

    private mutating func doubt(
        _ check: Check.ID, _ paths: [FigurePath], _ left: Int?, _ right: Int?, _ message: String
    ) {
        tally.uncertain += 1
        findings.append(Finding(check, .uncertain, message: message, paths: paths, left: left, right: right))
    }

    private mutating func overflow(_ check: Check.ID, _ paths: [FigurePath]) {
        fail(check, paths, nil, nil, "the figures are too large to add up")
    }
}
