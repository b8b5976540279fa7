/// What the reader takes from a `style` attribute: whether the text is shown, and whether it is a mark beside another.
struct HTMLStyle {
    /// `display: none`, `visibility: hidden`, `font-size: 0` or a line through the text.
    private(set) var isHidden = false
    /// `vertical-align: super` or `sub`.
    private(set) var shift: TextShift?

    /// Reads the declarations. O(length): each colon is looked at once, with the name before it.
    init(_ style: Span<UInt8>) {
        for colon in style.indices where style[colon] == UInt8(ascii: ":") {
            let value = HTMLStyle.skipSpace(style, from: colon + 1)
            switch HTMLStyle.property(style, before: colon) {
            case .display: isHidden = isHidden || HTMLStyle.holds(style, Word.none, at: value)
            case .visibility: isHidden = isHidden || HTMLStyle.holds(style, Word.hidden, at: value)
            case .decoration: isHidden = isHidden || HTMLStyle.holds(style, Word.lineThrough, at: value)
            case .fontSize: isHidden = isHidden || HTMLStyle.isZero(style, at: value)
            case .verticalAlign where HTMLStyle.holds(style, Word.raised, at: value): shift = .raised
            case .verticalAlign where HTMLStyle.holds(style, Word.lowered, at: value): shift = .lowered
            case .verticalAlign, nil: break
            }
        }
    }

    private enum Word {
        static let display = Array("display".utf8)
        static let visibility = Array("visibility".utf8)
        static let fontSize = Array("font-size".utf8)
        static let decorationLine = Array("text-decoration-line".utf8)
        static let decoration = Array("text-decoration".utf8)
        static let verticalAlign = Array("vertical-align".utf8)
        static let none = Array("none".utf8)
        static let hidden = Array("hidden".utf8)
        static let lineThrough = Array("line-through".utf8)
        static let raised = Array("super".utf8)
        static let lowered = Array("sub".utf8)
    }

    private enum Property {
        case display, visibility, decoration, fontSize, verticalAlign
    }

    private static func property(_ style: Span<UInt8>, before colon: Int) -> Property? {
        var end = colon
        while end > 0, style[end - 1] <= 0x20 { end -= 1 }
        // Most names are told from these by their last letter.
        guard end > 0 else { return nil }
        switch style[end - 1] | 0x20 {
        case UInt8(ascii: "y"):
            return ends(style, Word.display, at: end)
                ? .display : ends(style, Word.visibility, at: end) ? .visibility : nil
        case UInt8(ascii: "e"):
            return ends(style, Word.fontSize, at: end)
                ? .fontSize : ends(style, Word.decorationLine, at: end) ? .decoration : nil
        case UInt8(ascii: "n"):
            return ends(style, Word.decoration, at: end)
                ? .decoration : ends(style, Word.verticalAlign, at: end) ? .verticalAlign : nil
        default: return nil
        }
    }

    /// Whether a name, and no longer one, ends at an offset.
    private static func ends(_ style: Span<UInt8>, _ name: [UInt8], at end: Int) -> Bool {
        let start = end - name.count
        guard start >= 0, holds(style, name, at: start) else { return false }
        return start == 0 || style[start - 1] <= 0x20 || style[start - 1] == UInt8(ascii: ";")
    }

    /// Whether a lower-case word stands at an offset, in any case.
    private static func holds(_ style: Span<UInt8>, _ word: [UInt8], at start: Int) -> Bool {
        guard start + word.count <= style.count else { return false }
        for index in word.indices where style[start + index] | 0x20 != word[index] { return false }
        return true
    }

    /// `0`, `0px`, `0.0pt`; not `0.5em`.
    private static func isZero(_ style: Span<UInt8>, at start: Int) -> Bool {
        var index = start
        while index < style.count, style[index] == UInt8(ascii: "0") || style[index] == UInt8(ascii: ".") { index += 1 }
        return index > start && (index == style.count || !(0x31...0x39).contains(style[index]))
    }

    private static func skipSpace(_ style: Span<UInt8>, from start: Int) -> Int {
        var index = start
        while index < style.count, style[index] <= 0x20 { index += 1 }
        return index
    }
}
