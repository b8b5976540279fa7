/// Some of the checks, as a number with a bit for each.
///
/// The number is stored: a check's bit is its place among ``Check/ID``, so new ones go to the end of that list.
public struct CheckSet: OptionSet, Sendable, Hashable {
    /// The bits.
    public let rawValue: Int64

    /// The checks whose bits are set.
    public init(rawValue: Int64) {
        self.rawValue = rawValue
    }

    /// One check.
    public init(_ check: Check.ID) {
        self.init(rawValue: 1 << Int64(Self.places[check] ?? 0))
    }

    /// Some checks.
    public init(_ checks: some Sequence<Check.ID>) {
        self = checks.reduce(into: []) { set, check in set.formUnion(CheckSet(check)) }
    }

    private static let places = Dictionary(uniqueKeysWithValues: zip(Check.ID.allCases, Check.ID.allCases.indices))
}
