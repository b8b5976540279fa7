import Reports
import Support

/// One who listens to the feed of changes, over a socket.
final class EventStream {
    /// One thing that happened.
    struct Event {
        let id: Int
        let kind: String
        let data: JSONValue
    }

    /// Status line and fields of the answer.
    let head: String
    private let client: RawClient
    /// Bytes of chunks that are not whole yet.
    private var wire: [UInt8] = []
    /// What the chunks say, as far as it is no whole event yet.
    private var text: [UInt8] = []

    /// Opens a stream, and waits until it is open.
    init(_ surface: Surface, _ query: String = "", _ fields: [(String, String)] = []) async throws {
        guard let client = try surface.client() else { throw Surface.NoSuchMethod() }
        self.client = client
        let accept = [("Accept", "text/event-stream")]
        await client.send(RawClient.bytes("GET", Array("/changes\(query)".utf8), accept + fields))
        var bytes: [UInt8] = []
        while true {
            if let end = bytes.firstRange(of: Array("\r\n\r\n".utf8)) {
                head = String(decoding: bytes[..<end.lowerBound], as: UTF8.self)
                wire = Array(bytes[end.upperBound...])
                break
            }
            let piece = try await client.readSome()
            guard !piece.isEmpty else { throw RawClient.Failure.ended(after: bytes) }
            bytes += piece
        }
        // The opening, which is no event: who has it is listening.
        while true {
            unchunk()
            if let opening = take() {
                guard opening == "retry: 2000" else { throw RawClient.Failure.malformedResponse(Array(opening.utf8)) }
                break
            }
            guard try await read() else { throw RawClient.Failure.ended(after: text) }
        }
    }

    /// The next event; comments are passed over.
    func next() async throws -> Event {
        while true {
            guard let block = take() else {
                guard try await read() else { throw RawClient.Failure.ended(after: text) }
                continue
            }
            var fields: [String: String] = [:]
            for line in block.split(separator: "\n") {
                guard let colon = line.firstRange(of: ": ") else { continue }
                fields[String(line[..<colon.lowerBound])] = String(line[colon.upperBound...])
            }
            guard let data = fields["data"] else { continue }
            guard let id = fields["id"].flatMap({ Int($0) }), let kind = fields["event"] else {
                throw RawClient.Failure.malformedResponse(Array(block.utf8))
            }
            return Event(id: id, kind: kind, data: try JSONValue(Array(data.utf8)))
        }
    }

    /// Reads to the end; whether it came without another event, and as the end of the body.
    func ends() async throws -> Bool {
        while try await read() {}
        return take() == nil && wire == Array("0\r\n\r\n".utf8)
    }

    private func read() async throws -> Bool {
        let piece = try await client.readSome()
        wire += piece
        unchunk()
        return !piece.isEmpty && wire != Array("0\r\n\r\n".utf8)
    }

    /// Moves whole chunks over; the last one, which is empty, stays.
    private func unchunk() {
        while let line = wire.firstRange(of: [13, 10]),
            let size = Int(String(decoding: wire[..<line.lowerBound], as: UTF8.self), radix: 16), size > 0,
            wire.count >= line.upperBound + size + 2
        {
            text += wire[line.upperBound..<line.upperBound + size]
            wire.removeFirst(line.upperBound + size + 2)
        }
    }

    private func take() -> String? {
        guard let end = text.firstRange(of: [10, 10]) else { return nil }
        defer { text.removeFirst(end.upperBound) }
        return String(decoding: text[..<end.lowerBound], as: UTF8.self)
    }
}
