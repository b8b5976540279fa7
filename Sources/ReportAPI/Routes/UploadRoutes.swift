internal import Codecs
internal import HTTPServer
internal import HTTPTypes
internal import ReportIngest
internal import ReportStore
internal import Reports

/// What an upload's query may say.
enum UploadParameters {
    static let names: Set<String> = namesAtAddress.union(["agency", "year"])
    static let namesAtAddress: Set<String> = ["scope", "reason", "author", "source_url", "region", "published"]
    static let namesOfWithdrawal: Set<String> = ["reason", "author"]
}

extension Service {
    /// `POST /reports`: one document.
    func createReport(_ call: Call) async throws -> Response {
        try requireWrites(call)
        var upload = try await upload(call)
        upload.supplied = try supplied(call)
        return try await store(upload, call)
    }

    /// `PUT /reports/{agency}/{year}`: the report of this agency and year.
    func replaceReport(_ call: Call) async throws -> Response {
        try requireWrites(call)
        var upload = try await upload(call)
        let year = try year(call.path[1])
        if let known = try target(call.path[0], year.value) {
            upload.target = known.target
            upload.address = Upload.Identity(agency: known.name, year: year)
        } else {
            upload.address = Upload.Identity(agency: try agencyName(call.path[0]), year: year)
        }
        return try await store(upload, call)
    }

    /// `DELETE /reports/{agency}/{year}`: withdrawn; the history stays readable.
    func withdrawReport(_ call: Call) async throws -> Response {
        try requireWrites(call)
        let head = try reportToChange(call)
        guard try await store.withdraw(head, try note(call), now: settings.clock()) else {
            throw withdrawn(head, head.reason)
        }
        guard let revision = try store.revisions(of: head).first else {
            throw StoreError.internal("a withdrawn report has no revisions")
        }
        var json = JSONWriter()
        RevisionRepresentation.write(revision, of: head, to: &json)
        return Response(
            .ok, fields: [.contentType: Format.json.mediaType, .cacheControl: "no-store"], body: .bytes(json.bytes))
    }

    /// The agency whose report stands, or would stand, at an address; nil for one that nobody knows.
    private func target(_ nameOrID: String, _ year: Int) throws -> (target: Upload.Target, name: String)? {
        guard case .agency(let known, _) = try store.resolve(nameOrID) else { return nil }
        let chain = try [known] + store.successors(of: known)
        let agency = try chain.first { try store.report(of: $0, year: year) != nil } ?? known
        guard let record = try store.record(of: agency) else { return nil }
        let names = record.aliases + record.formerNames + record.predecessors.map(\.name)
        return (Upload.Target(id: agency.id, otherNames: names), agency.name)
    }

    private func note(_ call: Call) throws(Problem) -> Note {
        Note(reason: try call.query.text("reason"), author: try call.query.text("author"))
    }

    /// `POST /check`: the report document with its findings; nothing is stored.
    func checkDocument(_ call: Call) async throws -> Response {
        var upload = try await upload(call)
        upload.supplied = try supplied(call)
        let read = try await Ingestor.read(
            upload, limits: settings.documentLimits, regions: store.regions, now: settings.clock())
        return Response(
            .ok, fields: [.contentType: Format.json.mediaType, .cacheControl: "no-store"],
            body: .bytes(CheckedRepresentation.json(read.checked)))
    }

    private func store(_ upload: Upload, _ call: Call) async throws -> Response {
        let result = try await ingestor.ingest(upload, now: settings.clock())
        guard let stored = try store.report(of: result.head.agency, year: result.head.year) else {
            throw StoreError.internal("a report is missing right after it was stored")
        }
        let path = CanonicalJSON.path(agency: result.head.agency.name, year: result.head.year)
        let isNew = result.outcome != .unchanged
        let fields: HTTPFields = [
            .contentType: Format.json.mediaType, isNew ? .location : .contentLocation: path,
            .eTag: "\"\(StableHash.hex(stored.tag))\"",
            .cacheControl: "no-store",
        ]
        return Response(isNew ? .created : .ok, fields: fields, body: .bytes(stored.document))
    }

    /// The name to file a report under: that of a known agency, else the name as given; a number has to be known.
    private func agencyName(_ nameOrID: String) throws -> String {
        switch try store.resolve(nameOrID) {
        case .agency(let known, isFormer: false): return known.name
        // A report under a former name keeps it; one that several share is told apart when it is stored.
        case .agency(_, isFormer: true), .several, .unknown: break
        }
        guard Int(nameOrID) == nil else { throw UnknownAgency(name: nameOrID) }
        return nameOrID
    }

    private func supplied(_ call: Call) throws -> Upload.Identity {
        var identity = Upload.Identity(agency: try call.query.text("agency").map { try agencyName($0) })
        if let text = call.query["year"] { identity.year = try year(text) }
        return identity
    }

    /// Without tokens, writing is for this machine alone, not for those behind a proxy on it; and pages of other sites
    /// may not write through its browser.
    func requireWrites(_ call: Call) throws(Problem) {
        let isPassedOn = ["Forwarded", "X-Forwarded-For", "X-Real-IP"].contains { name in
            HTTPField.Name(name).map { call.request.bytes(of: $0) != nil } ?? false
        }
        guard settings.allowsWrites, call.request.peer.isLoopback, !isPassedOn else {
            throw Problem(
                .forbidden, "This server is read-only: without tokens, writing is open on a loopback address alone.",
                chinese: "本服务器只读：未配置令牌时，仅在本机回环地址上可写。")
        }
        let site = call.request[HTTPField.Name.fetchSite]
        let origin = call.request[.origin]
        guard site == nil || site == "same-origin" || site == "none", origin.map(Origin.isLoopback) ?? true else {
            throw Problem(
                .forbidden, "A page of another site may not write here.", chinese: "其他网站的页面不能在此写入。")
        }
    }
}

extension Service {
    /// The body and what its fields say of it.
    private func upload(_ call: Call) async throws -> Upload {
        let request = call.request
        var bytes = try await body(of: request)
        switch request[.contentEncoding]?.lowercased() {
        case nil, "identity": break
        case "gzip", "x-gzip":
            bytes = try Gzip.decompress(
                bytes, limits: CompressionLimits(outputBytesMax: settings.documentLimits.bytesMax, ratioMax: 200))
        case let coding?:
            throw Problem(
                .unsupportedMediaType, "The content coding “\(coding)” is not read; gzip is.",
                chinese: "不支持内容编码“\(coding)”，支持 gzip。", members: ["item": .string(coding)])
        }
        var upload = Upload(
            bytes: bytes, mediaType: try mediaType(request), fileName: nil, url: try call.query.text("source_url"),
            note: try note(call), scope: try call.query.word("scope", ReportScope.self))
        if let code = call.query["region"] {
            guard store.regions[code] != nil else {
                throw Problem.parameter("region", "a code of GB/T 2260, six digits,")
            }
            upload.region = code
        }
        if let text = call.query["published"] {
            guard let date = DocumentDate(text),
                CivilDate.day(year: date.year, month: date.month, day: date.day) != nil
            else { throw Problem.parameter("published", "a date, YYYY-MM-DD,") }
            upload.published = date
        }
        return upload
    }

    private func body(of request: Request) async throws -> [UInt8] {
        let maximum = settings.documentLimits.bytesMax
        do {
            return try await request.body.collect(bytesMax: maximum)
        } catch .bodyTooLarge {
            throw IngestError.limitExceeded("bytes", maximum: maximum)
        }
    }

    /// The declared media type; nil where the content must tell.
    private func mediaType(_ request: Request) throws(Problem) -> String? {
        guard let field = request.bytes(of: .contentType), !field.isEmpty else { return nil }
        guard let type = MediaType(field) else {
            throw Problem(.unsupportedMediaType, "Content-Type is malformed.", chinese: "Content-Type 格式有误。")
        }
        // What curl --data-binary says when it is told nothing.
        return type.essence == "application/x-www-form-urlencoded" ? nil : type.description
    }
}

extension HTTPField.Name {
    /// `Sec-Fetch-Site`: where a browser's request comes from (Fetch Metadata).
    static var fetchSite: HTTPField.Name { HTTPField.Name("Sec-Fetch-Site") ?? .origin }
}

/// The origin of a page (RFC 6454).
enum Origin {
    /// Whether a page comes from this machine.
    static func isLoopback(_ origin: String) -> Bool {
        guard let scheme = origin.firstRange(of: "://") else { return false }
        let authority = origin[scheme.upperBound...]
        return ["localhost", "127.0.0.1", "[::1]"].contains { host in
            guard authority.hasPrefix(host) else { return false }
            let port = authority.dropFirst(host.count)
            return port.isEmpty || port.hasPrefix(":") && UInt16(port.dropFirst()) != nil
        }
    }
}
