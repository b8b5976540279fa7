/// What the reader needs of a paragraph's or run's style.
struct WordStyle: Sendable {
    /// The heading level, from 1.
    var headingLevel: Int?
    /// The list that paragraphs of the style are numbered in.
    var list: WordListItem?
    /// Whether text of the style is hidden.
    var isHidden = false
    /// Whether text of the style is struck through; nil where that is not stated.
    var isStruckOut: Bool?
    /// Whether text of the style stands above or below the line.
    var shift: TextShift?
    fileprivate var name = ""
    fileprivate var basedOn: String?
    fileprivate var outlineLevel: Int?
}

/// The styles of a Word document by their ids, what they inherit included.
struct WordStyles: Sendable {
    private let styles: [String: WordStyle]

    /// Reads `word/styles.xml`; without it no style means anything.
    init(_ part: [UInt8]?, limits: DocumentLimits) throws(DocumentError) {
        guard let part else {
            styles = [:]
            return
        }
        let stated = try OfficeXML.parse(part, part: "word/styles.xml", WordStylesReader(), limits: limits).styles
        let own = stated.mapValues { style in
            var style = style
            style.headingLevel = style.ownHeadingLevel
            return style
        }
        styles = own.mapValues { WordStyles.inheriting($0, own) }
    }

    /// A style with what it inherits; nil for an unknown one.
    subscript(id: String) -> WordStyle? { styles[id] }

    private static func inheriting(_ style: WordStyle, _ styles: [String: WordStyle]) -> WordStyle {
        var style = style
        var next = style.basedOn
        // A chain of more than a few styles is a loop.
        for _ in 0..<16 {
            guard let id = next, let base = styles[id] else { break }
            style.headingLevel = style.headingLevel ?? base.headingLevel
            style.list = style.list ?? base.list
            style.isHidden = style.isHidden || base.isHidden
            style.isStruckOut = style.isStruckOut ?? base.isStruckOut
            style.shift = style.shift ?? base.shift
            next = base.basedOn
        }
        return style
    }
}

extension WordStyle {
    /// The level by the outline, else by the name that Word gives its headings in every language.
    fileprivate var ownHeadingLevel: Int? {
        if let outlineLevel { return outlineLevel < 9 ? outlineLevel + 1 : nil }
        let name = name.lowercased().filter { !$0.isWhitespace }
        if name == "title" || name == "标题" { return 1 }
        for prefix in ["heading", "标题"] where name.hasPrefix(prefix) {
            if let level = Int(name.dropFirst(prefix.count)), 1...9 ~= level { return level }
        }
        return nil
    }
}

private struct WordStylesReader: OfficeHandler {
    private(set) var styles: [String: WordStyle] = [:]
    private var id: String?
    private var style = WordStyle()

    mutating func start(_ element: OfficeElement, _ attributes: OfficeAttributes) {
        switch element {
        case .style:
            id = attributes["styleId"]
            style = WordStyle()
        case .name: style.name = attributes["val"] ?? ""
        case .basedOn: style.basedOn = attributes["val"]
        case .outlineLvl: style.outlineLevel = attributes.number("val")
        case .numId:
            style.list = WordListItem(list: attributes.number("val") ?? 0, level: style.list?.statedLevel)
        case .ilvl: style.list = WordListItem(list: style.list?.list ?? 0, level: attributes.number("val"))
        case .vanish: style.isHidden = attributes.isOn
        case .strike, .dstrike: style.isStruckOut = style.isStruckOut == true || attributes.isOn
        case .vertAlign: style.shift = TextShift(word: attributes["val"])
        default: break
        }
    }

    mutating func end(_ element: OfficeElement) {
        guard element == .style, let id else { return }
        styles[id] = style
        self.id = nil
    }

    mutating func characters(_ characters: Span<UInt8>) {}
}
