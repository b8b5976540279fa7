/// JSON that is the same each time but for some values: the bytes between them, so that thousands of names are not put
/// together again for each report.
struct JSONPattern: Sendable {
    private let bytes: [UInt8]
    /// Where the bytes before each value end, and those behind the last.
    private let ends: [Int]

    /// Makes a pattern of what a body writes.
    ///
    /// - Parameter write: writes one value, calling what it is given for each part of it that changes.
    init(_ write: (inout JSONWriter, _ value: (inout JSONWriter) -> Void) -> Void) {
        var json = JSONWriter()
        // A zero byte is no JSON, so none is among the names.
        write(&json) { $0.raw([0]) }
        let pieces = json.bytes.split(separator: 0, omittingEmptySubsequences: false)
        bytes = Array(pieces.joined())
        ends = pieces.reduce(into: []) { ends, piece in ends.append((ends.last ?? 0) + piece.count) }
    }

    /// Writes it with its values.
    ///
    /// - Parameter value: writes the value of a number, counted from 0 in the order of the text.
    func write(to json: inout JSONWriter, _ value: (Int, inout JSONWriter) -> Void) {
        json.reserve(bytes.count + 4 * ends.count)
        var start = 0
        for (index, end) in ends.enumerated() {
            json.part(bytes[start..<end])
            start = end
            if index < ends.count - 1 { value(index, &json) }
        }
        json.endParts()
    }
}
