internal import HTTPServer
internal import HTTPTypes
internal import ReportStore
internal import Reports

/// The shortest way to a report document: from the bytes of a path to the row, or to 304, for one event loop.
///
/// What a path stands for is worked out once, for all years of an agency together, and kept in a ``PlaceTable`` for as
/// long as nothing is written. A client that has the document already is then answered without SQLite, and so is any other
/// where the store keeps the document; else it takes one row by its number. Whatever it does not know how to answer in
/// full (no such report, gzip, other formats, a query) it leaves to the routes, whose answers its own equal to the byte.
///
/// Not Sendable on purpose: each loop has its own.
final class KnownReports {
    private let service: Service
    private let loop: Int
    private var table: PlaceTable
    /// The fields of every 200 and of every 304, but for the validators.
    private let found: PreparedFields
    private let notModified: PreparedFields

    /// - Returns: nil where answers depend on who asks.
    init?(_ service: Service, loop: Int) {
        guard let fields = service.fieldsOfDocuments else { return nil }
        self.service = service
        self.loop = loop
        table = PlaceTable(bytesMax: service.settings.placesBytesMax)
        found = PreparedFields(fields.found)
        notModified = PreparedFields(fields.notModified)
    }

    /// The answer to a plain GET or HEAD of a report document; nil for anything else.
    func answer(_ request: Request) -> Response? {
        guard request.method == .get || request.method == .head, request.query == nil else { return nil }
        let path = request.path
        guard path.starts(with: "/reports/".utf8), ReadyAnswers.acceptsJSON(request), !request.demandsWhatIsKnown else {
            return nil
        }
        if let field = request.bytes(of: .ifNoneMatch) { return notModified(path, field) }
        guard request.bytes(of: .ifModifiedSince) == nil, !request.acceptedCodings.gzip else { return nil }
        return document(path)
    }

    /// The 304 to a client that has the current document.
    private func notModified(_ path: ArraySlice<UInt8>, _ field: ArraySlice<UInt8>) -> Response? {
        guard let (tag, isGzip) = Self.tag(field), let version = try? service.store.version(reader: loop) else {
            return nil
        }
        let fingerprint = table.fingerprint(of: path)
        var place = table[fingerprint]
        if place?.version != version { place = learn(path, fingerprint) }
        guard let place, place.tag == tag else { return nil }
        let fields = notModified.with(
            eTag: Self.eTag(tag, isGzip: isGzip), lastModified: service.notInFuture(place.modifiedAt))
        return Response(.notModified, prepared: fields)
    }

    /// The document as it is.
    private func document(_ path: ArraySlice<UInt8>) -> Response? {
        let fingerprint = table.fingerprint(of: path)
        var document: Store.Document?
        if let known = table[fingerprint] { document = read(known) }
        if document == nil, let found = learn(path, fingerprint) { document = read(found) }
        guard let document else { return nil }
        let fields = found.with(
            eTag: Self.eTag(document.tag, isGzip: false), lastModified: service.notInFuture(document.modifiedAt))
        return Response(.ok, prepared: fields, body: .bytes(document.bytes))
    }

    private func read(_ place: Store.Place) -> Store.Document? {
        try? service.store.document(at: place, reader: loop)
    }

    /// Works out what a path stands for, and the same path with other years: who asks for one often asks for all.
    private func learn(_ path: ArraySlice<UInt8>, _ fingerprint: Fingerprint) -> Store.Place? {
        let parameters = path.dropFirst("/reports/".utf8.count)
        guard let slash = parameters.lastIndex(of: UInt8(ascii: "/")),
            (try? service.year(String(decoding: parameters[(slash + 1)...], as: UTF8.self))) != nil,
            case let agency = parameters[..<slash], !agency.contains(UInt8(ascii: "/")),
            let name = try? PercentEncoding.decodeText(agency),
            let places = try? service.store.places(agency: name, reader: loop)
        else { return nil }
        for (year, place) in places {
            let sibling = path[...slash] + Array("\(year)".utf8)
            table.keep(place, for: table.fingerprint(of: sibling))
        }
        return table[fingerprint]
    }
}

extension KnownReports {
    private static let hexDigits = 16

    /// The one tag that a field holds, and whether it is that of the document in gzip, where it looks like one of ours. Most
    /// clients send back what they got.
    private static func tag(_ field: ArraySlice<UInt8>) -> (UInt64, isGzip: Bool)? {
        guard let quote = field.first, quote == UInt8(ascii: "\""), field.last == quote else { return nil }
        let digits = field.dropFirst().prefix(hexDigits)
        let behind = field.dropFirst(1 + hexDigits).dropLast()
        let isGzip = behind.elementsEqual("-gzip".utf8)
        guard digits.count == hexDigits, behind.isEmpty || isGzip else { return nil }
        var tag: UInt64 = 0
        for byte in digits {
            let digit: UInt8
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte &- UInt8(ascii: "0")
            case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = byte &- UInt8(ascii: "a") &+ 10
            default: return nil
            }
            tag = tag << 4 | UInt64(digit)
        }
        return (tag, isGzip)
    }

    private static func eTag(_ tag: UInt64, isGzip: Bool) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(24)
        bytes.append(UInt8(ascii: "\""))
        for shift in stride(from: UInt64(60), through: 0, by: -4) {
            let digit = UInt8(truncatingIfNeeded: tag >> shift & 15)
            bytes.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") - 10 + digit)
        }
        if isGzip { bytes.append(contentsOf: "-gzip".utf8) }
        bytes.append(UInt8(ascii: "\""))
        return bytes
    }
}

extension Service {
    /// The fields that every report document in JSON has, without its validators, found by asking for one; nil where
    /// they depend on who asks.
    fileprivate var fieldsOfDocuments: (found: HTTPFields, notModified: HTTPFields)? {
        guard !answersDependOnOrigin, let plain = try? Request(.get, "/"),
            let conditional = try? Request(.get, "/", fields: [.ifNoneMatch: "*"])
        else { return nil }
        let entity = Entity(mediaType: Format.json.mediaType, tag: "") { [] }
        func fields(_ request: Request) -> HTTPFields? {
            guard let response = try? entity.response(to: request, cacheControl: settings.cacheControl) else {
                return nil
            }
            var fields = finished(response, request).fields
            fields[.eTag] = nil
            return fields
        }
        guard let found = fields(plain), let notModified = fields(conditional) else { return nil }
        return (found, notModified)
    }
}
