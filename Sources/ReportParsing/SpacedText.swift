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
        return joiningBrackets(words, from: bytes.startIndex)
    }

    /// The cells of a table. A label that spaces have cut in two is put together again.
    static func cells(_ bytes: ArraySlice<UInt8>) -> [RunningText.Token] {
        let words = words(bytes)
        let isText = words.map { Self.isText(bytes[$0]) }
        var tokens: [RunningText.Token] = []
        tokens.reserveCapacity(words.count)
        var at = 0
        while at < words.count {
            var range = words[at]
            if at + 1 < words.count, isText[at], isText[at + 1] {
                let both = range.lowerBound..<words[at + 1].upperBound
                if !Self.isText(bytes[both]) {
                    range = both
                    at += 1
                }
            }
            let kind: RunningText.Token.Kind = bytes[range].firstOffset(of: stop) == nil ? .cell : .prose
            tokens.append(RunningText.Token(kind: kind, span: TextSpan(range)))
            at += 1
        }
        return tokens
    }

    private static func isText(_ bytes: ArraySlice<UInt8>) -> Bool {
        Piece.Content(bytes, allowsMisprints: false).isText
    }

    /// What stands between white space.
    private struct Word {
        let start: Int
        var end: Int
        /// How many more brackets it opens than it closes.
        var depth = 0
    }

    private static let stop = Array("。".utf8)

    private static func spaceWidth(_ text: Span<UInt8>, _ at: Int) -> Int {
        let byte = text[at]
        if byte <= 0x20 { return 1 }
        guard byte == 0xc2 || byte == 0xe3 else { return 0 }
        if byte == 0xc2 { return at + 1 < text.count && text[at + 1] == 0xa0 ? 2 : 0 }
        return at + 2 < text.count && text[at + 1] == 0x80 && text[at + 2] == 0x80 ? 3 : 0
    }

    /// 1 for an opening bracket, -1 for a closing one.
    private static func bracket(_ text: Span<UInt8>, _ at: Int) -> Int {
        let byte = text[at]
        if byte < 0x80 { return byte == UInt8(ascii: "(") ? 1 : byte == UInt8(ascii: ")") ? -1 : 0 }
        guard byte == 0xef, at + 2 < text.count, text[at + 1] == 0xbc else { return 0 }
        return text[at + 2] == 0x88 ? 1 : text[at + 2] == 0x89 ? -1 : 0
    }

    /// `4（含自然失效 2 件）` is one cell: words are joined until their brackets close, six at most.
    private static func joiningBrackets(_ words: [Word], from start: Int) -> [Range<Int>] {
        var joined: [Range<Int>] = []
        joined.reserveCapacity(words.count)
        var at = 0
        while at < words.count {
            var last = at
            var depth = words[at].depth
            while last + 1 < words.count, last - at < 6, depth > 0 {
                last += 1
                depth += words[last].depth
            }
            if depth > 0 { last = at }
            joined.append(start + words[at].start..<start + words[last].end)
            at = last + 1
        }
        return joined
    }
}
