internal import Reports

extension TraditionalCharacters {
    /// A bit for each character of U+4E00…9FFF that is a traditional one: most texts have none of them.
    private static let bits: [UInt64] = {
        var bits = [UInt64](repeating: 0, count: (0x9fff - 0x4e00) / 64 + 1)
        for character in simplified.keys where (0x4e00...0x9fff).contains(character) {
            bits[Int(character - 0x4e00) / 64] |= 1 << UInt64((character - 0x4e00) % 64)
        }
        return bits
    }()

    /// The text with simplified characters; nil where it has no traditional one. O(length).
    static func simplify(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        guard mayHold(text.span) else { return nil }
        var isChanged = false
        var result: [UInt8] = []
        result.reserveCapacity(text.count)
        var parser = UTF8.ForwardParser(text)
        while let scalar = parser.next() {
            let plain = simplified[scalar]
            isChanged = isChanged || plain != nil
            Normalization.append(plain ?? scalar, to: &result)
        }
        return isChanged ? result[...] : nil
    }

    /// Whether some character is a traditional one.
    private static func mayHold(_ text: Span<UInt8>) -> Bool {
        let bits = bits.span
        var at = 0
        while at + 2 < text.count {
            guard text[at] >= 0xe4, text[at] <= 0xe9 else {
                at += text[at] >= 0xe0 ? 3 : 1
                continue
            }
            let high = Int(text[at] & 0x0f) << 12 | Int(text[at + 1] & 0x3f) << 6
            let index = (high | Int(text[at + 2] & 0x3f)) - 0x4e00
            if index >= 0, index / 64 < bits.count, bits[index / 64] & 1 << UInt64(index % 64) != 0 { return true }
            at += 3
        }
        return false
    }
}
