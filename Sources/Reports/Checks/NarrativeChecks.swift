/// The counts of the prose, held against the tables. Pure, O(number of statements).
struct NarrativeChecks: Sendable {
    /// What disagrees.
    private(set) var findings: [Finding] = []
    /// The number of statements that agree.
    private(set) var passed = 0

    private let report: AnnualReport

    /// Makes the checks.
    init(_ report: AnnualReport) {
        self.report = report
        for statement in report.narrative.statements { check(statement) }
    }

    private mutating func check(_ statement: Statement) {
        switch statement.subject {
        case .received: checkReceived(statement)
        case .carriedOver: compare(statement, [.carriedOver])
        case .answered: checkAnswered(statement)
        case .carriedForward: compare(statement, [.carriedForward])
        case .granted: compare(statement, [.granted])
        case .partiallyGranted: compare(statement, [.partiallyGranted])
        case .denied: compare(statement, group: .denied)
        case .unavailable: compare(statement, group: .unavailable)
        case .notHandled: compare(statement, group: .notHandled)
        case .reviews: compareReviews(statement, [.administrativeReview], .reviewTotal)
        case .lawsuits: compareReviews(statement, [.direct, .afterReview], .litigationTotal)
        case .naturalPersons: checkNaturalPersons(statement)
        case .licensing: checkDecisions(statement, .administrativeLicensing)
        case .penalties: checkDecisions(statement, .administrativePenalty)
        case .coercion: checkDecisions(statement, .administrativeCoercion)
        case .normativeDocuments: checkDocuments(statement)
        case .allAnswered: checkAllAnswered(statement)
        }
    }

    /// What was received may count the requests of the year alone, or with those carried over: both are in use.
    private mutating func checkReceived(_ statement: Statement) {
        let path = newPath
        guard let new = report[path]?.count else { return }
        let carried = report.requests?[.carriedOver, .total] ?? 0
        // Figures at the limit of an integer have no sum.
        let sum = PartialSum([new, carried])?.known ?? new
        if statement.count == new || statement.count == sum {
            passed += 1
        } else if statement.count == 0 || new == 0 {
            let message = "the prose says \(statement.count) requests, \(path.label) is \(new)"
            add(.narrativeZero, statement, message, [path], new)
        } else {
            let both = carried > 0 ? ", and \(sum) with 上年结转" : ""
            let message = "the prose says \(statement.count) requests, \(path.label) is \(new)\(both)"
            add(.narrativeRequests, statement, message, [path], new)
        }
    }

    private var newPath: FigurePath {
        report.form == .form2014 ? .statistic(.receivedTotal) : .request(.newReceived, .total)
    }

    private mutating func checkAnswered(_ statement: Statement) {
        guard report.form != .form2014 else {
            let figures = [Statistic2014.repliesTotal, .concludedTotal].compactMap { report.statistics2014?[$0]?.count }
            guard let first = figures.first else { return }
            return settle(.narrativeRequests, statement, figures, [.statistic(.repliesTotal)], first)
        }
        compare(statement, [.totalProcessed])
    }

    private mutating func compare(_ statement: Statement, group: RequestLine.Group) {
        compare(statement, (report.requests?.lines ?? []).filter { $0.group == group })
    }

    private mutating func compare(_ statement: Statement, _ lines: [RequestLine]) {
        guard let sum = report.requests?.sum(lines, .total), sum.parts > 0 || sum.blanks == 0 else { return }
        settle(.narrativeRequests, statement, [sum.known], lines.map { .request($0, .total) }, sum.known)
    }

    private mutating func compareReviews(_ statement: Statement, _ routes: [ReviewRoute], _ old: Statistic2014) {
        if let figure = report.statistics2014?[old]?.count {
            return settle(.narrativeReviews, statement, [figure], [.statistic(old)], figure)
        }
        guard let reviews = report.reviews, let sum = PartialSum(routes.map { reviews[$0, .total] }) else { return }
        settle(.narrativeReviews, statement, [sum.known], routes.map { .review($0, .total) }, sum.known)
    }

    private mutating func checkDocuments(_ statement: Statement) {
        let path = FigurePath.proactive(.normativeDocuments, report.form == .form2019 ? .newlyMade : .issued)
        guard let figure = report[path]?.count else { return }
        settle(.narrativeDocuments, statement, [figure], [path], figure)
    }

    private mutating func checkNaturalPersons(_ statement: Statement) {
        let path = FigurePath.request(.newReceived, .naturalPerson)
        guard report.form != .form2014, let new = report[path]?.count else { return }
        let both = PartialSum([new, report.requests?[.carriedOver, .naturalPerson] ?? 0])?.known ?? new
        settle(.narrativeRequests, statement, [new, both], [path], new)
    }

    private mutating func checkDecisions(_ statement: Statement, _ line: ProactiveLine) {
        let path = FigurePath.proactive(line, .decisions)
        guard let figure = report[path]?.count else { return }
        settle(.narrativeDocuments, statement, [figure], [path], figure)
    }

    private mutating func checkAllAnswered(_ statement: Statement) {
        guard let open = report.requests?[.carriedForward, .total] else { return }
        guard open > 0 else {
            passed += 1
            return
        }
        let message = "the prose says that every request was answered, 结转下年度 is \(open)"
        add(.narrativeAllAnswered, statement, message, [.request(.carriedForward, .total)], open)
    }

    private mutating func settle(
        _ check: Check.ID, _ statement: Statement, _ accepted: [Int], _ paths: [FigurePath], _ figure: Int
    ) {
        if accepted.contains(statement.count) {
            passed += 1
        } else {
            let label = paths.count == 1 ? paths[0].label : "the table"
            add(check, statement, "the prose says \(statement.count), \(label) says \(figure)", paths, figure)
        }
    }

    private mutating func add(
        _ check: Check.ID, _ statement: Statement, _ message: String, _ paths: [FigurePath], _ figure: Int
    ) {
        findings.append(
            Finding(
                check, message: "\(message): “\(statement.place.text)”", paths: paths, left: statement.count,
                right: figure,
                places: [statement.place]))
    }
}
