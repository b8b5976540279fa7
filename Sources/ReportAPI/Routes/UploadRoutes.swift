internal import Codecs
internal import HTTPServer
internal import HTTPTypes
internal import ReportIngest
internal import ReportStore
internal import Reports

extension Service {
    /// `POST /reports`: one document, or many.
    func createReport(_ call: Call) async throws -> Response {
        try requireWrites(call)
        var template = try template(call)
        template.supplied = try supplied(call)
        let mode = try BulkIngestor.Mode(call)
        let isAsynchronous = call.prefersAsynchronousAnswer
        switch try await body(call, keeps: isAsynchronous) {
        case .one(let bytes):
            template.bytes = bytes
            return try await once(call, bytes) { [template] in
                mode == .dryRun ? try await check(template) : try await store(template, call)
            }
        case .many(let spool, let kind):
            let many = Many(spool: spool, kind: kind, template: template, mode: mode)
            var isAccepted = false
            // Where the first answer is repeated, or there is none, nobody else removes the file.
            defer { if !isAccepted { spool.remove() } }
            return try await once(call, spool, kind) {
                guard isAsynchronous else { return try await storeAll(many, call) }
                let response = try await accept(many, call)
                isAccepted = true
                return response
            }
        }
    }

    /// `PUT /reports/{agency}/{year}`: the report of this agency and year.
    func replaceReport(_ call: Call) async throws -> Response {
        try requireWrites(call)
        // A part stored as the whole would be a wrong report (RFC 9110 §14.5).
        guard call.request[.contentRange] == nil else {
            throw Problem(.badRequest, "Content-Range: a report is sent whole.", chinese: "不支持 Content-Range，请上传完整报告。")
        }
        var upload = try await upload(call)
        let bytes = upload.bytes
        let year = try year(call.path[1])
        if let known = try reading({ reading in try reading.target(call.path[0], year.value) }) {
            upload.target = known.target
            upload.address = Upload.Identity(agency: known.name, year: year)
        } else {
            upload.address = Upload.Identity(agency: try agencyName(call.path[0]), year: year)
        }
        return try await once(call, bytes) { [upload] in try await store(upload, call, isPut: true) }
    }

    /// `DELETE /reports/{agency}/{year}`: withdrawn; the history stays readable.
    func withdrawReport(_ call: Call) async throws -> Response {
        try requireWrites(call)
        let head = try reading { reading in try reading.reportToChange(call) }
        guard
            try await store.withdraw(
                head, try note(call), now: settings.clock(), if: precondition(call))
        else {
            throw Problem.withdrawn(head, head.reason)
        }
        guard let revision = try reading({ reading in try reading.store.revisions(of: head).first }) else {
            throw StoreError.internal("a withdrawn report has no revisions")
        }
        var json = JSONWriter()
        RevisionRepresentation.write(revision, of: head, to: &json)
        return answer(json.bytes, .ok)
    }

    func note(_ call: Call) throws(Problem) -> Note {
        Note(reason: try call.query.text("reason"), author: try call.query.text("author"))
    }

    /// `POST /check`: the report document with its findings; nothing is stored.
    func checkDocument(_ call: Call) async throws -> Response {
        var upload = try await upload(call)
        upload.supplied = try supplied(call)
        return try await check(upload)
    }

    private func check(_ upload: Upload) async throws -> Response {
        let read = try await Ingestor.read(
            upload, limits: settings.documentLimits, regions: store.regions, now: settings.clock())
        return answer(CheckedRepresentation.json(read.checked), .ok)
    }

    private func store(_ upload: Upload, _ call: Call, isPut: Bool = false) async throws -> Response {
        let result = try await ingestor.ingest(upload, now: settings.clock(), if: precondition(call))
        guard let stored = try store.snapshot({ try $0.report(of: result.head.agency, year: result.head.year) }) else {
            throw StoreError.internal("a report is missing right after it was stored")
        }
        let path = CanonicalJSON.path(agency: result.head.agency.name, year: result.head.year)
        let isNew =
            switch result.outcome {
            case .stored: true
            // What takes the place of a current representation is no new resource (RFC 9110 §9.3.4).
            case .revised: try !isPut || bringsBack(result.head)
            case .unchanged: false
            }
        var fields: HTTPFields = [
            .contentType: Format.json.mediaType, isNew ? .location : .contentLocation: path,
            .cacheControl: "no-store",
        ]
        // The document that is served is not the one that was put, so the answer has no tag (RFC 9110 §9.3.4).
        if !isPut { fields[.eTag] = "\"\(StableHash.hex(stored.tag))\"" }
        return Response(isNew ? .created : .ok, fields: fields, body: .bytes(stored.document))
    }

    /// Whether the current revision of a report came after a withdrawal, when there was nothing at its address.
    private func bringsBack(_ head: ReportHead) throws -> Bool {
        try store.snapshot { try $0.revisions(of: head) }.dropFirst().first?.kind == .withdrawn
    }

    /// The name to file a report under: that of a known agency, else the name as given; a number has to be known.
    private func agencyName(_ nameOrID: String) throws -> String {
        switch try store.snapshot({ try $0.resolve(nameOrID) }) {
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
}

extension Reading {
    /// The agency whose report stands, or would stand, at an address; nil for one that nobody knows.
    fileprivate func target(_ nameOrID: String, _ year: Int) throws -> (target: Upload.Target, name: String)? {
        guard case .agency(let known, _) = try store.resolve(nameOrID) else { return nil }
        let holder = try store.holder(of: known, year: year)
        let report = try store.report(of: holder, year: year)
        let agency = report == nil ? known : holder
        guard let record = try store.record(of: agency) else { return nil }
        // Where a report stands, one under a predecessor's name corrects it only if it bears that name itself.
        let predecessors = report.map { [$0.head.agencyName] } ?? record.predecessors.map(\.name)
        return (
            Upload.Target(id: agency.id, otherNames: record.aliases + record.formerNames + predecessors), agency.name
        )
    }
}
