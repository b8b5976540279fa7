/// What the reader takes from declarations of style: whether a text is shown, and whether it is a mark beside another.
struct HTMLStyle: Sendable {
    /// Whether `display` is `none`; nil where it is not stated.
    private var isNotDisplayed: Bool?
    /// Whether `visibility` is `hidden`.
    private var isInvisible: Bool?
    /// Whether a line goes through the text.
    private var isStruckOut: Bool?
    /// Whether `font-size` is 0.
    private var isOfNoSize: Bool?
    /// `vertical-align: super` or `sub`, or what Word writes for as much.
    private(set) var shift: TextShift?

    /// Whether the text is not shown, or struck out.
    var isHidden: Bool { isNotDisplayed == true || isInvisible == true || isStruckOut == true || isOfNoSize == true }

    /// Whether only `visibility` hides the text.
    var isOnlyInvisible: Bool {
        isInvisible == true && isNotDisplayed != true && isStruckOut != true && isOfNoSize != true
    }

    /// Whether nothing is stated.
    var isEmpty: Bool {
        isNotDisplayed == nil && isInvisible == nil && isStruckOut == nil && isOfNoSize == nil && shift == nil
    }

    /// Nothing.
    init() {}

    /// Reads the declarations. O(length): each colon is looked at once, with the name before it.
    init(_ style: Span<UInt8>) {
        for colon in style.indices where style[colon] == UInt8(ascii: ":") {
            let value = HTMLStyle.skipSpace(style, from: colon + 1)
            switch HTMLStyle.property(style, before: colon) {
            case .display: isNotDisplayed = HTMLStyle.holds(style, Word.none, at: value)
            case .visibility: isInvisible = HTMLStyle.holds(style, Word.hidden, at: value)
            case .decoration: isStruckOut = HTMLStyle.holdsInValue(style, Word.lineThrough, from: value)
            case .fontSize: isOfNoSize = HTMLStyle.isZero(style, at: value)
            case .verticalAlign where HTMLStyle.holds(style, Word.raised, at: value): shift = .raised
            case .verticalAlign where HTMLStyle.holds(style, Word.lowered, at: value): shift = .lowered
            case .raise where !HTMLStyle.isZero(style, at: value):
                shift = value < style.count && style[value] == UInt8(ascii: "-") ? .lowered : .raised
            case .verticalAlign, .raise, nil: break
            }
        }
    }

    /// Goes over this with what another states.
    mutating func apply(_ other: HTMLStyle) {
        isNotDisplayed = other.isNotDisplayed ?? isNotDisplayed
        isInvisible = other.isInvisible ?? isInvisible
        isStruckOut = other.isStruckOut ?? isStruckOut
        isOfNoSize = other.isOfNoSize ?? isOfNoSize
        shift = other.shift ?? shift
    }

    /// Adds what another hides or shifts, not what it shows.
    mutating func add(marksOf other: HTMLStyle) {
        if other.isNotDisplayed == true { isNotDisplayed = true }
        if other.isInvisible == true { isInvisible = true }
        if other.isStruckOut == true { isStruckOut = true }
        if other.isOfNoSize == true { isOfNoSize = true }
        shift = shift ?? other.shift
    }

    /// What is stated of the same things as in another.
    func limited(to other: HTMLStyle) -> HTMLStyle {
        var style = self
        if other.isNotDisplayed == nil { style.isNotDisplayed = nil }
        if other.isInvisible == nil { style.isInvisible = nil }
        if other.isStruckOut == nil { style.isStruckOut = nil }
        if other.isOfNoSize == nil { style.isOfNoSize = nil }
        return style
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
        static let raise = Array("mso-text-raise".utf8)
    }

    private enum Property {
        case display, visibility, decoration, fontSize, verticalAlign, raise
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
            if ends(style, Word.fontSize, at: end) { return .fontSize }
            if ends(style, Word.raise, at: end) { return .raise }
            return ends(style, Word.decorationLine, at: end) ? .decoration : nil
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

    /// Whether a lower-case word stands in the value that begins at an offset: `underline line-through`.
    private static func holdsInValue(_ style: Span<UInt8>, _ word: [UInt8], from start: Int) -> Bool {
        var index = start
        while index < style.count, style[index] != UInt8(ascii: ";") {
            if holds(style, word, at: index) { return true }
            index += 1
        }
        return false
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
