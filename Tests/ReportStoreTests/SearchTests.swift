import ReportStore
import Reports
import Support
import Testing

/// Words are found in the reports as they are now, whether the index has them yet or not.
@Suite struct SearchTests {
    private static let prose =
        "全年共受理行政许可 1,204 件，办结率 100%。通过“Weibo” 公开信息ＡＢＣ；依申请公開工作機構健全。鄞州、Café 与 COVID-19 专栏。"

    private func titles(_ query: String, in fixture: Fixture) async throws -> [String] {
        let text = try #require(TextQuery(query), "\(query)")
        let found = try await fixture.store.reports(ReportFilter(text: text), limit: 10)
        #expect(try await fixture.store.reportCount(ReportFilter(text: text)) == found.count)
        return found.map { "\($0.agency.name) \($0.year)" }
    }

    @Test(arguments: [
        ("行政", true), ("许可", true), ("政许", true), ("行政许可", true), ("行", true), ("鄞", true), ("可行", false),
        ("1204", false), ("1,204", true), ("204", true), ("20", false), ("100", true), ("办结率 weibo", true),
        ("办结率 微博", false), ("WEIBO", true), ("Weib", false), ("abc", true), ("信息ABC", true), ("信息ABCD", false),
        ("机构健全", true), ("機構", true), ("工作 -健全", false), ("工作 -不健全", true), ("“工作机构”", true),
        ("“工作 机构”", true), ("\"机构 工作\"", false), ("cafe", true), ("CAFÉ", true), ("covid-19", true), ("19专栏", true),
        ("件办结", false), ("，件", true), ("受理行政许可1", true), ("可1", true), ("清禾县", true), ("清禾縣", true), ("2023年度", true),
        ("AND", false), ("公开 OR NOT 没有", false), ("公开* )", true), ("words:公开", false), ("a\"b'c", false),
        ("-没有 公开", true), ("NEAR(公开 信息)", false), ("专栏", true), ("栏", true), ("件，办", true), ("件办", false),
    ])
    func `a word is found or not, before it is indexed and after`(query: String, isThere: Bool) async throws {
        let fixture = try await Fixture()
        var draft = Draft("清禾县教育局", 2023)
        draft.prose = Self.prose
        let submission = try draft.submission
        let title = "2023年度政府信息公开工作报告"
        var report = submission.checked.report
        report.title = title
        let titled = Submission(
            checked: CheckedReport(report), source: submission.source, sha256: submission.sha256)
        _ = try await fixture.store.save(titled, now: 1)
        let expected = isThere ? ["清禾县教育局 2023"] : []
        #expect(try await titles(query, in: fixture) == expected)
        try await fixture.store.indexTexts()
        #expect(try await titles(query, in: fixture) == expected)
    }

    @Test(arguments: ["", " ", "，。", "-公开", "-公开 “-”", "--", "\"\"", String(repeating: "公", count: 201)])
    func `a query that names nothing to be found is none`(query: String) {
        #expect(TextQuery(query) == nil)
    }

    @Test func `too many words are no query, alone or together`() throws {
        let many = (0..<16).map { "w\($0)" }.joined(separator: " ")
        let query = try #require(TextQuery(many))
        #expect(TextQuery(many + " -x") == nil)
        #expect(query.and(query) == nil)
    }

    @Test(arguments: [false, true])
    func `corrections, withdrawals, new names and mergers count at once`(isIndexed: Bool) async throws {
        let fixture = try await Fixture()
        func index() async throws { if isIndexed { try await fixture.store.indexTexts() } }
        func save(_ agency: String, _ year: Int, _ prose: String) async throws -> ReportHead {
            var draft = Draft(agency, year)
            draft.prose = prose
            let head = try await fixture.store.save(draft.submission, now: 1).1
            try await index()
            return head
        }
        let first = try await save("甲县文化局", 2022, "旧的说法")
        _ = try await save("乙县旅游局", 2023, "旧的说法")
        #expect(try await titles("旧的说法", in: fixture).count == 2)
        _ = try await save("甲县文化局", 2022, "新的说法")
        #expect(try await titles("旧的", in: fixture) == ["乙县旅游局 2023"])
        #expect(try await titles("新的", in: fixture) == ["甲县文化局 2022"])
        var edit = AgencyEdit()
        edit.name = "甲县文化和旅游局"
        try await fixture.store.edit(first.agency, edit, now: 2)
        try await index()
        #expect(try await titles("文化和旅游局", in: fixture) == ["甲县文化和旅游局 2022"])
        #expect(try await titles("文化局", in: fixture) == ["甲县文化和旅游局 2022"], "as its report says")
        let other = try #require(try fixture.store.agency("乙县旅游局"))
        _ = try await fixture.store.merge(other, into: first.agency, now: 3)
        try await index()
        #expect(try await titles("文化和旅游局", in: fixture).count == 2)
        let head = try #require(try fixture.store.report(of: first.agency, year: 2022)).head
        _ = try await fixture.store.withdraw(head, Note(reason: "误发"), now: 4)
        try await index()
        #expect(try await titles("新的", in: fixture).isEmpty)
        _ = try await save("甲县文化和旅游局", 2022, "又来了")
        #expect(try await titles("又来 -新的", in: fixture) == ["甲县文化和旅游局 2022"])
        try await index()
        try await fixture.store.close()
        // The drafts' sources are not deflated; of the rest there is nothing to tell.
        _ = try Store.verify(fixture.path) { fault in
            if !fault.message.contains("source") { Issue.record("\(fault)") }
        }
    }

    @Test func `pages go through index and rest in the order of years, whatever the conditions`() async throws {
        let fixture = try await Fixture(regions: .few)
        for number in 0..<30 {
            var draft = Draft("\(number)号局", 2019 + number % 5)
            draft.prose = number % 3 == 0 ? "多年的经验" : "没什么"
            draft.received = number
            _ = try await fixture.store.save(draft.submission, now: 1)
            if number == 17 { try await fixture.store.indexTexts() }
        }
        let received = Measure.figure(.request(.newReceived, .total))
        for conditions in [
            [], [ReportFilter.Condition(.year, .compare(.gte, .number(2021)))],
            [ReportFilter.Condition(.measure(received), .compare(.lt, .number(20)))],
            [ReportFilter.Condition(.agency, .compare(.eq, .number(7)))],
        ] {
            for order in [[], [ReportListQuery.Order(.measure(received), isDescending: true)]] {
                let all = try await fixture.store.longSnapshot { snapshot in
                    try snapshot.reports(ReportListQuery(filter: ReportFilter(conditions), order: order), limit: 100)
                }
                let expected = all.map(\.head.id).filter { ($0 - 1) % 3 == 0 }
                let filter = ReportFilter(conditions, text: TextQuery("经验"))
                var found: [Int] = []
                var last: ReportListQuery.Position?
                while true {
                    let after = last
                    let (page, end) = try await fixture.store.longSnapshot { snapshot in
                        let query = ReportListQuery(filter: filter, order: order)
                        let page = try snapshot.keys(query, after: after, limit: 3)
                        return (page, try page.last.map { try snapshot.position(of: $0, in: query) })
                    }
                    found += page.map(\.report)
                    last = end
                    if page.count < 3 { break }
                }
                #expect(found == expected)
                #expect(try await fixture.store.reportCount(filter) == expected.count)
            }
        }
    }

    @Test(arguments: [
        ("健全", "…o” 公开信息ＡＢＣ；依申请公開工作機構«健全»。鄞州、Café 与 COVID-19 专栏。"), ("受理 办结", "全年共«受理»行政许可 1,204 件，«办结»率 100%。"),
        ("工作机构 cafe", "«工作機構»健全。鄞州、«Café» 与"), ("教育局 covid-19", "与 «COVID-19» 专栏。"), ("教育", "清禾县«教育»局"),
    ])
    func `a passage shows the words where they stand`(query: String, passage: String) async throws {
        let fixture = try await Fixture()
        var draft = Draft()
        draft.prose = Self.prose
        let head = try await fixture.store.save(draft.submission, now: 1).1
        let text = try #require(TextQuery(query))
        let found = try fixture.store.snapshot { try $0.snippet(of: head, text) }
        #expect(found?.contains(passage) == true, "\(found ?? "none")")
    }
}
