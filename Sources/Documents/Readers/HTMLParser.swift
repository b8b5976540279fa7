internal import CXML

/// Hands the events of libxml2's HTML parser to a flow: the one place where its pointers are touched.
///
/// Events instead of a tree keep memory at the size of the text and lines exact beyond 65,535; depth is the flow's to
/// bound, and no entity or network access exists without a tree.
enum HTMLParser {
    /// Parses valid UTF-8 without NUL.
    ///
    /// - Throws: what the flow throws, `parserUnavailable`.
    static func parse(_ source: [UInt8], flow: HTMLFlow) throws(DocumentError) -> HTMLFlow {
        guard !source.isEmpty else { return flow }
        HTMLParser.initialise
        var receiver = Receiver(flow)
        unsafe source.withUnsafeBytes { bytes in
            unsafe Receiver.parse(bytes, &receiver)
        }
        if let failure = receiver.failure { throw failure }
        return receiver.flow
    }

    /// xmlInitParser must run once before threads use the library.
    private static let initialise: Void = xmlInitParser()
}

/// The flow behind a pointer that C holds for as long as one parse: a value in place, which nothing retains and no access
/// is recorded of.
@safe
private struct Receiver {
    var flow: HTMLFlow
    var failure: DocumentError?
    private var context: htmlParserCtxtPtr?
    private var names = NameCache()

    init(_ flow: HTMLFlow) {
        self.flow = flow
    }

    static func parse(_ bytes: UnsafeRawBufferPointer, _ receiver: UnsafeMutablePointer<Receiver>) {
        let start = unsafe bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
        guard let length = Int32(exactly: bytes.count), let parser = unsafe htmlNewParserCtxt() else {
            unsafe receiver.pointee.failure = .parserUnavailable
            return
        }
        defer { unsafe htmlFreeParserCtxt(parser) }
        unsafe receiver.pointee.context = parser
        unsafe listen(to: parser)
        // The pointer lives until the parser is freed.
        unsafe parser.pointee.userData = UnsafeMutableRawPointer(receiver)
        let document = unsafe htmlCtxtReadMemory(parser, start, length, nil, "UTF-8", Receiver.options)
        unsafe xmlFreeDoc(document)
        unsafe receiver.pointee.context = nil
    }

    private static let options = Int32(
        bitPattern: HTML_PARSE_RECOVER.rawValue | HTML_PARSE_NOERROR.rawValue | HTML_PARSE_NOWARNING.rawValue
            | HTML_PARSE_NONET.rawValue | HTML_PARSE_NOIMPLIED.rawValue | HTML_PARSE_IGNORE_ENC.rawValue)

    private static func listen(to parser: htmlParserCtxtPtr) {
        guard let handler = unsafe parser.pointee.sax else { return }
        // All else nil: no tree, no document type, no messages.
        unsafe handler.pointee = xmlSAXHandler()
        unsafe handler.pointee.initialized = 1
        unsafe handler.pointee.startElement = { unsafe Receiver.from($0)?.pointee.start($1, $2) }
        unsafe handler.pointee.endElement = { unsafe Receiver.from($0)?.pointee.end($1) }
        unsafe handler.pointee.characters = { unsafe Receiver.from($0)?.pointee.characters($1, $2) }
        unsafe handler.pointee.ignorableWhitespace = { unsafe Receiver.from($0)?.pointee.characters($1, $2) }
    }

    private static func from(_ pointer: UnsafeMutableRawPointer?) -> UnsafeMutablePointer<Receiver>? {
        unsafe pointer?.assumingMemoryBound(to: Receiver.self)
    }

    /// The line that the parser has reached.
    private var line: Int {
        guard let input = unsafe context?.pointee.input else { return 1 }
        return Int(unsafe input.pointee.line)
    }
}

extension Receiver {
    mutating func start(
        _ name: UnsafePointer<xmlChar>?, _ attributes: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?
    ) {
        guard failure == nil, let name = unsafe name else { return }
        let element = unsafe names.element(name)
        let target = flow.usesStyleSheet ? unsafe HTMLTarget(name: name) : nil
        let values = unsafe HTMLAttributes(attributes, isMeta: element.isMeta, target: target)
        do throws(DocumentError) { try flow.start(element, values, line: line) } catch { stop(error) }
    }

    mutating func end(_ name: UnsafePointer<xmlChar>?) {
        guard failure == nil, let name = unsafe name else { return }
        let element = unsafe names.element(name)
        do throws(DocumentError) { try flow.end(element) } catch { stop(error) }
    }

    mutating func characters(_ start: UnsafePointer<xmlChar>?, _ length: Int32) {
        guard failure == nil, length > 0, let start = unsafe start else { return }
        // The characters belong to the parser and are copied before this returns.
        let span = unsafe Span(_unsafeStart: start, count: Int(length))
        // libxml2 hands out a full buffer (HTML_PARSER_BIG_BUFFER_SIZE) before it counts the line end that filled it.
        let isUncounted = length >= 1000 && span[span.count - 1] == 0x0A
        let line = isUncounted ? line + 1 : line
        do throws(DocumentError) { try flow.characters(span, line: line) } catch { stop(error) }
    }

    private mutating func stop(_ error: DocumentError) {
        failure = error
        if let context = unsafe context { unsafe xmlStopParser(context) }
    }
}

/// Elements by the address of their name, which libxml2 keeps once in a parse: most tags repeat one of a dozen.
private struct NameCache {
    private var slots = [(address: UInt, element: HTMLElement)](repeating: (0, .inline), count: 256)

    mutating func element(_ name: UnsafePointer<xmlChar>) -> HTMLElement {
        let address = UInt(bitPattern: name)
        // Short names lie side by side.
        let slot = Int((address ^ address >> 8) % 256)
        if slots[slot].address == address { return slots[slot].element }
        let element = unsafe HTMLElement(name: String(cString: name))
        slots[slot] = (address, element)
        return element
    }
}

extension HTMLTarget {
    fileprivate init(name: UnsafePointer<xmlChar>) {
        let text = unsafe Span(_unsafeStart: name, count: Int(xmlStrlen(name)))
        self.init(name: HTMLTarget.hash(text, 0..<text.count))
    }
}

extension HTMLElement {
    fileprivate var isMeta: Bool {
        if case .meta = self { true } else { false }
    }
}

extension HTMLAttributes {
    /// Reads the null-terminated list of names and values that the parser gives.
    fileprivate init(
        _ list: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?, isMeta: Bool, target: HTMLTarget?
    ) {
        self.target = target
        guard var next = unsafe list else { return }
        while let name = unsafe next.pointee {
            unsafe add(name, next[1], isMeta: isMeta)
            unsafe next += 2
        }
    }

    private mutating func add(_ name: UnsafePointer<xmlChar>, _ value: UnsafePointer<xmlChar>?, isMeta: Bool) {
        // Most attributes are `class` and the like: their names are not worth a string.
        let first = unsafe name.pointee
        if first == UInt8(ascii: "h"), unsafe xmlStrEqual(name, "hidden") != 0 { isHidden = true }
        guard let value = unsafe value else { return }
        switch first {
        case UInt8(ascii: "s") where unsafe xmlStrEqual(name, "style") != 0:
            let text = unsafe Span(_unsafeStart: value, count: Int(xmlStrlen(value)))
            style = HTMLStyle(text)
        case UInt8(ascii: "t") where unsafe xmlStrEqual(name, "type") != 0:
            // A field that carries what the page's program knows.
            if unsafe xmlStrcasecmp(value, "hidden") == 0 { isHidden = true }
        case UInt8(ascii: "c") where unsafe target != nil && xmlStrEqual(name, "class") != 0:
            isNoteMark = unsafe isNoteMark(name, value)
            let text = unsafe Span(_unsafeStart: value, count: Int(xmlStrlen(value)))
            target?.addClasses(text)
        case UInt8(ascii: "c") where unsafe isNoteMark(name, value): isNoteMark = true
        case UInt8(ascii: "i") where unsafe target != nil && xmlStrEqual(name, "id") != 0:
            let text = unsafe Span(_unsafeStart: value, count: Int(xmlStrlen(value)))
            target?.id = HTMLTarget.hash(text, 0..<text.count)
        case UInt8(ascii: "c") where unsafe xmlStrEqual(name, "colspan") != 0:
            let text = unsafe Span(_unsafeStart: value, count: Int(xmlStrlen(value)))
            cell.columnSpan = HTMLAttributes.span(text, zero: 1, maximum: 1000)
        case UInt8(ascii: "r") where unsafe xmlStrEqual(name, "rowspan") != 0:
            let text = unsafe Span(_unsafeStart: value, count: Int(xmlStrlen(value)))
            cell.rowSpan = HTMLAttributes.span(text, zero: 65_534, maximum: 65_534)
        case UInt8(ascii: "n") where unsafe isMeta && xmlStrEqual(name, "name") != 0:
            self.name = unsafe String(cString: value)
        case UInt8(ascii: "c") where unsafe isMeta && xmlStrEqual(name, "content") != 0:
            content = unsafe HTMLAttributes.trimmed(String(cString: value))
        default: break
        }
    }

    /// Whether it is the class that Word gives to the numbers of notes.
    private func isNoteMark(_ name: UnsafePointer<xmlChar>, _ value: UnsafePointer<xmlChar>) -> Bool {
        guard unsafe value.pointee == UInt8(ascii: "M"), unsafe xmlStrEqual(name, "class") != 0 else { return false }
        return unsafe xmlStrEqual(value, "MsoFootnoteReference") != 0
            || xmlStrEqual(value, "MsoEndnoteReference") != 0
    }

    private static func trimmed(_ value: String) -> String {
        let bytes = Array(value.utf8)
        let span = WhiteSpace.trim(bytes, 0, bytes.count)
        return String(decoding: bytes[span.start..<span.end], as: UTF8.self)
    }
}
