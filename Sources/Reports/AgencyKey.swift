import Foundation

/// An agency's name as names are compared: compatibility forms folded (NFKC), white space and invisible characters gone.
public struct AgencyKey: Sendable, Hashable {
    /// The folded name.
    public let text: String

    /// Folds a name. O(length).
    public init(_ name: String) {
        let scalars = name.precomposedStringWithCompatibilityMapping.unicodeScalars.filter { scalar in
            !scalar.properties.isWhitespace && scalar.properties.generalCategory != .format
                && scalar.properties.generalCategory != .control
        }
        text = String(String.UnicodeScalarView(scalars))
    }

    /// How alike two names are, from 0 to 1: the share of their pairs of neighbouring characters that they have in
    /// common (Dice's coefficient). O(length).
    public func likeness(to other: AgencyKey) -> Double {
        let left = pairs
        let right = other.pairs
        guard !left.isEmpty, !right.isEmpty else { return text == other.text ? 1 : 0 }
        return 2 * Double(left.intersection(right).count) / Double(left.count + right.count)
    }

    private var pairs: Set<[Unicode.Scalar]> {
        let scalars = Array(text.unicodeScalars)
        return Set(zip(scalars, scalars.dropFirst()).map { [$0, $1] })
    }
}
