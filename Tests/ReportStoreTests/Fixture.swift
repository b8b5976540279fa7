import Foundation
import ReportStore
import Reports
import SQLite
import Support

/// A store of one test, in a folder of its own.
struct Fixture {
    let folder: TemporaryFolder
    let store: Store

    var path: String { folder.path() }

    init(
        _ options: Store.Options = Store.Options(), regions: RegionDirectory = .empty,
        clock: @escaping @Sendable () -> Int64 = { 1_780_000_000 }
    ) async throws {
        folder = try TemporaryFolder()
        store = try await Store.open(folder.path(), options: options, regions: regions, clock: clock)
    }

    /// Saves a report and gives what became of it.
    @discardableResult
    func save(
        _ agency: String = "清禾县教育局", _ year: Int = 2023, content: String = "一", now: Int64 = 1_780_000_000
    ) async throws -> (SaveOutcome, ReportHead) {
        try await store.save(try submission(agency, year, content: content), now: now)
    }

    /// Another connection to the same file.
    func connection(_ options: Connection.Options = Connection.Options()) throws -> Connection {
        try Connection(path: path, options: options)
    }
}

/// A submission whose source and digest follow from its content.
func submission(
    _ agency: String, _ year: Int, content: String = "一", title: String = "年度报告", scope: ReportScope = .own,
    form: ReportForm = .form2021, reason: String? = nil, fileName: String? = nil, url: String? = nil
) throws -> Submission {
    struct NoYear: Error {}
    guard let year = ReportYear(year) else { throw NoYear() }
    let bytes = Array("\(agency) \(year.value) \(content)".utf8)
    var hash = StableHash()
    hash.add(bytes)
    let report = AnnualReport(agency: agency, year: year, title: title, form: form, scope: scope)
    return Submission(
        checked: CheckedReport(report),
        source: StoredSource(
            content: .deflated(bytes), length: bytes.count, mediaType: "text/plain; charset=utf-8",
            fileName: fileName, url: url),
        sha256: Array(hash.hex.utf8) + Array(hash.hex.utf8), note: Note(reason: reason))
}

/// The error that a body throws, if it is the store's.
func storeError(of body: () async throws -> Void) async -> StoreError? {
    do {
        try await body()
        return nil
    } catch {
        return error as? StoreError
    }
}
