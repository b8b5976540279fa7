import Reports
import Support
import Testing

@Suite struct NarrativeSignatureTests {
    /// Text of random characters of the common ones.
    private func text(_ length: Int, seed: Int) -> String {
        // The streams of neighbouring seeds are the same but for their beginning.
        var random = SeededGenerator(seed: seed * 100_000)
        return String(
            String.UnicodeScalarView(
                (0..<length).compactMap { _ in Unicode.Scalar(UInt32.random(in: 0x4e00...0x7fff, using: &random)) }))
    }

    private func narrative(_ text: String) -> Narrative {
        Narrative(sections: [Section(kind: .overview, heading: "一、总体情况", paragraphs: [text])])
    }

    private func signature(_ text: String) throws -> NarrativeSignature {
        try #require(NarrativeSignature(narrative(text)))
    }

    @Test func `the signature stays what it was`() throws {
        // It is stored: a change asks for all of them to be made anew.
        let text = String(repeating: "本机关认真贯彻落实政府信息公开条例，", count: 20)
        var hash = StableHash()
        hash.add(try signature(text).bytes)
        #expect(hash.hex == "c7b6a7f444f7f60b")
    }

    @Test(arguments: 0..<20)
    func `a text is wholly like itself, and likeness is the same both ways`(seed: Int) throws {
        let one = try signature(text(300, seed: seed))
        let other = try signature(text(300, seed: seed).prefix(220) + text(200, seed: seed + 100))
        #expect(one.likeness(to: one) == 1)
        #expect(one.likeness(to: other) == other.likeness(to: one))
        #expect((0...1).contains(one.likeness(to: other)))
        #expect(one.bytes.count == 256 && one.bands.count == 10)
    }

    @Test(arguments: 0..<20)
    func `its bytes are all of it`(seed: Int) throws {
        let one = try signature(text(250, seed: seed))
        #expect(NarrativeSignature(bytes: one.bytes) == one)
    }

    @Test(arguments: [0, 1, 144, 255, 257])
    func `other bytes are no signature`(count: Int) {
        #expect(NarrativeSignature(bytes: [UInt8](repeating: 7, count: count)) == nil)
    }

    @Test func `numbers, spaces, punctuation, headings and the division into paragraphs do not matter`() throws {
        let one = "本年收到申请 12 件，答复 10 件；" + text(250, seed: 1)
        let other = "本年收到申请９９９件。答复1,024件" + text(250, seed: 1)
        #expect(try signature(one) == signature(other))
        let characters = Array(one)
        let paragraphs = [String(characters[..<100]), String(characters[100...])]
        let divided = Narrative(
            opening: [paragraphs[0]], sections: [Section(kind: .requests, heading: "别的", paragraphs: [paragraphs[1]])])
        #expect(try NarrativeSignature(divided) == signature(one))
    }

    @Test func `fewer than 200 characters have no signature`() throws {
        #expect(NarrativeSignature(Narrative()) == nil)
        #expect(NarrativeSignature(narrative(text(199, seed: 1) + "123 ，。…")) == nil)
        #expect(NarrativeSignature(narrative(text(200, seed: 1))) != nil)
        #expect(NarrativeSignature(narrative(String(repeating: "一", count: 200))) != nil)
    }

    @Test func `what follows 20,000 characters is left out`() throws {
        let long = text(20_000, seed: 3)
        #expect(try signature(long) == signature(long + text(500, seed: 4)))
    }

    @Test(arguments: 0..<40)
    func `the likeness is near the share of common passages`(seed: Int) throws {
        // Two texts of 1,000 characters with the first `shared` in common.
        var random = SeededGenerator(seed: seed)
        let shared = Int.random(in: 0...1_000, using: &random)
        let start = text(shared, seed: seed + 1)
        let one = try signature(start + text(1_000 - shared, seed: seed + 2))
        let other = try signature(start + text(1_000 - shared, seed: seed + 3))
        let jaccard = Double(shared) / Double(2_000 - shared)
        // Four standard errors of 256 draws at most.
        #expect(abs(one.likeness(to: other) - jaccard) < 0.125)
    }

    @Test func `on the average it is exact`() throws {
        let differences = try (0..<60).map { seed in
            let start = text(300, seed: seed)
            let one = try signature(start + text(200, seed: seed + 1_000))
            return try one.likeness(to: signature(start + text(200, seed: seed + 2_000))) - 300.0 / 700
        }
        #expect(abs(differences.reduce(0, +) / 60) < 0.01)
    }

    @Test func `of pairs with nine passages of ten in common ninety-nine in a hundred are found`() throws {
        var found = 0
        for seed in 0..<200 {
            // 568 of 600 in common and 32 of each alone: 568 / 632.
            let start = text(568, seed: seed)
            let one = try signature(start + text(32, seed: seed + 1_000))
            let other = try signature(start + text(32, seed: seed + 2_000))
            let isCandidate = !Set(one.bands).isDisjoint(with: other.bands)
            if isCandidate, one.likeness(to: other) >= NarrativeSignature.nearlySame { found += 1 }
        }
        #expect(found >= 198)
    }

    @Test func `a copy in which three characters of a hundred were replaced, word by word, is found`() throws {
        for seed in 0..<20 {
            var random = SeededGenerator(seed: seed + 77)
            let whole = Array(text(1_200, seed: seed))
            var copy = whole
            for _ in 0..<9 {
                let place = Int.random(in: 0..<1_196, using: &random)
                copy.replaceSubrange(place..<place + 4, with: text(4, seed: seed + place))
            }
            let one = try signature(String(whole))
            let other = try signature(String(copy))
            #expect(one.likeness(to: other) >= NarrativeSignature.nearlySame)
            #expect(!Set(one.bands).isDisjoint(with: other.bands))
        }
    }

    @Test func `texts that are nearly the same share a band, others seldom do`() throws {
        var shared = (near: 0, far: 0)
        for seed in 0..<50 {
            let whole = text(1_000, seed: seed)
            let one = Set(try signature(whole).bands)
            if try !one.isDisjoint(with: signature(whole.prefix(950) + text(50, seed: seed + 500)).bands) {
                shared.near += 1
            }
            if try !one.isDisjoint(with: signature(whole.prefix(330) + text(670, seed: seed + 500)).bands) {
                shared.far += 1
            }
        }
        #expect(shared.near >= 49)
        #expect(shared.far <= 3)
    }

    @Test func `bands at different places differ even for equal minima`() throws {
        let one = try #require(NarrativeSignature(bytes: [UInt8](repeating: 7, count: 256)))
        #expect(Set(one.bands).count == 10)
    }
}
