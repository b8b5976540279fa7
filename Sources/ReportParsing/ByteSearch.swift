/// Words to be looked for in UTF-8 together, made once.
struct Words: Sendable, ExpressibleByArrayLiteral {
    let patterns: [[UInt8]]
    /// A bit for the first character of each word: most places of a text are passed over at one look.
    private let starts: UInt64
    /// The words end to end, and where each ends.
    private let all: [UInt8]
    private let ends: [Int]

    init(arrayLiteral words: String...) { self.init(words.map { Array($0.utf8) }) }

    /// The words of both.
    init(_ some: Words, _ others: Words) { self.init(some.patterns + others.patterns) }

    private init(_ patterns: [[UInt8]]) {
        self.patterns = patterns
        all = patterns.flatMap { $0 }
        var ends: [Int] = []
        var starts: UInt64 = 0
        for pattern in patterns {
            starts |= Self.bit(pattern.span, 0)
            ends.append((ends.last ?? 0) + pattern.count)
        }
        self.ends = ends
        self.starts = starts
    }

    /// The length of the first of the words, in their order, that stands at an offset; none stands at the end.
    @inline(__always)
    func length(in text: Span<UInt8>, at: Int) -> Int? {
        at >= text.count || starts & Self.bit(text, at) == 0 ? nil : match(text, at)
    }

    /// The offset of the first place where any of the words stands.
    func firstOffset(in text: Span<UInt8>) -> Int? {
        var at = 0
        while at < text.count {
            if starts & Self.bit(text, at) != 0, match(text, at) != nil { return at }
            at += Self.step(text[at])
        }
        return nil
    }

    /// How far it is to the next place where a word can stand: words begin where characters do.
    @inline(__always)
    static func step(_ byte: UInt8) -> Int { byte >= 0xe0 && byte < 0xf0 ? 3 : 1 }

    private func match(_ text: Span<UInt8>, _ at: Int) -> Int? {
        let all = all.span
        var start = 0
        for end in ends {
            if text.holds(all.extracting(start..<end), at: at) { return end - start }
            start = end
        }
        return nil
    }

    /// The character at an offset as one bit of 64. Chinese characters share their first bytes, not the last two.
    @inline(__always)
    private static func bit(_ text: Span<UInt8>, _ at: Int) -> UInt64 {
        let first = text[at]
        guard first >= 0xe0, at + 2 < text.count else { return 1 << UInt64(first & 63) }
        return 1 << UInt64((text[at + 1] << 3 ^ text[at + 2]) & 63)
    }
}

extension Span<UInt8> {
    /// Whether a pattern stands at an offset.
    @inline(__always)
    func holds(_ pattern: Span<UInt8>, at: Int) -> Bool {
        guard pattern.count <= count - at else { return false }
        var offset = 0
        while offset < pattern.count {
            if self[at + offset] != pattern[offset] { return false }
            offset += 1
        }
        return true
    }
}

extension ArraySlice<UInt8> {
    /// The offset of the first place where a pattern stands. O(length).
    func firstOffset(of pattern: [UInt8]) -> Int? {
        guard count >= pattern.count, pattern.count >= 1 else { return nil }
        let text = span
        let first = pattern[0]
        // Chinese characters share their first bytes; the last one tells them apart sooner.
        let tail = pattern.count - 1
        let last = pattern[tail]
        var at = 0
        let end = text.count - tail
        while at < end {
            if text[at + tail] == last, text[at] == first, matches(pattern, at) { return startIndex + at }
            at += 1
        }
        return nil
    }

    private func matches(_ pattern: [UInt8], _ at: Int) -> Bool {
        let text = span
        var offset = 1
        while offset < pattern.count - 1 {
            if text[at + offset] != pattern[offset] { return false }
            offset += 1
        }
        return true
    }

    /// The offset of the last place where a pattern stands. O(length).
    func lastOffset(of pattern: [UInt8]) -> Int? {
        var found: Int?
        var rest = self
        while let at = rest.firstOffset(of: pattern) {
            found = at
            rest = rest[(at + pattern.count)...]
        }
        return found
    }

    /// Whether any of some words stands in the text. O(length), in one pass for all of them.
    func contains(_ words: Words) -> Bool {
        firstOffset(ofAny: words) != nil
    }

    /// The offset of the first place where any of some words stands. O(length), in one pass for all of them.
    func firstOffset(ofAny words: Words) -> Int? {
        words.firstOffset(in: span).map { startIndex + $0 }
    }

    /// The length of the first of some words that stands at an offset.
    func length(ofWordIn words: Words, at offset: Int) -> Int? {
        words.length(in: span, at: offset - startIndex)
    }

    /// The pieces between separators, empty ones left out. O(length).
    func split(atAny separators: Words) -> [ArraySlice<UInt8>] {
        let text = span
        var pieces: [ArraySlice<UInt8>] = []
        var start = 0
        var at = 0
        while at < text.count {
            guard let length = separators.length(in: text, at: at) else {
                at += Words.step(text[at])
                continue
            }
            if at > start { pieces.append(self[startIndex + start..<startIndex + at]) }
            at += length
            start = at
        }
        if text.count > start { pieces.append(self[startIndex + start..<endIndex]) }
        return pieces
    }

    /// The number of Unicode scalars.
    var characterCount: Int {
        count { $0 & 0xc0 != 0x80 }
    }

    /// Whether the text ends with a pattern.
    func ends(with pattern: [UInt8]) -> Bool {
        count >= pattern.count && span.holds(pattern.span, at: count - pattern.count)
    }

    /// The text without some marks, each a character, at its ends.
    func trimming(_ marks: Words) -> ArraySlice<UInt8> {
        var text = self
        while let length = text.length(ofWordIn: marks, at: text.startIndex) { text.removeFirst(length) }
        while let mark = marks.patterns.first(where: { text.ends(with: $0) }) { text.removeLast(mark.count) }
        return text
    }

    /// The range without ASCII white space and U+3000 at its ends.
    var trimmedRange: Range<Int> {
        var start = startIndex
        var end = endIndex
        while start < end {
            if self[start] <= 0x20 {
                start += 1
            } else if self[start..<end].starts(with: [0xe3, 0x80, 0x80]) {
                start += 3
            } else {
                break
            }
        }
        while end > start {
            if self[end - 1] <= 0x20 {
                end -= 1
            } else if end - start >= 3, self[end - 3..<end].elementsEqual([0xe3, 0x80, 0x80]) {
                end -= 3
            } else {
                break
            }
        }
        return start..<end
    }
}

extension UInt8 {
    /// Whether it is an ASCII digit.
    var isDigit: Bool { self >= UInt8(ascii: "0") && self <= UInt8(ascii: "9") }
}
