import Codecs
import Testing

@Suite struct TextTagTests {
    @Test func `tags of stored documents are the same in every version`() {
        #expect(TextTag.of([]) == 0x5365_4eaf_febf_f65a)
        #expect(TextTag.of(Array("{\"agency\":1}".utf8)) == 0x97c4_9b75_e5bd_a1b6)
        #expect(TextTag.of((0..<64).map { $0 }) == 0xd130_301a_7678_ecc8)
    }

    @Test func `each bit counts`() {
        let text = (0..<83).map { UInt8($0) }
        var seen: Set<UInt64> = [TextTag.of(text)]
        for index in text.indices {
            for bit in 0..<8 {
                var other = text
                other[index] ^= 1 << bit
                seen.insert(TextTag.of(other))
            }
        }
        for count in text.indices { seen.insert(TextTag.of(Array(text[..<count]))) }
        #expect(seen.count == 1 + 83 * 8 + 83)
    }
}
