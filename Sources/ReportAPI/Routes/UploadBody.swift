internal import HTTPServer
internal import HTTPTypes
internal import ReportIngest
internal import ReportStore
internal import Reports

/// What an upload brought.
enum UploadBody: Sendable {
    /// A single document, in memory.
    case one([UInt8])
    /// Many, on the disk.
    case many(Spool, BulkKind)
}

extension Service {
    /// What came beside a document: its media type, and what the query says.
    func template(_ call: Call) throws -> Upload {
        var upload = Upload(
            bytes: [], mediaType: try mediaType(call.request), fileName: nil, url: try call.query.text("source_url"),
            note: try note(call), scope: try call.query.word("scope", ReportScope.self))
        if let code = call.query["region"] {
            guard store.regions[code] != nil else {
                throw Problem.parameter("region", "a code of GB/T 2260, six digits,", "GB/T 2260 六位代码")
            }
            upload.region = code
        }
        if let url = upload.url, !Upload.isAddress(url) {
            throw Problem.parameter("source_url", Upload.addressText, "以 http:// 或 https:// 开头的网址")
        }
        if let text = call.query["published"] {
            guard let date = DocumentDate(text),
                CivilDate.day(year: date.year, month: date.month, day: date.day) != nil
            else { throw Problem.parameter("published", "a date, YYYY-MM-DD,", "日期 YYYY-MM-DD") }
            upload.published = date
        }
        return upload
    }

    /// One document with what came beside it.
    func upload(_ call: Call) async throws -> Upload {
        var upload = try template(call)
        let (maximum, isPacked) = (settings.documentLimits.bytesMax, try isGzipped(call.request))
        // What the head tells is told before the body is asked for.
        guard BulkKind.of(mediaType: upload.mediaType, firstBytes: [], fileName: nil) == nil else {
            throw Self.oneExpected
        }
        if !isPacked, let count = call.request.body.bytesExpected, count > maximum {
            throw IngestError.limitExceeded("bytes", maximum: maximum)
        }
        guard case .one(let bytes) = try await body(call, keeps: false, takesMany: false) else {
            throw Self.oneExpected
        }
        upload.bytes = bytes
        return upload
    }

    private static var oneExpected: Problem {
        Problem(
            .unsupportedMediaType, "Here is one document expected; POST /reports takes many.",
            chinese: "此处应为单个文档；多个文档请用 POST /reports。")
    }

    /// Reads the body: one document into memory, anything else onto the disk, piece by piece.
    ///
    /// - Parameters:
    ///   - keeps: whether a body of many shall outlive this process.
    ///   - takesMany: whether it may be more than a document may.
    func body(_ call: Call, keeps: Bool, takesMany: Bool = true) async throws -> UploadBody {
        let mediaType = try mediaType(call.request)
        let isGzipped = try isGzipped(call.request)
        var pieces = call.request.body.makeAsyncIterator()
        var first: [UInt8] = []
        while first.count < BulkKind.firstBytesCount, let piece = try await pieces.next() { first += piece }
        let maximum = settings.documentLimits.bytesMax
        let bytesMax = takesMany ? settings.uploadBytesMax : maximum
        if !isGzipped, BulkKind.of(mediaType: mediaType, firstBytes: first, fileName: nil) == nil {
            while let piece = try await pieces.next(), first.count <= maximum { first += piece }
            guard first.count <= maximum else { throw IngestError.limitExceeded("bytes", maximum: maximum) }
            return .one(first)
        }
        let spool =
            keeps
            ? try Spool.kept(
                at: settings.uploadFolder + "/" + Spool.newName(), bytesMax: bytesMax, isGzipped: isGzipped)
            : try Spool.temporary(in: settings.uploadFolder, bytesMax: bytesMax, isGzipped: isGzipped)
        do {
            try spool.append(first)
            while let piece = try await pieces.next() { try spool.append(piece) }
            try spool.finish()
            if let kind = try BulkKind.of(mediaType: mediaType, spool: spool, fileName: nil) {
                return .many(spool, kind)
            }
            spool.remove()
            guard spool.byteCount <= maximum else { throw IngestError.limitExceeded("bytes", maximum: maximum) }
            return .one(try spool.read(at: 0, count: spool.byteCount))
        } catch {
            spool.remove()
            throw error
        }
    }

    private func isGzipped(_ request: Request) throws(Problem) -> Bool {
        let codings = request.contentCodings
        guard let coding = codings.first(where: { $0 != "gzip" && $0 != "x-gzip" }) ?? codings.dropFirst().first else {
            return !codings.isEmpty
        }
        throw Problem(
            .unsupportedMediaType, "The content coding “\(coding)” is not read here; gzip is, once.",
            chinese: "此处不支持内容编码“\(coding)”，仅支持单层 gzip。", members: ["item": .string(coding)],
            fields: [.acceptEncoding: "gzip"])
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

extension Request {
    /// The codings of the content, in lower case and in the order in which they were applied; `identity` is none.
    var contentCodings: [String] {
        (self[.contentEncoding] ?? "").split(separator: ",").map { $0.filter { $0 != " " && $0 != "\t" }.lowercased() }
            .filter { !$0.isEmpty && $0 != "identity" }
    }
}

extension Call {
    /// `Prefer: respond-async` (RFC 7240).
    var prefersAsynchronousAnswer: Bool {
        guard let name = HTTPField.Name("Prefer"), let field = request[name] else { return false }
        return field.split(separator: ",").contains {
            $0.prefix { $0 != ";" }.filter { !$0.isWhitespace }.lowercased() == "respond-async"
        }
    }
}

extension BulkIngestor.Mode {
    init(_ call: Call) throws(Problem) {
        switch (try call.query.flag("dry_run"), try call.query.flag("atomic")) {
        case (true, _): self = .dryRun
        case (false, true): self = .together
        case (false, false): self = .each
        }
    }
}
