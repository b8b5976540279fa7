/// The prose of a report in 256 bytes, such that like texts have like signatures: one-permutation MinHash (Li, Owen and
/// Zhang 2012, with the densification of Shrivastava 2017) over its character shingles, numbers, punctuation and white space
/// left out, eight bits of each minimum (Li and König 2010), with bands to find like ones among many (locality-sensitive
/// hashing: Leskovec et al., Mining of Massive Datasets, chapter 3).
///
/// Of pairs of texts with a likeness of 0.9 more than 99 in 100 are found, that is, share a band and are estimated at
/// ``nearlySame`` or more; with 0.85, 96; with 0.8, half; with 0.75, 3; with 0.7 none in a thousand.
public struct NarrativeSignature: Sendable, Hashable {
    /// The low bits of 256 minima, in the order of the bins that the shingles' hashes fall into.
    public let bytes: [UInt8]
    /// 10 hashes over 6 minima each, which include the band's number. Texts that share a band are worth a comparison:
    /// of pairs with a likeness of 0.9 do 999 in 1,000, with 0.85 99 in 100, with 0.8 95, with 0.5 15, and with 0.2 one in
    /// 1,500.
    public let bands: [Int64]

    /// The likeness from which on two narratives are nearly the same. In a text in which 3 characters of 100 were replaced,
    /// a word here and a word there, it is 0.88.
    public static let nearlySame = 0.8

    /// Makes the signature of the opening and the sections without their headings; nil for fewer than 200 characters.
    ///
    /// O(length), and bounded: what follows the first 20,000 characters is left out. The same in every run and on every
    /// machine.
    public init?(_ narrative: Narrative) {
        var shingles = Shingles()
        for paragraph in narrative.opening + narrative.sections.flatMap(\.paragraphs) { shingles.add(paragraph) }
        guard shingles.characters >= Self.charactersMin else { return nil }
        self.init(bytes: shingles.signature)
    }

    /// Reads the bytes of a signature; nil for any other number of them.
    public init?(bytes: [UInt8]) {
        guard bytes.count == Self.binCount else { return nil }
        self.bytes = bytes
        bands = (0..<Self.bandCount).map { band in
            var hash = StableHash()
            hash.add(band)
            hash.add(bytes[band * Self.bandBytes..<(band + 1) * Self.bandBytes])
            return Int64(bitPattern: hash.value)
        }
    }

    /// The share of passages that two texts have in common, 0 to 1: an estimate of the Jaccard index of their shingles,
    /// with a standard error of at most 0.031, and of 0.019 at 0.9.
    public func likeness(to other: NarrativeSignature) -> Double {
        let same = zip(bytes, other.bytes).count { $0 == $1 }
        // One in 256 is the same by chance.
        return max(0, (Double(same) * 256 / Double(Self.binCount) - 1) / 255)
    }

    fileprivate static let binCount = 256
    private static let bandCount = 10
    private static let bandBytes = 6
    private static let charactersMin = 200
}

/// Takes text in and keeps the least hashes of its shingles: one hash for each, whose first byte says into which bin it
/// falls, and the least of each bin.
private struct Shingles {
    private var minima = [UInt32](repeating: empty, count: NarrativeSignature.binCount)
    /// The number of characters taken in.
    private(set) var characters = 0

    /// Five characters: official prose shares many words of two and four, far fewer passages of five.
    private static let length = 5
    private static let charactersMax = 20_000
    private static let base: UInt64 = 0x9e37_79b9_7f4a_7c15
    /// What a character weighs once it leaves the window: base to the power of the length.
    private static let leaving = (0..<length).reduce(1 as UInt64) { power, _ in power &* base }
    /// The mark of a bin that no shingle fell into.
    private static let empty = UInt32.max
    /// So many bins are tried for another one's minimum; text with a single shingle needs a few hundred.
    private static let borrowingMax: UInt64 = 100_000

    private var window = [UInt64](repeating: 0, count: length)
    private var rolling: UInt64 = 0

    mutating func add(_ text: String) {
        for scalar in text.unicodeScalars {
            guard characters < Self.charactersMax else { return }
            if Self.isKept(scalar) { add(UInt64(scalar.value)) }
        }
    }

    private mutating func add(_ character: UInt64) {
        let slot = characters % Self.length
        rolling = rolling &* Self.base &+ character &- window[slot] &* Self.leaving
        window[slot] = character
        characters += 1
        guard characters >= Self.length else { return }
        let hash = Self.mixed(rolling)
        let bin = Int(hash >> 56)
        minima[bin] = min(minima[bin], UInt32(truncatingIfNeeded: hash), Self.empty - 1)
    }

    /// The low bits of the minima.
    var signature: [UInt8] {
        minima.indices.map { bin in UInt8(truncatingIfNeeded: minimum(of: bin)) }
    }

    /// Empty bins of short texts borrow from others, which are the same for all texts, so that likeness is kept.
    private func minimum(of bin: Int) -> UInt32 {
        var minimum = minima[bin]
        var attempt: UInt64 = 0
        while minimum == Self.empty, attempt < Self.borrowingMax {
            attempt += 1
            minimum = minima[Int(Self.mixed(UInt64(bin) << 32 | attempt) >> 56)]
        }
        return minimum
    }

    /// Letters, so that a copied text with other numbers, spaces and punctuation stays what it is.
    private static func isKept(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x4e00...0x9fff: true
        case 0..<0x80:
            UInt32(UInt8(ascii: "a"))...UInt32(UInt8(ascii: "z")) ~= scalar.value | 0x20
        default: scalar.properties.isAlphabetic
        }
    }

    /// A mix of all bits (the finaliser of SplitMix64).
    private static func mixed(_ value: UInt64) -> UInt64 {
        var mixed = value &+ base
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}
