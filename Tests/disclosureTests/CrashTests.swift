import Foundation
import Glibc
import HTTPServer
import Reports
import SQLite
import Support
import Synchronization
import Testing

@Suite struct CrashTests {
    /// What was sent and what was answered, by the agency's name; each name is one client's at a time.
    final class Ledger: Sendable {
        /// What a name's source may be: what was answered last, or anything that was sent since.
        struct Entry {
            var answered: [UInt8]?
            var sent: [[UInt8]] = []
        }

        private let state = Mutex<(entries: [String: Entry], answers: Int)>(([:], 0))

        /// Notes that a document is about to be sent.
        func send(_ name: String, _ bytes: [UInt8]) {
            state.withLock { $0.entries[name, default: Entry()].sent.append(bytes) }
        }

        /// Notes an answer of 201; gives how many there were.
        func answer(_ name: String, _ bytes: [UInt8]) -> Int {
            state.withLock { state in
                state.entries[name] = Entry(answered: bytes)
                state.answers += 1
                return state.answers
            }
        }

        var entries: [String: Entry] { state.withLock { $0.entries } }
        var answers: Int { state.withLock { $0.answers } }
    }

    @Test func `kill -9 at any moment loses no report that was answered`() async throws {
        let folder = try TemporaryFolder()
        let sample = try SampleReport.text
        let ledger = Ledger()
        var generator = SeededGenerator(seed: 9)
        let rounds = 32
        for round in 0..<rounds {
            let server = try await ServingCommand(["--database", folder.path()])
            // The answer after which the process is killed, while the other clients are at any point of theirs.
            let last = ledger.answers + Int.random(in: 0...6, using: &generator)
            if ledger.answers == last { server.process.signal(SIGKILL) }
            let seeds = (0..<3).map { _ in generator.next() }
            await withTaskGroup(of: Void.self) { group in
                for (number, seed) in seeds.enumerated() {
                    group.addTask {
                        await upload(
                            sample, "第\(round)轮\(number)号局", SeededGenerator(seed: Int(truncatingIfNeeded: seed)),
                            to: server, ledger,
                            killAt: last)
                    }
                }
            }
            #expect(await server.process.end() == .signal(SIGKILL))
            try await verify(ledger, folder, prefix: round == rounds - 1 ? "" : "第\(round)轮")
        }
        #expect(ledger.answers >= rounds)
    }

    @Test func `kill -9 while a database is made and filled leaves one that opens`() async throws {
        var generator = SeededGenerator(seed: 10)
        for round in 0..<12 {
            let folder = try TemporaryFolder()
            let process = try CommandProcess(["serve", "--port", "0", "--sample", "--database", folder.path()])
            // From the first byte on, a number of looks at the folder: other moments in each round.
            let file = round % 2 == 0 ? "test.sqlite" : "test.sqlite-wal"
            while !FileManager.default.fileExists(atPath: folder.path(file)) { await Task.yield() }
            for _ in 0..<Int.random(in: 0...4000, using: &generator) {
                _ = FileManager.default.fileExists(atPath: folder.path(file))
            }
            process.signal(SIGKILL)
            #expect(await process.end() == .signal(SIGKILL))
            let server = try await ServingCommand(["--database", folder.path()])
            #expect(try await server.client().request("GET", "/ready").status == 200)
            #expect(await server.stop() == .exit(0))
            let connection = try Connection(path: folder.path(), access: .readOnly)
            #expect(try connection.integrityFaults().isEmpty)
        }
    }

    /// Uploads one report after another until the server is gone, some of them in pieces.
    private func upload(
        _ sample: SampleReport, _ client: String, _ seeded: SeededGenerator, to server: ServingCommand,
        _ ledger: Ledger,
        killAt last: Int
    ) async {
        var generator = seeded
        do {
            for number in 0... {
                // Every other document corrects the one before.
                let name = "\(client)\(number / 2)分局"
                let bytes = try sample.bytes(renamed: name) + Array("\n\(number)\n".utf8)
                ledger.send(name, bytes)
                let request = RawClient.bytes("POST", Array("/reports".utf8), body: bytes)
                let connection = try server.client()
                let cut = Int.random(in: 1..<request.count, using: &generator)
                await connection.send(Array(request[..<cut]))
                // A second reason to end: in the midst of a request.
                if ledger.answers >= last { server.process.signal(SIGKILL) }
                await connection.send(Array(request[cut...]))
                let answer = try await connection.readResponse()
                #expect(answer.status == 201)
                if ledger.answer(name, bytes) >= last { server.process.signal(SIGKILL) }
            }
        } catch {
            // The server is gone, as it should be.
        }
    }

    /// Starts anew and looks that every answered report is there, byte for byte, and that the file is sound.
    private func verify(_ ledger: Ledger, _ folder: TemporaryFolder, prefix: String) async throws {
        let server = try await ServingCommand(["--database", folder.path()])
        let client = try server.client()
        let entries = ledger.entries.sorted { $0.key < $1.key }
        for (name, entry) in entries where name.hasPrefix(prefix) {
            let source = try await client.request("GET", "/reports/\(name)/2023/source")
            if source.status == 404, entry.answered == nil { continue }
            // What was stored without an answer is whole, too.
            let isKnown = source.body == entry.answered || entry.sent.contains(source.body)
            #expect(source.status == 200 && isKnown, "\(name)")
            #expect(try await client.request("GET", "/reports/\(name)/2023").status == 200)
        }
        #expect(await server.stop() == .exit(0))
        let connection = try Connection(path: folder.path(), access: .readOnly)
        #expect(try connection.integrityFaults().isEmpty)
        let orphans = try connection.queryOne(
            """
            SELECT count(*) FROM report r LEFT JOIN revision v ON v.report_id = r.id AND v.number = r.revision
            WHERE v.id IS NULL OR v.sha256 != r.sha256
            """
        ) { row in row.int(0) }
        #expect(orphans == 0)
    }
}
