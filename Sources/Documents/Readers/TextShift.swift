/// Text above or below the line: a mark beside a figure, not digits of it. Its digits are written as the small ones of
/// Unicode, so that `12` with note 1 stays `12¹` and never becomes 121.
enum TextShift: Sendable {
    /// Above the line.
    case raised
    /// Below the line.
    case lowered

    /// What Office calls `superscript` and `subscript`; nil for anything else.
    init?(word: String?) {
        switch word {
        case "superscript": self = .raised
        case "subscript": self = .lowered
        default: return nil
        }
    }

    /// What so many half points above the line are, or below it; nil for less than two points.
    init?(halfPoints: Int) {
        guard abs(halfPoints) >= 4 else { return nil }
        self = halfPoints > 0 ? .raised : .lowered
    }

    /// The characters with their digits raised or lowered. O(length).
    func applied(to characters: Span<UInt8>) -> [UInt8] {
        var shifted: [UInt8] = []
        shifted.reserveCapacity(characters.count)
        for index in characters.indices {
            let byte = characters[index]
            if byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") {
                shifted += digit(byte & 0x0F)
            } else {
                shifted.append(byte)
            }
        }
        return shifted
    }

    /// U+2070…2079, of which 1 to 3 stand in Latin-1; U+2080…2089.
    private func digit(_ value: UInt8) -> [UInt8] {
        switch (self, value) {
        case (.lowered, _): [0xE2, 0x82, 0x80 + value]
        case (.raised, 1): [0xC2, 0xB9]
        case (.raised, 2), (.raised, 3): [0xC2, 0xB0 + value]
        case (.raised, _): [0xE2, 0x81, 0xB0 + value]
        }
    }
}
