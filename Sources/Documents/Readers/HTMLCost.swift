/// Refuses pages whose tags hold so many attributes that the parser, which compares each with all before it, would take
/// minutes.
///
/// Every place where a tag could begin is walked as libxml2 walks a tag, even inside scripts and comments: the two may
/// disagree on what is mark-up, but never so that a costly tag is missed.
struct HTMLCost {
    private let limits: DocumentLimits
    private var cost = 0
    private var steps = 0

    /// Checks a page.
    ///
    /// - Throws: `limitExceeded`.
    static func check(_ text: [UInt8], limits: DocumentLimits) throws(DocumentError) {
        var check = HTMLCost(limits: limits)
        let text = text.span
        var index = 0
        while true {
            while index < text.count, text[index] != 0x3C { index &+= 1 }
            index += 1
            guard index < text.count else { break }
            if isNameStart(text[index]) { try check.walkTag(text, at: index) }
        }
    }

    private init(limits: DocumentLimits) {
        self.limits = limits
    }

    private mutating func walkTag(_ text: Span<UInt8>, at start: Int) throws(DocumentError) {
        var index = Self.endOfName(text, start)
        var attributes = 0
        var nameBytes = 0
        while index < text.count, text[index] != 0x3E {
            let name = index
            index = Self.endOfName(text, name)
            if index > name {
                attributes += 1
                nameBytes += index - name
                index = Self.endOfValue(text, index)
            } else {
                index = Self.endOfBogus(text, index)
            }
        }
        cost += attributes * nameBytes
        // Unclosed tags make every walk a long one: the steps count too.
        steps += index - start
        guard cost <= limits.markupCostMax, steps <= limits.markupCostMax else {
            throw .limitExceeded(.markupCost, maximum: limits.markupCostMax)
        }
    }

    private static func isNameStart(_ byte: UInt8) -> Bool {
        (0x61...0x7A).contains(byte | 0x20) || byte == 0x5F || byte == 0x3A || byte == 0x2E
    }

    private static func endOfName(_ text: Span<UInt8>, _ start: Int) -> Int {
        guard start < text.count, isNameStart(text[start]) else { return start }
        // The parser cuts names off after a hundred bytes and takes the rest for another.
        let end = min(text.count, start + 100)
        var index = start + 1
        while index < end, isNameStart(text[index]) || (0x2D...0x39).contains(text[index]) { index &+= 1 }
        return index
    }

    /// The end of `= value` behind a name, with or without quotes; the name's end where no `=` follows.
    private static func endOfValue(_ text: Span<UInt8>, _ start: Int) -> Int {
        var index = skipSpace(text, start)
        guard index < text.count, text[index] == 0x3D else { return index }
        index = skipSpace(text, index + 1)
        guard index < text.count else { return index }
        if text[index] == 0x22 || text[index] == 0x27 {
            let quote = text[index]
            index += 1
            while index < text.count, text[index] != quote { index &+= 1 }
            return index + 1
        }
        while index < text.count, text[index] > 0x20, text[index] != 0x3E { index &+= 1 }
        return index
    }

    /// The end of what is no attribute: the next white space.
    private static func endOfBogus(_ text: Span<UInt8>, _ start: Int) -> Int {
        var index = start
        while index < text.count, text[index] > 0x20, text[index] != 0x3E { index &+= 1 }
        return skipSpace(text, index)
    }

    private static func skipSpace(_ text: Span<UInt8>, _ start: Int) -> Int {
        var index = start
        while index < text.count, text[index] <= 0x20 { index &+= 1 }
        return index
    }
}
