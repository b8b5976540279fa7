/// Where a paragraph stands in a list.
struct WordListItem: Sendable, Hashable {
    /// The list (`numId`); 0 means that the paragraph is not numbered, whatever its style says.
    var list: Int
    /// The level as stated.
    var statedLevel: Int?

    init(list: Int, level: Int?) {
        self.list = list
        statedLevel = level
    }

    /// The level, from 0.
    var level: Int { min(max(statedLevel ?? 0, 0), WordNumbering.levelsMax - 1) }
}

/// The lists of a Word document, and how far each has been counted.
struct WordNumbering: Sendable {
    static let levelsMax = 9

    /// One level of a list.
    struct Level: Sendable {
        var start = 1
        var format = OrdinalFormat.decimal
        /// What is printed, `%1` standing for the count of the first level.
        var text = ""
        var isLegal = false
        var hasSuffix = true
    }

    /// A list as paragraphs name it.
    struct List: Sendable {
        var abstract = 0
        var starts: [Int: Int] = [:]
        var levels: [Int: Level] = [:]
    }

    private let abstracts: [Int: [Int: Level]]
    private let lists: [Int: List]
    private var counts: [Int: [Int?]] = [:]
    private var begun: Set<Int> = []

    /// Reads `word/numbering.xml`; without it nothing is numbered.
    init(_ part: [UInt8]?, limits: DocumentLimits) throws(DocumentError) {
        guard let part else {
            abstracts = [:]
            lists = [:]
            return
        }
        let reader = try OfficeXML.parse(part, part: "word/numbering.xml", WordNumberingReader(), limits: limits)
        abstracts = reader.abstracts
        lists = reader.lists
    }

    /// Counts a paragraph and gives what is printed before it; empty for bullets and for what is no list.
    mutating func next(_ item: WordListItem) -> String {
        guard let list = lists[item.list], let level = level(item.level, of: list) else { return "" }
        var counts = counts[list.abstract] ?? Array(repeating: nil, count: WordNumbering.levelsMax)
        if begun.insert(item.list).inserted {
            for (level, start) in list.starts where counts.indices.contains(level) { counts[level] = start - 1 }
        }
        for upper in 0..<item.level where counts[upper] == nil {
            counts[upper] = self.level(upper, of: list)?.start ?? 1
        }
        counts[item.level] = min((counts[item.level] ?? level.start - 1) + 1, WordNumbering.countMax)
        for lower in item.level + 1..<WordNumbering.levelsMax { counts[lower] = nil }
        self.counts[list.abstract] = counts
        return text(level, list, counts)
    }

    static let countMax = 99_999

    private func level(_ level: Int, of list: List) -> Level? {
        list.levels[level] ?? abstracts[list.abstract]?[level]
    }

    private func text(_ level: Level, _ list: List, _ counts: [Int?]) -> String {
        guard level.format != .bullet else { return "" }
        var text = ""
        var isPlaceholder = false
        for character in level.text.prefix(64) {
            if isPlaceholder, let index = character.wholeNumberValue, 1...WordNumbering.levelsMax ~= index {
                let format = level.isLegal ? .decimal : self.level(index - 1, of: list)?.format ?? .decimal
                text += format.text(counts[index - 1] ?? 1)
            } else if character != "%" {
                text.append(character)
            }
            isPlaceholder = character == "%"
        }
        // Word sets a tab behind; only where a figure would touch the text does it matter.
        let needsSpace = level.hasSuffix && text.last.map { $0.isNumber || $0.isLetter } == true
        return needsSpace ? text + " " : text
    }
}

private struct WordNumberingReader: OfficeHandler {
    private(set) var abstracts: [Int: [Int: WordNumbering.Level]] = [:]
    private(set) var lists: [Int: WordNumbering.List] = [:]
    private var abstract: Int?
    private var list: Int?
    private var index = 0
    private var level = WordNumbering.Level()

    mutating func start(_ element: OfficeElement, _ attributes: OfficeAttributes) {
        switch element {
        case .abstractNum: abstract = attributes.number("abstractNumId")
        case .num: list = attributes.number("numId")
        case .abstractNumId:
            if let list { lists[list, default: WordNumbering.List()].abstract = attributes.number("val") ?? 0 }
        case .lvlOverride: index = attributes.number("ilvl") ?? 0
        case .startOverride:
            if let list { lists[list, default: WordNumbering.List()].starts[index] = count(attributes) }
        case .lvl:
            index = attributes.number("ilvl") ?? 0
            level = WordNumbering.Level()
        case .start: level.start = count(attributes)
        case .numFmt: level.format = OrdinalFormat(attributes["val"] ?? "")
        case .lvlText: level.text = attributes["val"] ?? ""
        case .isLgl: level.isLegal = attributes.isOn
        case .suff: level.hasSuffix = attributes["val"] != "nothing"
        default: break
        }
    }

    private func count(_ attributes: OfficeAttributes) -> Int {
        min(max(attributes.number("val") ?? 1, 0), WordNumbering.countMax)
    }

    mutating func end(_ element: OfficeElement) {
        switch element {
        case .lvl:
            if let abstract {
                abstracts[abstract, default: [:]][index] = level
            } else if let list {
                lists[list, default: WordNumbering.List()].levels[index] = level
            }
        case .abstractNum: abstract = nil
        case .num: list = nil
        default: break
        }
    }

    mutating func characters(_ characters: Span<UInt8>) {}
}
