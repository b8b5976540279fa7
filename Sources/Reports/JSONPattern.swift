/// JSON that is the same each time but for some values: the bytes between them, so that thousands of names are not put
/// together again for each report.
struct JSONPattern: Sendable {
    /// The bytes before each value, and those behind the last: an array each, since a slice is copied byte by byte.
    private let pieces: [[UInt8]]
    private let count: Int

    /// Makes a pattern of what a body writes.
    ///
    /// - Parameter write: writes one value, calling what it is given for each part of it that changes.
    init(_ write: (inout JSONWriter, _ value: (inout JSONWriter) -> Void) -> Void) {
        var json = JSONWriter()
        // A zero byte is no JSON, so none is among the names.
        write(&json) { $0.raw([0]) }
        pieces = json.bytes.split(separator: 0, omittingEmptySubsequences: false).map { Array($0) }
        count = json.bytes.count
    }

    /// Writes it with its values.
    ///
    /// - Parameter value: writes the value of a number, counted from 0 in the order of the text.
    func write(to json: inout JSONWriter, _ value: (Int, inout JSONWriter) -> Void) {
        json.reserve(count + 4 * pieces.count)
        for (index, piece) in pieces.enumerated() {
            json.part(piece)
            if index < pieces.count - 1 { value(index, &json) }
        }
        json.endParts()
    }
}
