import Reports
import Testing

@Suite struct YearChecksTests {
    private struct Years {
        var before: AnnualReport
        var now: AnnualReport

        /// Two years of which the second takes over what the first carries forward.
        init(_ form: ReportForm = .form2021) throws {
            before = try Example.balanced(form: form)
            now = before
            before.year = try Example.year(form == .form2019 ? 2019 : 2022)
            now.year = try Example.year(form == .form2019 ? 2020 : 2023)
            now.requests?[.carriedOver, .naturalPerson] = 1
            now.requests?[.carriedOver, .total] = 1
        }

        /// The two years of a 统计表.
        init(statistics: (Statistics2014, Statistics2014)) throws {
            before = AnnualReport(agency: "甲", year: try Example.year(2016), title: "", form: .form2014)
            now = before
            now.year = try Example.year(2017)
            before.statistics2014 = statistics.0
            now.statistics2014 = statistics.1
        }

        var checks: YearChecks { YearChecks(now, previous: before) }
    }

    private func checks(_ form: ReportForm = .form2021, _ change: (inout Years) -> Void) throws -> YearChecks {
        var years = try Years(form)
        change(&years)
        return years.checks
    }

    private func sum(_ tally: CheckTally) -> Int {
        tally.passed + tally.failed + tally.uncertain + tally.notAssessable
    }

    @Test(arguments: [(ReportForm.form2021, 7 + 2 + 3 + 1 + 13), (.form2019, 7 + 5 + 3 + 1 + 12)])
    func `years that go on from each other pass`(form: ReportForm, passed: Int) throws {
        let checks = try Years(form).checks
        #expect(checks.findings.isEmpty)
        #expect(checks.tally.passed == passed)
        #expect(sum(checks.tally) == passed)
    }

    @Test(arguments: ReportForm.allCases)
    func `without the year before, or with another scope or year, nothing can be assessed`(form: ReportForm) throws {
        var years = try Years(form == .form2014 ? .form2021 : form)
        years.now.form = form
        years.before.form = form
        let all = sum(years.checks.tally)
        var other = years.before
        other.scope = .consolidated
        var sooner = years.before
        sooner.year = try Example.year(years.before.year.value - 1)
        for previous in [nil, other, sooner, years.now] {
            let checks = YearChecks(years.now, previous: previous)
            #expect(checks.findings.isEmpty)
            #expect(checks.tally.notAssessable == all)
            #expect(sum(checks.tally) == all)
        }
    }

    // MARK: carry.requests

    @Test func `a total that is not taken over is an error, a column a warning`() throws {
        let found = try checks {
            $0.now.requests?[.carriedOver, .naturalPerson] = 2
            $0.now.requests?[.carriedOver, .total] = 2
        }
        #expect(found.findings.map(\.check) == [.carryRequests, .carryRequests])
        #expect(found.findings.map(\.severity) == [.warning, .error])
        #expect(found.findings.map(\.state) == [.fail, .fail])
        #expect(found.findings.last?.paths == [.request(.carriedOver, .total)])
        #expect(found.findings.last?.left == 1 && found.findings.last?.right == 2)
        #expect(found.findings.last?.message == "总计: 结转下年度 2022 is 1, but 上年结转 2023 is 2")
        #expect(found.tally.failed == 2)
    }

    @Test(
        arguments: [
            (nil, 1, true), (1, nil, true), (0, nil, false), (nil, 0, false), (nil, nil, false),
        ] as [(Int?, Int?, Bool)])
    func `a blank beside a count is a doubt, beside a zero none`(forward: Int?, over: Int?, isDoubt: Bool) throws {
        let found = try checks {
            $0.before.requests?[.carriedForward, .total] = forward
            $0.now.requests?[.carriedOver, .total] = over
        }
        #expect(found.findings.map(\.check) == (isDoubt ? [.carryRequests] : []))
        #expect(found.findings.allSatisfy { $0.state == .uncertain && $0.severity == .warning })
        #expect(found.tally.uncertain == (isDoubt ? 1 : 0))
        // What was carried forward is a telling figure as well, and a blank one cannot have changed.
        #expect(found.tally.notAssessable == (forward == nil ? 1 : 0) + (forward == nil && over == nil ? 1 : 0))
    }

    @Test func `a table that is missing in either year is not assessable`() throws {
        for isBefore in [true, false] {
            let found = try checks {
                if isBefore { $0.before.requests = nil } else { $0.now.requests = nil }
            }
            #expect(found.findings.isEmpty)
            #expect(found.tally.notAssessable == 7 + 3)
        }
    }

    @Test func `the forms of 2019 and 2021 go on from each other where their lines are the same`() throws {
        var years = try Years()
        let old = try Years(.form2019)
        years.before = old.now
        years.now.year = try Example.year(2021)
        years.before.requests?[.carriedForward, .total] = 9
        years.before.reviews?[.direct, .pending] = 2
        let checks = years.checks
        #expect(checks.findings.map(\.check) == [.carryRequests, .carryPending])
        // In force has no counterpart, twice as a carry and twice as a change; the fees had no amount.
        #expect(checks.tally.notAssessable == 2 + 1 + 2)
    }

    // MARK: carry.in_force

    private func documents(
        _ before: Int?, _ issued: Int?, _ repealed: Int?, _ now: Int?, remarks: [FigurePath: String] = [:]
    ) throws -> YearChecks {
        var years = try Years()
        years.before.proactive?[.normativeDocuments, .inForce] = before.map { Quantity($0) }
        for (column, count) in [(ProactiveColumn.issued, issued), (.repealed, repealed), (.inForce, now)] {
            years.now.proactive?[.normativeDocuments, column] = count.map { Quantity($0) }
        }
        return YearChecks(years.now, previous: years.before, remarks: remarks)
    }

    @Test func `what was in force, issued and repealed gives what is in force`() throws {
        #expect(try documents(20, 7, 2, 25).findings.isEmpty)
        let found = try documents(20, 7, 2, 24)
        #expect(found.findings.map(\.check) == [.carryInForce])
        #expect(found.findings.first?.severity == .warning)
        #expect(found.findings.first?.left == 25 && found.findings.first?.right == 24)
        #expect(found.findings.first?.paths.first == .proactive(.normativeDocuments, .inForce))
        #expect(
            found.findings.first?.message == "行政规范性文件: 现行有效 2022 + 本年制发 − 本年废止 2023 = 25, but 现行有效 2023 is 24")
    }

    @Test func `a remark is offered as the explanation`() throws {
        let remarks: [FigurePath: String] = [
            .proactive(.normativeDocuments, .repealed): "其中自然失效 1 件", .proactive(.rules, .repealed): "别的",
            .proactive(.normativeDocuments, .issued): "",
        ]
        let found = try documents(20, 7, 2, 24, remarks: remarks)
        #expect(found.findings.first?.message.hasSuffix("; the report explains: “其中自然失效 1 件”") == true)
        #expect(found.findings.first?.fingerprint == (try documents(20, 7, 2, 24)).findings.first?.fingerprint)
    }

    @Test(
        arguments: [
            (nil, 7, 2, 25, 1), (20, nil, 2, 25, 1), (20, 7, 2, nil, 1), (20, nil, nil, 20, 0), (nil, 7, 2, 5, 0),
            (nil, 7, 2, nil, 0),
        ] as [(Int?, Int?, Int?, Int?, Int)])
    func `a blank is a doubt unless it may be a zero`(
        before: Int?, issued: Int?, repealed: Int?, now: Int?, doubts: Int
    ) throws {
        let found = try documents(before, issued, repealed, now)
        #expect(found.findings.map(\.state) == Array(repeating: .uncertain, count: doubts))
        #expect(found.tally.uncertain == doubts)
        #expect(found.tally.failed == 0)
    }

    @Test func `figures beyond all measure are a failure, not a crash`() throws {
        for (before, issued, repealed, now) in [(Int.max, 7, 2, 25), (20, 7, .min, 25), (.max, .max, .max, .min)] {
            let found = try documents(before, issued, repealed, now).findings.filter { $0.check == .carryInForce }
            #expect(found.map(\.state) == [.fail])
        }
    }

    // MARK: carry.items_2019, carry.pending

    @Test(
        arguments: [
            (10, -3, 7, nil), (10, -3, 8, .fail), (10, nil, 10, nil), (10, nil, 8, .uncertain),
            (nil, -3, 8, .uncertain),
            (10, -3, nil, .uncertain), (nil, -3, nil, nil), (.max, 1, 8, .fail),
        ] as [(Int?, Int?, Int?, Finding.State?)])
    func `items and their change give the items of the next year`(
        items: Int?, change: Int?, now: Int?, state: Finding.State?
    ) throws {
        let found = try checks(.form2019) {
            $0.before.proactive?[.administrativeFees, .itemsPreviousYear] = items.map { Quantity($0) }
            $0.before.proactive?[.administrativeFees, .itemsChange] = change.map { Quantity($0) }
            $0.now.proactive?[.administrativeFees, .itemsPreviousYear] = now.map { Quantity($0) }
        }
        #expect(found.findings.map(\.state) == (state.map { [$0] } ?? []))
        #expect(found.findings.allSatisfy { $0.check == .carryItems2019 && $0.severity == .warning })
        #expect(found.tally.notAssessable == (items == nil && now == nil ? 1 : 0))
    }

    @Test(
        arguments: [
            (2, 2, nil), (2, 5, nil), (3, 2, .fail), (3, nil, .uncertain), (0, nil, nil), (nil, 4, nil),
            (nil, nil, nil),
        ] as [(Int?, Int?, Finding.State?)])
    func `what was pending is among the next year's cases`(pending: Int?, total: Int?, state: Finding.State?) throws {
        let found = try checks {
            $0.before.reviews?[.afterReview, .pending] = pending
            $0.now.reviews?[.afterReview, .total] = total
        }
        #expect(found.findings.map(\.state) == (state.map { [$0] } ?? []))
        #expect(
            found.findings.allSatisfy {
                $0.check == .carryPending && $0.severity == .info && $0.paths == [.review(.afterReview, .total)]
            })
        #expect(found.findings.first.map { $0.left == pending && $0.right == total } ?? true)
    }

    // MARK: money.scale, change.large

    @Test(
        arguments: [
            ("12.5", "125000", true), ("125000", "12.5", true), ("12.5", "62500", true), ("12.5", "62499", false),
            ("12.5", "250000", true), ("12.5", "250001", false), ("0", "125000", false), ("12.5万元", "125000", true),
            ("12.5", "125000元", false), ("-1", "10000", false), ("12.5", nil, false),
        ] as [(String, String?, Bool)])
    func `a factor near 10000 between fees is remarked`(before: String, now: String?, isScaled: Bool) throws {
        let found = try checks {
            $0.before.proactive?[.administrativeFees, .amountWan] = Quantity(before)
            $0.now.proactive?[.administrativeFees, .amountWan] = now.flatMap { Quantity($0) }
        }
        #expect(found.findings.map(\.check) == (isScaled ? [.moneyScale] : []))
        #expect(found.findings.allSatisfy { $0.severity == .warning && $0.paths.count == 1 })
        let isAssessable = now != nil && now?.hasSuffix("元") == false
        #expect(found.tally.notAssessable == (isAssessable ? 0 : 1))
    }

    @Test func `fees and fees in another unit have findings of their own`() throws {
        let path = FigurePath.proactive(.administrativeFees, .amountWan)
        let found = try checks {
            $0.before.proactive?[.administrativeFees, .amountWan] = Quantity("1.5")
            $0.now.proactive?[.administrativeFees, .amountWan] = Quantity("15000.5")
        }
        #expect(found.findings.first?.fingerprint != Finding(.moneyScale, message: "", paths: [path]).fingerprint)
    }

    @Test(
        arguments: [
            (30, 151, true), (30, 150, false), (29, 9_999, false), (30, 6, false), (30, 5, true), (50, 0, true),
            (.max, 1, true), (30, .max, true), (.max, .max, false), (30, .min, true), (nil, 500, false),
            (40, nil, false),
        ] as [(Int?, Int?, Bool)])
    func `a change over five times from 30 on is remarked`(before: Int?, now: Int?, isLarge: Bool) throws {
        let found = try checks {
            $0.before.proactive?[.administrativePenalty, .decisions] = before.map { Quantity($0) }
            $0.now.proactive?[.administrativePenalty, .decisions] = now.map { Quantity($0) }
        }
        #expect(found.findings.map(\.check) == (isLarge ? [.changeLarge] : []))
        #expect(found.findings.allSatisfy { $0.state == .notice && $0.severity == .info })
        #expect(found.tally.notAssessable == (before == nil || now == nil ? 1 : 0))
    }

    @Test func `the 2014 form has telling figures and fees of its own`() throws {
        var tables = (Statistics2014(), Statistics2014())
        for statistic in [Statistic2014.receivedTotal, .concludedTotal, .reviewTotal, .litigationTotal] {
            tables.0[statistic] = Quantity(30)
            tables.1[statistic] = Quantity(300)
        }
        tables.0[.requestFeesWan] = Quantity("0.25")
        tables.1[.requestFeesWan] = Quantity("2500")
        let checks = try Years(statistics: tables).checks
        #expect(Set(checks.findings.map(\.check)) == [.moneyScale, .changeLarge])
        #expect(checks.findings.count == 5)
    }

    @Test func `from the form of 2014 to that of 2019 what was received and issued is compared`() throws {
        var table = Statistics2014()
        table[.receivedTotal] = Quantity(300)
        table[.proactiveNormativeDocumentsIssued] = Quantity(40)
        table[.reviewTotal] = Quantity(500)
        var years = try Years(.form2019)
        years.before = AnnualReport(agency: "甲", year: try Example.year(2018), title: "", form: .form2014)
        years.before.statistics2014 = table
        years.now.year = try Example.year(2019)
        let checks = years.checks
        #expect(checks.findings.map(\.check) == [.changeLarge, .changeLarge])
        #expect(
            checks.findings.map { $0.paths.first } == [
                .request(.newReceived, .total), .proactive(.normativeDocuments, .newlyMade),
            ])
        #expect(checks.tally.passed == 2)
    }

    @Test(arguments: 0..<100)
    func `any two reports give paths of the current one and as many instances as without the other`(seed: Int) throws {
        var now = try Example.random(seed: seed)
        var before = try Example.random(seed: seed + 1_000)
        before.year = try Example.year(2022)
        now.year = try Example.year(2023)
        before.scope = now.scope
        let checks = YearChecks(now, previous: before)
        let paths = Set(now.figurePaths)
        #expect(checks.findings.allSatisfy { !$0.paths.isEmpty && paths.isSuperset(of: $0.paths) })
        #expect(sum(checks.tally) == sum(YearChecks(now, previous: nil).tally))
        #expect(checks.findings.count { $0.state == .fail } == checks.tally.failed)
        #expect(checks.findings.count { $0.state == .uncertain } == checks.tally.uncertain)
    }
}
