/// Values by short texts in UTF-8, looked up without copying or hashing the whole of a text. Made once, never changed.
struct ByteTable<Value: Sendable>: Sendable {
    private let values: [Value]
    /// The keys end to end, and where each begins; the last place is where the last one ends.
    private let keys: [UInt8]
    private let starts: [Int]
    /// The number of an entry, or -1, in the first free place from its hash on; at most half of the places are taken.
    private let slots: [Int16]
    /// The bytes of the longest key.
    let longest: Int

    /// Makes a table of at most 16,384 keys.
    init(_ values: [[UInt8]: Value]) {
        precondition(values.count <= 16_384, "a table of labels has at most 16,384 of them")
        let entries = Array(values)
        self.values = entries.map(\.value)
        keys = entries.flatMap(\.key)
        var starts = [0]
        var size = 16
        while size < 2 * values.count { size *= 2 }
        var slots = [Int16](repeating: -1, count: size)
        for (index, entry) in entries.enumerated() {
            starts.append(starts[index] + entry.key.count)
            let key = entry.key
            var slot = Self.hash(key.span) & (size - 1)
            while slots[slot] >= 0 { slot = (slot + 1) & (size - 1) }
            slots[slot] = Int16(index)
        }
        self.starts = starts
        self.slots = slots
        longest = entries.map(\.key.count).max() ?? 0
    }

    /// The value of a text; nil for one that is not in the table. O(length).
    subscript(text: Span<UInt8>) -> Value? {
        guard text.count <= longest else { return nil }
        var slot = Self.hash(text) & (slots.count - 1)
        while slots[slot] >= 0 {
            let index = Int(slots[slot])
            let key = starts[index]..<starts[index + 1]
            if text.isSame(as: keys.span.extracting(key)) { return values[index] }
            slot = (slot + 1) & (slots.count - 1)
        }
        return nil
    }

    /// The length, and the last two bytes of three characters: those at the ends and one in the middle.
    private static func hash(_ text: Span<UInt8>) -> Int {
        let count = text.count
        guard count >= 3 else { return text.isEmpty ? 0 : Int(text[0]) }
        let middle = count / 2
        var hash = UInt64(text[1]) | UInt64(text[2]) << 8 | UInt64(text[middle - 1]) << 16
        hash |= UInt64(text[middle]) << 24 | UInt64(text[count - 2]) << 32 | UInt64(text[count - 1]) << 40
        hash = (hash | UInt64(truncatingIfNeeded: count) << 48) &* 0x9e37_79b9_7f4a_7c15
        // Each bit of a product depends on those below it alone: the upper half is the better one.
        return Int(truncatingIfNeeded: hash ^ hash >> 32)
    }
}
