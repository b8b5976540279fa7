import Documents

/// Cells with spaces between them.
enum SpacedText {
    /// The words of a text: what stands between white space, brackets kept together. O(length).
    static func words(_ bytes: ArraySlice<UInt8>) -> [Range<Int>] {
        let text = bytes.span
        var words: [Word] = []
        words.reserveCapacity(bytes.count / 8)
        var word = Word(start: 0, end: 0)
        var at = 0
        while at < text.count {
            let width = spaceWidth(text, at)
            guard width > 0 else {
                word.depth += bracket(text, at)
                at += Words.step(text[at])
                word.end = min(at, text.count)
                continue
            }
            if word.end > word.start { words.append(word) }
            at += width
            word = Word(start: at, end: at)
        }
        if word.end > word.start { words.append(word) }
        return joined(words, of: bytes)
    }

    /// The bytes before the first white space.
    static func firstWordCount(_ bytes: ArraySlice<UInt8>) -> Int {
        let text = bytes.span
        var end = 0
        while end < text.count, spaceWidth(text, end) == 0 { end += Words.step(text[end]) }
        return min(end, text.count)
    }

    /// Whether some words are figures, or signs for nothing. O(length), up to the last of as many as are asked for.
    static func holdsFigures(_ bytes: ArraySlice<UInt8>, atLeast count: Int) -> Bool {
        let text = bytes.span
        var found = 0
        var start = 0
        while start < text.count {
            var end = start
            while end < text.count, spaceWidth(text, end) == 0 { end += Words.step(text[end]) }
            end = min(end, text.count)
            if end > start, end - start <= figureBytesMax,
                Piece.Content(plain: text.extracting(start..<end)) != nil
                    || CellValue(slice(bytes, start, end)) != .text
            {
                found += 1
                if found == count { return true }
            }
            start = end + (end < text.count ? spaceWidth(text, end) : 0)
        }
        return false
    }

    /// More than most figures take.
    private static let figureBytesMax = 30

    private static func slice(_ bytes: ArraySlice<UInt8>, _ start: Int, _ end: Int) -> ArraySlice<UInt8> {
        bytes[bytes.startIndex + start..<bytes.startIndex + end]
    }

    /// The cells of a table. A label that spaces have cut in two is put together again.
    static func cells(_ bytes: ArraySlice<UInt8>) -> [RunningText.Token] {
        let words = words(bytes)
        let contents = words.map { content(bytes[$0]) }
        var tokens: [RunningText.Token] = []
        tokens.reserveCapacity(words.count)
        var at = 0
        while at < words.count {
            var range = words[at]
            var content = contents[at]
            if content == nil, at + 1 < words.count, contents[at + 1] == nil {
                let both = range.lowerBound..<words[at + 1].upperBound
                content = Self.content(bytes[both])
                if content != nil {
                    range = both
                    at += 1
                }
            }
            let isCell = content != nil || bytes[range].firstOffset(of: stop) == nil
            tokens.append(RunningText.Token(kind: isCell ? .cell : .prose, span: TextSpan(range), content: content))
            at += 1
        }
        return tokens
    }

    /// The label, figure or blank that a word is; nil for any other text.
    static func content(_ bytes: ArraySlice<UInt8>) -> Piece.Content? {
        let content = Piece.Content(plain: bytes.span) ?? Piece.Content(bytes, allowsMisprints: false)
        return content.isText ? nil : content
    }

    /// What stands between white space.
    private struct Word {
        let start: Int
        var end: Int
        /// How many more brackets it opens than it closes.
        var depth = 0
    }

    /// Whether a word is a unit of money, and a digit ends the one before: without it the figure would be another.
    private static func isUnit(_ word: Word, after other: Word, _ bytes: ArraySlice<UInt8>) -> Bool {
        let text = bytes.span
        let last = text[other.end - 1]
        guard word.end - word.start <= 6, last >= UInt8(ascii: "0"), last <= UInt8(ascii: "9") else { return false }
        return units.length(in: text.extracting(word.start..<word.end), at: 0) == word.end - word.start
    }

    private static let units: Words = ["万元", "亿元", "元"]

    /// Whether 件 stands behind every figure of a row, two at least: then it is a part of the cell, and no column.
    private static func areCounted(_ words: [Word], _ bytes: ArraySlice<UInt8>) -> Bool {
        guard words.count <= rowWordsMax, let last = words.last, isCountUnit(last, bytes) else { return false }
        let figures = words.indices.filter { isNumber(words[$0], bytes) }
        return figures.count > 1 && figures.allSatisfy { isCountUnit(words[$0 + 1], bytes) }
    }

    /// More words are no row.
    private static let rowWordsMax = 64

    private static func isNumber(_ word: Word, _ bytes: ArraySlice<UInt8>) -> Bool {
        bytes.span.extracting(word.start..<word.end).allSatisfyDigits
    }

    private static func isCountUnit(_ word: Word, _ bytes: ArraySlice<UInt8>) -> Bool {
        word.end - word.start == countUnit.count && bytes.span.holds(countUnit.span, at: word.start)
    }

    private static let countUnit = Array("件".utf8)
    private static let stop = Array("。".utf8)

    private static func spaceWidth(_ text: Span<UInt8>, _ at: Int) -> Int {
        let byte = text[at]
        if byte <= 0x20 { return 1 }
        guard byte == 0xc2 || byte == 0xe3 || byte == 0xe2 else { return 0 }
        if byte == 0xc2 { return at + 1 < text.count && text[at + 1] == 0xa0 ? 2 : 0 }
        // U+2000…200A, the wide spaces of a page.
        if byte == 0xe2 { return at + 2 < text.count && text[at + 1] == 0x80 && text[at + 2] <= 0x8a ? 3 : 0 }
        return at + 2 < text.count && text[at + 1] == 0x80 && text[at + 2] == 0x80 ? 3 : 0
    }

    /// 1 for an opening bracket, -1 for a closing one.
    private static func bracket(_ text: Span<UInt8>, _ at: Int) -> Int {
        let byte = text[at]
        if byte < 0x80 { return byte == UInt8(ascii: "(") ? 1 : byte == UInt8(ascii: ")") ? -1 : 0 }
        guard byte == 0xef, at + 2 < text.count, text[at + 1] == 0xbc else { return 0 }
        return text[at + 2] == 0x88 ? 1 : text[at + 2] == 0x89 ? -1 : 0
    }

    /// `4（含自然失效 2 件）` is one cell: words are joined until their brackets close, six at most; and so is `3.3 万元`.
    private static func joined(_ words: [Word], of bytes: ArraySlice<UInt8>) -> [Range<Int>] {
        let start = bytes.startIndex
        var joined: [Range<Int>] = []
        joined.reserveCapacity(words.count)
        let areCounted = areCounted(words, bytes)
        var at = 0
        while at < words.count {
            var last = at
            var depth = words[at].depth
            while last + 1 < words.count, last - at < 6, depth > 0 {
                last += 1
                depth += words[last].depth
            }
            if depth > 0 { last = at }
            if last + 1 < words.count, isUnit(words[last + 1], after: words[last], bytes) { last += 1 }
            if areCounted, last + 1 < words.count, isCountUnit(words[last + 1], bytes) { last += 1 }
            joined.append(start + words[at].start..<start + words[last].end)
            at = last + 1
        }
        return joined
    }
}

extension Span<UInt8> {
    /// Whether it holds ASCII digits and nothing else.
    fileprivate var allSatisfyDigits: Bool {
        for index in indices where self[index] < UInt8(ascii: "0") || self[index] > UInt8(ascii: "9") { return false }
        return !isEmpty
    }
}
