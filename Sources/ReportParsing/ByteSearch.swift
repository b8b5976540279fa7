/// Words to be looked for in UTF-8 together, made once.
struct Words: Sendable, ExpressibleByArrayLiteral {
    let patterns: [[UInt8]]
    /// A bit for the first character of each word: most places of a text are passed over at one look.
    private let starts: UInt64
    /// The first word of each kind of first character, and of each word the next one of its kind, in their order.
    private let firstOfKind: [UInt8], nextOfKind: [UInt8]
    /// The words end to end, and where each begins; the last place is where the last one ends.
    private let all: [UInt8]
    private let bounds: [Int]

    init(arrayLiteral words: String...) { self.init(words.map { Array($0.utf8) }) }

    /// The words of both.
    init(_ some: Words, _ others: Words) { self.init(some.patterns + others.patterns) }

    private init(_ patterns: [[UInt8]]) {
        precondition(patterns.count <= Self.countMax, "at most \(Self.countMax) words are looked for together")
        self.patterns = patterns
        all = patterns.flatMap { $0 }
        var bounds = [0]
        var starts: UInt64 = 0
        var first = [UInt8](repeating: Self.none, count: 256)
        var next = [UInt8](repeating: Self.none, count: patterns.count)
        for (index, pattern) in patterns.enumerated().reversed() {
            let kind = Self.kind(pattern.span, 0).kind
            starts |= Self.bit(kind)
            next[index] = first[Int(kind)]
            first[Int(kind)] = UInt8(index)
        }
        for pattern in patterns { bounds.append(bounds[bounds.count - 1] + pattern.count) }
        self.bounds = bounds
        self.starts = starts
        firstOfKind = first
        nextOfKind = next
    }

    private static let countMax = 255
    private static var none: UInt8 { 255 }

    /// The length of the first of the words, in their order, that stands at an offset; none stands at the end.
    @inline(__always)
    func length(in text: Span<UInt8>, at: Int) -> Int? {
        guard at < text.count else { return nil }
        let kind = Self.kind(text, at).kind
        return starts & Self.bit(kind) == 0 ? nil : match(text, at, kind)
    }

    /// The offset of the first place where any of the words stands.
    func firstOffset(in text: Span<UInt8>) -> Int? {
        var at = 0
        while at < text.count {
            let (kind, length) = Self.kind(text, at)
            if starts & Self.bit(kind) != 0, match(text, at, kind) != nil { return at }
            at &+= length
        }
        return nil
    }

    /// How far it is to the next place where a word can stand: words begin where characters do.
    @inline(__always)
    static func step(_ byte: UInt8) -> Int { byte >= 0xe0 && byte < 0xf0 ? 3 : 1 }

    /// Calls for each place where a word stands with the word's number; several words may stand at one place.
    @inline(__always)
    fileprivate func forEach(in text: Span<UInt8>, _ body: (Int) -> Void) {
        var at = 0
        while at < text.count {
            let (kind, length) = Self.kind(text, at)
            if starts & Self.bit(kind) != 0 {
                var word = firstOfKind[Int(kind)]
                while word != Self.none {
                    if holds(word, text, at) { body(Int(word)) }
                    word = nextOfKind[Int(word)]
                }
            }
            at &+= length
        }
    }

    @inline(__always)
    private func holds(_ word: UInt8, _ text: Span<UInt8>, _ at: Int) -> Bool {
        text.holds(all.span.extracting(bounds[Int(word)]..<bounds[Int(word) + 1]), at: at)
    }

    private func match(_ text: Span<UInt8>, _ at: Int, _ kind: UInt8) -> Int? {
        var word = firstOfKind[Int(kind)]
        while word != Self.none {
            if holds(word, text, at) { return bounds[Int(word) + 1] - bounds[Int(word)] }
            word = nextOfKind[Int(word)]
        }
        return nil
    }

    /// What tells the character at an offset from most others, and how far it is to the next place where a word can stand.
    /// Chinese characters share their first bytes, not the last two.
    @inline(__always)
    private static func kind(_ text: Span<UInt8>, _ at: Int) -> (kind: UInt8, length: Int) {
        let first = text[at]
        guard first >= 0xe0 else { return (first, 1) }
        let length = step(first)
        guard text.count &- at > 2 else { return (first, length) }
        return (text[at &+ 1] << 3 ^ text[at &+ 2], length)
    }

    @inline(__always)
    private static func bit(_ kind: UInt8) -> UInt64 { 1 << UInt64(kind & 63) }
}

/// Groups of words that are looked for together: one pass over a text tells of which groups some word stands in it.
struct WordGroups<Group: RawRepresentable<Int> & CaseIterable & Sendable>: Sendable {
    private let words: Words
    /// The group of each word.
    private let groups: [Group]

    /// Makes the groups of the words that are given for each.
    init(_ wordsOf: (Group) -> Words) {
        words = Group.allCases.reduce([]) { Words($0, wordsOf($1)) }
        groups = Group.allCases.flatMap { group in wordsOf(group).patterns.map { _ in group } }
    }

    /// The groups of which a word stands in a text. O(length).
    func standing(in text: Span<UInt8>) -> EnumSet<Group> {
        var found: EnumSet<Group> = []
        words.forEach(in: text) { found.insert(groups[$0]) }
        return found
    }
}

extension Span<UInt8> {
    /// Whether a pattern stands at an offset.
    @inline(__always)
    func holds(_ pattern: Span<UInt8>, at: Int) -> Bool {
        guard pattern.count <= count &- at else { return false }
        let own = extracting(at..<at &+ pattern.count)
        var offset = 0
        while offset < pattern.count {
            if own[offset] != pattern[offset] { return false }
            offset &+= 1
        }
        return true
    }

    /// Whether it holds the same bytes as another, which it most likely does: all are compared, many at once.
    func isSame(as other: Span<UInt8>) -> Bool {
        guard count == other.count else { return false }
        var difference: UInt8 = 0
        for index in 0..<count { difference |= self[index] ^ other[index] }
        return difference == 0
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
                at &+= Words.step(text[at])
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
