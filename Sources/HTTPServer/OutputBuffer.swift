/// Answers on their way out, in order: small ones are put together in one array, large ones are sent where they lie.
///
/// All that is ready goes out with one call.
struct OutputBuffer {
    /// Arrays from this size on are not copied.
    private static var largeBytesMin: Int { 16 * 1024 }

    /// Finished pieces before the tail.
    private var pieces: [[UInt8]] = []
    private var firstPiece = 0
    /// What small answers are appended to.
    var tail: [UInt8] = []
    /// Bytes of the first piece, or of the tail when there is none, that are sent already.
    private var sent = 0
    private var pieceBytes = 0

    /// Bytes not yet sent.
    var count: Int { pieceBytes + tail.count - sent }
    var isEmpty: Bool { count == 0 }

    mutating func append(_ bytes: [UInt8]) {
        guard bytes.count >= Self.largeBytesMin else {
            tail.append(contentsOf: bytes)
            return
        }
        if !tail.isEmpty {
            pieceBytes += tail.count
            pieces.append(tail)
            tail = []
        }
        pieceBytes += bytes.count
        pieces.append(bytes)
    }

    /// Sends what the kernel takes.
    ///
    /// - Returns: `.bytes` when all is gone, `.wouldBlock` when something is left, `.failed` when the peer is gone.
    mutating func flush(to socket: Socket) -> Socket.Transfer {
        while !isEmpty {
            let transfer = pieces.isEmpty ? socket.send(tail, from: sent) : sendPieces(to: socket)
            guard case .bytes(let count) = transfer else { return transfer }
            advance(count)
        }
        return .bytes(0)
    }

    private func sendPieces(to socket: Socket) -> Socket.Transfer {
        var ready = pieces[firstPiece...]
        if !tail.isEmpty, ready.count < 16 { ready.append(tail) }
        return socket.send(ready, from: sent)
    }

    private mutating func advance(_ count: Int) {
        sent += count
        while firstPiece < pieces.count, sent >= pieces[firstPiece].count {
            sent -= pieces[firstPiece].count
            pieceBytes -= pieces[firstPiece].count
            pieces[firstPiece] = []
            firstPiece += 1
        }
        if firstPiece == pieces.count {
            pieces.removeAll()
            firstPiece = 0
        }
        if pieces.isEmpty, sent == tail.count {
            tail.removeAll(keepingCapacity: true)
            sent = 0
        }
    }
}
