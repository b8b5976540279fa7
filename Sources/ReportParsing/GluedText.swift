import Documents

/// Cells with nothing between them: `…规章000行政规范性文件002第二十条…`.
///
/// Labels are found by their words; what stands between two of them is a run of figures.
enum GluedText {
    /// The labels and runs of a table, in order. O(length × number of label lengths).
    static func cells(_ bytes: ArraySlice<UInt8>) -> [RunningText.Token] {
        var tokens: [RunningText.Token] = []
        var words = bytes.startIndex
        var at = bytes.startIndex
        while at < bytes.endIndex {
            guard let run = run(bytes, at) else {
                at += width(bytes[at])
                continue
            }
            labels(bytes[words..<run.lowerBound], to: &tokens)
            let (figures, next) = withoutOrdinal(bytes, run)
            if !figures.isEmpty { tokens.append(RunningText.Token(kind: .run, span: TextSpan(figures))) }
            words = figures.upperBound
            at = next
        }
        labels(bytes[words...], to: &tokens)
        return tokens
    }

    /// The run of figures that begins at an offset: digits, points and commas between them, signs for nothing.
    private static func run(_ bytes: ArraySlice<UInt8>, _ start: Int) -> Range<Int>? {
        guard figureLength(bytes, start, isFirst: true) > 0,
            !countNotes.contains(where: { bytes[max(bytes.startIndex, start - 3)...].starts(with: $0) })
        else { return nil }
        var at = start
        while at < bytes.endIndex {
            let length = figureLength(bytes, at, isFirst: at == start)
            guard length > 0 else { break }
            at += length
        }
        guard at > start else { return nil }
        let isSign = bytes[start..<at].allSatisfy { $0 == UInt8(ascii: "/") }
        // 本年增/减 is a label.
        return isSign && bytes[bytes.startIndex..<start].ends(with: increase) ? nil : start..<at
    }

    private static let increase = Array("增".utf8)

    /// Digits that belong to a label of the 2014 form (不同方式公开相同信息计1条).
    private static let countNotes = ["计1条", "计1次", "计１条", "计１次"].map { Array($0.utf8) }

    private static let signs: Words = ["／", "—", "－", "–", "/"]
    private static let fullWidthPoint = Array("．".utf8)

    private static func figureLength(_ bytes: ArraySlice<UInt8>, _ at: Int, isFirst: Bool) -> Int {
        let digit = digitLength(bytes, at)
        if digit > 0 { return digit }
        // Nearly all Chinese characters leave here.
        if (0xe3...0xe9).contains(bytes[at]) { return 0 }
        if bytes[at] == UInt8(ascii: ".") || bytes[at] == UInt8(ascii: ",")
            || bytes.span.holds(fullWidthPoint.span, at: at - bytes.startIndex)
        {
            let length = bytes[at] == 0xef ? 3 : 1
            return !isFirst && at + length < bytes.endIndex && digitLength(bytes, at + length) > 0 ? length : 0
        }
        if bytes[at] == UInt8(ascii: "-") { return 1 }
        return bytes.length(ofWordIn: signs, at: at) ?? 0
    }

    private static func digitLength(_ bytes: ArraySlice<UInt8>, _ at: Int) -> Int {
        if UInt8(ascii: "0")...UInt8(ascii: "9") ~= bytes[at] { return 1 }
        let isFullWidth =
            bytes[at] == 0xef && at + 2 < bytes.endIndex && bytes[at + 1] == 0xbc && 0x90...0x99 ~= bytes[at + 2]
        return isFullWidth ? 3 : 0
    }

    /// The last digit before `.` or `、` and a word is the ordinal of the next label.
    private static func withoutOrdinal(_ bytes: ArraySlice<UInt8>, _ run: Range<Int>) -> (Range<Int>, next: Int) {
        let rest = bytes[run.upperBound...]
        let isOrdinal = rest.first == UInt8(ascii: ".") || rest.starts(with: "、".utf8) || rest.starts(with: "．".utf8)
        guard isOrdinal, UInt8(ascii: "0")...UInt8(ascii: "9") ~= bytes[run.upperBound - 1] else {
            return (run, run.upperBound)
        }
        return (run.lowerBound..<run.upperBound - 1, run.upperBound)
    }

    /// The labels of a text that holds nothing else, the longest first at each place.
    private static func labels(_ bytes: ArraySlice<UInt8>, to tokens: inout [RunningText.Token]) {
        let text = LabelText(bytes)
        var unknown = bytes.startIndex
        var at = 0
        while at < text.count {
            guard let end = text.labelEnd(at) else {
                at += 1
                continue
            }
            let start = ordinalStart(bytes[unknown..<text.offset(end)], label: text.offset(at))
            let span = start..<text.offset(end)
            misprint(bytes[unknown..<span.lowerBound], to: &tokens)
            tokens.append(RunningText.Token(kind: .cell, span: TextSpan(span)))
            at = end
            unknown = span.upperBound
        }
        misprint(bytes[unknown..<bytes.endIndex], to: &tokens)
    }

    /// Where the ordinal before a label begins, `（三）` or `三、`; the label's own beginning where it has none.
    private static func ordinalStart(_ bytes: ArraySlice<UInt8>, label: Int) -> Int {
        [9, 6].lazy.map { label - $0 }.first { start in
            start >= bytes.startIndex
                && LabelKey.ordinal(Normalization.fold(bytes[start...].prefix(ordinalBytesMax)).span).0 != nil
        } ?? label
    }

    /// More than an ordinal takes, and the character after it.
    private static let ordinalBytesMax = 18

    private static func misprint(_ bytes: ArraySlice<UInt8>, to tokens: inout [RunningText.Token]) {
        guard (6...240).contains(bytes.count), case .label = Piece.Content(bytes, allowsMisprints: true) else { return }
        tokens.append(RunningText.Token(kind: .cell, span: TextSpan(start: bytes.startIndex, end: bytes.endIndex)))
    }

    /// The length of the UTF-8 sequence that a byte begins.
    static func width(_ byte: UInt8) -> Int {
        switch byte {
        case 0xe0..<0xf0: 3
        case 0xf0...: 4
        case 0xc0..<0xe0: 2
        default: 1
        }
    }
}

/// A text as labels are compared, with the place of each character in the text as printed.
private struct LabelText {
    /// The text without white space and punctuation.
    private var key: [UInt8] = []
    /// Where each character begins in the key, and where the last one ends.
    private var starts: [Int] = []
    /// Where each character begins in the text as printed, and where the last one ends.
    private var offsets: [Int] = []

    init(_ bytes: ArraySlice<UInt8>) {
        key.reserveCapacity(bytes.count)
        starts.reserveCapacity(bytes.count / 3 + 1)
        offsets.reserveCapacity(bytes.count / 3 + 1)
        var at = bytes.startIndex
        while at < bytes.endIndex {
            let end = min(bytes.endIndex, at + GluedText.width(bytes[at]))
            // Chinese characters are kept as they are.
            if (0xe4...0xe9).contains(bytes[at]), end - at == 3 {
                starts.append(key.count)
                offsets.append(at)
                for offset in at..<end { key.append(bytes[offset]) }
                at = end
                continue
            }
            if LabelKey.isPunctuation(bytes.span, at - bytes.startIndex) {
                at = end
                continue
            }
            let character = LabelKey.withoutPunctuation(Normalization.fold(bytes[at..<end]))
            if let first = character.first {
                starts.append(key.count)
                offsets.append(at)
                // Of what folds to several characters, the first counts.
                key += character.prefix(GluedText.width(first))
            }
            at = end
        }
        starts.append(key.count)
        offsets.append(bytes.endIndex)
    }

    var count: Int { starts.count - 1 }

    func offset(_ index: Int) -> Int { offsets[index] }

    /// The end of the longest label that begins at a character.
    func labelEnd(_ start: Int) -> Int? {
        let scalar = UTF8.decode(key.span, starts[start], key.count).scalar
        let length = FormLabel.lengths[scalar]?.first { length in
            guard start + length <= count else { return false }
            return FormLabel.named(key.span.extracting(starts[start]..<starts[start + length])) != nil
        }
        return length.map { start + $0 }
    }
}
