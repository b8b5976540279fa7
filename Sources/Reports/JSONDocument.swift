/// A JSON text (RFC 8259) that has been read once: every value with its place in the text, in the order of the text.
///
/// Nothing is copied out of the text until it is asked for, so that a report document is read in microseconds;
/// ``JSONValue`` is the same as a tree, for what is read rarely.
public struct JSONDocument: Sendable {
    /// What a value is.
    enum Kind: UInt8, Sendable {
        case null, `true`, `false`, number, string, array, object
    }

    /// A value of the text.
    struct Node: Sendable {
        let kind: Kind
        /// Whether a string has escapes.
        var hasEscapes = false
        /// The bytes of a number or, without the quotation marks, of a string.
        let start: UInt32
        var end: UInt32
        /// The number of the first value after this one and all that it holds.
        var next: UInt32
    }

    /// A value's number in its document.
    public struct Place: Sendable, Hashable {
        let index: Int

        /// The value that everything else is in.
        public static let root = Place(index: 0)
    }

    let bytes: [UInt8]
    let nodes: [Node]

    /// Reads a text that holds one value and nothing else but white space. O(length), bounded in depth.
    ///
    /// - Throws: ``JSONError`` with the offset of the first byte that does not fit.
    public init(_ bytes: [UInt8]) throws(JSONError) {
        nodes = try JSONReader.nodes(of: bytes)
        self.bytes = bytes
    }
}

extension JSONDocument {
    func kind(_ place: Place) -> Kind { nodes[place.index].kind }

    /// Whether a value is `null`.
    public func isNull(_ place: Place) -> Bool { kind(place) == .null }

    /// Whether a value is an object.
    public func isObject(_ place: Place) -> Bool { kind(place) == .object }

    /// The member of an object; nil where this is no object or has no such member. Of members of the same name the last
    /// one counts. O(number of members).
    public func member(_ name: String, of place: Place = .root) -> Place? {
        guard kind(place) == .object else { return nil }
        let name = name.utf8.span
        var found: Place?
        let end = Int(nodes[place.index].next)
        var index = place.index + 1
        while index < end {
            if isString(index, name) { found = Place(index: index + 1) }
            index = Int(nodes[index + 1].next)
        }
        return found
    }

    /// Calls a body with the value of each member that has one of some names, and with the name's place among them. Of
    /// members of the same name the last one comes last. O(number of members) where they stand in the names' order.
    func forEach<Failure: Error>(
        _ names: MemberNames, of place: Place, _ body: (Int, Place) throws(Failure) -> Void
    ) throws(Failure) {
        guard kind(place) == .object else { return }
        let end = Int(nodes[place.index].next)
        var index = place.index + 1
        var expected = 0
        while index < end {
            for _ in 0..<names.count {
                let name = expected
                expected = name + 1 == names.count ? 0 : name + 1
                guard isString(index, names.bytes.span.extracting(names.range(name))) else { continue }
                try body(name, Place(index: index + 1))
                break
            }
            index = Int(nodes[index + 1].next)
        }
    }

    /// Calls a body with the name and the value of each member of an object.
    func forEachMember(of place: Place, _ body: (_ name: Place, _ value: Place) -> Void) {
        guard kind(place) == .object else { return }
        let end = Int(nodes[place.index].next)
        var index = place.index + 1
        while index < end {
            body(Place(index: index), Place(index: index + 1))
            index = Int(nodes[index + 1].next)
        }
    }

    /// The value at a path of members, names between dots.
    public func value(at path: [String], of place: Place = .root) -> Place? {
        var place = place
        for name in path {
            guard let next = member(name, of: place) else { return nil }
            place = next
        }
        return place
    }

    /// The items of an array; nil for anything else.
    public func items(of place: Place) -> [Place]? {
        guard kind(place) == .array else { return nil }
        var items: [Place] = []
        let end = Int(nodes[place.index].next)
        var index = place.index + 1
        while index < end {
            items.append(Place(index: index))
            index = Int(nodes[index].next)
        }
        return items
    }

    /// The string, escapes resolved, if it is one.
    public func string(_ place: Place) -> String? {
        guard kind(place) == .string else { return nil }
        let node = nodes[place.index]
        guard node.hasEscapes else { return String(decoding: bytes[text(node)], as: UTF8.self) }
        return String(decoding: JSONEscapes.resolved(bytes[text(node)]), as: UTF8.self)
    }

    /// The digits of a number as written, if it is one.
    public func number(_ place: Place) -> String? {
        guard kind(place) == .number else { return nil }
        return String(decoding: bytes[text(nodes[place.index])], as: UTF8.self)
    }

    /// The whole number, if it is one that fits.
    public func integer(_ place: Place) -> Int? {
        guard kind(place) == .number else { return nil }
        let range = text(nodes[place.index])
        let bytes = bytes.span
        let isNegative = bytes[range.lowerBound] == UInt8(ascii: "-")
        var value = 0
        for index in (range.lowerBound + (isNegative ? 1 : 0))..<range.upperBound {
            let digit = bytes[index] &- UInt8(ascii: "0")
            guard digit <= 9 else { return nil }
            let (tens, overflow) = value.multipliedReportingOverflow(by: 10)
            let (sum, overflows) = tens.subtractingReportingOverflow(Int(digit))
            guard !overflow, !overflows else { return nil }
            value = sum
        }
        // Counted downwards, since the least number has no positive counterpart.
        guard !isNegative else { return value }
        return value == .min ? nil : -value
    }

    /// Whether two strings are the same.
    func isSameString(_ left: Place, _ right: Place) -> Bool {
        let node = nodes[left.index]
        guard !node.hasEscapes else { return string(left) == string(right) }
        return isString(right.index, bytes.span.extracting(text(node)))
    }

    private func text(_ node: Node) -> Range<Int> { Int(node.start)..<Int(node.end) }

    private func isString(_ index: Int, _ name: Span<UInt8>) -> Bool {
        let node = nodes[index]
        guard !node.hasEscapes else {
            return Array(string(Place(index: index))?.utf8 ?? "".utf8).span.isEqual(to: name)
        }
        guard Int(node.end - node.start) == name.count else { return false }
        let bytes = bytes.span
        for offset in 0..<name.count where bytes[Int(node.start) + offset] != name[offset] { return false }
        return true
    }
}

/// Names of members, in one piece: as an array of arrays, each would be counted in and out whenever it is looked at.
struct MemberNames: Sendable {
    let bytes: [UInt8]
    private let ends: [Int]

    init(_ names: [String]) {
        bytes = names.flatMap { Array($0.utf8) }
        var end = 0
        ends = names.map { name in
            end += name.utf8.count
            return end
        }
    }

    var count: Int { ends.count }

    func range(_ index: Int) -> Range<Int> { (index == 0 ? 0 : ends[index - 1])..<ends[index] }
}

extension Span<UInt8> {
    fileprivate func isEqual(to other: Span<UInt8>) -> Bool {
        guard count == other.count else { return false }
        for index in 0..<count where self[index] != other[index] { return false }
        return true
    }
}

extension JSONValue {
    /// A value of a document with all that it holds, as a tree. O(its length).
    public init(_ document: JSONDocument, at place: JSONDocument.Place = .root) {
        switch document.kind(place) {
        case .null: self = .null
        case .true: self = .boolean(true)
        case .false: self = .boolean(false)
        case .number: self = .number(document.number(place) ?? "")
        case .string: self = .string(document.string(place) ?? "")
        case .array: self = .array((document.items(of: place) ?? []).map { JSONValue(document, at: $0) })
        case .object:
            var members: [String: JSONValue] = [:]
            document.forEachMember(of: place) { name, value in
                members[document.string(name) ?? ""] = JSONValue(document, at: value)
            }
            self = .object(members)
        }
    }
}
