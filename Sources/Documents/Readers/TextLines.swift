/// One line of a plain text that holds text or a separator; empty lines are only counted.
struct TextLine {
    /// The offset of the line's first byte, white space included.
    let start: Int
    /// Its text without the white space around it; empty for a line of tabs alone.
    let text: TextSpan
    /// The number in the source, from 1.
    let number: Int
    /// The empty lines since the line before.
    let emptyLinesBefore: Int
    /// Where its separators stand in ``TextLines/marks``.
    let marks: Range<Int>
    /// The offset after its last byte, the line end excluded.
    let end: Int
    /// Whether one of its separators is a bar.
    let hasBar: Bool
    /// Whether one of its separators is a tab.
    let hasTab: Bool
}

/// The lines of a text and the places of its tabs and bars, found in one pass over the bytes.
struct TextLines {
    private(set) var lines: [TextLine] = []
    /// The offsets of all tabs and bars, in order.
    private(set) var marks: [Int] = []

    private var lineStart = 0
    private var number = 1
    private var emptyLines = 0
    private var firstMark = 0
    private var hasBar = false
    private var hasTab = false

    /// Scans the text.
    ///
    /// - Throws: `limitExceeded` when there are more lines or separators than blocks and cells could come of.
    init(_ text: [UInt8], limits: DocumentLimits) throws(DocumentError) {
        lines.reserveCapacity(text.count / 24 + 1)
        marks.reserveCapacity(text.count / 16 + 1)
        var index = 0
        while true {
            index = TextLines.nextSign(text.span, from: index)
            guard index < text.count else { break }
            let byte = text[index]
            switch byte {
            case 0x0A, 0x0D:
                try endLine(text, at: index, limits)
                if byte == 0x0D, index + 1 < text.count, text[index + 1] == 0x0A { index += 1 }
                lineStart = index + 1
            case 0x09:
                hasTab = true
                try mark(index, limits)
            case 0x7C:
                hasBar = true
                try mark(index, limits)
            default:
                hasBar = true
                try mark(index, limits)
                index += 2
            }
            index += 1
        }
        try endLine(text, at: text.count, limits)
    }

    /// The offset of the next line end, tab, bar or full-width bar; the length of the text where none follows.
    private static func nextSign(_ text: Span<UInt8>, from start: Int) -> Int {
        var index = start
        while index < text.count {
            let byte = text[index]
            if byte >= 0xE3, byte <= 0xE9 {
                // Nearly all of a Chinese text.
                index &+= 3
            } else if byte > 0x7C {
                if byte == 0xEF || byte == 0xE2, TextLines.isWideBar(text, index) { break }
                index &+= byte >= 0xE0 ? 3 : 1
            } else {
                if byte == 0x7C || byte == 0x0A || byte == 0x09 || byte == 0x0D { break }
                index &+= 1
            }
        }
        return min(index, text.count)
    }

    /// The bytes that the bar at an offset takes: 1 for `|`, 3 for the full-width `｜` and the `│` of drawn boxes, 0 where
    /// none stands.
    static func barLength(_ text: [UInt8], _ offset: Int) -> Int {
        text[offset] == 0x7C ? 1 : isWideBar(text.span, offset) ? 3 : 0
    }

    /// Whether `｜`, `│`, `┃` or `║` stands at an offset.
    @inline(__always)
    private static func isWideBar(_ text: Span<UInt8>, _ offset: Int) -> Bool {
        guard offset + 2 < text.count else { return false }
        switch (text[offset], text[offset + 1]) {
        case (0xEF, 0xBD): return text[offset + 2] == 0x9C
        case (0xE2, 0x94): return text[offset + 2] == 0x82 || text[offset + 2] == 0x83
        case (0xE2, 0x95): return text[offset + 2] == 0x91
        default: return false
        }
    }

    private mutating func mark(_ offset: Int, _ limits: DocumentLimits) throws(DocumentError) {
        // Outer bars and indenting tabs make no cells, hence the factor.
        guard marks.count / 2 < limits.cellsMax else {
            throw .limitExceeded(.cells, maximum: limits.cellsMax)
        }
        marks.append(offset)
    }

    private mutating func endLine(_ text: [UInt8], at end: Int, _ limits: DocumentLimits) throws(DocumentError) {
        let trimmed = WhiteSpace.trim(text, lineStart, end)
        if trimmed.isEmpty, firstMark == marks.count {
            emptyLines += 1
        } else {
            guard lines.count < limits.blocksMax + limits.cellsMax else {
                throw .limitExceeded(.blocks, maximum: limits.blocksMax)
            }
            lines.append(
                TextLine(
                    start: lineStart, text: trimmed, number: number, emptyLinesBefore: emptyLines,
                    marks: firstMark..<marks.count, end: end, hasBar: hasBar, hasTab: hasTab))
            emptyLines = 0
        }
        firstMark = marks.count
        hasBar = false
        hasTab = false
        number += 1
    }
}
