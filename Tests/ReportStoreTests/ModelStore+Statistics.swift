import ReportStore
import Reports
import Testing

extension ModelStore {
    /// Questions that are asked after each step, so that the store answers them from what has changed since.
    static let questions: [StatisticsQuery] = [
        StatisticsQuery(dimensions: [.year], measures: measures),
        StatisticsQuery(
            filter: ReportFilter([.init(.region, .compare(.eq, .text("41")))]),
            dimensions: [.region(digits: 4), .form],
            measures: measures),
        StatisticsQuery(scope: .consolidated, dimensions: [.level, .kind], measures: [measures[0]]),
        StatisticsQuery(scope: .consolidated, dimensions: [.region(digits: 2), .year], measures: [measures[0]]),
        StatisticsQuery(
            filter: ReportFilter([
                .init(.measure(measures[0]), .compare(.gte, .number(5))),
                .init(.finding, .compare(.eq, .check(.duplicateFigures)), isNegated: true),
                .init(.year, .oneOf([.number(2020), .number(2021), .number(2022)])),
            ]), dimensions: [.agency], measures: measures),
        StatisticsQuery(
            filter: ReportFilter([.init(.year, .compare(.eq, .number(2021))), .init(.level, .isNull)]),
            measures: [measures[3]]),
        StatisticsQuery(filter: ReportFilter([.init(.year, .compare(.eq, .number(2021)))]), addsForms: true),
        StatisticsQuery(
            filter: ReportFilter([.init(.region, .compare(.eq, .text("41")))]), scope: .consolidated, addsForms: true),
        StatisticsQuery(filter: ReportFilter(text: TextQuery("推进 -教育局")), dimensions: [.year], measures: measures),
    ]

    private static let measures: [Measure] = [
        .figure(.request(.newReceived, .total)), .indicator(.disclosureRate),
        .figure(.proactive(.normativeDocuments, .issued)), .figure(.proactive(.administrativeFees, .amountWan)),
        .indicator(.normativeDocumentsNetChange), .refusal(.deniedStateSecret), .merged(.granted), .merged(.notHeld),
        .merged(.lawsuits),
    ]

    /// The answers to all questions.
    func expectSameStatistics(in store: Store, _ step: Comment) throws {
        for question in Self.questions {
            let found = try store.snapshot { try $0.statistics(question) }
            let again = try store.snapshot { try $0.quickStatistics(question) }
            #expect(again == (question.filter.text == nil ? found : nil), step)
            if !question.addsForms { try expectSameParts(found, question, in: store, step) }
            #expect(found.otherScope == selected(question.filter).count { scope($0) != question.scope }, step)
            let expected = groups(question).mapValues { reports in
                reports.filter { !isNested($0, in: reports, question) }
            }
            let nested = groups(question).values.flatMap { reports in
                reports.filter { isNested($0, in: reports, question) }
            }
            #expect(Set(found.nested) == Set(nested.map(\.id)), step)
            if question.addsForms { expectSameForm(found, question, expected[StatisticsKey()] ?? [], step) }
            let keys = question.addsForms ? [StatisticsKey()] : Array(expected.keys)
            #expect(Set(found.groups.map(\.key)) == Set(keys), step)
            for group in found.groups {
                let reports = expected[group.key] ?? []
                #expect(group.reports == reports.count && group.agencies == Set(reports.map(\.agency)).count, step)
                #expect(group.expectedAgencies == expectedAgencies(group.key, question), step)
                for (measure, summary) in zip(question.measures, group.measures) {
                    expectSame(summary, measure, reports, step)
                }
            }
        }
    }

    /// The sums by agency are those of groups by agency, however they are kept.
    func expectSameTotals(in store: Store, _ step: Comment) throws {
        let filters = [
            ReportFilter(), ReportFilter([.init(.year, .compare(.eq, .number(2021)))]),
            ReportFilter([.init(.measure(Self.measures[0]), .compare(.gte, .number(5)))]),
            ReportFilter(text: TextQuery("推进 -教育局")),
        ]
        for (filter, measure) in filters.flatMap({ filter in Self.measures.map { (filter, $0) } }) {
            let question = StatisticsQuery(filter: filter, dimensions: [.agency], measures: [measure])
            let (found, groups) = try store.snapshot { snapshot in
                (try snapshot.agencyTotals(of: measure, filter), try snapshot.statistics(part: question))
            }
            #expect(found.otherScope == groups.otherScope, step)
            #expect(found.totals.map(\.agency) == groups.groups.map(\.key.agency), step)
            var incomparable: [ReportForm: Int] = [:]
            for (total, group) in zip(found.totals, groups.groups) {
                guard let summary = group.measures.first else { continue }
                incomparable.merge(summary.incomparable, uniquingKeysWith: +)
                #expect(total.reports == group.reports && total.reported == summary.reported, step)
                #expect(total.withoutUnit == summary.withoutUnit, step)
                guard summary.reported > 0 else { continue }
                #expect(total.sum == summary.amounts?.sum && total.rate == summary.rate, step)
            }
            #expect(found.incomparable == incomparable, step)
        }
    }

    /// The parts of a question, one after another, are its answer.
    private func expectSameParts(
        _ found: Statistics, _ question: StatisticsQuery, in store: Store, _ step: Comment
    ) throws {
        let parts = try store.snapshot { snapshot in
            try snapshot.parts(of: question).map { try snapshot.statistics(part: $0) }
        }
        #expect(parts.flatMap(\.groups) == found.groups, step)
        #expect(parts.reduce(0) { $0 + $1.otherScope } == found.otherScope, step)
    }

    private func expectSameForm(
        _ found: Statistics, _ question: StatisticsQuery, _ reports: [Report], _ step: Comment
    ) {
        guard let group = found.groups.first, let form = group.form else {
            Issue.record("no form: \(step)")
            return
        }
        let newest = reports.map(\.last.report.form).max { $0.rawValue < $1.rawValue } ?? .form2021
        #expect(form.form == newest, step)
        // The 统计表 is never added to the tables of later forms.
        let whole = reports.filter { ($0.last.report.form == .form2014) == (newest == .form2014) }
        for path in FigurePath.all(in: newest, otherIsOneRow: form.otherIsOneRow) {
            let values = whole.map(\.last.report).compactMap { report -> Double? in
                let isComparable =
                    Crosswalk.base(of: .figure(path), in: report.form) == Crosswalk.base(of: .figure(path), in: newest)
                return isComparable ? value(.figure(path), report) : nil
            }
            let sum = values.isEmpty ? nil : values.reduce(0, +)
            let isSame = (form.figures[path]?.doubleValue).map { abs($0 - (sum ?? .nan)) < 1e-6 } ?? (sum == nil)
            // A form that does not print a figure leaves nothing blank, nor does one row in the place of three.
            let blank = whole.map(\.last.report).count { report in
                let isComparable =
                    Crosswalk.base(of: .figure(path), in: report.form) == Crosswalk.base(of: .figure(path), in: newest)
                guard isComparable, Crosswalk.figure(for: path, in: report.form) != nil else { return false }
                if case .request(let line, let applicant) = path, line.group == .other, line != .otherTotal,
                    report[.request(.otherTotal, applicant)] != nil
                {
                    return false
                }
                return value(.figure(path), report) == nil
            }
            #expect(isSame && form.blanks[path, default: 0] == blank, step)
        }
        #expect(group.years == Set(reports.map(\.year)).sorted(), step)
        let suspect = reports.filter { report in report.findings.contains { $0.check.severity == .error } }
        #expect(group.suspect.count == suspect.count, step)
        guard question.filter.onlyYear != nil else {
            #expect(found.missing == nil, step)
            return
        }
        let expected = expectedAgencies(StatisticsKey(), question)
        #expect(found.missing?.count == expected.map { $0 - Set(reports.map(\.agency)).count }, step)
    }

    private func scope(_ report: Report) -> ReportScope { report.last.draft.scope }

    /// The reports for which all conditions of a filter hold.
    func selected(_ filter: ReportFilter) -> [Report] {
        reports.filter { report in
            !report.isWithdrawn && filter.conditions.allSatisfy { holds($0, report) }
                && filter.text.map { holds($0, report) } ?? true
        }
    }

    private func holds(_ condition: ReportFilter.Condition, _ report: Report) -> Bool {
        let agency = agencies[report.agency - 1]
        let holds: Bool
        switch (condition.field, condition.test) {
        case (.region, .compare(_, .text(let prefix))): holds = agency.region?.hasPrefix(prefix) ?? false
        case (.year, .oneOf(let years)): holds = years.contains(.number(Double(report.year)))
        case (.year, .compare(.gte, .number(let year))): holds = Double(report.year) >= year
        case (.year, .compare(_, .number(let year))): holds = Double(report.year) == year
        case (.agency, .compare(_, .number(let id))): holds = Double(report.agency) != id
        case (.form, .compare(_, .text(let form))): holds = report.last.draft.formOfReport.rawValue == form
        case (.scope, .compare(_, .text(let scope))): holds = report.last.draft.scope.rawValue == scope
        case (.level, _): holds = agency.level == nil
        case (.finding, .compare(_, .check(let check))): holds = report.findings.contains { $0.check == check }
        case (.measure(let measure), .compare(_, .number(let least))):
            guard let value = value(measure, report.last.report) else { return false }
            holds = value >= least
        default: holds = false
        }
        return holds != condition.isNegated
    }

    private func groups(_ question: StatisticsQuery) -> [StatisticsKey: [Report]] {
        Dictionary(grouping: selected(question.filter).filter { scope($0) == question.scope }) { key(of: $0, question) }
    }

    /// Whether a consolidated report is of a division that lies in one which another report of the group has in it, too.
    private func isNested(_ report: Report, in group: [Report], _ question: StatisticsQuery) -> Bool {
        guard question.scope == .consolidated, let region = agencies[report.agency - 1].region else { return false }
        return group.contains { other in
            let agency = agencies[other.agency - 1]
            guard other.year == report.year, let above = agency.region, above != region,
                agency.kind == .government || agency.kind == .office
            else { return false }
            return [region.prefix(4) + "00", region.prefix(2) + "0000"].contains { $0 == above }
        }
    }

    private func key(of report: Report, _ question: StatisticsQuery) -> StatisticsKey {
        let agency = agencies[report.agency - 1]
        var key = StatisticsKey()
        for dimension in question.dimensions {
            switch dimension {
            case .year: key.year = report.year
            case .region(let digits):
                let isAbove = agency.region.map { Int($0.suffix(6 - digits + 2)) == 0 && digits == 4 } ?? false
                key.region = agency.region.map { isAbove ? $0 : String($0.prefix(digits)) }
            case .level: key.level = agency.level
            case .kind: key.kind = agency.kind
            case .form: key.form = report.last.draft.formOfReport
            case .agency: key.agency = agency.id
            }
        }
        return key
    }

    /// The agencies of a group that have reports, but for those that have a successor and none for the year, for those
    /// that reported for their division instead, and for those whose report is in another one; nil where reports are chosen by
    /// what stands in them.
    private func expectedAgencies(_ key: StatisticsKey, _ question: StatisticsQuery) -> Int? {
        let fields: [ReportFilter.Field] = [.year, .region, .level, .kind, .agency]
        guard question.filter.text == nil, !question.dimensions.contains(.form),
            question.filter.conditions.allSatisfy({ fields.contains($0.field) })
        else { return nil }
        let all = groups(question)[key] ?? []
        let counted = Set(all.filter { !isNested($0, in: all, question) }.map(\.agency))
        let nested = Set(all.map(\.agency)).subtracting(counted).count
        var lasting = question
        lasting.filter.conditions.removeAll { ![.region, .level, .kind, .agency].contains($0.field) }
        lasting.filter.text = nil
        lasting.dimensions.removeAll { $0 == .year || $0 == .form }
        var wanted = key
        wanted.year = nil
        wanted.form = nil
        let reports = groups(lasting)[wanted] ?? []
        let years = question.filter.conditions.compactMap { condition -> Int? in
            guard condition.field == .year, case .compare(_, .number(let year)) = condition.test else { return nil }
            return Int(year)
        }
        guard let year = key.year ?? years.first else { return Set(reports.map(\.agency)).count - nested }
        let consolidating = consolidating(key, question)
        return Set(reports.map(\.agency)).count { agency in
            if consolidating.contains(agency) { return false }
            return agencies[agency - 1].successor == nil
                || reports.contains { $0.agency == agency && $0.year == year }
        } - nested
    }

    /// The agencies that reported for their division and not for themselves.
    private func consolidating(_ key: StatisticsKey, _ question: StatisticsQuery) -> Set<Int> {
        guard question.scope == .own, !question.dimensions.contains(.agency) else { return [] }
        var wanted = key
        wanted.form = nil
        let reports = selected(question.filter).filter { report in
            var key = self.key(of: report, question)
            key.form = nil
            return scope(report) == .consolidated && key == wanted
        }
        return Set(reports.map(\.agency))
    }

    func value(_ measure: Measure, _ report: AnnualReport) -> Double? {
        switch measure {
        case .figure(let path):
            Crosswalk.figure(for: path, in: report.form).flatMap { report[$0] }.map(\.doubleValue)
        case .indicator(let indicator): report.value(of: indicator).value
        case .refusal:
            rate(measure, report).flatMap { $0.denominator > 0 ? Double($0.numerator) / Double($0.denominator) : nil }
        case .merged(let figure):
            sum(figure.parts(in: report.form).map { report[$0]?.count }, figure.witness(in: report.form), report)
        }
    }

    /// Blanks are zeros where an indicator that adds them up is known.
    private func sum(_ parts: [Int?], _ witness: Indicator?, _ report: AnnualReport) -> Double? {
        let isComplete = witness.map { report.value(of: $0).numerator != nil } ?? false
        guard isComplete || parts.allSatisfy({ $0 != nil }) else { return nil }
        return Double(parts.reduce(0) { $0 + ($1 ?? 0) })
    }

    /// What a rate is made of, where both are known.
    private func rate(_ measure: Measure, _ report: AnnualReport) -> (numerator: Int, denominator: Int)? {
        switch measure {
        case .indicator(let indicator):
            let value = report.value(of: indicator)
            guard let numerator = value.numerator, let denominator = value.denominator else { return nil }
            return (numerator, denominator)
        case .refusal(let line):
            guard let all = report.value(of: .refusalRate).numerator else { return nil }
            return (report.requests?[line, .total] ?? 0, all)
        case .figure, .merged: return nil
        }
    }

    private func expectSame(_ summary: MeasureSummary, _ measure: Measure, _ reports: [Report], _ step: Comment) {
        let stating = reports.map(\.last.report).filter { report in
            measure.isRate ? rate(measure, report) != nil : value(measure, report) != nil
        }
        let byBase = Dictionary(grouping: stating) { Crosswalk.base(of: measure, in: $0.form) }
        let printing = Crosswalk.forms(of: measure)
        let there = printing.last { form in reports.contains { $0.last.report.form == form } } ?? printing.last
        let newest =
            byBase.keys.max { $0.rawValue < $1.rawValue } ?? there.map { Crosswalk.base(of: measure, in: $0) }
        let taken = newest.flatMap { byBase[$0] } ?? []
        #expect(summary.reported == taken.count, step)
        let others = reports.map(\.last.report.form).count { form in
            Crosswalk.base(of: measure, in: form) != newest || !printing.contains(form)
        }
        #expect(summary.incomparable.values.reduce(0, +) == others, step)
        let values = taken.compactMap { value(measure, $0) }.sorted()
        if measure.isRate {
            let numerator = taken.reduce(0) { $0 + (rate(measure, $1)?.numerator ?? 0) }
            let denominator = taken.reduce(0) { $0 + (rate(measure, $1)?.denominator ?? 0) }
            let pooled =
                taken.isEmpty ? IndicatorValue(nil, over: nil) : IndicatorValue(numerator, over: denominator)
            #expect(summary.rate == pooled, step)
        } else {
            #expect(summary.amounts.map { abs($0.sum.doubleValue - values.reduce(0, +)) < 1e-6 } ?? false, step)
        }
        #expect(summary.distribution?.minimum == values.first && summary.distribution?.maximum == values.last, step)
        guard let distribution = summary.distribution else { return }
        let middle = (values[(values.count - 1) / 2] + values[values.count / 2]) / 2
        #expect(distribution.median == middle, step)
        for (percentile, found) in [(0.1, distribution.p10), (0.9, distribution.p90)] {
            let least = values.first { value in
                Double(values.count { $0 <= value }) >= percentile * Double(values.count) - 1e-9
            }
            #expect(found == least, step)
        }
    }
}
