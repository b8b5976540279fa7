/// One selector of a style sheet, as far as the reader follows them: names, classes and ids, and elements within others.
struct HTMLSelector: Sendable {
    /// What one element is asked for. Names are compared by their hashes.
    struct Compound: Sendable {
        var name: UInt64?
        var id: UInt64?
        var classes: [UInt64] = []

        /// The rarest thing that it asks for; nil for `*`.
        var key: UInt64? { id ?? classes.first ?? name }

        /// Whether an element is what is asked for.
        func matches(_ target: HTMLTarget) -> Bool {
            if let name, name != target.name { return false }
            if let id, id != target.id { return false }
            return classes.allSatisfy { target.classes.contains($0) }
        }
    }

    /// From the outermost element to the one that is meant.
    private(set) var compounds: [Compound] = []
    /// Whether something was left out that the reader does not follow, such as `:hover` or `[type=x]`.
    private(set) var isWidened = false

    /// The element that is meant.
    var subject: Compound { compounds.last ?? Compound() }

    /// Ids count more than classes, those more than names (Selectors 3, 9).
    var specificity: Int {
        compounds.reduce(0) { sum, compound in
            sum + (compound.id == nil ? 0 : 1 << 16) + compound.classes.count << 8 + (compound.name == nil ? 0 : 1)
        }
    }

    /// Reads a selector without commas. O(length).
    init(_ text: ArraySlice<UInt8>) {
        var rest = text
        while let byte = rest.first {
            rest = rest.dropFirst()
            switch byte {
            case 0x00...0x20, UInt8(ascii: ">"): startCompound()
            case UInt8(ascii: "+"), UInt8(ascii: "~"):
                compounds = []
                isWidened = true
                startCompound()
            case UInt8(ascii: "*"): if compounds.isEmpty { startCompound() }
            case UInt8(ascii: "."): last { $0.classes.append(HTMLTarget.hash(HTMLSelector.name(&rest))) }
            case UInt8(ascii: "#"): last { $0.id = HTMLTarget.hash(HTMLSelector.name(&rest)) }
            case UInt8(ascii: "["), UInt8(ascii: ":"), UInt8(ascii: "\\"), UInt8(ascii: "("), UInt8(ascii: ")"):
                isWidened = true
                rest = rest.drop { $0 > 0x20 && $0 != UInt8(ascii: ">") }
            default:
                rest = text[(rest.startIndex - 1)...]
                let name = HTMLSelector.name(&rest)
                guard !name.isEmpty else {
                    isWidened = true
                    rest = rest.dropFirst()
                    continue
                }
                last { $0.name = HTMLTarget.hash(name.map { 0x41...0x5A ~= $0 ? $0 | 0x20 : $0 }[...]) }
            }
        }
        if let last = compounds.last, last.key == nil, compounds.count > 1 { compounds.removeLast() }
    }

    /// Whether the element that is meant is the page itself.
    var isWholePage: Bool {
        guard let name = subject.name else { return subject.key == nil }
        return name == HTMLSelector.body || name == HTMLSelector.html
    }

    private static let body = HTMLTarget.hash(Array("body".utf8)[...])
    private static let html = HTMLTarget.hash(Array("html".utf8)[...])

    private mutating func startCompound() {
        if let last = compounds.last, last.key == nil { return }
        compounds.append(Compound())
    }

    private mutating func last(_ change: (inout Compound) -> Void) {
        if compounds.isEmpty { compounds.append(Compound()) }
        change(&compounds[compounds.count - 1])
    }

    private static func name(_ rest: inout ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let name = rest.prefix { byte in
            0x61...0x7A ~= byte | 0x20 || 0x30...0x39 ~= byte || byte == 0x2D || byte == 0x5F || byte >= 0x80
        }
        rest = rest[name.endIndex...]
        return name
    }
}

/// What selectors ask of an element: its name, its id and its classes, each by its hash.
struct HTMLTarget: Sendable {
    var name: UInt64
    var id: UInt64?
    var classes: [UInt64] = []

    /// The hash of a name (FNV-1a, 64 bits): a page that makes two alike harms itself alone.
    static func hash(_ name: ArraySlice<UInt8>) -> UInt64 {
        name.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    }

    /// The hash of a range of bytes.
    static func hash(_ text: Span<UInt8>, _ range: Range<Int>) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for index in range { hash = (hash ^ UInt64(text[index])) &* 0x100_0000_01B3 }
        return hash
    }

    /// Adds the classes of a `class` attribute, a few at most.
    mutating func addClasses(_ text: Span<UInt8>) {
        var start = 0
        for index in 0...text.count where index == text.count || text[index] <= 0x20 {
            if index > start, classes.count < HTMLTarget.classesMax {
                classes.append(HTMLTarget.hash(text, start..<index))
            }
            start = index + 1
        }
    }

    private static let classesMax = 32
}
