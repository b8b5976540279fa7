import Foundation
import ReportStore
import Reports
import SQLite
import Support
import Testing

/// Random work on a store, held against ``ModelStore`` after each step. `MODEL_ROUNDS` sets how many rounds,
/// `MODEL_SEED` the first of their seeds.
@Suite struct ModelTests {
    private static let rounds = ProcessInfo.processInfo.environment["MODEL_ROUNDS"].flatMap(Int.init) ?? 4
    private static let seed = ProcessInfo.processInfo.environment["MODEL_SEED"].flatMap(Int.init) ?? 1

    @Test(arguments: Array(seed..<seed + rounds))
    func `the store does what the model does`(seed: Int) async throws {
        let fixture = try await Fixture(regions: .few)
        var run = ModelRun(fixture, seed: seed)
        for _ in 0..<50 {
            let issues = run.failures
            try await run.step()
            guard run.failures == issues else { break }
        }
        try await run.expectEverything()
        try await fixture.store.close()
        print(
            "MODEL", seed, run.counts.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
        )
    }
}

/// The past, held against what was read while it was the present.
@Suite struct PastModelTests {
    /// A report as it was read.
    private struct Moment {
        let document: [UInt8]
        let findings: [UInt8]
    }

    @Test(arguments: 11...13) func `every moment is read as it was`(seed: Int) async throws {
        let fixture = try await Fixture(regions: .few) { 0 }
        var run = ModelRun(fixture, seed: seed)
        run.tick = 0...3
        // Of several moments within one second the last one counts.
        var moments: [Int64: [Moment?]] = [:]
        for _ in 0..<40 {
            try await run.step()
            moments[run.now] = try run.model.reports.map { report in
                let stored = try stored(report, run)
                guard !stored.head.isWithdrawn else { return nil }
                return Moment(document: stored.document, findings: try fixture.store.findings(of: stored.head))
            }
        }
        var compared = 0
        for (time, reports) in moments {
            for (report, moment) in zip(run.model.reports, reports) {
                let past = try past(of: try stored(report, run).head, at: time, fixture.store)
                #expect((past == nil) == (moment == nil), "report \(report.id) at \(time)")
                guard let past, let moment else { continue }
                let then = try #require(ReportDocumentParts(moment.document))
                #expect(past.document.members == then.members && past.isExact)
                #expect(past.agency == Array(then.agency) && past.quality == Array(then.quality))
                #expect(past.findings == moment.findings, "report \(report.id) at \(time) seed \(seed)")
                #expect(past.since <= time)
                compared += 1
            }
        }
        #expect(compared > 100)
        try await fixture.store.close()
    }

    private func stored(_ report: ModelStore.Report, _ run: ModelRun) throws -> StoredReport {
        let agency = run.model.agencies[report.agency - 1].value
        return try #require(try run.fixture.store.report(of: agency, year: report.year))
    }

    private func past(of head: ReportHead, at time: Int64, _ store: Store) throws -> PastReport? {
        try store.snapshot { snapshot in
            guard let revision = try snapshot.revisions(of: head).first(where: { $0.at <= time }) else { return nil }
            return try snapshot.past(of: head, revision, at: time)
        }
    }
}

/// One store, its model, and what is done to both.
struct ModelRun {
    let fixture: Fixture
    let connection: Connection?
    var model: ModelStore
    var random: SeededGenerator
    var works: ModelWorks
    var now: Int64 = 1_000
    /// How far the clock goes from step to step.
    var tick: ClosedRange<Int64> = -3...9
    var log: [String] = []
    var cursor = 0
    var failures = 0
    /// How often each kind of work was done, with its outcome.
    var counts: [String: Int] = [:]

    private var store: Store { fixture.store }

    init(_ fixture: Fixture, seed: Int) {
        self.fixture = fixture
        connection = try? fixture.connection()
        random = SeededGenerator(seed: seed)
        works = ModelWorks(&random)
        model = ModelStore(regions: .few, memory: ModelMemory())
    }

    private var comment: Comment { Comment(rawValue: log.joined(separator: "\n")) }

    /// Does one thing to both, and compares what it answers and all that it touched.
    mutating func step() async throws {
        now += Int64.random(in: tick, using: &random)
        let before = model
        let work = works.next(model, &random)
        log.append("\(log.count) at \(now): \(work)")
        let outcome = await outcome { try await perform(work) }
        let expected = await self.outcome { try model.perform(work, now) }
        if case .failure = expected { model = before }
        #expect(outcome == expected, comment)
        counts["\(work.kind) \((try? expected.get()) ?? "refused")", default: 0] += 1
        let changes = try store.changes(since: cursor, limit: 10_000)
        #expect(zip(changes, changes.dropFirst()).allSatisfy { $0.cursor < $1.cursor }, comment)
        cursor = changes.last?.cursor ?? cursor
        let found = changes.map { change in
            let report = model.reports.first { $0.agency == change.agency.id && $0.year == change.year }
            return ModelStore.Entered(
                report: report?.id ?? 0, kind: change.kind, revision: change.revision, at: change.at)
        }
        let entered = Array(model.changes[before.changes.count...])
        #expect(found.sorted() == entered.sorted(), comment)
        if outcome != expected || found.sorted() != entered.sorted() { failures += 1 }
        try await store.expectLists(of: model, &random, comment)
        try model.expectSameStatistics(in: store, comment)
        try model.expectSameTotals(in: store, comment)
        try model.expectSameLists(in: store, comment)
        for index in model.reports.indices
        where entered.contains(where: { $0.report == index + 1 }) || Int.random(in: 0..<8, using: &random) == 0 {
            try model.expectSame(index, in: store, comment)
        }
        if log.count.isMultiple(of: 25) { try await expectEverything() }
    }

    func expectEverything() async throws {
        for index in model.reports.indices { try model.expectSame(index, in: store, comment) }
        try await model.expectSameRegistry(in: store, names: works.names + works.aliases, comment)
        #expect(try store.lastChange() == model.changes.count, comment)
        try connection.map { try model.expectSound($0, comment) }
    }

    private func outcome(_ body: () async throws -> String) async -> Result<String, StoreError> {
        do {
            return .success(try await body())
        } catch {
            return .failure(error as? StoreError ?? .internal("\(error)"))
        }
    }

    private func perform(_ work: ModelWork) async throws -> String {
        switch work {
        case .save(let draft): return try await store.save(try ModelSubmission(draft).submission, now: now).0.rawValue
        case .withdraw(let index):
            return "\(try await store.withdraw(try head(index), Note(reason: "错发", author: "乙"), now: now))"
        case .edit(let id, let edit):
            try await store.edit(model.agencies[id - 1].value, edit, now: now)
            return "edited"
        case .merge(let id, let target):
            let merge = try await store.merge(
                model.agencies[id - 1].value, into: model.agencies[target - 1].value, now: now)
            return "\(merge.moved.count) moved, \(merge.kept.count) kept"
        case .acknowledge(let fingerprint, let index):
            let word = Acknowledgement(at: now, author: "丙", reason: "无妨")
            return "\(try await store.acknowledge(fingerprint, of: try head(index), word))"
        case .takeBack(let fingerprint, let index):
            return "\(try await store.withdrawAcknowledgement(fingerprint, of: try head(index), now: now))"
        case .reindex:
            try await store.reindex(now: now)
            return "indexed"
        case .index:
            try await store.indexTexts()
            return "indexed"
        }
    }

    private func head(_ index: Int) throws -> ReportHead {
        let report = model.reports[index]
        return try #require(try store.report(of: model.agencies[report.agency - 1].value, year: report.year)).head
    }
}

extension ModelStore {
    /// The same as the store does, and the same answer.
    mutating func perform(_ work: ModelWork, _ now: Int64) throws -> String {
        switch work {
        case .save(let draft): return try save(try memory.submission(draft), now: now).rawValue
        case .withdraw(let index): return "\(withdraw(index, Note(reason: "错发", author: "乙"), now: now))"
        case .edit(let id, let edit):
            try self.edit(id, edit, now: now)
            return "edited"
        case .merge(let id, let target):
            let merge = try merge(id, into: target, now: now)
            return "\(merge.moved.count) moved, \(merge.kept.count) kept"
        case .acknowledge(let fingerprint, let index):
            return "\(acknowledge(fingerprint, index, Acknowledgement(at: now, author: "丙", reason: "无妨")))"
        case .takeBack(let fingerprint, let index): return "\(takeBack(fingerprint, index, now: now))"
        case .reindex:
            reindex(now: now)
            return "indexed"
        case .index: return "indexed"
        }
    }
}

extension Store {
    fileprivate func expectLists(
        of model: ModelStore, _ random: inout SeededGenerator, _ comment: Comment
    ) async throws {
        var filter = ReportFilter()
        var agencies = AgencyFilter()
        if Bool.random(using: &random) {
            let year = Double(Int.random(in: 2018...2024, using: &random))
            filter.conditions.append(.init(.year, .compare(.gte, .number(year)), isNegated: .random(using: &random)))
        }
        if let scope = ReportScope.allCases.randomElement(using: &random), Bool.random(using: &random) {
            filter.conditions.append(.init(.scope, .compare(.eq, .text(scope.rawValue))))
        }
        switch Int.random(in: 0..<5, using: &random) {
        case 0:
            let agency = Double(Int.random(in: 0...5, using: &random))
            filter.conditions.append(.init(.agency, .compare(.neq, .number(agency))))
        case 1:
            guard let form = ReportForm.allCases.randomElement(using: &random) else { break }
            filter.conditions.append(.init(.form, .compare(.eq, .text(form.rawValue))))
        default: break
        }
        if Bool.random(using: &random) {
            filter.text = ModelStore.words.randomElement(using: &random).flatMap { TextQuery($0.query) }
        }
        let year = Int.random(in: 2018...2024, using: &random)
        switch Int.random(in: 0..<8, using: &random) {
        case 0: agencies.duty = .late(year: year)
        case 1: agencies.duty = .missing(year: year)
        case 2: agencies.region = ["41", "4104", "410402", "130000"].randomElement(using: &random)?.description
        case 3: agencies.level = AgencyLevel.allCases.randomElement(using: &random)
        case 4: agencies.kind = AgencyKind.allCases.randomElement(using: &random)
        case 5: agencies.name = ["教育", "新华"].randomElement(using: &random)
        default: break
        }
        if agencies.region == "130000" { agencies.region = "13" }
        try await model.expectSameLists(in: self, filter, agencies, comment)
    }
}
