internal import Codecs
internal import SQLite
internal import Synchronization

/// Stores JSON as the number of its shape (`json_shape`) and its values: a tenth of the text, and back in microseconds.
///
/// A packed text begins with ``mark``, which neither JSON nor zlib's framing does; then come the shape's number, the
/// length of the text, and the values.
///
/// Readers share one that knows the shapes of the file. Each write transaction has its own: a number that it gave is not
/// one yet.
final class ShapeBook: Sendable {
    private static let mark: UInt8 = 1
    /// What a text is: no client's habits keep documents from being packed.
    enum Kind: Int {
        case source = 512
        case document = 1_024

        /// So many shapes are entered, with those of the other kind; memory holds them all.
        var shapesMax: Int { rawValue }
    }

    /// A longer text is as well off deflated.
    private static let textBytesMax = 1 << 20
    /// So many shapes are tried before a text is looked at for its own.
    private static let triedMax = 4

    private struct Known {
        var shapes: [Int: JSONShape] = [:]
        /// The numbers of those that were met last, the latest first.
        var latest: [Kind: [Int]] = [:]
    }

    private let known = Mutex(Known())

    /// Whether bytes are a packed text.
    private static func isPacked(_ bytes: borrowing Span<UInt8>) -> Bool { !bytes.isEmpty && bytes[0] == mark }

    /// Packs a text, whose shape is entered where it is new; nil where it is better stored otherwise.
    func packed(
        _ text: [UInt8], as kind: Kind, _ connection: Connection
    ) throws(SQLiteError) -> [UInt8]? {
        guard text.count <= Self.textBytesMax else { return nil }
        let latest = known.withLock { known in
            known.latest[kind, default: []].compactMap { id in known.shapes[id].map { (id, $0) } }
        }
        for (place, (id, shape)) in latest.enumerated() {
            guard let values = shape.values(of: text) else { continue }
            if place > 0 { note(id, shape, kind) }
            return Self.joined(id, text.count, values)
        }
        guard let shape = JSONShape(of: text), let values = shape.values(of: text),
            let id = try number(of: shape, kind, connection)
        else { return nil }
        note(id, shape, kind)
        return Self.joined(id, text.count, values)
    }

    /// The text of a column, packed or not.
    func text(_ row: borrowing Row, _ column: Int, _ connection: Connection) throws(SQLiteError) -> [UInt8] {
        try row.withBytes(column) { bytes throws(SQLiteError) in
            guard Self.isPacked(bytes) else { return row.blob(column) }
            return try text(bytes) { id throws(SQLiteError) in try shape(id, connection) }
        }
    }

    /// A packed text as it stands in a column; nil for one that is not packed.
    func packed(_ row: borrowing Row, _ column: Int) -> [UInt8]? {
        row.withBytes(column) { bytes in Self.isPacked(bytes) } ? row.blob(column) : nil
    }

    /// The text of a packed one; nil where its shape has not been met yet.
    func text(_ packed: [UInt8]) -> [UInt8]? {
        try? text(packed.span) { id throws(SQLiteError) in known.withLock { $0.shapes[id] } }
    }

    private func text(
        _ packed: Span<UInt8>, _ shape: (Int) throws(SQLiteError) -> JSONShape?
    ) throws(SQLiteError) -> [UInt8] {
        var index = 1
        guard let id = VariableLength.read(packed, at: &index), let count = VariableLength.read(packed, at: &index),
            count <= Self.textBytesMax, let shape = try shape(id),
            let text = try? shape.text(values: packed.extracting(index...), count: count)
        else { throw SQLiteError(code: .corrupt, message: "a packed text is damaged") }
        return text
    }

    /// The source in a column, packed or deflated.
    func source(
        _ row: borrowing Row, _ column: Int, _ connection: Connection
    ) throws(SQLiteError) -> StoredSource.Content {
        let isPacked = row.withBytes(column) { bytes in Self.isPacked(bytes) }
        return isPacked ? .plain(try text(row, column, connection)) : .deflated(row.blob(column))
    }

    /// Forgets what a transaction that is taken back in part has entered.
    func forget() {
        known.withLock { $0 = Known() }
    }

    private func note(_ id: Int, _ shape: JSONShape, _ kind: Kind) {
        known.withLock { known in
            known.shapes[id] = shape
            let others = known.latest[kind, default: []].filter { $0 != id }
            known.latest[kind] = Array(([id] + others).prefix(Self.triedMax))
        }
    }

    private func shape(_ id: Int, _ connection: Connection) throws(SQLiteError) -> JSONShape? {
        if let shape = known.withLock({ $0.shapes[id] }) { return shape }
        let pattern = try connection.queryOne("SELECT pattern FROM json_shape WHERE id = ?1", [Value(id)]) { row in
            row.blob(0)
        }
        guard let shape = pattern.map({ JSONShape(pattern: $0) }) else { return nil }
        known.withLock { $0.shapes[id] = shape }
        return shape
    }

    private func number(
        of shape: JSONShape, _ kind: Kind, _ connection: Connection
    ) throws(SQLiteError) -> Int? {
        let found = try connection.queryOne(
            "SELECT id FROM json_shape WHERE pattern = ?1", [.blob(shape.pattern)]
        ) { row in row.int(0) }
        if let found { return found }
        let next = try connection.queryOne("SELECT coalesce(max(id), 0) + 1 FROM json_shape") { row in row.int(0) }
        guard let next, next <= kind.shapesMax else { return nil }
        try connection.run(
            "INSERT INTO json_shape (id, pattern) VALUES (?1, ?2)", [Value(next), .blob(shape.pattern)])
        return next
    }

    private static func joined(_ id: Int, _ count: Int, _ values: [UInt8]) -> [UInt8] {
        var bytes: [UInt8] = [mark]
        bytes.reserveCapacity(values.count + 8)
        VariableLength.append(id, to: &bytes)
        VariableLength.append(count, to: &bytes)
        bytes += values
        return bytes
    }
}
