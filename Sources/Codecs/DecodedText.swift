/// Text as UTF-8, and what it took to get there.
public struct DecodedText: Sendable, Hashable {
    /// Well-formed UTF-8 without a byte order mark.
    public let utf8: [UInt8]
    /// The character set that the bytes were read in.
    public let encoding: TextEncoding
    /// How many characters were broken and became U+FFFD.
    public let invalidCount: Int
    /// The offset of the first broken one in the source.
    public let firstInvalidOffset: Int?

    /// How many control characters it holds that are no white space: many of them mean that it is no text.
    public let controlCount: Int

    /// Makes a result; `utf8` must be well-formed.
    init(
        utf8: [UInt8], encoding: TextEncoding, invalidCount: Int = 0, firstInvalidOffset: Int? = nil,
        controlCount: Int? = nil
    ) {
        self.utf8 = utf8
        self.encoding = encoding
        self.invalidCount = invalidCount
        self.firstInvalidOffset = firstInvalidOffset
        self.controlCount = controlCount ?? utf8.count(where: UTF8Validation.isControl)
    }
}

extension DecodedText {
    /// UTF-8 with its broken characters replaced.
    init(repairing bytes: [UInt8], from start: Int, validation: UTF8Validation) {
        var utf8: [UInt8] = []
        utf8.reserveCapacity(bytes.count + 3 * validation.invalidCount)
        var index = start
        while index < bytes.count {
            let length = bytes[index] < 0x80 ? 1 : UTF8Validation.length(bytes, index)
            if length > 0 {
                utf8.append(contentsOf: bytes[index..<index + length])
                index += length
            } else {
                utf8.append(contentsOf: DecodedText.replacement)
                index += UTF8Validation.brokenLength(bytes, index)
            }
        }
        self.init(
            utf8: utf8, encoding: .utf8, invalidCount: validation.invalidCount,
            firstInvalidOffset: validation.firstInvalid, controlCount: validation.controlCount)
    }

    /// U+FFFD.
    static let replacement: [UInt8] = [0xEF, 0xBF, 0xBD]
}
