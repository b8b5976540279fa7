internal import CXML

/// Hands the events of libxml2's XML parser to a reader: the one place where its pointers are touched.
///
/// No tree, no network, and no entity but the five of XML: a document type, which office files never have, ends it.
enum OfficeXML {
    /// Parses one part.
    ///
    /// - Parameter part: its name, for the error.
    /// - Throws: `damaged`, what the handler throws, `limitExceeded`, `parserUnavailable`.
    static func parse<Handler: OfficeHandler>(
        _ source: [UInt8], part: String, _ handler: Handler, limits: DocumentLimits
    ) throws(DocumentError) -> Handler {
        try HTMLCost.check(source, limits: limits)
        OfficeXML.initialise
        var receiver = Receiver(handler, limits: limits)
        let isWhole = unsafe source.withUnsafeBytes { bytes in
            unsafe Receiver.parse(bytes, &receiver)
        }
        if let failure = receiver.failure { throw failure }
        guard isWhole, let handler = receiver.handler as? Handler else { throw .damaged(part) }
        return handler
    }

    /// xmlInitParser must run once before threads use the library.
    private static let initialise: Void = xmlInitParser()
}

/// The attributes of one element, valid while the reader looks at it.
@safe
struct OfficeAttributes {
    private let list: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?
    private let count: Int

    fileprivate init(_ list: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?, count: Int) {
        unsafe self.list = list
        self.count = count
    }

    /// The value of an attribute by its local name.
    subscript(name: StaticString) -> String? {
        guard let list = unsafe list, name.hasPointerRepresentation else { return nil }
        // Five pointers an attribute: name, prefix, namespace, start and end of the value (libxml2, xmlSAX2StartElementNs).
        for index in 0..<count {
            guard unsafe xmlStrEqual(list[index * 5], name.utf8Start) != 0, let start = unsafe list[index * 5 + 3],
                let end = unsafe list[index * 5 + 4]
            else { continue }
            return unsafe String(decoding: UnsafeBufferPointer(start: start, count: end - start), as: UTF8.self)
        }
        return nil
    }

    /// The value as a whole number.
    func number(_ name: StaticString) -> Int? {
        self[name].flatMap { Int($0) }
    }

    /// Whether a property of two states is on: it is, unless its value says no (ECMA-376, 17.17.4).
    var isOn: Bool {
        !["0", "false", "off"].contains(self["val"] ?? "")
    }
}

/// The reader behind a pointer that C holds for as long as one parse: a value in place, which nothing retains and no
/// access is recorded of.
@safe
private struct Receiver {
    var handler: any OfficeHandler
    var failure: DocumentError?
    private let depthMax: Int
    private var depth = 0
    private var context: xmlParserCtxtPtr?
    private var names = NameCache()

    init(_ handler: any OfficeHandler, limits: DocumentLimits) {
        self.handler = handler
        // libxml2 itself gives up at 256, with an error that does not say why.
        depthMax = min(limits.nestingDepthMax, 250)
    }

    /// Parses; false when the bytes are not well-formed.
    static func parse(_ bytes: UnsafeRawBufferPointer, _ receiver: UnsafeMutablePointer<Receiver>) -> Bool {
        guard let length = Int32(exactly: bytes.count), let parser = unsafe xmlNewParserCtxt() else {
            unsafe receiver.pointee.failure = .parserUnavailable
            return false
        }
        defer { unsafe xmlFreeParserCtxt(parser) }
        unsafe receiver.pointee.context = parser
        unsafe listen(to: parser)
        // The pointer lives until the parser is freed.
        unsafe parser.pointee.userData = UnsafeMutableRawPointer(receiver)
        let start = unsafe bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
        let options = XML_PARSE_NOERROR.rawValue | XML_PARSE_NOWARNING.rawValue | XML_PARSE_NONET.rawValue
        let document = unsafe xmlCtxtReadMemory(parser, start, length, nil, nil, Int32(bitPattern: options))
        unsafe xmlFreeDoc(document)
        unsafe receiver.pointee.context = nil
        return unsafe parser.pointee.wellFormed != 0
    }

    private static func listen(to parser: xmlParserCtxtPtr) {
        guard let handler = unsafe parser.pointee.sax else { return }
        // All else nil: no tree, no entities, no messages.
        unsafe handler.pointee = xmlSAXHandler()
        unsafe handler.pointee.initialized = XML_SAX2_MAGIC
        unsafe handler.pointee.internalSubset = { context, _, _, _ in
            unsafe Receiver.from(context)?.pointee.documentType()
        }
        unsafe handler.pointee.startElementNs = { context, name, _, namespace, _, _, count, _, attributes in
            unsafe Receiver.from(context)?.pointee.start(name, namespace, attributes, count)
        }
        unsafe handler.pointee.endElementNs = { unsafe Receiver.from($0)?.pointee.end($1, $3) }
        unsafe handler.pointee.characters = { unsafe Receiver.from($0)?.pointee.characters($1, $2) }
        unsafe handler.pointee.ignorableWhitespace = { unsafe Receiver.from($0)?.pointee.characters($1, $2) }
        unsafe handler.pointee.cdataBlock = { unsafe Receiver.from($0)?.pointee.characters($1, $2) }
    }

    private static func from(_ pointer: UnsafeMutableRawPointer?) -> UnsafeMutablePointer<Receiver>? {
        unsafe pointer?.assumingMemoryBound(to: Receiver.self)
    }
}

extension Receiver {
    mutating func documentType() {
        stop(.damaged("document type"))
    }

    mutating func start(
        _ name: UnsafePointer<xmlChar>?, _ namespace: UnsafePointer<xmlChar>?,
        _ attributes: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?, _ count: Int32
    ) {
        guard failure == nil, let name = unsafe name else { return }
        depth += 1
        guard depth <= depthMax else { return stop(.limitExceeded(.nestingDepth, maximum: depthMax)) }
        let element = unsafe names.element(name, namespace)
        let list = unsafe OfficeAttributes(attributes, count: Int(count))
        do throws(DocumentError) { try handler.start(element, list) } catch { stop(error) }
    }

    mutating func end(_ name: UnsafePointer<xmlChar>?, _ namespace: UnsafePointer<xmlChar>?) {
        guard failure == nil, let name = unsafe name else { return }
        depth -= 1
        let element = unsafe names.element(name, namespace)
        do throws(DocumentError) { try handler.end(element) } catch { stop(error) }
    }

    mutating func characters(_ start: UnsafePointer<xmlChar>?, _ length: Int32) {
        guard failure == nil, length > 0, let start = unsafe start else { return }
        // The characters belong to the parser and are copied before this returns.
        let span = unsafe Span(_unsafeStart: start, count: Int(length))
        do throws(DocumentError) { try handler.characters(span) } catch { stop(error) }
    }

    private mutating func stop(_ error: DocumentError) {
        failure = error
        if let context = unsafe context { unsafe xmlStopParser(context) }
    }
}

/// Elements by the addresses of their names, which libxml2 keeps once in a parse: most tags repeat one of a dozen.
private struct NameCache {
    private var slots = [(name: UInt, namespace: UInt, element: OfficeElement)](
        repeating: (0, 0, .other), count: 512)

    mutating func element(_ name: UnsafePointer<xmlChar>, _ namespace: UnsafePointer<xmlChar>?) -> OfficeElement {
        let address = UInt(bitPattern: name)
        let space = UInt(bitPattern: namespace)
        let slot = Int((address ^ address >> 9) % 512)
        if slots[slot].name == address, slots[slot].namespace == space { return slots[slot].element }
        let uri = unsafe namespace.map { unsafe String(cString: $0) } ?? ""
        let element = unsafe OfficeElement(name: String(cString: name), namespace: uri)
        slots[slot] = (address, space, element)
        return element
    }
}
