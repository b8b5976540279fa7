/// Writes JSON (RFC 8259) into a byte buffer, without white space, members in the order of the calls.
///
/// Commas are put where they belong; the caller closes what it opens.
public struct JSONWriter: Sendable {
    /// What has been written so far.
    public private(set) var bytes: [UInt8] = []
    private var needsComma = false

    /// Makes a writer that holds room for a number of bytes.
    public init(reserving capacity: Int = 4096) {
        bytes.reserveCapacity(capacity)
    }

    /// Opens an object: `{`.
    public mutating func beginObject() { open(UInt8(ascii: "{")) }
    /// Closes an object: `}`.
    public mutating func endObject() { close(UInt8(ascii: "}")) }
    /// Opens an array: `[`.
    public mutating func beginArray() { open(UInt8(ascii: "[")) }
    /// Closes an array: `]`.
    public mutating func endArray() { close(UInt8(ascii: "]")) }

    /// Writes a member's name and its colon.
    public mutating func key(_ name: String) {
        separate()
        bytes.appendQuoted(name.utf8, before: UInt8(ascii: ":"))
        needsComma = false
    }

    /// Writes a string, or null.
    public mutating func string(_ value: String?) {
        guard let value else { return null() }
        separate()
        bytes.appendQuoted(value.utf8)
    }

    /// Writes a time in seconds since 1970 as ``CivilDate/timestamp(_:)`` does.
    public mutating func timestamp(_ seconds: Int64) {
        separate()
        bytes.append(UInt8(ascii: "\""))
        CivilDate.append(timestamp: seconds, to: &bytes)
        bytes.append(UInt8(ascii: "\""))
    }

    /// Writes a whole number, or null.
    public mutating func integer(_ value: Int?) {
        guard let value else { return null() }
        guard 0...9 ~= value else { return raw(String(value).utf8) }
        // Most of a report's figures.
        separate()
        bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: value))
    }

    /// Writes a number in its shortest form that reads back the same, or null; infinities and NaN are null.
    public mutating func double(_ value: Double?) {
        guard let value, value.isFinite else { return null() }
        raw("\(value)".utf8)
    }

    /// Writes a number as ``double(_:)`` does, but whole ones without a fraction.
    public mutating func number(_ value: Double?) {
        guard let whole = value.flatMap({ Int(exactly: $0) }) else { return double(value) }
        integer(whole)
    }

    /// Writes true or false.
    public mutating func boolean(_ value: Bool) {
        raw((value ? "true" : "false").utf8)
    }

    /// Writes null.
    public mutating func null() { raw("null".utf8) }

    /// Writes a value that is JSON already.
    public mutating func raw(_ json: some Sequence<UInt8>) {
        separate()
        bytes.append(contentsOf: json)
    }

    /// Writes a value that is JSON already, in two pieces.
    mutating func raw(_ json: [UInt8], _ end: [UInt8]) {
        separate()
        bytes.append(contentsOf: json)
        bytes.append(contentsOf: end)
    }

    /// Writes bytes as a string of lower-case hexadecimal digits.
    mutating func hexadecimal(_ value: [UInt8]) {
        separate()
        let digits = Self.hexDigits.span
        bytes.append(addingCapacity: 2 * value.count + 2) { output in
            output.append(UInt8(ascii: "\""))
            for byte in value {
                output.append(digits[Int(byte >> 4)])
                output.append(digits[Int(byte & 15)])
            }
            output.append(UInt8(ascii: "\""))
        }
    }

    static let hexDigits = Array("0123456789abcdef".utf8)

    /// Makes room for more bytes.
    mutating func reserve(_ count: Int) {
        guard bytes.capacity < bytes.count + count else { return }
        bytes.reserveCapacity(max(bytes.count + count, 2 * bytes.capacity))
    }

    /// Writes what stands before a value: `{"name":`.
    mutating func part(_ json: [UInt8]) {
        bytes.append(contentsOf: json)
        needsComma = false
    }

    /// Ends a value that was written in parts.
    mutating func endParts() {
        needsComma = true
    }

    private mutating func separate() {
        if needsComma { bytes.append(UInt8(ascii: ",")) }
        needsComma = true
    }

    private mutating func open(_ bracket: UInt8) {
        separate()
        bytes.append(bracket)
        needsComma = false
    }

    private mutating func close(_ bracket: UInt8) {
        bytes.append(bracket)
        needsComma = true
    }

}

extension JSONWriter {
    /// Writes a member whose value is a string or null.
    public mutating func member(_ name: String, _ value: String?) {
        key(name)
        string(value)
    }

    /// Writes a member whose value is a whole number or null.
    public mutating func member(_ name: String, _ value: Int?) {
        key(name)
        integer(value)
    }

    /// Writes a member whose value is an object that `content` fills.
    public mutating func object(_ name: String, _ content: (inout JSONWriter) -> Void) {
        key(name)
        beginObject()
        content(&self)
        endObject()
    }

    /// Writes a member whose value is an array that `content` fills.
    public mutating func array(_ name: String, _ content: (inout JSONWriter) -> Void) {
        key(name)
        beginArray()
        content(&self)
        endArray()
    }
}

extension [UInt8] {
    /// Adds a text as a JSON string, and a byte behind it.
    fileprivate mutating func appendQuoted(_ text: String.UTF8View, before end: UInt8? = nil) {
        let text = text.span
        var index = 0
        append(addingCapacity: text.count + 3) { output in
            output.append(UInt8(ascii: "\""))
            // Few texts have a sign that cannot stand as it is.
            while index < text.count, !Self.isEscaped(text[index]) {
                output.append(text[index])
                index += 1
            }
            guard index == text.count else { return }
            output.append(UInt8(ascii: "\""))
            if let end { output.append(end) }
        }
        guard index < text.count else { return }
        while index < text.count {
            appendEscaped(text[index])
            index += 1
        }
        append(UInt8(ascii: "\""))
        if let end { append(end) }
    }

    private static func isEscaped(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
    }

    private mutating func appendEscaped(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"):
            append(UInt8(ascii: "\\"))
            append(byte)
        case 0x0a: append(contentsOf: "\\n".utf8)
        case 0..<0x20:
            append(contentsOf: "\\u00".utf8)
            append(JSONWriter.hexDigits[Int(byte >> 4)])
            append(JSONWriter.hexDigits[Int(byte & 15)])
        default: append(byte)
        }
    }
}
