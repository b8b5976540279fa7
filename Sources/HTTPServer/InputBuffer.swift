/// Bytes read and not yet used.
///
/// What one read brought is one array, which is never changed while a `Request` looks into it: pipelined requests
/// share it without a copy, and an idle connection holds none.
struct InputBuffer {
    private(set) var bytes: [UInt8] = []
    private(set) var start = 0

    var count: Int { bytes.count - start }
    var isEmpty: Bool { start == bytes.count }

    mutating func append(_ piece: [UInt8]) {
        if isEmpty {
            bytes = piece
        } else {
            if start > 0 { bytes.removeSubrange(..<start) }
            bytes.append(contentsOf: piece)
        }
        start = 0
    }

    /// Drops the first bytes.
    mutating func consume(_ count: Int) {
        start += count
        if start == bytes.count { removeAll() }
    }

    /// Takes the first bytes out, at most `limit` of them.
    mutating func take(atMost limit: Int) -> [UInt8] {
        let count = min(limit, count)
        let taken = start == 0 && count == bytes.count ? bytes : Array(bytes[start..<start + count])
        consume(count)
        return taken
    }

    mutating func removeAll() {
        bytes = []
        start = 0
    }
}
