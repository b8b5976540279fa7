import Codecs
import Reports
import Support
import Synchronization
import Testing

/// What was sent and what was answered, over all restarts.
final class CrashLedger: Sendable {
    private struct Entry {
        var items: [CrashItem] = []
        /// How many of them were told of as stored.
        var told = 0
        /// Whether all of them were promised: their upload was accepted.
        var isPromised = false
    }

    private struct State {
        var entries: [String: Entry] = [:]
        var uploads: [(location: String, upload: CrashUpload)] = []
        var lines = 0
        var bytes = 0
        /// When the process is to be killed in this round.
        var killAt: (lines: Int, bytes: Int)?
    }

    private let state = Mutex(State())

    /// Notes that an upload is about to be sent.
    func send(_ upload: CrashUpload) {
        state.withLock { state in
            for item in upload.items { state.entries[item.name, default: Entry()].items.append(item) }
        }
    }

    /// Notes that a line told of an item as stored.
    func tell(_ name: String) {
        state.withLock { state in
            state.entries[name]?.told += 1
            state.lines += 1
        }
    }

    /// Notes that an upload was accepted.
    func accept(_ upload: CrashUpload, at location: String) {
        state.withLock { state in
            state.uploads.append((location, upload))
            for item in upload.items { state.entries[item.name]?.isPromised = true }
        }
    }

    /// Notes that bytes were sent.
    func sent(_ count: Int) { state.withLock { $0.bytes += count } }

    /// Sets after how many more lines, or bytes, the process is to be killed.
    func plan(lines: Int, bytes: Int) {
        state.withLock {
            $0.killAt = (
                lines > .max - $0.lines ? .max : $0.lines + lines, bytes > .max - $0.bytes ? .max : $0.bytes + bytes
            )
        }
    }

    /// Whether the process is to be killed now.
    var isDue: Bool {
        state.withLock { state in state.killAt.map { state.lines >= $0.lines || state.bytes >= $0.bytes } ?? false }
    }

    /// The uploads that were accepted.
    var uploads: [(location: String, upload: CrashUpload)] { state.withLock(\.uploads) }

    /// Looks that everything told of is there, that nothing is there twice, and nothing in halves.
    ///
    /// - Parameters:
    ///   - prefix: which names to look at.
    ///   - isOver: whether all uploads have ended: then all that was promised is there, too.
    /// - Returns: the numbers of items sent, of those told of or promised, and of those stored.
    func verify(_ client: RawClient, prefix: String, isOver: Bool) async throws -> (sent: Int, told: Int, stored: Int) {
        var numbers = (sent: 0, told: 0, stored: 0)
        for (name, entry) in state.withLock(\.entries) where name.hasPrefix(prefix) {
            let told = entry.isPromised && isOver ? entry.items.count : entry.told
            let stored = try await stored(name, client)
            let sent = entry.items.map { Digest(of: $0.bytes).hex }
            #expect(stored.count >= told, "\(name): \(told) told of, \(stored.count) stored")
            #expect(
                stored == Array(sent.prefix(stored.count)),
                "\(name): \(stored.count) revisions of \(sent.count) documents")
            numbers = (numbers.sent + sent.count, numbers.told + told, numbers.stored + stored.count)
            guard !stored.isEmpty, stored.count <= sent.count else { continue }
            let last = entry.items[stored.count - 1]
            let source = try await client.request("GET", "/reports/\(name)/2023/source")
            #expect(source.status == 200 && source.body == last.bytes, "\(name)")
            let report = try JSONValue(await client.request("GET", "/reports/\(name)/2023").body)
            #expect(report["requests"]?["newReceived"]?["total"] == last.received, "\(name)")
        }
        return numbers
    }

    /// The digests of a report's revisions, oldest first.
    private func stored(_ name: String, _ client: RawClient) async throws -> [String] {
        let answer = try await client.request("GET", "/reports/\(name)/2023/revisions")
        guard answer.status == 200 else {
            #expect(answer.status == 404, "\(name): \(answer.text)")
            return []
        }
        guard case .array(let items)? = try JSONValue(answer.body)["items"] else { return [] }
        return items.reversed().map { $0["sha256"]?.string ?? "" }
    }
}
