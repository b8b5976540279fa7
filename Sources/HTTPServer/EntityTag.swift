/// An entity tag: `"abc"`, or `W/"abc"` for a weak one (RFC 9110 §8.8.3).
public struct EntityTag: Sendable, Hashable {
    /// What stands between the quotes.
    public let opaque: [UInt8]
    /// Whether the tag promises only that the content means the same.
    public let isWeak: Bool

    /// A tag of these parts.
    public init(_ opaque: [UInt8], isWeak: Bool = false) {
        self.opaque = opaque
        self.isWeak = isWeak
    }

    /// The tag as it stands in a field.
    public var bytes: [UInt8] {
        (isWeak ? [0x57, Byte.slash] : []) + [Byte.quote] + opaque + [Byte.quote]
    }

    /// Weak comparison, for `If-None-Match` (RFC 9110 §8.8.3.2).
    public func matchesWeakly(_ other: EntityTag) -> Bool {
        opaque == other.opaque
    }

    /// Strong comparison, for `If-Match`: neither may be weak.
    public func matchesStrongly(_ other: EntityTag) -> Bool {
        !isWeak && !other.isWeak && opaque == other.opaque
    }
}

/// The value of `If-None-Match` or `If-Match` (RFC 9110 §13.1).
public enum EntityTagCondition: Sendable, Hashable {
    /// `*`: any current representation.
    case any
    /// One of these tags.
    case tags([EntityTag])

    /// Reads the field value; `nil` when it is malformed, and the condition is then to be ignored or refused.
    public init?(_ bytes: ArraySlice<UInt8>) {
        var scanner = FieldValueScanner(bytes)
        scanner.skipSpace()
        if scanner.take(Byte.asterisk) {
            scanner.skipSpace()
            guard scanner.isAtEnd else { return nil }
            self = .any
            return
        }
        var tags: [EntityTag] = []
        while !scanner.isAtEnd {
            if let tag = Self.tag(&scanner) { tags.append(tag) } else if scanner.next != Byte.comma { return nil }
            scanner.skipSpace()
            guard scanner.isAtEnd || scanner.take(Byte.comma) else { return nil }
            scanner.skipSpace()
        }
        guard !tags.isEmpty else { return nil }
        self = .tags(tags)
    }

    /// Whether `If-None-Match` holds a tag of the current representation: then the answer is `304`, or `412` for
    /// unsafe methods. Compares weakly.
    public func contains(_ current: EntityTag) -> Bool {
        switch self {
        case .any: true
        case .tags(let tags): tags.contains { $0.matchesWeakly(current) }
        }
    }

    /// Whether `If-Match` lets the request through: compares strongly. `nil` is "no current representation".
    public func permits(_ current: EntityTag?) -> Bool {
        guard let current else { return false }
        switch self {
        case .any: return true
        case .tags(let tags): return tags.contains { $0.matchesStrongly(current) }
        }
    }

    private static func tag(_ scanner: inout FieldValueScanner) -> EntityTag? {
        var isWeak = false
        if scanner.take(0x57) {
            guard scanner.take(Byte.slash) else { return nil }
            isWeak = true
        }
        guard scanner.take(Byte.quote) else { return nil }
        // etagc: no quotes and no escapes within a tag.
        let opaque = scanner.take { $0 == Byte.quote || $0 <= Byte.space || $0 == Byte.delete }
        guard scanner.take(Byte.quote) else { return nil }
        return EntityTag(Array(opaque), isWeak: isWeak)
    }
}
