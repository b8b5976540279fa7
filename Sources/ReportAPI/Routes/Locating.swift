internal import HTTPServer
internal import HTTPTypes
internal import ReportStore
internal import Reports

// From a path's agency and year to what is stored: names, former names, successors, and the past.

/// An agency that nobody knows; the nearest names are looked up before it is answered.
struct UnknownAgency: Error, Sendable {
    let name: String
    /// The parameter that names it; nil where the path does.
    var parameter: String?
}

/// What was asked for stands under another agency's name now.
struct MovedToAgency: Error, Sendable {
    let name: String
}

/// A report as a call asks for it: as it is now, or as it was.
struct ShownReport: Sendable {
    /// What is known of the report now.
    let head: ReportHead
    /// The number of the revision that is shown.
    let revision: Int
    /// The report document as it is shown.
    let document: [UInt8]
    /// The tag that is stored with it; nil for one of the past.
    var tag: UInt64?
    /// When it last changed, in seconds since 1970.
    let modifiedAt: Int64
    /// Fields that the answer has beside the usual ones.
    let fields: HTTPFields
    /// Of one of the past its findings as they were, in an object; nil for the present.
    var pastFindings: [UInt8]?
}

extension Reading {
    /// The one agency that a path or a parameter names.
    ///
    /// - Throws: ``UnknownAgency``; a ``Problem`` for a name that several share.
    func agency(_ nameOrID: String) throws -> Agency {
        switch try store.resolve(nameOrID) {
        case .agency(let agency, _): return agency
        case .several(let agencies): throw severalAgencies(nameOrID, agencies)
        case .unknown: throw UnknownAgency(name: nameOrID)
        }
    }

    /// The agency of a call's path, for reading.
    ///
    /// - Throws: ``MovedToAgency`` for a former name.
    func namedAgency(_ call: Call) throws -> Agency {
        if case .agency(let agency, isFormer: true) = try store.resolve(call.path[0]) {
            throw MovedToAgency(name: agency.name)
        }
        return try agency(call.path[0])
    }

    private func severalAgencies(_ name: String, _ agencies: [Agency]) -> Problem {
        let candidates = agencies.map { agency in
            JSONValue.object([
                "id": .number("\(agency.id)"), "name": .string(agency.name),
                "region": agency.region.map { .string($0) } ?? .null,
                "href": .string("/agencies/\(agency.id)"),
            ])
        }
        return Problem(
            .severalAgencies, "Several agencies are called “\(name)”; “candidates” lists them.",
            chinese: "有多个机关称为“\(name)”，见 candidates。", members: ["candidates": .array(candidates)])
    }

    /// The report of a call's path: the current one, or with `as_of` the one of that time.
    func shown(_ call: Call) throws -> ShownReport {
        let text = try call.query.text("as_of")
        let year = try service.year(call.path[1]).value
        let agency = try namedAgency(call)
        guard let stored = try stored(agency, year) else { throw try reportNotFound(agency, year) }
        let path = CanonicalJSON.path(agency: stored.head.agency.name, year: year)
        // An alias and a number are answered at once; the field says where the report stands.
        let isNamed = AgencyKey(call.path[0]) == AgencyKey(stored.head.agency.name)
        let fields: HTTPFields = isNamed ? [:] : [.contentLocation: path]
        if let text { return try past(stored.head, asOf: text, fields) }
        guard !stored.head.isWithdrawn else { throw Problem.withdrawn(stored.head, stored.head.reason) }
        return ShownReport(
            head: stored.head, revision: stored.head.revision, document: stored.document, tag: stored.tag,
            modifiedAt: stored.head.modifiedAt, fields: fields)
    }

    /// The report of an agency and year, withdrawn or not; nil where there is none.
    ///
    /// - Throws: ``MovedToAgency`` where the agency's successor has it, or all that the agency had.
    func stored(_ agency: Agency, _ year: Int) throws -> StoredReport? {
        if let stored = try store.report(of: agency, year: year) { return stored }
        for successor in try store.successors(of: agency) {
            if try store.report(of: successor, year: year) != nil { throw MovedToAgency(name: successor.name) }
        }
        let holder = try holderOfReports(agency)
        guard holder == agency else { throw MovedToAgency(name: holder.name) }
        return nil
    }

    /// An agency, or where none of its reports is left with it, the one that took its place and has them.
    func holderOfReports(_ agency: Agency) throws -> Agency {
        guard try store.years(of: agency).isEmpty else { return agency }
        return try store.successors(of: agency).first { try !store.years(of: $0).isEmpty } ?? agency
    }

    private func past(_ head: ReportHead, asOf text: String, _ fields: HTTPFields) throws -> ShownReport {
        guard let time = CivilDate.seconds(timestamp: text) else {
            throw Problem.parameter(
                "as_of", "a time such as 2026-01-31T08:00:00Z, or a date", "时间（如 2026-01-31T08:00:00Z）或日期")
        }
        let revisions = try store.revisions(of: head)
        // Of several revisions within one second the last one counts. The clock may have been set back since.
        let isPresent = time >= settings.clock()
        guard let revision = revisions.first(where: { isPresent || $0.at <= time }) else {
            throw Problem(
                .reportNotFound, "There was no such report then; the first revision came later.",
                chinese: "当时尚无该报告；首个版本晚于此时间。",
                members: ["first": revisions.last.map { .string(CivilDate.timestamp($0.at)) } ?? .null])
        }
        return try shown(head, revision, at: isPresent ? nil : time, asOf: time, fields)
    }

    /// One revision of a report: as it stood at a time while it was the current one, else at last.
    ///
    /// - Parameter asOf: the time that was asked for, to which links of the document lead; nil for the revision itself.
    func shown(
        _ head: ReportHead, _ revision: Revision, at time: Int64? = nil, asOf: Int64? = nil, _ fields: HTTPFields = [:]
    ) throws -> ShownReport {
        guard let past = try store.past(of: head, revision, at: time) else {
            throw Problem.withdrawn(head, revision.note.reason)
        }
        let view = PastView(
            path: CanonicalJSON.path(agency: head.agency.name, year: head.year), revision: revision.number, asOf: asOf,
            isExact: past.isExact)
        return ShownReport(
            head: head, revision: revision.number,
            document: CanonicalJSON.past(past.document, agency: past.agency, quality: past.quality, view),
            modifiedAt: past.since, fields: fields,
            pastFindings: CanonicalJSON.pastFindings(past.findings, view))
    }

    func reportNotFound(_ agency: Agency, _ year: Int) throws -> Problem {
        let years = try store.years(of: agency)
        let list = years.map(String.init).joined(separator: ", ")
        let (hint, chineseHint) = years.isEmpty ? ("", "") : ("; there are: \(list)", "；现有年度：\(list)")
        return Problem(
            .reportNotFound, "\(agency.name) has no report for \(year)\(hint).",
            chinese: "\(agency.name)没有 \(year) 年度的报告\(chineseHint)。",
            members: ["years": .array(years.map { .number("\($0)") })])
    }
}

extension Service {
    /// A year: 2008 to next year.
    ///
    /// - Parameter name: the parameter that it stands in.
    func year(_ text: String, _ name: String = "year") throws(Problem) -> ReportYear {
        let last = CivilDate.year(at: settings.clock()) + 1
        guard text.utf8.count == 4, let number = Int(text), number <= last, let year = ReportYear(number) else {
            throw .year(text, last, name)
        }
        return year
    }
}

extension Call {
    /// The same call at another agency's name. Preconditions do not count for it, since its answer is no 200
    /// (RFC 9110 §13.2.1).
    func moved(to name: String) -> Call {
        Call(request: request.unconditional, path: [name] + path.dropFirst(), query: query, language: language)
    }

    /// The address of the same resource under another agency's name.
    func address(under name: String) -> String {
        // `/reports/NAME/…` or `/agencies/NAME/…`: the name is the second segment.
        var segments = request.path.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).map {
            String(decoding: $0, as: UTF8.self)
        }
        if segments.count > 2 { segments[2] = PercentEncoding.encode(name) }
        let query = request.query.map { "?" + String(decoding: $0, as: UTF8.self) } ?? ""
        return segments.joined(separator: "/") + query
    }
}

extension Request {
    /// The same request without preconditions.
    fileprivate var unconditional: Request {
        let names: [HTTPField.Name] = [.ifNoneMatch, .ifModifiedSince, .ifMatch, .ifUnmodifiedSince]
        guard names.contains(where: { bytes(of: $0) != nil }) else { return self }
        var fields = fields
        for name in names { fields[name] = nil }
        let target = String(decoding: target, as: UTF8.self)
        return (try? Request(method, target, fields: fields, peer: peer, id: id)) ?? self
    }
}

extension Problem {
    /// What answers for a report that was withdrawn.
    static func withdrawn(_ head: ReportHead, _ reason: String?) -> Problem {
        let path = CanonicalJSON.path(agency: head.agency.name, year: head.year)
        return Problem(
            .reportWithdrawn,
            "The report of \(head.agency.name) for \(head.year) was withdrawn. Its revisions can be read at \(path)/revisions.",
            chinese: "\(head.agency.name) \(head.year) 年度的报告已撤回。历史版本见 \(path)/revisions。",
            members: ["reason": reason.map { .string($0) } ?? .null, "revisions": .string("\(path)/revisions")])
    }
}
