/// Words to be looked for in UTF-8, made once.
struct Words: Sendable, ExpressibleByArrayLiteral {
    let patterns: [[UInt8]]

    init(arrayLiteral words: String...) {
        patterns = words.map { Array($0.utf8) }
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

    /// Whether any of some words stands in the text. O(length × words).
    func contains(_ words: Words) -> Bool {
        words.patterns.contains { firstOffset(of: $0) != nil }
    }

    /// The pieces between separators, empty ones left out. O(length × separators).
    func split(atAny separators: Words) -> [ArraySlice<UInt8>] {
        var pieces: [ArraySlice<UInt8>] = []
        var start = startIndex
        var at = startIndex
        while at < endIndex {
            guard let length = separators.patterns.first(where: { self[at...].starts(with: $0) })?.count else {
                at += 1
                continue
            }
            if at > start { pieces.append(self[start..<at]) }
            at += length
            start = at
        }
        if endIndex > start { pieces.append(self[start..<endIndex]) }
        return pieces
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
