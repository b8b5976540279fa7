import Foundation
import SQLite
import Support
import Testing

@testable import ReportStore

@Suite struct StoreErrorTests {
    @Test func `a folder that is missing is an error of opening`() async throws {
        let folder = try TemporaryFolder()
        #expect(await storeError { _ = try await Store.open(folder.path("no/such.sqlite")) { 0 } } == .cannotOpen)
    }

    @Test func `a file that is no database is called corrupt and left as it is`() async throws {
        let folder = try TemporaryFolder()
        let bytes = Array(String(repeating: "这不是数据库。", count: 1000).utf8)
        let path = try folder.write(bytes, to: "test.sqlite")
        let error = await storeError { _ = try await Store.open(path) { 0 } }
        guard case .corrupt = error else { return #expect(Bool(false), "\(String(describing: error))") }
        #expect(FileManager.default.contents(atPath: path).map { [UInt8]($0) } == bytes)
    }

    @Test func `a damaged page is called corrupt and the process lives`() async throws {
        let fixture = try await Fixture()
        for number in 0..<200 { try await fixture.save("\(number)号局") }
        try await fixture.store.close()
        var bytes = try [UInt8](Data(contentsOf: URL(filePath: fixture.path)))
        for index in 4096..<bytes.count { bytes[index] = UInt8(truncatingIfNeeded: index &* 31) }
        let path = try fixture.folder.write(bytes, to: "damaged.sqlite")
        let error = await storeError {
            let store = try await Store.open(path) { 0 }
            _ = try await store.reports(limit: 1000)
        }
        guard case .corrupt = error else { return #expect(Bool(false), "\(String(describing: error))") }
    }

    @Test func `a full disk is told apart, nothing is stored, and space helps`() async throws {
        let fixture = try await Fixture()
        try await fixture.save("甲局")
        // The writer's own limit answers as a full disk does (sqlite.org/pragma.html#pragma_max_page_count).
        try await fixture.store.pool.write { connection in
            let pages = try connection.queryOne("PRAGMA page_count") { $0.int(0) } ?? 0
            try connection.execute(SQL("PRAGMA max_page_count = \(pages + 8)"))
        }
        let big = String(repeating: "字", count: 100_000)
        #expect(
            await storeError { _ = try await fixture.store.save(submission("乙局", 2023, content: big), now: 1) }
                == .full)
        #expect(try fixture.store.agency("乙局") == nil)
        #expect(try fixture.store.agency("甲局") != nil)
        #expect(try await fixture.store.reportCount(.init()) == 1)
        #expect(try await fixture.save("丙局").0 == .stored, "what is small still fits")
    }

    @Test func `a lock of another program is waited for and then called busy`() async throws {
        var options = Store.Options()
        options.busyMilliseconds = 1
        let fixture = try await Fixture(options)
        let other = try fixture.connection()
        try other.execute("BEGIN IMMEDIATE")
        #expect(await storeError { try await fixture.save() } == .busy)
        #expect(try fixture.store.agency("清禾县教育局") == nil, "reading goes on")
        try other.execute("ROLLBACK")
        #expect(try await fixture.save().0 == .stored)
    }

    @Test func `a reader finds a revision that is missing damaged`() async throws {
        let fixture = try await Fixture()
        let (_, head) = try await fixture.save()
        try fixture.connection().execute("DELETE FROM revision")
        #expect(throws: StoreError.corrupt("report 1 has no revision 1")) { try fixture.store.findings(of: head) }
        #expect(throws: StoreError.corrupt("report 1 has no revision 1")) {
            try fixture.store.source(of: head, revision: head.revision)
        }
    }

    @Test(arguments: [
        StoreError.busy, .full, .readOnly, .cannotOpen, .corrupt("malformed"), .newerSchema(database: 2, program: 1),
        .olderSchema(database: 1, program: 2), .foreignSchema("x"), .unreachableSchema(target: 2, database: 1),
        .timedOut,
        .internal("y"),
    ])
    func `every error is one sentence for people`(error: StoreError) {
        let text = "\(error)"
        #expect(!text.contains("\n") && text.contains(" ") && !text.contains("("), "\(text)")
    }

    @Test(.enabled(if: geteuid() != 0, "root may write anything"))
    func `a file that may not be written is told apart`() async throws {
        let fixture = try await Fixture()
        try await fixture.store.close()
        try FileManager.default.setAttributes([.posixPermissions: 0o444], ofItemAtPath: fixture.path)
        #expect(
            await storeError {
                let store = try await Store.open(fixture.path) { 0 }
                _ = try await store.save(submission("甲局", 2023), now: 1)
            } == .readOnly)
    }
}
