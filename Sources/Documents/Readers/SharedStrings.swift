/// A text of a workbook while its runs come in: those struck out are left out, those above or below the line are marks.
struct SheetText: Sendable {
    private(set) var bytes: [UInt8] = []
    /// Whether it has runs, each with a font of its own.
    private(set) var isRich = false
    private var isOpen = false
    private var isReading = false
    private var isStruckOut = false
    private var shift: TextShift?

    /// An element of the text, or one that it stands in, begins.
    mutating func start(_ element: OfficeElement, _ attributes: OfficeAttributes) {
        switch element {
        case .rPh: isReading = true
        case .r:
            isRich = true
            isStruckOut = false
            shift = nil
        case .strike: isStruckOut = attributes.isOn
        case .vertAlign: shift = TextShift(word: attributes["val"])
        default: break
        }
        isOpen = element == .t && !isReading && !isStruckOut
    }

    /// An element ends.
    mutating func end(_ element: OfficeElement) {
        isOpen = false
        if element == .rPh { isReading = false }
    }

    /// Characters of what began last.
    mutating func characters(_ characters: Span<UInt8>) {
        guard isOpen else { return }
        if let shift {
            bytes += shift.applied(to: characters)
        } else {
            for index in characters.indices { bytes.append(characters[index]) }
        }
    }
}

/// The texts that cells share, the runs of each joined.
struct SharedStrings: OfficeHandler, Sendable {
    private var text: [UInt8] = []
    private var ends: [(end: Int, isRich: Bool)] = []
    private var open = SheetText()

    /// A text by its index, and whether it has runs; nil where there is none.
    subscript(index: Int) -> (text: ArraySlice<UInt8>, isRich: Bool)? {
        guard ends.indices.contains(index) else { return nil }
        return (text[(index == 0 ? 0 : ends[index - 1].end)..<ends[index].end], ends[index].isRich)
    }

    mutating func start(_ element: OfficeElement, _ attributes: OfficeAttributes) {
        if element == .si { open = SheetText() }
        open.start(element, attributes)
    }

    mutating func end(_ element: OfficeElement) {
        open.end(element)
        guard element == .si else { return }
        text += open.bytes
        ends.append((text.count, open.isRich))
    }

    mutating func characters(_ characters: Span<UInt8>) {
        open.characters(characters)
    }
}
