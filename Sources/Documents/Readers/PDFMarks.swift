/// Finds the numbers of notes on a page: digits smaller than the figure they stand right behind. They are marks beside it,
/// not digits of it, and are written as raised ones.
enum PDFMarks {
    /// The words, such digits joined to what they stand behind. O(words × log words).
    static func joined(_ words: [PDFText]) -> [PDFText] {
        let marks = words.indices.filter { isMark(words[$0]) }
        guard !marks.isEmpty, words.count <= wordsMax else { return words }
        let ends = words.indices.filter { isFigureEnd(words[$0]) }.sorted { words[$0].x1 < words[$1].x1 }
        var joined = words
        var taken: Set<Int> = []
        for mark in marks {
            guard let base = base(of: words[mark], words, ends), !taken.contains(base) else { continue }
            joined[base].append(mark: words[mark])
            taken.insert(mark)
        }
        return taken.isEmpty ? words : joined.indices.filter { !taken.contains($0) }.map { joined[$0] }
    }

    /// A page of more words is no form.
    private static let wordsMax = 20_000

    /// How many words that end near a mark are looked at.
    private static let nearMax = 64

    private static func isMark(_ word: PDFText) -> Bool {
        (1...2).contains(word.text.utf8.count) && word.text.utf8.allSatisfy(isDigit)
    }

    private static func isFigureEnd(_ word: PDFText) -> Bool {
        word.text.utf8.last.map(isDigit) == true
    }

    private static func isDigit(_ byte: UInt8) -> Bool { 0x30...0x39 ~= byte }

    /// The larger figure that ends where a mark begins; nil where none does.
    private static func base(of mark: PDFText, _ words: [PDFText], _ ends: [Int]) -> Int? {
        let reach = 0.15 * mark.em
        var low = 0
        var high = ends.count
        while low < high {
            let middle = (low + high) / 2
            if words[ends[middle]].x1 < mark.x0 - reach { low = middle + 1 } else { high = middle }
        }
        return ends[low...].prefix(nearMax).prefix { words[$0].x1 <= mark.x0 + reach }.first { index in
            let word = words[index]
            return word.y0 < mark.centerY && mark.centerY < word.y1 && mark.height < 0.92 * word.height
                && mark.digitWidth < 0.92 * word.digitWidth
        }
    }
}

extension PDFText {
    /// How wide its digits are, if it holds nothing else but points.
    fileprivate var digitWidth: Double {
        let halves = text.utf8.reduce(0) { $0 + ($1 == UInt8(ascii: ".") || $1 == UInt8(ascii: ",") ? 1 : 2) }
        return 2 * (x1 - x0) / Double(max(halves, 1))
    }

    fileprivate mutating func append(mark: PDFText) {
        let digits = Array(mark.text.utf8)
        text += String(decoding: TextShift.raised.applied(to: digits.span), as: UTF8.self)
        x1 = max(x1, mark.x1)
    }
}
