/// A set of the cases of an enum numbered from 0, a bit each.
struct EnumSet<Element: RawRepresentable<Int>>: Sendable, ExpressibleByArrayLiteral {
    private(set) var bits: UInt64 = 0

    init(arrayLiteral elements: Element...) {
        for element in elements { insert(element) }
    }

    /// Adds a case; its number must be below 64.
    mutating func insert(_ element: Element) {
        bits |= 1 << UInt64(element.rawValue)
    }

    func contains(_ element: Element) -> Bool {
        bits & 1 << UInt64(element.rawValue) != 0
    }

    /// Whether it has all the cases of another.
    func holds(_ other: EnumSet) -> Bool { bits & other.bits == other.bits }

    /// The number of cases in it.
    var count: Int { bits.nonzeroBitCount }

    /// The number of cases that this set shares with another.
    func count(sharedWith other: EnumSet) -> Int {
        (bits & other.bits).nonzeroBitCount
    }
}
