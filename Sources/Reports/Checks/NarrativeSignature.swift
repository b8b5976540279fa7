/// The prose of a report in 144 bytes, such that like texts have like signatures: MinHash (Broder 1997) over its
/// character shingles, numbers, punctuation and white space left out, with bands to find like ones among many
/// (locality-sensitive hashing: Leskovec et al., Mining of Massive Datasets, chapter 3).
public struct NarrativeSignature: Sendable, Hashable {
    /// 36 minima of 32 bits, little-endian, in the order of their hash functions.
    public let bytes: [UInt8]
    /// 6 hashes over 6 minima each, which include the band's number. Texts that share a band are worth a comparison:
    /// of pairs with a likeness of 0.9 do 99 in 100, with 0.85 94, with 0.5 9, and with 0.2 one in 2,600.
    public let bands: [Int64]

    /// The likeness from which on two narratives are nearly the same.
    public static let nearlySame = 0.85

    /// Makes the signature of the opening and the sections without their headings; nil for fewer than 200 characters.
    ///
    /// O(length), and bounded: what follows the first 20,000 characters is left out. The same in every run and on every
    /// machine.
    public init?(_ narrative: Narrative) {
        var shingles = Shingles()
        for paragraph in narrative.opening + narrative.sections.flatMap(\.paragraphs) { shingles.add(paragraph) }
        guard shingles.characters >= Self.charactersMin else { return nil }
        self.init(minima: shingles.minima)
    }

    /// Reads the bytes of a signature; nil for any other number of them.
    public init?(bytes: [UInt8]) {
        guard bytes.count == Self.minimaCount * 4 else { return nil }
        self.bytes = bytes
        let bandBytes = bytes.count / Self.bandCount
        bands = (0..<Self.bandCount).map { band in
            var hash = StableHash()
            hash.add(band)
            hash.add(bytes[band * bandBytes..<(band + 1) * bandBytes])
            return Int64(bitPattern: hash.value)
        }
    }

    private init?(minima: [UInt32]) {
        self.init(
            bytes: minima.flatMap { minimum in
                (0..<4).map { UInt8(truncatingIfNeeded: minimum >> (8 * $0)) }
            })
    }

    /// The share of passages that two texts have in common, 0 to 1 in steps of 1/36: an estimate of the Jaccard index
    /// of their shingles, with a standard error of at most 0.083, and of 0.05 at 0.9.
    public func likeness(to other: NarrativeSignature) -> Double {
        let same = stride(from: 0, to: bytes.count, by: 4).count { start in
            bytes[start..<start + 4] == other.bytes[start..<start + 4]
        }
        return Double(same) / Double(Self.minimaCount)
    }

    fileprivate static let minimaCount = 36
    private static let bandCount = 6
    private static let charactersMin = 200
}

/// Takes text in and keeps the least hashes of its shingles.
private struct Shingles {
    /// The least value of each hash function.
    private(set) var minima = [UInt32](repeating: .max, count: NarrativeSignature.minimaCount)
    /// The number of characters taken in.
    private(set) var characters = 0

    /// Five characters: official prose shares many words of two and four, far fewer passages of five.
    private static let length = 5
    private static let charactersMax = 20_000
    private static let base: UInt64 = 0x9e37_79b9_7f4a_7c15
    /// What a character weighs once it leaves the window: base to the power of the length.
    private static let leaving = (0..<length).reduce(1 as UInt64) { power, _ in power &* base }
    /// Odd factors, each making a hash function of its own of the shingle's hash.
    private static let factors = (1...NarrativeSignature.minimaCount).map { mixed(UInt64($0)) | 1 }

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
        for index in minima.indices {
            minima[index] = min(minima[index], UInt32(truncatingIfNeeded: (hash &* Self.factors[index]) >> 32))
        }
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
