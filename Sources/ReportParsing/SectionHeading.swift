import Documents
import Reports

/// Tells the headings of the six sections from rows of tables with the same ordinals.
enum SectionHeading {
    /// The longest heading, in characters.
    static let charactersMax = 40

    /// The section that a line heads; nil for any other line.
    ///
    /// - Parameter isHeading: whether the mark-up says that it is a heading, so that it needs no ordinal.
    static func kind(of bytes: ArraySlice<UInt8>, isHeading: Bool) -> SectionKind? {
        guard bytes.count <= bytesMax else { return nil }
        let folded = Normalization.fold(bytes)
        return FormLabel.exact(LabelKey.of(folded)) == nil ? kind(folded: folded, isHeading: isHeading) : nil
    }

    /// The section that a piece heads; nil for any other piece.
    static func kind(of piece: Piece, in tape: Tape, isHeading: Bool) -> SectionKind? {
        guard piece.content.isText, piece.span.end - piece.span.start <= bytesMax else { return nil }
        return kind(folded: tape.folded(piece), isHeading: isHeading)
    }

    private static let bytesMax = charactersMax * 4

    private static func kind(folded: ArraySlice<UInt8>, isHeading: Bool) -> SectionKind? {
        let key = LabelKey.of(folded)
        switch key.ordinal {
        case .chapter: break
        // A second head may have the words of a first.
        case .group: return nil
        case .item: guard isHeading else { return nil }
        case nil: guard isHeading else { return kind(behindNumeral: key.text) }
        }
        return key.characterCount <= charactersMax ? kind(ofHeading: key.text) : nil
    }

    /// `一 总体情况`, whose white space has gone.
    private static func kind(behindNumeral text: ArraySlice<UInt8>) -> SectionKind? {
        guard let length = text.length(ofWordIn: numerals, at: text.startIndex) else { return nil }
        let rest = text.dropFirst(length)
        return printed[rest.span]
    }

    private static let numerals: Words = ["一", "二", "三", "四", "五", "六"]

    /// The headings as the forms print them.
    private static let printed = ByteTable(
        SectionKind.allCases.reduce(into: [:]) { $0[Array(LabelKey($1.label).text)] = $1 })
    private static let noHeading: Words = ["年度报告", "本年新收", "办理结果"]
    private static let rowStarts = ["上年结转", "结转下年度"].map { Array($0.utf8) }

    /// The section that a heading without its ordinal and punctuation names.
    private static func kind(ofHeading text: ArraySlice<UInt8>) -> SectionKind? {
        if let kind = printed[text.span] { return kind }
        guard !text.contains(noHeading), !rowStarts.contains(where: { text.starts(with: $0) }) else { return nil }
        return rules.first { rule in text.contains(rule.words) && (rule.also.map { text.contains($0) } ?? true) }?.kind
    }

    private struct Rule: Sendable {
        let kind: SectionKind
        let words: Words
        var also: Words?
    }

    /// The first rule that fits decides.
    private static let rules: [Rule] = [
        Rule(kind: .reviewsAndLitigation, words: ["复议", "诉讼"]),
        Rule(kind: .issuesAndImprovements, words: ["问题", "不足"]),
        Rule(kind: .requests, words: ["申请"], also: ["收到", "处理", "依申请", "办理", "申请情况"]),
        Rule(kind: .proactiveDisclosure, words: ["主动公开"]),
        Rule(kind: .otherMatters, words: ["其他", "其它"], also: ["报告", "事项", "说明"]),
        Rule(kind: .overview, words: ["总体情况", "基本情况", "总体工作", "概述", "概况", "工作情况"]),
    ]
}

/// A heading of a section that stands in the middle of a running text.
struct InlineHeading: Sendable {
    /// The section.
    let kind: SectionKind
    /// Where the heading stands.
    let range: Range<Int>

    /// The headings of a text that holds a whole report, in their order. O(length).
    static func all(in bytes: ArraySlice<UInt8>) -> [InlineHeading] {
        var found: [InlineHeading] = []
        var rest = bytes
        for ordinal in ["一、", "二、", "三、", "四、", "五、", "六、"] {
            guard let heading = first(Array(ordinal.utf8), in: rest) else { continue }
            found.append(heading)
            rest = rest[heading.range.upperBound...]
        }
        return found
    }

    private static let ends = ["情况", "事项", "措施", "打算"].map { Array($0.utf8) }

    private static func first(_ ordinal: [UInt8], in bytes: ArraySlice<UInt8>) -> InlineHeading? {
        var rest = bytes
        while let at = rest.firstOffset(of: ordinal) {
            let window = bytes[at..<min(bytes.endIndex, at + SectionHeading.charactersMax * 3)]
            let end = ends.compactMap { pattern in window.firstOffset(of: pattern).map { $0 + pattern.count } }.min()
            if let end, let kind = SectionHeading.kind(of: bytes[at..<end], isHeading: false) {
                return InlineHeading(kind: kind, range: at..<end)
            }
            rest = rest[(at + ordinal.count)...]
        }
        return nil
    }
}

extension SectionKind {
    /// Whether the section holds one of the form's tables.
    var holdsTable: Bool {
        switch self {
        case .proactiveDisclosure, .requests, .reviewsAndLitigation: true
        case .overview, .issuesAndImprovements, .otherMatters: false
        }
    }
}
