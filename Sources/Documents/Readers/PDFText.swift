/// Words of a page that stand together, and the box around them, in points from the upper left corner.
struct PDFText: Sendable {
    var x0: Double
    var y0: Double
    var x1: Double
    var y1: Double
    var text: String
    /// The width of a Chinese character in it.
    var em: Double

    var height: Double { y1 - y0 }
    var centerX: Double { (x0 + x1) / 2 }
    var centerY: Double { (y0 + y1) / 2 }

    init(x0: Double, y0: Double, x1: Double, y1: Double, text: String) {
        self.x0 = x0
        self.y0 = y0
        self.x1 = x1
        self.y1 = y1
        self.text = text
        let height = y1 - y0
        let scalars = text.unicodeScalars
        guard !scalars.allSatisfy({ $0.value >= 0x2E80 }) || scalars.isEmpty else {
            // Chinese characters are as wide as they are said to be; the box of some fonts is thrice as high as they are.
            em = min((x1 - x0) / Double(scalars.count), height * 1.2)
            guard em > 0, height > 1.6 * em else { return }
            self.y0 = (y0 + y1) / 2 - 0.65 * em
            self.y1 = (y0 + y1) / 2 + 0.65 * em
            return
        }
        let halves = scalars.reduce(0) { $0 + ($1.value < 0x2E80 ? 1 : 2) }
        // The box is as high as the font says, which may be more than its characters are.
        em = min(max(2 * (x1 - x0) / Double(max(halves, 1)), height / 2), height * 1.2)
    }

    /// Adds what stands to the right on the same line, or below: Latin words and figures keep apart.
    mutating func append(_ other: PDFText, gap: Double) {
        if gap > 0.12 * em, !text.isEmpty { text += " " }
        text += other.text
        cover(other)
    }

    /// Adds a line below. Chinese runs on, words keep apart.
    mutating func appendLine(_ other: PDFText) {
        let isLatin = text.unicodeScalars.last.map { $0.value > 0x20 && $0.value < 0x80 } == true
        if isLatin, let first = other.text.unicodeScalars.first, first.value < 0x80 { text += " " }
        text += other.text
        cover(other)
    }

    private mutating func cover(_ other: PDFText) {
        x0 = min(x0, other.x0)
        y0 = min(y0, other.y0)
        x1 = max(x1, other.x1)
        y1 = max(y1, other.y1)
    }

    /// Whether the two share more than a part of the lesser height.
    func overlapsY(_ other: PDFText, part: Double) -> Bool {
        min(y1, other.y1) - max(y0, other.y0) > part * min(height, other.height)
    }
}

/// One line of a page: what stands at one height.
struct PDFLine: Sendable {
    /// Words, those that touch as characters of one word do joined.
    let atoms: [PDFText]
    /// Words, those that all but touch joined.
    let pieces: [PDFText]
    /// Words, those that stand as near as words of a sentence joined.
    let words: [PDFText]
    /// Words joined over gaps that a sentence may have.
    let segments: [PDFText]
    /// The figures of its cells.
    let figures: [PDFText]
    /// Where figures begin that stand in a cell of their own, however near what is left of them.
    let breaks: [Double]
    /// All of it.
    private(set) var box: PDFText
    /// Its number on the page, from 1.
    var number = 0

    /// Makes a line of words that stand at one height, in any order.
    init(_ unordered: [PDFText], breaks: [Double] = []) {
        let sorted = unordered.sorted { $0.x0 < $1.x0 }
        self.breaks = breaks
        atoms = PDFLine.joined(sorted, gap: 0.04, breaks)
        pieces = PDFLine.joined(atoms, gap: 0.12, breaks)
        words = PDFLine.withoutSpacing(PDFLine.joined(pieces, gap: 0.3, breaks))
        segments = PDFLine.joined(words, gap: 0.6, breaks)
        figures = PDFLine.figures(words)
        box = sorted[0]
        for word in sorted.dropFirst() { box.append(word, gap: word.x0 - box.x1) }
    }

    private static func joined(_ words: [PDFText], gap: Double, _ breaks: [Double]) -> [PDFText] {
        var joined: [PDFText] = []
        for word in words {
            guard let last = joined.indices.last, word.x0 - joined[last].x1 < gap * min(joined[last].em, word.em),
                !breaks.contains(word.x0),
                // Two figures stand in two cells, unless they touch.
                word.x0 - joined[last].x1 < 0.12 * word.em || !(joined[last].isFigure && word.isFigure)
            else {
                joined.append(word)
                continue
            }
            joined[last].append(word, gap: word.x0 - joined[last].x1)
        }
        return joined
    }

    /// Joins two characters that were set apart to fill a cell (`总 计`); more in a row are heads of columns.
    private static func withoutSpacing(_ words: [PDFText]) -> [PDFText] {
        var joined: [PDFText] = []
        for (index, word) in words.enumerated() {
            let isPair = index > 0 && isSpaced(words[index - 1], word)
            let isRun = index > 1 && isSpaced(words[index - 2], words[index - 1])
            let goesOn = index + 1 < words.count && isSpaced(word, words[index + 1])
            if isPair, !isRun, !goesOn, let last = joined.indices.last {
                joined[last].append(word, gap: 0)
            } else {
                joined.append(word)
            }
        }
        return joined
    }

    private static func isSpaced(_ left: PDFText, _ right: PDFText) -> Bool {
        let areSingle = [left, right].allSatisfy { word in
            word.text.unicodeScalars.count == 1 && word.text.unicodeScalars.allSatisfy { 0x4E00...0x9FFF ~= $0.value }
                && !word.isFigure
        }
        return areSingle && right.x0 - left.x1 < right.em
    }

    /// The figures of its cells: those with nothing but other figures near.
    private static func figures(_ words: [PDFText]) -> [PDFText] {
        let areFigures = words.map(\.isFigure)
        func isNear(_ left: Int, _ right: Int) -> Bool {
            words.indices.contains(left) && words.indices.contains(right) && !(areFigures[left] && areFigures[right])
                && words[right].x0 - words[left].x1 < 0.6 * min(words[left].em, words[right].em)
        }
        return words.indices.filter { index in
            guard areFigures[index], !isNear(index, index + 1) else { return false }
            guard isNear(index - 1, index) else { return true }
            // In a narrow table a label may all but touch its figure: a short one, that is no part of a sentence.
            return words[index - 1].isShortLabel && (index + 1 == words.count || areFigures[index + 1])
        }.map { words[$0] }
    }
}

extension PDFText {
    /// Whether it reads as what stands in a cell of figures: `12`, `-3`, `1,234.5 万元`, `22（其中修订16件）`, `/`, `无`.
    var isFigure: Bool {
        if PDFText.placeholders.contains(text) { return true }
        var rest = text.unicodeScalars[...]
        if let sign = rest.first, "+-±＋－−".unicodeScalars.contains(sign) { rest = rest.dropFirst() }
        let digits = rest.prefix { PDFText.isDigit($0) || ",.，．%".unicodeScalars.contains($0) }
        guard let first = digits.first, PDFText.isDigit(first) else { return false }
        rest = rest.dropFirst(digits.count).drop { $0 == " " }
        // A narrow cell may break a line behind the point.
        if rest.isEmpty, digits.last == ".", digits.count > 3, digits.dropLast().allSatisfy(PDFText.isDigit) {
            return true
        }
        // A full stop behind a number makes it an ordinal, whether its label stands beside it or was set apart.
        if let last = digits.last, !PDFText.isDigit(last), last != "%" { return false }
        if let open = rest.first, "（(".unicodeScalars.contains(open) { return rest.count <= 40 }
        return rest.count <= 2 && !rest.contains { "年月日、".unicodeScalars.contains($0) }
    }

    private static let placeholders: Set<String> = [
        "/", "／", "-", "--", "－", "—", "——", "–", "一一", "无", "不适用", "N/A", "\\", "*", "*", "〇", "○",
    ]

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool {
        ("0"..."9").contains(scalar) || ("０"..."９").contains(scalar)
    }

    /// Whether it is short and without the punctuation of a sentence.
    var isShortLabel: Bool {
        text.count < 23 && !text.contains { "，。；：,;".contains($0) }
    }

    /// The kind of number that a label or heading begins with.
    enum Ordinal: Sendable, Hashable {
        /// `一、`
        case chapter
        /// `（一）`, `1.`, `（1）`, `①`
        case item
        /// `第二十条`
        case clause
    }

    /// The number that the text begins with, if any; `其中` counts as one, for it begins a label too.
    var ordinal: Ordinal? {
        let scalars = Array(text.unicodeScalars.lazy.filter { $0 != " " }.prefix(6))
        guard let first = scalars.first else { return nil }
        if first == "第" { return isClause(scalars.dropFirst()) ? .clause : nil }
        let isOpen = first == "（" || first == "("
        let number = scalars.dropFirst(isOpen ? 1 : 0).prefix { PDFText.numerals.contains($0) || PDFText.isDigit($0) }
        if number.isEmpty { return text.hasPrefix("其中") || 0x2460...0x2473 ~= first.value ? .item : nil }
        // A narrow cell may break the line before the bracket closes (`（三` over `）不予公开`).
        guard let next = scalars.dropFirst(number.count + (isOpen ? 1 : 0)).first else { return isOpen ? .item : nil }
        if isOpen { return next == "）" || next == ")" ? .item : nil }
        guard "、.．，,".unicodeScalars.contains(next) else { return nil }
        return number.first.map { PDFText.isDigit($0) } == true ? .item : .chapter
    }

    /// Whether the number of a clause goes on so: `二十条`, `1章`.
    private func isClause(_ scalars: ArraySlice<Unicode.Scalar>) -> Bool {
        let rest = scalars.drop { PDFText.numerals.contains($0) || PDFText.isDigit($0) }
        return rest.count < scalars.count && rest.first.map { "条章节款项".unicodeScalars.contains($0) } == true
    }

    /// The number of a chapter (`四、`), from 1.
    var chapter: Int? {
        guard ordinal == .chapter, let first = text.unicodeScalars.first else { return nil }
        return Array("一二三四五六七八九十".unicodeScalars).firstIndex(of: first).map { $0 + 1 }
    }

    private static let numerals: Set<Unicode.Scalar> = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"]

    /// Whether it ends as a sentence or an introduction does.
    var endsSentence: Bool {
        guard let last = text.unicodeScalars.last else { return false }
        return "。；：！？;:!?".unicodeScalars.contains(last)
    }
}
