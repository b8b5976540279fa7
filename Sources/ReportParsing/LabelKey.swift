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
    let text: [UInt8]
    /// The number before it, if any.
    let ordinal: Ordinal?

    /// Makes the key of a folded text. O(length).
    init(folded: [UInt8]) {
        let (ordinal, length) = Self.ordinal(folded)
        self.ordinal = ordinal
        text = Self.withoutPunctuation(folded[length...])
    }

    /// Makes the key of a label known from the forms.
    init(_ label: String) {
        self.init(folded: Normalization.fold(label.utf8))
    }

    /// The number of Chinese characters, letters and digits.
    var characterCount: Int {
        text.count { $0 & 0xc0 != 0x80 }
    }

    private static let numerals: [[UInt8]: Int] = {
        let names = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"]
        return Dictionary(uniqueKeysWithValues: zip(names.map { Array($0.utf8) }, 1...))
    }()

    /// The ordinal that a folded text begins with, and its length in bytes.
    private static func ordinal(_ bytes: [UInt8]) -> (Ordinal?, Int) {
        let isParenthesised = bytes.first == UInt8(ascii: "(")
        let start = isParenthesised ? 1 : 0
        if bytes.count >= start + 3, let number = numerals[Array(bytes[start..<start + 3])] {
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
        _ bytes: [UInt8], _ number: Int, isParenthesised: Bool, after at: Int
    ) -> (Ordinal?, Int) {
        if isParenthesised {
            return at < bytes.count && bytes[at] == UInt8(ascii: ")") ? (.group(number), at + 1) : (nil, 0)
        }
        let length = separatorLength(bytes, at)
        return length > 0 ? (.chapter(number), at + length) : (nil, 0)
    }

    /// The length of a full stop, comma or 、 at an offset; 0 for anything else.
    private static func separatorLength(_ bytes: [UInt8], _ at: Int) -> Int {
        guard at < bytes.count else { return 0 }
        if bytes[at] == UInt8(ascii: ".") || bytes[at] == UInt8(ascii: ",") { return 1 }
        return bytes[at...].starts(with: "、".utf8) ? 3 : 0
    }

    /// A text without white space and punctuation, its ordinal kept.
    static func plain(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        withoutPunctuation(Normalization.fold(bytes)[...])
    }

    private static func withoutPunctuation(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        var kept: [UInt8] = []
        kept.reserveCapacity(bytes.count)
        var parser = UTF8.ForwardParser(bytes)
        while let scalar = parser.next() {
            if !isPunctuation(scalar) { Normalization.append(scalar, to: &kept) }
        }
        return kept
    }

    private static func isPunctuation(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0x21...0x2f, 0x3a...0x40, 0x5b...0x60, 0x7b...0x7e, 0xb7, 0x2010...0x2027, 0x2030...0x205e,
            0x3001...0x3003, 0x3008...0x3011, 0x3014...0x301f, 0x30fb:
            true
        default: false
        }
    }
}
