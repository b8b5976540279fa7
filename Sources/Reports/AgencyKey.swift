import Foundation

/// An agency's name as names are compared: compatibility forms folded (NFKC), white space and invisible characters gone.
public struct AgencyKey: Sendable, Hashable {
    /// The folded name.
    public let text: String

    /// Folds a name. O(length).
    public init(_ name: String) {
        guard !name.utf8.isPlainHan else {
            text = name
            return
        }
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

extension String.UTF8View {
    /// Whether the text is made of ASCII letters and digits and of Chinese characters that folding leaves as they are:
    /// U+4DC0 to U+9FFF, whose UTF-8 begins with E4 B7 to E9. Most names are.
    fileprivate var isPlainHan: Bool {
        var rest = makeIterator()
        while let byte = rest.next() {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                UInt8(ascii: "A")...UInt8(ascii: "Z"):
                continue
            case 0xe4...0xe9:
                guard let second = rest.next(), rest.next() != nil, byte > 0xe4 || second >= 0xb7 else { return false }
            default: return false
            }
        }
        return true
    }
}
