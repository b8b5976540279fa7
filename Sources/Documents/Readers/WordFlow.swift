/// Turns the elements of `word/document.xml` into paragraphs and grids, as a person sees them with changes accepted.
struct WordFlow: OfficeHandler {
    /// What is open at one place of the text; a text box opens another.
    private struct Context {
        var flow: Flow
        var paragraph = WordParagraph()
        /// What text boxes hold that are anchored in what is open.
        var boxes: [Flow] = []
        var isRunHidden = false
        var isRunStruckOut = false
        var shift: TextShift?
        /// Whether the run is raised or lowered by points, as the lines of a cell may be, not only marks.
        var position: TextShift?
        /// The part of an equation, by its depth, that stands above or below the line.
        var equationPart: (depth: Int, shift: TextShift)?
        /// For each field that is open, whether its instruction is running, not its result.
        var fields: [Bool] = []
        var gridBefore = 0
    }

    private let styles: WordStyles
    private var numbering: WordNumbering
    private var context: Context
    private var outer: [Context] = []
    private var depth = 0
    /// The depth of the element whose content is passed over.
    private var skippedDepth: Int?
    /// The properties that are being read.
    private var properties: OfficeElement?
    /// For each choice that is open, whether a branch was taken.
    private var choices: [Bool] = []
    private var isTextOpen = false
    private var paragraphCount = 0

    init(styles: WordStyles, numbering: WordNumbering, limits: DocumentLimits) {
        self.styles = styles
        self.numbering = numbering
        context = Context(flow: Flow(limits: limits))
    }

    /// The document ends.
    mutating func finish(_ metadata: [Metadata]) throws(DocumentError) -> Document {
        while !outer.isEmpty { try endBox() }
        try context.flow.finish()
        try flushBoxes()
        return Document(
            text: context.flow.text.text, blocks: context.flow.blocks, metadata: metadata,
            mediaType: WordDocument.mediaType)
    }

    mutating func start(_ element: OfficeElement, _ attributes: OfficeAttributes) throws(DocumentError) {
        depth += 1
        guard skippedDepth == nil, element != .other else { return }
        if properties != nil { return property(element, attributes) }
        switch element {
        case .p: startParagraph()
        case .r:
            context.isRunHidden = context.paragraph.isHidden
            context.isRunStruckOut = context.paragraph.isStruckOut
            context.shift = context.equationPart?.shift
            context.position = nil
        case .drawing, .pict, .object: context.flow.addObject()
        case .t:
            isTextOpen = !context.isRunHidden && !context.isRunStruckOut && !context.fields.contains(true)
        case .tab, .ptab: try append(" ")
        case .noBreakHyphen: try append("-")
        case .br, .cr: try breakLine()
        case .fldChar: field(attributes["fldCharType"])
        case .pPr, .rPr, .trPr, .tcPr: properties = element
        case .del, .moveFrom, .delText, .instrText, .rt, .sdtPr, .change: skippedDepth = depth
        case .tbl, .tr, .tc: try startTable(element)
        case .txbxContent: startBox()
        case .alternateContent, .choice, .fallback: choose(element)
        case .mathRaised: context.equationPart = context.equationPart ?? (depth, .raised)
        case .mathLowered: context.equationPart = context.equationPart ?? (depth, .lowered)
        case .mathDenominator: try append("/")
        default: break
        }
    }

    mutating func end(_ element: OfficeElement) throws(DocumentError) {
        defer { depth -= 1 }
        if let skipped = skippedDepth {
            if skipped == depth { skippedDepth = nil }
            return
        }
        if context.equationPart?.depth == depth { context.equationPart = nil }
        switch element {
        case .pPr where properties == .pPr: endParagraphProperties()
        case .rPr, .trPr, .tcPr:
            if properties == element { properties = nil }
        case .t: isTextOpen = false
        case .p: try endParagraph()
        case .tc: try context.flow.endCell()
        case .tr: try context.flow.endRow()
        case .tbl:
            try context.flow.endTable()
            try flushBoxes()
        case .txbxContent: try endBox()
        case .alternateContent: _ = choices.popLast()
        default: break
        }
    }

    mutating func characters(_ characters: Span<UInt8>) throws(DocumentError) {
        guard isTextOpen, skippedDepth == nil else { return }
        writeOrdinal()
        // What is raised by points is a mark only behind something that it can mark.
        let position = context.flow.text.isAtLineStart ? nil : context.position
        guard let shift = context.shift ?? position else { return write(characters) }
        let small = shift.applied(to: characters)
        write(small.span)
    }
}

extension WordFlow {
    /// A property of what is open: those of a run stand inside those of a paragraph too, for its mark.
    private mutating func property(_ element: OfficeElement, _ attributes: OfficeAttributes) {
        switch (properties, element) {
        case (_, .change): skippedDepth = depth
        case (.pPr, .del), (.pPr, .moveFrom): context.paragraph.isMarkDeleted = true
        case (.pPr, .pStyle): context.paragraph.style = attributes["val"]
        case (.pPr, .outlineLvl): context.paragraph.outlineLevel = attributes.number("val")
        case (.pPr, .numId): context.paragraph.list = attributes.number("val")
        case (.pPr, .ilvl): context.paragraph.listLevel = attributes.number("val")
        case (.rPr, .strike): context.isRunStruckOut = attributes.isOn
        case (.rPr, .dstrike): context.isRunStruckOut = context.isRunStruckOut || attributes.isOn
        case (.rPr, .position): context.position = TextShift(halfPoints: attributes.number("val") ?? 0)
        case (.rPr, .vertAlign): context.shift = TextShift(word: attributes["val"])
        case (.rPr, .vanish): context.isRunHidden = attributes.isOn
        case (.rPr, .rStyle):
            guard let style = attributes["val"].flatMap({ styles[$0] }) else { return }
            if style.isHidden { context.isRunHidden = true }
            context.isRunStruckOut = style.isStruckOut ?? context.isRunStruckOut
            context.shift = style.shift ?? context.shift
        case (.trPr, .del), (.trPr, .hidden): skipRow(attributes)
        case (.trPr, .gridBefore): context.gridBefore = min(max(attributes.number("val") ?? 0, 0), 1000)
        case (.tcPr, .gridSpan):
            let columns = min(max(attributes.number("val") ?? 1, 1), 1000)
            context.flow.updateCell { $0.columnSpan = columns }
        case (.tcPr, .vMerge):
            let continues = attributes["val"] != "restart"
            context.flow.updateCell { $0.continuesAbove = continues }
        default: break
        }
    }

    /// Passes over the row: this stands in its properties, which stand in it.
    private mutating func skipRow(_ attributes: OfficeAttributes) {
        guard attributes.isOn else { return }
        properties = nil
        context.gridBefore = 0
        skippedDepth = depth - 2
    }

    private mutating func field(_ type: String?) {
        switch type {
        case "begin": context.fields.append(true)
        case "separate":
            if let last = context.fields.indices.last { context.fields[last] = false }
        case "end": _ = context.fields.popLast()
        default: break
        }
    }

    /// Takes the first branch of a choice, which is the newest form of the same thing.
    private mutating func choose(_ element: OfficeElement) {
        guard element != .alternateContent else { return choices.append(false) }
        guard let last = choices.indices.last else { return }
        if choices[last] { skippedDepth = depth }
        choices[last] = true
    }

    private mutating func startTable(_ element: OfficeElement) throws(DocumentError) {
        switch element {
        case .tbl: try context.flow.startTable()
        // The row begins with its first cell: it may turn out to be deleted.
        case .tr: try context.flow.endRow()
        default:
            if context.gridBefore > 0 {
                try context.flow.startCell(FlowCell(columnSpan: context.gridBefore), line: paragraphCount + 1)
                context.gridBefore = 0
            }
            try context.flow.startCell(FlowCell(), line: paragraphCount + 1)
        }
    }

    private mutating func startBox() {
        var flow = Flow(limits: context.flow.limits)
        flow.cellCount = context.flow.cellCount
        flow.expandedCells = context.flow.expandedCells
        outer.append(context)
        context = Context(flow: flow)
    }

    private mutating func endBox() throws(DocumentError) {
        guard let around = outer.popLast() else { return }
        try context.flow.finish()
        try flushBoxes()
        let flow = context.flow
        context = around
        context.flow.cellCount = flow.cellCount
        context.flow.expandedCells = flow.expandedCells
        context.boxes.append(flow)
    }

    /// Writes what text boxes hold behind the paragraph or table that they are anchored in.
    private mutating func flushBoxes() throws(DocumentError) {
        guard context.flow.tables.isEmpty, !context.boxes.isEmpty else { return }
        for box in context.boxes { try context.flow.append(box) }
        context.boxes = []
    }
}

extension WordFlow {
    private mutating func startParagraph() {
        paragraphCount += 1
        context.paragraph = WordParagraph()
        context.flow.headingLevel = nil
    }

    private mutating func endParagraphProperties() {
        properties = nil
        let style = context.paragraph.style.flatMap { styles[$0] }
        context.paragraph.isHidden = style?.isHidden ?? false
        context.paragraph.isStruckOut = style?.isStruckOut ?? false
        let level = context.paragraph.outlineLevel.map { $0 < 9 ? $0 + 1 : nil } ?? style?.headingLevel
        context.flow.headingLevel = level.map { max($0, 1) }
        guard let item = context.paragraph.item(style) else { return }
        context.paragraph.ordinal = numbering.next(item)
    }

    private mutating func endParagraph() throws(DocumentError) {
        // A cell may hold nothing but its number.
        if context.flow.tables.last?.openCell != nil { writeOrdinal() }
        // With its mark deleted, a paragraph runs on into the next.
        guard !context.paragraph.isMarkDeleted else { return }
        try context.flow.boundary()
        try flushBoxes()
    }

    private mutating func writeOrdinal() {
        guard !context.paragraph.ordinal.isEmpty else { return }
        let ordinal = Array(context.paragraph.ordinal.utf8)
        context.paragraph.ordinal = ""
        write(ordinal.span)
    }

    private mutating func append(_ text: StaticString) throws(DocumentError) {
        guard !context.isRunHidden, !context.fields.contains(true) else { return }
        let bytes = Array("\(text)".utf8)
        write(bytes.span)
    }

    private mutating func breakLine() throws(DocumentError) {
        guard !context.isRunHidden, !context.fields.contains(true) else { return }
        try context.flow.boundary()
    }

    private mutating func write(_ characters: Span<UInt8>) {
        // The text counts line feeds back from the end; here a paragraph is one line whatever it holds.
        var line = max(paragraphCount, 1)
        for index in characters.indices where characters[index] == 0x0A { line += 1 }
        context.flow.text.append(characters, lineAfter: line)
    }
}

/// A paragraph while it comes in.
struct WordParagraph {
    var style: String?
    var outlineLevel: Int?
    var list: Int?
    var listLevel: Int?
    /// Its number, until it is written.
    var ordinal = ""
    var isHidden = false
    var isStruckOut = false
    var isMarkDeleted = false

    /// Where it stands in a list: as itself says, else as its style does.
    func item(_ style: WordStyle?) -> WordListItem? {
        guard let list = list ?? style?.list?.list, list > 0 else { return nil }
        return WordListItem(list: list, level: listLevel ?? style?.list?.statedLevel)
    }
}
