import Foundation
import ReportStore
import SQLite
import Support
import Testing

@Suite struct OpeningTests {
    @Test func `a missing file is made with the whole schema`() async throws {
        let fixture = try await Fixture()
        try fixture.store.ping()
        try await fixture.store.close()
        let steps = try Store.schema(at: fixture.path)
        #expect(steps.map(\.number) == Array(1...steps.count))
        #expect(steps.allSatisfy { $0.appliedAt == 1_780_000_000 })
    }

    @Test func `what was saved is there after it is opened again`() async throws {
        let fixture = try await Fixture()
        let (_, head) = try await fixture.save()
        try await fixture.store.close()
        let store = try await Store.open(fixture.path) { 0 }
        let agency = try #require(try store.agency("清禾县教育局"))
        #expect(try store.report(of: agency, year: 2023)?.head == head)
        try await store.close()
    }

    @Test func `a second open applies nothing and keeps the times`() async throws {
        let fixture = try await Fixture()
        try await fixture.store.close()
        try await Store.open(fixture.path) { 99 }.close()
        #expect(try Store.schema(at: fixture.path).allSatisfy { $0.appliedAt == 1_780_000_000 })
    }

    @Test func `a closed store says that it is closed and does not trap`() async throws {
        let fixture = try await Fixture()
        try await fixture.store.close()
        try await fixture.store.close()
        #expect(throws: StoreError.self) { try fixture.store.ping() }
        await #expect(throws: StoreError.self) { try await fixture.save() }
        await #expect(throws: StoreError.self) { _ = try await fixture.store.reports(limit: 1) }
    }

    @Test func `a newer database is refused, its version and the program's named`() async throws {
        let folder = try TemporaryFolder()
        let program = try Store.migrate(folder.path()) { 0 }.count
        let connection = try Connection(path: folder.path())
        try connection.run(
            "INSERT INTO schema_migration (number, name, checksum, applied_at) VALUES (?1, 'next', 'x', 0)",
            [Value(program + 1)])
        try connection.setUserVersion(Int32(program + 1))
        let expected = StoreError.newerSchema(database: program + 1, program: program)
        #expect(await storeError { _ = try await Store.open(folder.path()) { 0 } } == expected)
        #expect(throws: expected) { try Store.schema(at: folder.path()) }
        #expect(throws: expected) { try Store.migrate(folder.path()) { 0 } }
    }

    @Test func `an older database is brought up to date only where that is allowed`() async throws {
        let folder = try TemporaryFolder()
        // Version 0 with history: a database that an earlier program began.
        let program = try Store.migrate(folder.path()) { 0 }.count
        let connection = try Connection(path: folder.path())
        guard program > 1 else {
            // There is no older schema yet. An empty database counts as new, not as older.
            let empty = try TemporaryFolder()
            var options = Store.Options()
            options.migrates = false
            let store = try await Store.open(empty.path(), options: options) { 0 }
            try store.ping()
            return try await store.close()
        }
        try connection.run("DELETE FROM schema_migration WHERE number = ?1", [Value(program)])
        try connection.setUserVersion(Int32(program - 1))
        var options = Store.Options()
        options.migrates = false
        let refused = options
        #expect(
            await storeError { _ = try await Store.open(folder.path(), options: refused) { 0 } }
                == .olderSchema(database: program - 1, program: program))
    }

    @Test func `a database of another program is refused and left as it is`() async throws {
        let folder = try TemporaryFolder()
        try Connection(path: folder.path()).execute("CREATE TABLE album (title TEXT)")
        let error = await storeError { _ = try await Store.open(folder.path()) { 0 } }
        guard case .foreignSchema = error else { return #expect(Bool(false), "\(String(describing: error))") }
        #expect(throws: StoreError.self) { try Store.migrate(folder.path()) { 0 } }
        let tables = try Connection(path: folder.path()).query("SELECT name FROM sqlite_schema") { $0.text(0) }
        #expect(tables == ["album"])
    }

    @Test func `programs that open a missing database at once make it once`() async throws {
        let folder = try TemporaryFolder()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<8 { group.addTask { try await Store.open(folder.path()) { 0 }.close() } }
            try await group.waitForAll()
        }
        #expect(try Store.schema(at: folder.path()).allSatisfy { $0.appliedAt != nil })
    }

    @Test func `a database whose history is not the program's is refused`() async throws {
        let folder = try TemporaryFolder()
        _ = try Store.migrate(folder.path()) { 0 }
        try Connection(path: folder.path()).execute("UPDATE schema_migration SET checksum = 'other'")
        let error = await storeError { _ = try await Store.open(folder.path()) { 0 } }
        guard case .foreignSchema = error else { return #expect(Bool(false), "\(String(describing: error))") }
    }

    @Test func `the steps of a missing database cannot be shown, and it is not made`() throws {
        let folder = try TemporaryFolder()
        #expect(throws: StoreError.cannotOpen) { try Store.schema(at: folder.path()) }
        #expect(!FileManager.default.fileExists(atPath: folder.path()))
    }

    @Test func `migrating names what it applied and the second time nothing`() throws {
        let folder = try TemporaryFolder()
        let first = try Store.migrate(folder.path()) { 7 }
        #expect(first.first?.number == 1 && first.first?.name == "reports" && first.first?.appliedAt == 7)
        #expect(try Store.migrate(folder.path()) { 8 }.isEmpty)
        let expected = StoreError.unreachableSchema(target: 99, database: first.count)
        #expect(throws: expected) { try Store.migrate(folder.path(), to: 99) { 9 } }
        #expect(throws: StoreError.self) { try Store.migrate(folder.path(), to: -1) { 9 } }
    }
}
