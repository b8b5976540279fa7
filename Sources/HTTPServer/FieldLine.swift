/// A field line of a head or of trailers (RFC 9112 §5).
struct FieldLine {
    let field: FieldRange
    /// Where the line after it begins.
    let end: Int

    /// Reads the line that begins at `start`.
    ///
    /// - Returns: `nil` when the line is right as far as it goes but has not ended.
    static func parse(_ bytes: Span<UInt8>, from start: Int) throws(ProtocolError) -> FieldLine? {
        var index = start
        // A line that begins with white space, or has it before the colon, fails here (RFC 9112 §5.1, §5.2).
        while index < bytes.count, bytes[index] != Byte.colon {
            guard Byte.isToken(bytes[index]) else { throw .malformedField }
            index += 1
        }
        guard index < bytes.count else { return nil }
        guard index > start else { throw .malformedField }
        let name = ByteRange(start, index)
        let valueStart = index + 1
        index = valueStart
        while index < bytes.count, Byte.isFieldContent(bytes[index]) { index += 1 }
        guard index < bytes.count else { return nil }
        guard let end = try endOfLine(bytes, at: index, else: .malformedField) else { return nil }
        let value = Byte.trim(bytes, valueStart..<index)
        return FieldLine(field: FieldRange(name: name, value: ByteRange(value.lowerBound, value.upperBound)), end: end)
    }
}

/// The index after the CRLF that must stand at `index`; `nil` when its second byte has not come.
func endOfLine(_ bytes: Span<UInt8>, at index: Int, else error: ProtocolError) throws(ProtocolError) -> Int? {
    guard index < bytes.count else { return nil }
    guard bytes[index] == Byte.carriageReturn else { throw error }
    guard index + 1 < bytes.count else { return nil }
    guard bytes[index + 1] == Byte.lineFeed else { throw error }
    return index + 2
}
