import Reports

/// What a cell of a table holds, as far as it can be told from the cell alone.
enum CellValue: Sendable, Hashable {
    /// Nothing, or a sign that stands for nothing (`/`, `—`, `无`).
    case blank
    /// A figure; the last bytes of the text are words beside it, if any.
    case number(Quantity, remarkLength: Int)
    /// Anything else: a label or a sentence.
    case text

    /// Reads a cell as printed. O(length).
    init(_ bytes: ArraySlice<UInt8>) {
        self.init(folded: Normalization.fold(bytes).span, printedLength: bytes.count)
    }

    /// Reads a cell whose folded text is at hand.
    ///
    /// - Parameter printedLength: the bytes of the text as printed.
    init(folded: Span<UInt8>, printedLength: Int) {
        if printedLength > Self.bytesMax {
            self = .text
        } else if folded.isEmpty {
            self = .blank
        } else if !folded[0].isDigit, Self.placeholders[folded] != nil || Self.isNegation(folded) {
            self = .blank
        } else if folded[0] == UInt8(ascii: "*"), let inner = Self.emphasized(folded) {
            self = inner
        } else {
            self = Self.number(folded)
        }
    }

    /// A figure, or a sign for nothing, that Markdown prints bold: `**12**`.
    private static func emphasized(_ folded: Span<UInt8>) -> CellValue? {
        var marks = 0
        while marks < folded.count / 2, folded[marks] == UInt8(ascii: "*"),
            folded[folded.count - 1 - marks] == UInt8(ascii: "*")
        {
            marks += 1
        }
        guard marks > 0, folded.count > 2 * marks else { return nil }
        let inner = folded.extracting(marks..<folded.count - marks)
        let value = CellValue(folded: inner, printedLength: inner.count)
        switch value {
        case .blank, .number(_, remarkLength: 0): return value
        default: return nil
        }
    }

    /// A longer cell is a sentence.
    private static let bytesMax = 160

    private static let placeholders = ByteTable(
        [
            "/", "//", "-", "--", "---", "—", "——", "–", "－", "―", "─", "无", "不适用", "N/A", "n/a", "NA", "NaN", "nan",
            "\\", "*", "空",
            "、", ".", "&nbsp;", "零",
        ].reduce(into: [[UInt8]: Void]()) { $0[Array($1.utf8)] = () })

    /// Whether a cell says in words that there is nothing to count: 不涉及, 本单位无此项职能. Brackets and a full stop are no
    /// part of it.
    private static func isNegation(_ folded: Span<UInt8>) -> Bool {
        guard folded.count >= 6, folded.count <= negationBytesMax else { return false }
        var (start, end) = (0, folded.count)
        if folded[0] == UInt8(ascii: "("), folded[end - 1] == UInt8(ascii: ")") { (start, end) = (1, end - 1) }
        if folded.extracting(..<end).holds(fullStop.span, at: end - fullStop.count) { end -= fullStop.count }
        return negations[folded.extracting(start..<end)] != nil
    }

    private static let fullStop = Array("。".utf8)

    /// Who has nothing, and what there is not: every combination, since a word among others may be the remark of a figure.
    private static let negations: ByteTable<Void> = {
        let heads = [
            "", "本单位", "本机关", "本部门", "本局", "本镇", "本乡", "本街道", "本办", "我单位", "我局", "我镇", "我乡", "我街道", "本年度", "本年", "当年",
            "年内",
        ]
        let negations = ["无", "暂无", "没有"]
        let things = [
            "数据", "内容", "情况", "业务", "事项", "职能", "职责", "权限", "工作", "项目", "收费", "此项", "该项", "此类", "此情况", "此职能", "此业务",
            "此事项", "此项内容", "此项业务", "此项工作", "此项职能", "此项职责", "此项权限", "此项数据", "此项情况", "此类情况", "此类业务", "此类事项",
            "该项内容", "该项业务", "该项工作", "该项职能", "该项职责", "该项数据", "相关情况", "相关业务", "相关数据", "相关内容", "相关职能", "相关事项",
            "相关工作", "行政许可", "行政处罚", "行政强制", "行政收费", "审批职能", "行政审批职能", "行政许可职能", "行政处罚职能", "执法权", "行政执法权",
            "行政许可权", "行政处罚权", "行政强制权",
        ]
        let wholes = [
            "不涉及", "未涉及", "未发生", "未产生", "未开展", "未制发", "未制定", "未收费", "不收费", "不存在", "不适用", "暂无", "没有", "无发生", "无产生",
        ]
        let all = wholes + negations.flatMap { negation in things.map { negation + $0 } }
        let phrases = heads.flatMap { head in all.map { Array((head + $0).utf8) } }
        return ByteTable(phrases.reduce(into: [[UInt8]: Void]()) { $0[$1] = () })
    }()

    private static let negationBytesMax = 48

    /// A sign, digits with thousands separators and a point, a unit, and a remark that begins with a bracket.
    private static func number(_ folded: Span<UInt8>) -> CellValue {
        var isNegative = false
        var at = 0
        if folded[0] == UInt8(ascii: "+") || folded[0] == UInt8(ascii: "-") {
            isNegative = folded[0] == UInt8(ascii: "-")
            at = 1
        } else if folded[0] == minus[0], folded.holds(minus.span, at: 0) {
            isNegative = true
            at = minus.count
        }
        guard at < folded.count, folded[at].isDigit, let digits = Digits(folded, from: at) else { return .text }
        let (unit, unitEnd) = moneyUnit(folded, digits.end)
        let end = unit == nil ? unitEnd + (units.length(in: folded, at: unitEnd) ?? 0) : unitEnd
        let isRemark = end == folded.count || remarkStarts.length(in: folded, at: end) != nil
        // As many digits and places as a quantity holds, the sign counted.
        guard isRemark, digits.count + (isNegative ? 1 : 0) <= 18, digits.places <= 9 else { return .text }
        let value = isNegative ? -digits.value : digits.value
        return .number(
            Quantity(digits: value, places: digits.places, unit: unit), remarkLength: folded.count - end)
    }

    private static let minus = Array("−".utf8)
    private static let units: Words = [
        "人次", "件", "个", "项", "条", "次", "份", "部", "宗", "起", "篇", "人", "名", "家", "户", "场", "期", "处",
    ]
    /// Brackets, words, and the signs and small numbers of notes.
    private static let remarkStarts: Words = [
        "(", "[", "【", "其中", ",其中", "含", "*", "※", "注", "⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹", "₀", "₁", "₂",
        "₃", "₄",
        "₅",
        "₆", "₇", "₈", "₉",
    ]
    private static let moneyUnits = [Quantity.MoneyUnit.wan, .yi, .yuan].map { ($0, Array($0.rawValue.utf8)) }

    private static func moneyUnit(_ text: Span<UInt8>, _ at: Int) -> (Quantity.MoneyUnit?, end: Int) {
        guard at < text.count else { return (nil, at) }
        for (unit, name) in moneyUnits where text.holds(name.span, at: at) { return (unit, at + name.count) }
        // (万元), as a head prints it; else it would be a remark.
        for (unit, name) in moneyUnits
        where at + name.count + 2 == text.count && text[at] == UInt8(ascii: "(") && text.holds(name.span, at: at + 1) {
            return (unit, text.count)
        }
        return (nil, at)
    }
}

/// Digits, commas between groups of three, and one point.
private struct Digits {
    /// The number without its point.
    private(set) var value: Int64 = 0
    /// The number of digits.
    private(set) var count = 0
    /// The number of digits after the point.
    private(set) var places = 0
    /// The offset after the last of them.
    private(set) var end: Int

    /// Reads the digits at an offset; nil for anything else.
    init?(_ bytes: Span<UInt8>, from start: Int) {
        end = start
        var sinceComma = 3
        var hasComma = false
        var hasPoint = false
        while end < bytes.count {
            let byte = bytes[end]
            if byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") {
                count += 1
                // Eighteen digits fit; a number of more is none.
                if count <= 18 { value = value * 10 + Int64(byte - UInt8(ascii: "0")) }
                if hasPoint { places += 1 }
                sinceComma += 1
            } else if count == 0 || hasPoint || hasComma && sinceComma != 3 {
                break
            } else if byte == UInt8(ascii: ",") {
                hasComma = true
                sinceComma = 0
            } else if byte == UInt8(ascii: ".") {
                hasPoint = true
                hasComma = false
            } else {
                break
            }
            end += 1
        }
        guard count > 0, !hasPoint || places > 0, !hasComma || sinceComma == 3 else { return nil }
    }
}
