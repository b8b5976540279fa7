import Codecs
import ReportStore
import Reports
import SQLite
import Testing

extension ModelStore {
    /// Everything about one report.
    func expectSame(_ index: Int, in store: Store, _ step: Comment) throws {
        let report = reports[index]
        let agency = agencies[report.agency - 1]
        let stored = try #require(try store.report(of: agency.value, year: report.year), step)
        let head = stored.head
        let draft = report.last.draft
        #expect(head.id == report.id && head.agency == agency.value && head.agencyName == draft.agency, step)
        #expect(head.form == draft.formOfReport && head.scope == draft.scope, step)
        #expect(head.revision == report.history.count && head.revisedAt == report.revision.at, step)
        #expect(head.modifiedAt == report.modifiedAt && head.isWithdrawn == report.isWithdrawn, step)
        #expect(head.reason == report.revision.note.reason && head.sha256 == report.last.submission.sha256, step)
        #expect(head.publishedOn == draft.published?.description, step)
        let findings = report.findings
        #expect(head.errors == findings.count { $0.severity == .error }, step)
        #expect(head.warnings == findings.count { $0.severity == .warning }, step)
        var json = JSONWriter()
        CanonicalJSON.write(findings, to: &json)
        let said = FindingsJSON.withAcknowledgements(json.bytes, report.acknowledgements)
        expectEqual(try store.findings(of: head), said, step)
        let served = try store.document(agency: agency.name, year: report.year)
        if report.isWithdrawn {
            #expect(served == nil, step)
        } else {
            expectEqual(stored.document, report.document, step)
            let tag = TextTag.of(report.document)
            #expect(stored.tag == tag && served?.tag == tag, step)
            #expect(served?.bytes == report.document && served?.modifiedAt == report.modifiedAt, step)
        }
        try expectSameHistory(report, head, in: store, step)
    }

    private func expectEqual(_ found: [UInt8], _ expected: [UInt8], _ step: Comment) {
        guard found != expected else { return }
        #expect(String(decoding: found, as: UTF8.self) == String(decoding: expected, as: UTF8.self), step)
    }

    private func expectSameHistory(_ report: Report, _ head: ReportHead, in store: Store, _ step: Comment) throws {
        let revisions = try store.revisions(of: head)
        #expect(revisions.map(\.number) == report.history.map(\.number).reversed(), step)
        #expect(revisions.map(\.at) == report.history.map(\.at).reversed(), step)
        #expect(zip(revisions, revisions.dropFirst()).allSatisfy { $0.at >= $1.at }, step)
        for (revision, entry) in zip(revisions.reversed(), report.history) {
            #expect(revision.kind == entry.kind && revision.note == entry.note, step)
            #expect(revision.sha256 == entry.submission?.submission.sha256, step)
            let isCurrent = entry.number == report.history.count
            let own = entry.submission?.submission.checked.findings ?? []
            let findings = own + (isCurrent ? report.cross : entry.cross)
            #expect(revision.errors == findings.count { $0.severity == .error }, step)
            #expect(revision.warnings == findings.count { $0.severity == .warning }, step)
            let document = entry.kind == .withdrawn ? nil : isCurrent ? report.document : entry.document
            #expect(try store.document(of: head, revision: entry.number) == document, step)
            if let submission = entry.submission {
                #expect(try store.source(of: head, revision: entry.number) == submission.submission.source, step)
            }
        }
    }

    /// Names, agencies, lists and counts.
    func expectSameRegistry(in store: Store, names: [String], _ step: Comment) async throws {
        for name in names + (0...agencies.count + 1).map(String.init) {
            #expect(try store.resolve(name) == resolve(name), "\(step) \(name)")
        }
        for agency in agencies {
            let record = try #require(try store.record(of: agency.value), step)
            #expect(record.agency == agency.value && record.level == agency.level && record.kind == agency.kind, step)
            let names = agency.names.values
            #expect(record.aliases == names.filter { !$0.isFormer }.map(\.name).sorted(), step)
            #expect(record.formerNames == names.filter(\.isFormer).map(\.name).sorted(), step)
            #expect(record.successor?.id == agency.successor, step)
            #expect(record.predecessors.map(\.id) == agencies.filter { $0.successor == agency.id }.map(\.id), step)
            #expect(record.years == years(of: agency.id), step)
            #expect(try store.years(of: agency.value) == years(of: agency.id), step)
            #expect(try store.successors(of: agency.value).map(\.id) == successors(of: agency.id), step)
        }
        let counts = try await store.regionCounts()
        let standing = reports.filter { !$0.isWithdrawn && agencies[$0.agency - 1].region != nil }
        let byRegion = Dictionary(grouping: standing) { agencies[$0.agency - 1].region ?? "" }
        #expect(counts.mapValues(\.reports) == byRegion.mapValues(\.count), step)
        #expect(counts.mapValues(\.agencies) == byRegion.mapValues { Set($0.map(\.agency)).count }, step)
    }

    private func years(of agency: Int) -> [Int] {
        reports.filter { !$0.isWithdrawn && $0.agency == agency }.map(\.year).sorted()
    }

    /// A list of reports and one of agencies, with filters.
    func expectSameLists(
        in store: Store, _ filter: ReportFilter, _ agencyFilter: AgencyFilter, _ step: Comment
    ) async throws {
        let expected = selected(filter).sorted { ($0.year, $0.id) < ($1.year, $1.id) }
        let found = try await store.reports(filter, limit: 1000)
        #expect(found.map(\.id) == expected.map(\.id), "\(step) \(filter)")
        #expect(found.map(\.modifiedAt) == expected.map(\.modifiedAt), step)
        #expect(try await store.reportCount(filter) == expected.count, step)
        let summaries = try await store.agencies(agencyFilter, after: 0, limit: 1000)
        let agencies = agencies.filter { holds($0, agencyFilter) }
        #expect(summaries.map(\.agency) == agencies.map(\.value), step)
        #expect(try await store.agencyCount(agencyFilter) == agencies.count, step)
        for (summary, agency) in zip(summaries, agencies) {
            let years = years(of: agency.id)
            #expect(summary.reports == years.count, step)
            #expect([summary.firstYear, summary.lastYear] == [years.first, years.last], step)
            let all = reports.filter { $0.agency == agency.id }.map(\.year)
            let last = reports.first { $0.agency == agency.id && $0.year == years.last ?? all.max() }
            #expect(summary.scope == last?.last.draft.scope, step)
        }
    }

    private func holds(_ agency: Agency, _ filter: AgencyFilter) -> Bool {
        let own = reports.filter { !$0.isWithdrawn && $0.agency == agency.id }
        var isExpected = false
        if case .missing = filter.duty { isExpected = reports.contains { $0.agency == agency.id } }
        guard !own.isEmpty || isExpected, filter.level == nil || filter.level == agency.level,
            filter.kind == nil || filter.kind == agency.kind,
            filter.region.map({ agency.region?.hasPrefix($0) == true }) ?? true,
            filter.name.map({ agency.key.contains($0) }) ?? true
        else { return false }
        switch filter.duty {
        case nil: return true
        case .missing(let year):
            let predecessors = agencies.filter { successors(of: $0.id).contains(agency.id) }.map(\.id)
            let isBeforeFirst = own.map(\.year).min().map { year < $0 } ?? false
            return agency.successor == nil && !own.contains { $0.year == year }
                && !(isBeforeFirst && !predecessors.isEmpty)
                && !reports.contains { !$0.isWithdrawn && $0.year == year && predecessors.contains($0.agency) }
        case .late(let year):
            return own.contains { report in
                let draft = report.last.draft
                let due = DueDate(agencyNamed: draft.agency, scope: draft.scope, year: year)
                return report.year == year && draft.published.map { $0.description > due.description } == true
            }
        }
    }

    /// What own reports add up to, by year and division.
    private func expectTotals(_ connection: Connection, _ step: Comment) throws {
        let kept = try connection.query(
            "SELECT year, region, reports, new_received, processed, reviews, litigations FROM region_total"
        ) { row in ("\(row.int(0)) \(row.text(1))", (2...6).map { row.int($0) }) }
        var expected: [String: CoveredReports] = [:]
        for report in reports where !report.isWithdrawn && report.last.draft.scope == .own {
            guard let region = agencies[report.agency - 1].region else { continue }
            expected["\(report.year) \(region)", default: CoveredReports()].add(report.last.report)
        }
        let sums = expected.mapValues { covered in [covered.reports] + ConsolidatedFigure.allCases.map { covered[$0] } }
        #expect(Dictionary(uniqueKeysWithValues: kept).filter { $0.value.contains { $0 != 0 } } == sums, step)
    }

    /// What only the database's own tables tell.
    func expectSound(_ connection: Connection, _ step: Comment) throws {
        #expect(try connection.query("PRAGMA integrity_check") { $0.text(0) } == ["ok"], step)
        #expect(try connection.query("PRAGMA foreign_key_check") { $0.text(0) }.isEmpty, step)
        try expectTotals(connection, step)
        #expect(
            try connection.query(
                "SELECT id FROM report r WHERE region IS NOT (SELECT region FROM agency a WHERE a.id = r.agency_id)"
            ) {
                $0.int(0)
            }.isEmpty, step)
        let others = [
            "SELECT report_id FROM narrative_signature EXCEPT SELECT id FROM report WHERE withdrawn = 0",
            "SELECT report_id FROM narrative_band EXCEPT SELECT report_id FROM narrative_signature",
            "SELECT id FROM report WHERE withdrawn AND (figures_hash OR figures_match OR narrative_match) IS NOT NULL",
            "SELECT report_id FROM revision GROUP BY report_id HAVING max(number) <> count(*)",
            "SELECT r.id FROM report r JOIN revision v ON v.report_id = r.id AND v.number = r.revision WHERE v.document IS NOT NULL",
        ]
        for sql in others { #expect(try connection.query(SQL(sql)) { $0.int(0) }.isEmpty, "\(step) \(sql)") }
    }
}
