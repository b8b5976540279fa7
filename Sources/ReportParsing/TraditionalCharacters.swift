/// The traditional forms of the characters that labels are written in: mirrored pages convert them.
enum TraditionalCharacters {
    private static let pairs =
        "數数請请結结轉转開开決决處处罰罰罚罚強强製制發发廢废規规範范現现許许業业機机構构會会組组織织務务類类屬属於于國国"
        + "祕秘權权內内過过執执詢询項项關关無无沒没補补內内確确認认復复覆复複复訟讼訴诉維维糾纠審审經经後后總总計计"
        + "個个種种應应據据報报單单萬万額额購购採采對对為为與与從从專专職职員员費费繳缴納纳獲获舉举訪访類类辦办"
        + "繼继續续況况動动統统計计標标條条聞闻網网談谈見见傳传電电絡络點点見见議议題题會会訓训課课門门閱阅設设備备"

    private static let simplified: [UInt32: UInt32] = {
        let scalars = Array(pairs.unicodeScalars)
        var map: [UInt32: UInt32] = [:]
        for index in stride(from: 0, to: scalars.count - 1, by: 2) where scalars[index] != scalars[index + 1] {
            map[scalars[index].value] = scalars[index + 1].value
        }
        return map
    }()

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
