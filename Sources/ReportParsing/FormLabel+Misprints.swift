extension FormLabel {
    /// The one row label that a misprinted text stands for: one character of up to seven, two of eight, three of more,
    /// wrong, missing or too many. Nil when none or several are as near, and where what differs makes another label of it.
    /// O(labels × length²), most labels at one look.
    static func misprinted(_ key: LabelKey) -> FormLabel? {
        guard key.text.count >= 4, key.text.count <= 4 * RowName.lengthMax else { return nil }
        let name = RowName(key.text)
        guard (4...RowName.lengthMax).contains(name.characters.count) else { return nil }
        // A figure run into its label is a lost figure, not a misprint.
        if let last = name.characters.last, (0x30...0x39).contains(last) { return nil }
        let count = name.characters.count
        var found: (label: FormLabel, name: RowName)?
        var best = count <= 7 ? 2 : count == 8 ? 3 : 4
        for (candidate, label) in rowLabels where candidate.mayBe(name, limit: best) {
            // More words than the row's own make another of it: 区政府行政规范性文件.
            if label.isOfProactive, count > candidate.characters.count + 1 { continue }
            let distance = candidate.distance(to: name, limit: best)
            if distance < best {
                best = distance
                found = (label, candidate)
            } else if distance == best, let known = found, known.label != label {
                found = nil
            }
        }
        guard let found else { return shortened(name) }
        let difference = LabelDifference(name.characters, from: found.name.characters)
        // Only table 三 is the same everywhere: in the others, other words are another row.
        let isOther = difference.changesSense || !found.label.isOfRequests && difference.hasWords
        return isOther ? nil : found.label
    }

    /// Whether a text that was taken for the label of a row has words that no name of the row has, or lacks some, so that
    /// it may be another row's.
    func isDoubtful(for key: LabelKey) -> Bool {
        let name = RowName(key.text)
        let names = Self.rowLabels.filter { $0.1 == self }.map {
            LabelDifference(name.characters, from: $0.0.characters)
        }
        guard let nearest = names.min(by: { $0.added + $0.left < $1.added + $1.left }) else { return false }
        // Table 三 is the same everywhere, and its sums are held against each other.
        return isOfRequests ? nearest.added > 2 : nearest.added > 1 || nearest.left > 1
    }

    private var isOfRequests: Bool {
        if case .request = self { true } else { false }
    }

    /// The one row label that a text is, but for characters left out: up to a quarter of it.
    private static func shortened(_ name: RowName) -> FormLabel? {
        guard name.characters.count >= 8 else { return nil }
        var found: FormLabel?
        for (candidate, label) in rowLabels where candidate.isLongerForm(of: name) {
            if let found, found != label { return nil }
            guard !LabelDifference(name.characters, from: candidate.characters).changesSense else { continue }
            found = label
        }
        return found
    }

    private static let rowLabels = rowNames.map { (RowName($0.name), $0.label) }
}

/// The characters of a row's label, or of what may be one.
private struct RowName: Sendable {
    /// More characters than any label has.
    static let lengthMax = 60

    private(set) var characters: [UInt32] = []
    /// A bit for each character, some of which share one.
    private var bits: UInt64 = 0

    init(_ text: ArraySlice<UInt8>) {
        characters.reserveCapacity(text.count / 3 + 1)
        var parser = UTF8.ForwardParser(text)
        while let character = parser.next() { append(character) }
    }

    init(_ scalars: [Unicode.Scalar]) {
        for scalar in scalars { append(scalar.value) }
    }

    private mutating func append(_ character: UInt32) {
        characters.append(character)
        bits |= 1 << UInt64((character ^ character >> 6) & 63)
    }

    /// False where lengths or missing characters alone make the distance greater than a limit: a character that the
    /// other does not have is one that was replaced or lost.
    func mayBe(_ other: RowName, limit: Int) -> Bool {
        abs(characters.count - other.characters.count) <= limit && (bits & ~other.bits).nonzeroBitCount <= limit
    }

    /// Whether the other is this one with up to a quarter of its characters left out.
    func isLongerForm(of other: RowName) -> Bool {
        let count = other.characters.count
        guard characters.count > count, characters.count * 3 <= count * 4, other.bits & ~bits == 0 else { return false }
        var found = 0
        for character in characters where found < count && character == other.characters[found] { found += 1 }
        return found == count
    }

    /// The number of characters to replace, insert or delete to make one text of another, counted up to a limit.
    func distance(to other: RowName, limit: Int) -> Int {
        let left = other.characters.span
        let right = characters.span
        guard right.count <= RowName.columnsMax, abs(left.count - right.count) <= limit else { return limit + 1 }
        var previous = InlineArray<80, Int> { $0 }
        for row in 0..<left.count {
            var diagonal = previous[0]
            previous[0] = row + 1
            var least = row + 1
            for column in 0..<right.count {
                let replaced = diagonal + (left[row] == right[column] ? 0 : 1)
                diagonal = previous[column + 1]
                let distance = min(replaced, diagonal + 1, previous[column] + 1)
                previous[column + 1] = distance
                least = min(least, distance)
            }
            guard least <= limit else { return limit + 1 }
        }
        return previous[right.count]
    }

    private static let columnsMax = 79
}
