import Foundation
import Glibc
import Reports
import Support
import Testing

/// Uploads of many, and a server that is killed again and again. `CRASH_ROUNDS` says how often, `CRASH_SEED` takes a
/// run up again; `make crash` runs many rounds.
@Suite struct BulkCrashTests {
    private static func number(_ name: String) -> Int? {
        ProcessInfo.processInfo.environment[name].flatMap(Int.init)
    }

    /// Rounds with one database: each ends with a look through all that is there.
    private static let roundsMax = 20

    @Test func `kill -9 in the midst of uploads of many loses nothing and stores nothing twice or in halves`()
        async throws
    {
        let seed = Self.number("CRASH_SEED") ?? 6
        let rounds = Self.number("CRASH_ROUNDS") ?? 6
        print("crash test: seed \(seed), \(rounds) rounds")
        var generator = SeededGenerator(seed: seed)
        for first in stride(from: 0, to: rounds, by: Self.roundsMax) {
            try await run(first..<min(first + Self.roundsMax, rounds), "seed \(seed)", &generator)
        }
    }

    /// Kills a server so many times over one database, then lets one finish what is left.
    private func run(_ rounds: Range<Int>, _ seed: String, _ generator: inout SeededGenerator) async throws {
        let folder = try TemporaryFolder()
        let ledger = CrashLedger()
        for round in rounds {
            if Int.random(in: 0..<4, using: &generator) == 0 { try await killWhileStarting(folder, &generator) }
            let server = try await ServingCommand(["--database", folder.path()])
            if round > rounds.lowerBound {
                _ = try await ledger.verify(server.client(), prefix: "第\(round - 1)轮", isOver: false)
            }
            try await uploadAndKill(server, ledger, round, &generator)
            try await verify(folder, "\(seed), round \(round)")
        }
        let server = try await ServingCommand(["--database", folder.path()])
        try await finish(ledger, server)
        let numbers = try await ledger.verify(server.client(), prefix: "", isOver: true)
        #expect(await server.stop() == .exit(0))
        try await verify(folder, "\(seed), after round \(rounds.upperBound - 1)")
        print(
            """
            crash test: rounds \(rounds.lowerBound) to \(rounds.upperBound - 1): \(rounds.count) kills, \
            \(ledger.uploads.count) uploads accepted, \(numbers.sent) documents sent, \(numbers.told) told of or promised, \
            \(numbers.stored) stored
            """)
    }

    private func verify(_ folder: TemporaryFolder, _ round: String) async throws {
        let verified = try await CommandRun.of(["verify", "--database", folder.path()])
        #expect(verified.end == .exit(0), "\(round): \(verified.text)\(verified.errors)")
    }

    /// Kills a process at some moment of its start, when it takes up what the one before left.
    private func killWhileStarting(_ folder: TemporaryFolder, _ generator: inout SeededGenerator) async throws {
        let process = try CommandProcess(["serve", "--port", "0", "--database", folder.path()])
        kill(process, in: 0...150, &generator)
        #expect(await process.end() == .signal(SIGKILL))
    }

    private func kill(
        _ process: CommandProcess, in milliseconds: ClosedRange<Int>, _ generator: inout SeededGenerator
    ) {
        let deadline = DispatchTime.now() + .milliseconds(Int.random(in: milliseconds, using: &generator))
        DispatchQueue(label: "kill").asyncAfter(deadline: deadline) { process.signal(SIGKILL) }
    }

    /// Sends uploads from several clients, and kills the server at some byte sent, some line received, or some moment.
    private func uploadAndKill(
        _ server: ServingCommand, _ ledger: CrashLedger, _ round: Int, _ generator: inout SeededGenerator
    ) async throws {
        let uploads = try (0..<4).map { client in
            try CrashUpload("第\(round)轮\(client)号", isAsynchronous: client % 2 == 1, &generator)
        }
        let bytes = uploads.reduce(0) { $0 + $1.request.count }
        switch Int.random(in: 0..<3, using: &generator) {
        case 0: ledger.plan(lines: .max, bytes: Int.random(in: 1...bytes, using: &generator))
        case 1: ledger.plan(lines: Int.random(in: 1...100, using: &generator), bytes: .max)
        default:
            ledger.plan(lines: .max, bytes: .max)
            kill(server.process, in: 0...900, &generator)
        }
        await withTaskGroup(of: Void.self) { group in
            for upload in uploads {
                ledger.send(upload)
                group.addTask {
                    // It ends when the server is gone, as it should be.
                    do { try await send(upload, to: server, ledger) } catch {}
                }
            }
        }
        server.process.signal(SIGKILL)
        #expect(await server.process.end() == .signal(SIGKILL))
    }

    private func send(_ upload: CrashUpload, to server: ServingCommand, _ ledger: CrashLedger) async throws {
        let client = try server.client()
        let request = upload.request
        for start in stride(from: 0, to: request.count, by: 8_192) {
            let piece = Array(request[start..<min(start + 8_192, request.count)])
            guard await client.send(piece) else { return }
            ledger.sent(piece.count)
            killIfDue(server, ledger)
        }
        guard upload.isAsynchronous else { return try await readLines(client, server, ledger) }
        let answer = try await client.readResponse()
        #expect(answer.status == 202, "\(answer.text)")
        guard let location = answer["Location"] else { return }
        ledger.accept(upload, at: location)
        // Looks at it until it is done, or the server is gone.
        while try await !isDone(location, client) {}
    }

    private func killIfDue(_ server: ServingCommand, _ ledger: CrashLedger) {
        if ledger.isDue { server.process.signal(SIGKILL) }
    }

    /// Takes the lines of results as they come; what stands around them in chunks is passed over.
    private func readLines(_ client: RawClient, _ server: ServingCommand, _ ledger: CrashLedger) async throws {
        var rest: [UInt8] = []
        while true {
            let piece = try await client.readSome()
            guard !piece.isEmpty else { return }
            rest += piece
            while let end = rest.firstIndex(of: 0x0a) {
                let line = Array(rest[..<end])
                rest.removeFirst(end + 1)
                guard line.first == UInt8(ascii: "{"), let json = try? JSONValue(line) else { continue }
                guard let name = json["agency"]?.string else {
                    // The summary is the last line.
                    #expect(json["rejected"] == .number("0"), "\(String(decoding: line, as: UTF8.self))")
                    return
                }
                #expect(["stored", "revised"].contains(json["status"]?.string), "\(name)")
                ledger.tell(name)
                killIfDue(server, ledger)
            }
        }
    }

    private func isDone(_ location: String, _ client: RawClient) async throws -> Bool {
        let answer = try await client.request("GET", location)
        #expect(answer.status == 200)
        let state = try JSONValue(answer.body)["state"]?.string
        #expect(state != "failed" && state != "cancelled", "\(answer.text)")
        return state != "waiting" && state != "running"
    }

    /// Waits until every accepted upload is done, and looks at what it says of its items.
    private func finish(_ ledger: CrashLedger, _ server: ServingCommand) async throws {
        let client = try server.client()
        for (location, upload) in ledger.uploads {
            while try await !isDone(location, client) {}
            let answer = try await client.request("GET", "\(location)/results?limit=1000")
            guard case .array(let items)? = try JSONValue(answer.body)["items"] else {
                Issue.record("\(location): \(answer.text)")
                continue
            }
            #expect(items.map { $0["index"]?.integer } == Array(0..<upload.items.count), "\(location)")
            #expect(items.map { $0["agency"]?.string } == upload.items.map(\.name), "\(location)")
            #expect(items.allSatisfy { ["stored", "revised"].contains($0["status"]?.string) }, "\(location)")
        }
    }
}
