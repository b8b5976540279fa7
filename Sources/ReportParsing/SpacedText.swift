import Documents

/// Cells with spaces between them.
enum SpacedText {
    /// The words of a text: what stands between white space, brackets kept together. O(length).
    static func words(_ bytes: ArraySlice<UInt8>) -> [Range<Int>] {
        var words: [Range<Int>] = []
        var start: Int?
        var at = bytes.startIndex
        while at < bytes.endIndex {
            let width = spaceWidth(bytes, at)
            if width > 0, let begun = start {
                words.append(begun..<at)
                start = nil
            } else if width == 0, start == nil {
                start = at
            }
            at += max(width, 1)
        }
        if let start { words.append(start..<bytes.endIndex) }
        return joiningBrackets(words, bytes)
    }

    /// The cells of a table. A label that spaces have cut in two is put together again.
    static func cells(_ bytes: ArraySlice<UInt8>) -> [RunningText.Token] {
        let words = words(bytes)
        var tokens: [RunningText.Token] = []
        var at = 0
        while at < words.count {
            var range = words[at]
            if at + 1 < words.count, isCutLabel(bytes, words[at], words[at + 1]) {
                range = range.lowerBound..<words[at + 1].upperBound
                at += 1
            }
            let kind: RunningText.Token.Kind = bytes[range].firstOffset(of: stop) == nil ? .cell : .prose
            tokens.append(RunningText.Token(kind: kind, span: TextSpan(range)))
            at += 1
        }
        return tokens
    }

    private static let stop = Array("。".utf8)

    private static func spaceWidth(_ bytes: ArraySlice<UInt8>, _ at: Int) -> Int {
        if bytes[at] <= 0x20 { return 1 }
        if bytes[at] == 0xc2, at + 1 < bytes.endIndex, bytes[at + 1] == 0xa0 { return 2 }
        return bytes[at] == 0xe3 && bytes[at...].starts(with: [0xe3, 0x80, 0x80]) ? 3 : 0
    }

    /// `4（含自然失效 2 件）` is one cell: words are joined until their brackets close, six at most.
    private static func joiningBrackets(_ words: [Range<Int>], _ bytes: ArraySlice<UInt8>) -> [Range<Int>] {
        var joined: [Range<Int>] = []
        var at = 0
        while at < words.count {
            var last = at
            while last + 1 < words.count, last - at < 6,
                openBrackets(bytes[words[at].lowerBound..<words[last].upperBound])
            {
                last += 1
            }
            let range = words[at].lowerBound..<words[last].upperBound
            if openBrackets(bytes[range]) {
                joined.append(words[at])
                at += 1
            } else {
                joined.append(range)
                at = last + 1
            }
        }
        return joined
    }

    private static func openBrackets(_ bytes: ArraySlice<UInt8>) -> Bool {
        var depth = 0
        var at = bytes.startIndex
        while at < bytes.endIndex {
            if bytes[at] == UInt8(ascii: "(") { depth += 1 }
            if bytes[at] == UInt8(ascii: ")") { depth -= 1 }
            if bytes[at] == 0xef, bytes[at...].starts(with: "（".utf8) { depth += 1 }
            if bytes[at] == 0xef, bytes[at...].starts(with: "）".utf8) { depth -= 1 }
            at += 1
        }
        return depth > 0
    }

    private static func isCutLabel(_ bytes: ArraySlice<UInt8>, _ left: Range<Int>, _ right: Range<Int>) -> Bool {
        func isText(_ range: Range<Int>) -> Bool { Piece.Content(bytes[range], allowsMisprints: false) == .text }
        guard isText(left), isText(right) else { return false }
        return !isText(left.lowerBound..<right.upperBound)
    }
}
