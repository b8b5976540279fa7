/// Turns the elements and characters of a page into paragraphs, grids and metadata.
///
/// It gets them in source order and keeps only what is open: no tree is built, so depth costs no stack.
struct HTMLFlow {
    private let limits: DocumentLimits
    private var flow: Flow
    private var metadata: [Metadata] = []
    private var depth = 0
    /// The depth of the invisible element that hides all others, or nil.
    private var hiddenDepth: Int?
    private var preformattedDepth: Int?
    /// The element, by its depth, that raises or lowers its text.
    private var shifted: (depth: Int, shift: TextShift)?
    private var title: FlowText?
    private let sheet: HTMLStyleSheet
    /// The open elements, the innermost last, where the style sheet asks for them.
    private var outer: [HTMLTarget] = []
    private var steps = 0
    /// Whether the style sheet has hidden a table.
    private(set) var hasHiddenTable = false
    /// Whether a block that is invisible, but takes its room, has hidden a table.
    private(set) var hasInvisibleTable = false
    private let showsInvisibleBlocks: Bool
    private var isInInvisibleBlock = false

    /// - Parameter showsInvisibleBlocks: whether blocks are read that `visibility` alone hides.
    init(limits: DocumentLimits, sheet: HTMLStyleSheet = HTMLStyleSheet(), showsInvisibleBlocks: Bool = false) {
        self.showsInvisibleBlocks = showsInvisibleBlocks
        self.limits = limits
        self.sheet = sheet
        flow = Flow(limits: limits)
    }

    /// An element begins.
    mutating func start(_ element: HTMLElement, _ attributes: HTMLAttributes, line: Int) throws(DocumentError) {
        depth += 1
        guard depth <= limits.nestingDepthMax else {
            throw .limitExceeded(.nestingDepth, maximum: limits.nestingDepthMax)
        }
        let style = try style(attributes)
        guard hiddenDepth == nil else {
            if case .table = element, !sheet.isEmpty { hasHiddenTable = true }
            if case .table = element, isInInvisibleBlock { hasInvisibleTable = true }
            return
        }
        let isInvisibleBlock = element.isBlock && style.isOnlyInvisible && !attributes.isHidden
        // A hidden cell would shift its row: it stays, and is empty.
        if attributes.isHidden || style.isHidden, !(isInvisibleBlock && showsInvisibleBlocks) {
            isInInvisibleBlock = isInvisibleBlock
            if case .table = element, !sheet.isEmpty { hasHiddenTable = true }
            if case .cell = element { try flow.startCell(attributes.cell, line: line) }
            hiddenDepth = depth
            return
        }
        if let shift = attributes.isNoteMark ? .raised : style.shift, shifted == nil { shifted = (depth, shift) }
        try open(element, attributes, line: line)
    }

    /// An element ends.
    mutating func end(_ element: HTMLElement) throws(DocumentError) {
        defer { depth -= 1 }
        if sheet.asksForOuter { _ = outer.popLast() }
        if let hidden = hiddenDepth {
            guard hidden == depth else { return }
            hiddenDepth = nil
            guard case .cell = element else { return }
        }
        if shifted?.depth == depth { shifted = nil }
        try close(element)
    }

    /// Characters between tags; `line` is the line of the source after the last of them.
    mutating func characters(_ characters: Span<UInt8>, line: Int) throws(DocumentError) {
        guard hiddenDepth == nil else { return }
        guard title == nil else {
            title?.append(characters, lineAfter: line)
            return
        }
        if let (_, shift) = shifted {
            let small = shift.applied(to: characters)
            return flow.text.append(small.span, lineAfter: line)
        }
        guard preformattedDepth != nil else { return flow.text.append(characters, lineAfter: line) }
        var from = 0
        for index in characters.indices where characters[index] == 0x0A {
            flow.text.append(characters.extracting(from..<index), lineAfter: line)
            try flow.boundary()
            from = index + 1
        }
        flow.text.append(characters.extracting(from..<characters.count), lineAfter: line)
    }

    /// Whether elements are to be given what selectors ask for.
    var usesStyleSheet: Bool { !sheet.isEmpty }

    /// The style of an element that begins: its own, and the sheet's.
    private mutating func style(_ attributes: HTMLAttributes) throws(DocumentError) -> HTMLStyle {
        guard let target = attributes.target else { return attributes.style }
        let style = sheet.style(target, in: outer, own: attributes.style, steps: &steps)
        if sheet.asksForOuter { outer.append(target) }
        guard steps <= limits.markupCostMax else {
            throw .limitExceeded(.markupCost, maximum: limits.markupCostMax)
        }
        return style
    }

    /// The page ends.
    mutating func finish(characterSet: String) throws(DocumentError) -> Document {
        try flow.finish()
        return Document(
            text: flow.text.text, blocks: flow.blocks, metadata: metadata, mediaType: "text/html",
            characterSet: characterSet)
    }
}

extension HTMLFlow {
    private mutating func open(
        _ element: HTMLElement, _ attributes: HTMLAttributes, line: Int
    ) throws(DocumentError) {
        if title != nil { closeTitle(before: element) }
        switch element {
        case .inline: break
        case .block, .lineBreak: try flow.boundary()
        case .preformatted:
            try flow.boundary()
            preformattedDepth = preformattedDepth ?? depth
        case .heading(let level):
            try flow.boundary()
            flow.headingLevel = level
        case .invisible: hiddenDepth = depth
        case .object:
            flow.addObject()
            hiddenDepth = depth
        case .shifted(let shift): shifted = shifted ?? (depth, shift)
        case .title: title = FlowText()
        case .meta: addMetadata(attributes.name, attributes.content)
        case .table: try flow.startTable()
        case .section: try flow.startSection()
        case .row: try flow.startRow()
        case .cell: try flow.startCell(attributes.cell, line: line)
        }
    }

    private mutating func close(_ element: HTMLElement) throws(DocumentError) {
        switch element {
        case .inline, .lineBreak, .meta, .invisible, .object, .shifted: break
        case .block: try flow.boundary()
        case .preformatted:
            try flow.boundary()
            if preformattedDepth == depth { preformattedDepth = nil }
        case .heading:
            try flow.boundary()
            flow.headingLevel = nil
        case .title: endTitle()
        case .table: try flow.endTable()
        case .section: try flow.startSection()
        case .row: try flow.endRow()
        case .cell: try flow.endCell()
        }
    }

    /// Ends a title that was left open, lest it take the whole page.
    private mutating func closeTitle(before element: HTMLElement) {
        if case .inline = element { return }
        endTitle()
    }

    private mutating func endTitle() {
        guard var text = title else { return }
        title = nil
        guard let (span, _) = text.endRun() else { return }
        addMetadata("title", String(decoding: text.text[span.start..<span.end], as: UTF8.self))
    }

    private mutating func addMetadata(_ name: String?, _ value: String?) {
        guard let name, let value, !name.isEmpty, !value.isEmpty, metadata.count < HTMLFlow.metadataMax else { return }
        metadata.append(Metadata(name: name, value: value))
    }

    /// More than any page has, and nothing to fail for.
    private static let metadataMax = 1000
}

extension HTMLElement {
    fileprivate var isBlock: Bool {
        if case .block = self { true } else { false }
    }
}
