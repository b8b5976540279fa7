internal import ReportStore

/// Where reports are, by the paths that ask for them.
///
/// A path is known by a fingerprint of 122 bits alone, which is safe because nobody can aim at it: see ``Fingerprint``.
/// The table is cut into parts that grow one by one: a whole one of a million paths would let a request wait 70 ms.
struct PlaceTable {
    /// Their number is a power of two.
    private var parts: [Part]
    private let key = Fingerprint.Key()

    private static let partsMax = 64
    /// Below this a part grows in no time.
    private static let partBytes = 65_536

    /// - Parameter bytesMax: how many bytes it may hold.
    init(bytesMax: Int) {
        var count = 1
        while count < Self.partsMax, bytesMax / count > Self.partBytes { count *= 2 }
        parts = Array(repeating: Part(bytesMax: bytesMax / count), count: count)
    }

    /// The bytes of what it holds.
    var byteCount: Int { parts.reduce(0) { $0 + $1.byteCount } }

    /// What a path is known by.
    func fingerprint(of path: ArraySlice<UInt8>) -> Fingerprint {
        Fingerprint(of: path.span, key)
    }

    /// What was last kept for a path.
    subscript(path: Fingerprint) -> Store.Place? {
        let start = path.scattered
        return parts[part(start)].place(path, start)
    }

    /// Keeps the place of a report.
    mutating func keep(_ place: Store.Place, for path: Fingerprint) {
        let start = path.scattered
        parts[part(start)].keep(Slot(path: path, place: place), start)
    }

    /// The part is chosen by the lowest bits, the slot within it by the highest.
    private func part(_ start: UInt64) -> Int {
        Int(truncatingIfNeeded: start) & (parts.count - 1)
    }
}

/// A place and the path that leads to it.
private struct Slot {
    var path = Fingerprint.none
    var place = Store.Place.nowhere
}

/// A part of the table.
///
/// A search looks at 32 slots at most, mostly at two or three; a report that finds none of them free takes another's.
private struct Part {
    private static let probesMax = 32

    private let slotsMax: Int
    private var slots: [Slot]
    private var count = 0

    init(bytesMax: Int) {
        slotsMax = max(Self.probesMax, bytesMax / MemoryLayout<Slot>.stride)
        slots = Array(repeating: Slot(), count: Self.probesMax)
    }

    var byteCount: Int { slots.count * MemoryLayout<Slot>.stride }

    /// - Parameter start: where the search begins, see ``Fingerprint/scattered``.
    func place(_ path: Fingerprint, _ start: UInt64) -> Store.Place? {
        for probe in 0..<Self.probesMax {
            let index = index(start, probe)
            let known = slots[index].path
            if known == path { return slots[index].place }
            guard known != .none else { return nil }
        }
        return nil
    }

    mutating func keep(_ slot: Slot, _ start: UInt64) {
        if count * 4 > slots.count * 3, slots.count < slotsMax { grow() }
        put(slot, start)
    }

    private mutating func grow() {
        let old = slots
        slots = Array(repeating: Slot(), count: min(old.count * 2, slotsMax))
        count = 0
        for slot in old where slot.path != .none { put(slot, slot.path.scattered) }
    }

    private mutating func put(_ slot: Slot, _ start: UInt64) {
        // Should all be taken, it is the path that says which one goes, as good as by chance.
        var chosen = index(start, Int(truncatingIfNeeded: slot.path.second) & (Self.probesMax - 1))
        for probe in 0..<Self.probesMax {
            let known = slots[index(start, probe)].path
            guard known == .none || known == slot.path else { continue }
            chosen = index(start, probe)
            if known == .none { count += 1 }
            break
        }
        slots[chosen] = slot
    }

    private func index(_ start: UInt64, _ probe: Int) -> Int {
        let first = start.multipliedFullWidth(by: UInt64(truncatingIfNeeded: slots.count)).high
        let index = Int(truncatingIfNeeded: first) &+ probe
        return index < slots.count ? index : index &- slots.count
    }
}

/// Two hashes of some bytes, each the value of the bytes as a polynomial at a secret point, modulo 2⁶¹ − 1.
///
/// Two polynomials of degree n agree at n points at most, so two texts of up to a thousand words that were made without
/// knowledge of the points have the same fingerprint with a chance below 2⁻¹⁰⁰ (universal hashing: Carter and Wegman).
/// The points are chosen anew for each table and never leave it.
struct Fingerprint: Equatable {
    let first: UInt64
    let second: UInt64

    /// What no bytes have.
    static let none = Fingerprint(first: .max, second: .max)

    /// A number for where to look. Texts that differ in one word have fingerprints in equal steps, and steps by a point
    /// that ends in zeros would leave most slots free: so the bits are mixed (Stafford's variant 13, as in SplitMix64).
    var scattered: UInt64 {
        let once = (first ^ first >> 30) &* 0xbf58_476d_1ce4_e5b9
        let twice = (once ^ once >> 27) &* 0x94d0_49bb_1331_11eb
        return twice ^ twice >> 31
    }

    /// Where the polynomials are taken.
    struct Key {
        let first = UInt64.random(in: 1..<Fingerprint.prime)
        let second = UInt64.random(in: 1..<Fingerprint.prime)
    }

    fileprivate static let prime: UInt64 = 1 << 61 - 1
    /// A word of the text is below the prime.
    private static let wordBytes = 7

    private init(first: UInt64, second: UInt64) {
        self.first = first
        self.second = second
    }

    /// The fingerprint of some bytes. O(length).
    init(of bytes: Span<UInt8>, _ key: Key) {
        // The length goes first: zeros at the end count.
        var (first, second) = (UInt64(bytes.count), UInt64(bytes.count))
        var index = 0
        while index < bytes.count {
            var word: UInt64 = 0
            if bytes.count - index >= Self.wordBytes {
                let part = bytes.extracting(index..<index + Self.wordBytes)
                for place in 0..<Self.wordBytes { word |= UInt64(part[place]) << UInt64(place * 8) }
            } else {
                for place in index..<bytes.count { word = word << 8 | UInt64(bytes[place]) }
            }
            first = Self.next(first, key.first, word)
            second = Self.next(second, key.second, word)
            index += Self.wordBytes
        }
        self.init(first: first, second: second)
    }

    /// `value` times `point` plus `word`, modulo the prime.
    private static func next(_ value: UInt64, _ point: UInt64, _ word: UInt64) -> UInt64 {
        let product = value.multipliedFullWidth(by: point)
        // 2⁶¹ is 1 in this field. Both factors are below it, so neither shift loses a bit and the sums stay below 2⁶³.
        let folded = (product.low & prime) &+ (product.low >> 61 | product.high << 3) &+ word
        let rest = (folded & prime) &+ folded >> 61
        return rest >= prime ? rest &- prime : rest
    }
}
