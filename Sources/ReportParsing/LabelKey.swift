/// A label as it is compared: folded, without its ordinal and without punctuation.
struct LabelKey: Sendable, Hashable {
    /// The number before a label.
    enum Ordinal: Sendable, Hashable {
        /// `一、`
        case chapter(Int)
        /// `（一）`
        case group(Int)
        /// `1.`, `1、`
        case item(Int)
    }

    /// The letters, Chinese characters and digits of the label.
    let text: ArraySlice<UInt8>
    /// The number before it, if any.
    let ordinal: Ordinal?

    /// The key of a folded text. O(length).
    static func of(_ folded: ArraySlice<UInt8>) -> LabelKey {
        let (ordinal, length) = ordinal(folded.span)
        return LabelKey(text: withoutPunctuation(folded, from: length), ordinal: ordinal)
    }

    private init(text: ArraySlice<UInt8>, ordinal: Ordinal?) {
        self.text = text
        self.ordinal = ordinal
    }

    /// Makes the key of a label known from the forms.
    init(_ label: String) {
        self = Self.of(Normalization.fold(Array(label.utf8)[...]))
    }

    /// The number of Chinese characters, letters and digits.
    var characterCount: Int {
        text.characterCount
    }

    /// The number that a Chinese numeral up to 十 at an offset stands for.
    private static func numeral(_ bytes: Span<UInt8>, _ at: Int) -> Int? {
        guard at + 3 <= bytes.count, bytes[at] >= 0xe4, bytes[at] <= 0xe5 else { return nil }
        switch Unicode.Scalar(UTF8.decode(bytes, at, bytes.count).scalar) {
        case "一": return 1
        case "二": return 2
        case "三": return 3
        case "四": return 4
        case "五": return 5
        case "六": return 6
        case "七": return 7
        case "八": return 8
        case "九": return 9
        case "十": return 10
        default: return nil
        }
    }

    private static let comma = Array("、".utf8)

    /// The ordinal that a folded text begins with, and its length in bytes.
    static func ordinal(_ bytes: Span<UInt8>) -> (Ordinal?, length: Int) {
        guard !bytes.isEmpty else { return (nil, 0) }
        let isParenthesised = bytes[0] == UInt8(ascii: "(")
        let start = isParenthesised ? 1 : 0
        if let number = numeral(bytes, start) {
            return chineseOrdinal(bytes, number, isParenthesised: isParenthesised, after: start + 3)
        }
        var at = start
        var number = 0
        while at < bytes.count, at < start + 2, UInt8(ascii: "0")...UInt8(ascii: "9") ~= bytes[at] {
            number = number * 10 + Int(bytes[at] - UInt8(ascii: "0"))
            at += 1
        }
        guard at > start else { return (nil, 0) }
        if isParenthesised {
            return at < bytes.count && bytes[at] == UInt8(ascii: ")") ? (.item(number), at + 1) : (nil, 0)
        }
        let length = separatorLength(bytes, at)
        // A point between digits is a number, not an ordinal.
        let next = at + length
        let isNumber = next < bytes.count && UInt8(ascii: "0")...UInt8(ascii: "9") ~= bytes[next]
        return length > 0 && !isNumber ? (.item(number), next) : (nil, 0)
    }

    private static func chineseOrdinal(
        _ bytes: Span<UInt8>, _ number: Int, isParenthesised: Bool, after at: Int
    ) -> (Ordinal?, length: Int) {
        if isParenthesised {
            return at < bytes.count && bytes[at] == UInt8(ascii: ")") ? (.group(number), at + 1) : (nil, 0)
        }
        let length = separatorLength(bytes, at)
        return length > 0 ? (.chapter(number), at + length) : (nil, 0)
    }

    /// The length of a full stop, comma or 、 at an offset; 0 for anything else.
    private static func separatorLength(_ bytes: Span<UInt8>, _ at: Int) -> Int {
        guard at < bytes.count else { return 0 }
        if bytes[at] == UInt8(ascii: ".") || bytes[at] == UInt8(ascii: ",") { return 1 }
        return bytes[at] == comma[0] && bytes.holds(comma.span, at: at) ? 3 : 0
    }

    /// Where the words of a folded text begin, behind its ordinal and the punctuation there.
    static func start(_ folded: Span<UInt8>) -> (ordinal: Ordinal?, start: Int) {
        let (ordinal, length) = ordinal(folded)
        return (ordinal, wordStart(folded, length))
    }

    private static func wordStart(_ text: Span<UInt8>, _ offset: Int) -> Int {
        var start = offset
        while start < text.count, case let length = punctuationLength(text, start), length > 0 { start += length }
        return start
    }

    private static func wordEnd(_ text: Span<UInt8>, _ offset: Int) -> Int {
        var end = offset
        while end < text.count {
            let byte = text[end]
            // Nearly all Chinese characters.
            if byte >= 0xe4, byte <= 0xe9 {
                end += 3
                continue
            }
            guard punctuationLength(text, end) == 0 else { break }
            end += GluedText.width(byte)
        }
        return end
    }

    /// A folded text from an offset on, without its punctuation; one that has it at its beginning or nowhere is not
    /// copied.
    static func withoutPunctuation(_ bytes: ArraySlice<UInt8>, from offset: Int = 0) -> ArraySlice<UInt8> {
        let text = bytes.span
        var start = wordStart(text, offset)
        var end = wordEnd(text, start)
        if end >= text.count { return bytes[(bytes.startIndex + start)...] }
        var copied: [UInt8] = []
        copied.reserveCapacity(text.count - start)
        while start < text.count {
            copied += bytes[bytes.startIndex + start..<bytes.startIndex + min(end, text.count)]
            start = wordStart(text, end)
            end = wordEnd(text, start)
        }
        return copied[...]
    }

    /// Whether a punctuation mark stands at an offset of a text as printed, full-width or not.
    static func isPunctuation(_ text: Span<UInt8>, _ at: Int) -> Bool {
        if let ascii = Normalization.fullWidth(text, at) { return isASCIIPunctuation(ascii) }
        return punctuationLength(text, at) > 0
    }

    /// The bytes of the punctuation mark at an offset; 0 for anything else.
    @inline(__always)
    private static func punctuationLength(_ text: Span<UInt8>, _ at: Int) -> Int {
        let byte = text[at]
        if byte < 0x80 { return isASCIIPunctuation(byte) ? 1 : 0 }
        // Nearly all Chinese characters leave here.
        guard byte == 0xe3 || byte == 0xe2 || byte == 0xc2 else { return 0 }
        if byte == 0xc2 {
            // · and the raised numbers of notes.
            guard at + 1 < text.count else { return 0 }
            return text[at + 1] == 0xb7 || isRaisedLatin(text[at + 1]) ? 2 : 0
        }
        guard at + 2 < text.count else { return 0 }
        return isWidePunctuation(byte, text[at + 1], text[at + 2]) ? 3 : 0
    }

    /// The second byte of ¹, ² or ³.
    private static func isRaisedLatin(_ byte: UInt8) -> Bool { byte == 0xb9 || byte == 0xb2 || byte == 0xb3 }

    private static func isASCIIPunctuation(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x21...0x2f, 0x3a...0x40, 0x5b...0x60, 0x7b...0x7e: true
        default: false
        }
    }

    private static func isWidePunctuation(_ first: UInt8, _ second: UInt8, _ third: UInt8) -> Bool {
        switch (first, second) {
        case (0xe2, 0x80): third >= 0x90 && third <= 0xa7 || third >= 0xb0  // U+2010…2027, 2030…203F
        case (0xe2, 0x81): third <= 0x9e || third >= 0xb0  // U+2040…205E, 2070…207F
        case (0xe2, 0x82): third <= 0x8e  // U+2080…208E
        case (0xe3, 0x80):
            (0x81...0x83).contains(third) || (0x88...0x91).contains(third) || (0x94...0x9f).contains(third)
        case (0xe3, 0x83): third == 0xbb  // U+30FB
        default: false
        }
    }
}
