import ReportStore
import Reports
import Support
import Testing

@Suite struct CrossCheckTests {
    @Test func `what explains a difference is quoted once`() async throws {
        let fixture = try await Fixture()
        try await fixture.save(Draft("甲局", 2022) { $0.inForce = 9 })
        let plain = try Draft("甲局", 2023) { $0.inForce = 4 }.submission
        var report = plain.checked.report
        report.proactive?[.normativeDocuments, .repealed] = Quantity(0)
        let remark = Finding(
            .remarkedCells, .notice, message: "行政规范性文件 现行有效: “自然失效 5 件”",
            paths: [.proactive(.normativeDocuments, .inForce)])
        let checked = CheckedReport(report, readerFindings: [remark])
        _ = try await fixture.store.save(
            Submission(checked: checked, source: plain.source, sha256: plain.sha256), now: 1_780_000_000)
        let message = try fixture.messages(.carryInForce, "甲局", 2023).first
        #expect(message?.hasSuffix("; the report explains: “自然失效 5 件”") == true)
    }

    @Test func `a finding about what is carried appears when the earlier year comes later, and goes with a correction`()
        async throws
    {
        let fixture = try await Fixture()
        let name = "清禾县教育局"
        try await fixture.save(Draft(name, 2023) { $0.carriedOver = 3 }, now: 100)
        #expect(try fixture.findings(.carryRequests, name, 2023).isEmpty)
        let before = try fixture.stored(name, 2023)
        try await fixture.save(
            Draft(name, 2022) {
                $0.received = 5; $0.carriedForward = 5
            }, now: 200)
        let after = try fixture.stored(name, 2023)
        #expect(try fixture.findings(.carryRequests, name, 2023).count == 2, "自然人 and 总计")
        #expect((after.head.errors, after.head.warnings) == (before.head.errors + 1, before.head.warnings + 1))
        #expect((after.head.revision, after.head.revisedAt) == (1, 100))
        #expect(after.head.modifiedAt == 200 && after.tag != before.tag)
        let failed = try ["checksFailed"].map { try JSONValue(after.document)["quality"]?[$0]?.integer }
        let failedBefore = try ["checksFailed"].map { try JSONValue(before.document)["quality"]?[$0]?.integer }
        #expect(failed[0] == failedBefore[0].map { $0 + 2 })
        try await fixture.save(
            Draft(name, 2022) {
                $0.received = 5; $0.carriedForward = 3
            }, now: 300)
        #expect(try fixture.findings(.carryRequests, name, 2023).isEmpty)
        #expect(try fixture.head(name, 2023).modifiedAt == 300)
    }

    @Test func `findings across reports tell where the figures stand, whichever side came last`() async throws {
        let fixture = try await Fixture()
        let path = FigurePath.request(.carriedOver, .total)
        let place = DocumentPlace(line: 40, column: 7, table: 2, row: 4, cell: 9, text: "3件")
        let plain = try Draft("甲局", 2023) { $0.carriedOver = 3 }.submission
        let read = CheckedReport(
            plain.checked.report, cells: [PrintedCell(path: path, place: place, value: Quantity(3))])
        _ = try await fixture.store.save(
            Submission(checked: read, source: plain.source, sha256: plain.sha256), now: 1_780_000_000)
        func line() throws -> Int? {
            let findings = try fixture.findings(.carryRequests, "甲局", 2023)
            let total = findings.first { $0["paths"] == .array([.string(path.description)]) }
            guard case .array(let places)? = total?["places"] else { return nil }
            return places.first?["line"]?.integer
        }
        try await fixture.save(Draft("甲局", 2022) { $0.carriedForward = 5 })
        #expect(try line() == 40, "the other side came last")
        try await fixture.save(Draft("甲局", 2022) { $0.carriedForward = 4 })
        #expect(try line() == 40, "and was corrected")
        // Another revision, which never was a document.
        try await fixture.save(Draft("甲局", 2023) { $0.carriedOver = 2 })
        #expect(try !fixture.findings(.carryRequests, "甲局", 2023).isEmpty)
        #expect(try line() == nil)
    }

    @Test func `what is carried is not compared with a withdrawn report`() async throws {
        let fixture = try await Fixture()
        let name = "清禾县教育局"
        try await fixture.save(Draft(name, 2023) { $0.carriedOver = 3 })
        let alone = try fixture.stored(name, 2023)
        let (_, earlier) = try await fixture.save(Draft(name, 2022))
        #expect(try fixture.stored(name, 2023).tag != alone.tag)
        #expect(try await fixture.store.withdraw(earlier, Note(), now: 0))
        #expect(try fixture.stored(name, 2023).document == alone.document, "the very same bytes, so the same tag")
        #expect(try fixture.stored(name, 2023).tag == alone.tag)
    }

    @Test func `two reports with the same figures name each other, and no longer when one is corrected`() async throws {
        let fixture = try await Fixture()
        let figures = { (draft: inout Draft) in
            (draft.received, draft.carriedOver, draft.carriedForward) = (70, 20, 12)
            (draft.issued, draft.inForce) = (3, 41)
        }
        try await fixture.save(Draft("甲局", 2023, figures))
        #expect(try fixture.findings(.duplicateFigures, "甲局", 2023).isEmpty)
        try await fixture.save(Draft("乙局", 2022, figures))
        #expect(try fixture.messages(.duplicateFigures, "甲局", 2023).first?.contains("乙局 for 2022") == true)
        #expect(try fixture.messages(.duplicateFigures, "乙局", 2022).first?.contains("甲局 for 2023") == true)
        try await fixture.save(Draft("丙局", 2023, figures))
        #expect(try fixture.messages(.duplicateFigures, "丙局", 2023).first?.contains("甲局") == true, "the first of them")
        #expect(try fixture.messages(.duplicateFigures, "甲局", 2023).first?.contains("乙局") == true, "as before")
        try await fixture.save(Draft("乙局", 2022))
        #expect(try fixture.messages(.duplicateFigures, "甲局", 2023).first?.contains("丙局") == true, "who is left")
        #expect(try fixture.findings(.duplicateFigures, "乙局", 2022).isEmpty)
    }

    @Test func `nearly the same narratives are told on both sides`() async throws {
        let fixture = try await Fixture()
        let prose = (0..<60).map { "第\($0)项工作稳步推进\(String(UnicodeScalar(0x4e00 + $0 * 97) ?? "一"))公开" }.joined()
        try await fixture.save(Draft("甲局") { $0.prose = prose })
        try await fixture.save(Draft("乙局") { $0.prose = prose + "二〇二三年度" })
        #expect(try fixture.messages(.duplicateFigures, "甲局", 2023).first?.contains("乙局") == true)
        #expect(try fixture.messages(.duplicateFigures, "乙局", 2023).first?.contains("甲局") == true)
        #expect(try await fixture.store.withdraw(fixture.head("乙局", 2023), Note(), now: 0))
        #expect(try fixture.findings(.duplicateFigures, "甲局", 2023).isEmpty)
    }

    @Test(arguments: [2018, 2020, 2023])
    func `a consolidated report is held against the reports of its division, whichever came first`(year: Int)
        async throws
    {
        let fixture = try await Fixture(regions: .few)
        let whole = Draft("南阳市人民政府", year) { ($0.scope, $0.received) = (.consolidated, 10) }
        let part = Draft("镇平县教育局", year) { $0.received = 11 }
        try await fixture.save(whole)
        #expect(try fixture.findings(.consolidatedSum, whole.agency, year).isEmpty)
        try await fixture.save(part)
        let finding = try #require(try fixture.findings(.consolidatedSum, whole.agency, year).first)
        #expect((finding["left"]?.integer, finding["right"]?.integer) == (10, 11))
        try await fixture.save(Draft("镇平县教育局", year) { $0.received = 10 })
        #expect(try fixture.findings(.consolidatedSum, whole.agency, year).isEmpty)
        try await fixture.save(Draft("镇平县文化局", year) { $0.received = 1 })
        #expect(try fixture.messages(.consolidatedSum, whole.agency, year).first?.contains("2 reports") == true)
        #expect(try await fixture.store.withdraw(fixture.head("镇平县文化局", year), Note(), now: 0))
        #expect(try fixture.findings(.consolidatedSum, whole.agency, year).isEmpty)
        let (_, last) = try await fixture.save(Draft("河南省", year) { ($0.scope, $0.received) = (.consolidated, 9) })
        #expect(
            try !fixture.findings(.consolidatedSum, last.agency.name, year).isEmpty, "the parts were there before")
    }

    @Test func `divisions that the list does not have are covered by their codes`() async throws {
        let fixture = try await Fixture()
        for (name, code) in [("甲省", "990000"), ("甲市", "990100")] {
            try await fixture.save(
                Draft(name) { ($0.scope, $0.received, $0.region) = (.consolidated, 1, code) })
        }
        try await fixture.save(Draft("甲县教育局") { ($0.received, $0.region) = (2, "990101") })
        for name in ["甲省", "甲市"] {
            #expect(try fixture.findings(.consolidatedSum, name, 2023).count == 2, "received and processed: \(name)")
        }
    }

    @Test func `the parts of a municipality are covered by its code without districts`() async throws {
        let fixture = try await Fixture(regions: .few)
        try await fixture.save(
            Draft("市辖区汇总") { ($0.scope, $0.received, $0.region) = (.consolidated, 1, "110100") })
        try await fixture.save(Draft("北京市东城区教育局") { $0.received = 2 })
        #expect(try fixture.head("北京市东城区教育局", 2023).agency.region == "110101")
        #expect(try !fixture.findings(.consolidatedSum, "市辖区汇总", 2023).isEmpty)
    }

    @Test func `indexing anew changes nothing, whatever tables a report has`() async throws {
        let fixture = try await Fixture(regions: .few)
        try await fixture.save(Draft("镇平县教育局", 2018) { $0.received = 4 })
        var mixed = try Draft("镇平县文化局", 2018) { $0.received = 4 }.submission
        var report = mixed.checked.report
        report.requests = try Draft("镇平县文化局", 2023) { $0.received = 9 }.submission.checked.report.requests
        mixed = Submission(checked: CheckedReport(report), source: mixed.source, sha256: mixed.sha256)
        _ = try await fixture.store.save(mixed, now: 1)
        let connection = try fixture.connection()
        let dump = {
            try connection.query("SELECT id, new_received, tag, modified_at FROM report ORDER BY id") {
                [$0.int(0), $0.optionalInt(1) ?? -1, $0.int(2), $0.int(3)]
            }
        }
        let before = try dump()
        let last = try fixture.store.lastChange()
        try await fixture.store.reindex(now: 9_999_999_999)
        #expect(try dump() == before)
        #expect(try fixture.store.lastChange() == last)
    }
}
