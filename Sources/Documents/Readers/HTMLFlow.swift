/// Turns the elements and characters of a page into paragraphs, grids and metadata.
///
/// It gets them in source order and keeps only what is open: no tree is built, so depth costs no stack.
struct HTMLFlow {
    let limits: DocumentLimits
    var text = HTMLText()
    var blocks: [Block] = []
    var metadata: [Metadata] = []
    var tables: [HTMLTable] = []
    var cellCount = 0
    var expandedCells = 0
    private var depth = 0
    /// The depth of the invisible element that hides all others, or nil.
    private var hiddenDepth: Int?
    private var preformattedDepth: Int?
    private var headingLevel: Int?
    private var title: HTMLText?

    init(limits: DocumentLimits) {
        self.limits = limits
    }

    /// An element begins.
    mutating func start(_ element: HTMLElement, _ attributes: HTMLAttributes, line: Int) throws(DocumentError) {
        depth += 1
        guard depth <= limits.nestingDepthMax else {
            throw .limitExceeded(.nestingDepth, maximum: limits.nestingDepthMax)
        }
        guard hiddenDepth == nil else { return }
        // A hidden cell would shift its row: it stays, and is empty.
        if attributes.isHidden, case .cell = element { return try startCell(attributes, line: line, isHidden: true) }
        if attributes.isHidden {
            hiddenDepth = depth
            return
        }
        try open(element, attributes, line: line)
    }

    /// An element ends.
    mutating func end(_ element: HTMLElement) throws(DocumentError) {
        defer { depth -= 1 }
        if let hidden = hiddenDepth {
            guard hidden == depth else { return }
            hiddenDepth = nil
            guard case .cell = element else { return }
        }
        try close(element)
    }

    /// Characters between tags; `line` is the line of the source after the last of them.
    mutating func characters(_ characters: Span<UInt8>, line: Int) throws(DocumentError) {
        guard hiddenDepth == nil else { return }
        guard title == nil else {
            title?.append(characters, lineAfter: line)
            return
        }
        guard preformattedDepth != nil else { return text.append(characters, lineAfter: line) }
        var from = 0
        for index in characters.indices where characters[index] == 0x0A {
            text.append(characters.extracting(from..<index), lineAfter: line)
            try boundary()
            from = index + 1
        }
        text.append(characters.extracting(from..<characters.count), lineAfter: line)
    }

    /// The page ends.
    mutating func finish(characterSet: String) throws(DocumentError) -> Document {
        while !tables.isEmpty { try endTable() }
        try boundary()
        return Document(
            text: text.text, blocks: blocks, metadata: metadata, mediaType: "text/html", characterSet: characterSet)
    }

    /// Text before and after this point stands apart: a line feed in a cell, otherwise a new paragraph.
    mutating func boundary() throws(DocumentError) {
        if tables.last?.openCell != nil { return text.breakLine() }
        guard let (span, line) = text.endRun() else { return }
        try becomeLayout()
        try append(paragraph: span, line: line ?? 1)
    }

    /// Adds a paragraph.
    mutating func append(paragraph span: TextSpan, line: Int) throws(DocumentError) {
        let paragraph = Paragraph(text: span, place: Place(line: line), headingLevel: headingLevel)
        try append(.paragraph(paragraph))
    }

    /// Adds a block.
    mutating func append(_ block: Block) throws(DocumentError) {
        guard blocks.count < limits.blocksMax else { throw .limitExceeded(.blocks, maximum: limits.blocksMax) }
        blocks.append(block)
    }
}

extension HTMLFlow {
    private mutating func open(
        _ element: HTMLElement, _ attributes: HTMLAttributes, line: Int
    ) throws(DocumentError) {
        if title != nil { closeTitle(before: element) }
        switch element {
        case .inline: break
        case .block, .lineBreak: try boundary()
        case .preformatted:
            try boundary()
            preformattedDepth = preformattedDepth ?? depth
        case .heading(let level):
            try boundary()
            headingLevel = level
        case .invisible: hiddenDepth = depth
        case .title: title = HTMLText()
        case .meta: addMetadata(attributes.name, attributes.content)
        case .table: try startTable()
        case .section: try startSection()
        case .row: try startRow()
        case .cell: try startCell(attributes, line: line, isHidden: false)
        }
    }

    private mutating func close(_ element: HTMLElement) throws(DocumentError) {
        switch element {
        case .inline, .lineBreak, .meta, .invisible: break
        case .block: try boundary()
        case .preformatted:
            try boundary()
            if preformattedDepth == depth { preformattedDepth = nil }
        case .heading:
            try boundary()
            headingLevel = nil
        case .title: endTitle()
        case .table: try endTable()
        case .section: try startSection()
        case .row: try endRow()
        case .cell: try endCell()
        }
    }

    mutating func hide() {
        hiddenDepth = depth
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
