internal import HTTPServer
internal import HTTPTypes
internal import ReportStore
internal import Reports

extension Reading {
    /// `GET /reports/{agency}/{year}/revisions`: the history, newest first; of a withdrawn report, too.
    func listRevisions(_ call: Call) throws -> Response {
        _ = try Format(call, of: [.json])
        let head = try anyReport(call)
        let revisions = try store.revisions(of: head)
        var json = JSONWriter()
        json.beginObject()
        json.array("items") { json in
            for revision in revisions { RevisionRepresentation.write(revision, of: head, to: &json) }
        }
        json.endObject()
        return try Entity(mediaType: Format.json.mediaType, bytes: json.bytes, lastModified: head.modifiedAt)
            .response(to: call.request, cacheControl: settings.cacheControl)
    }

    /// `GET /reports/{agency}/{year}/revisions/{n}`: the report document as it was.
    func showRevision(_ call: Call) throws -> Response {
        try represent(try shownRevision(call), try ReportView(call), call)
    }

    /// The revision that a path names, also of a report that is withdrawn by now.
    func shownRevision(_ call: Call) throws -> ShownReport {
        let head = try anyReport(call)
        return try shown(head, try revision(call.path[2], of: head, isParameter: nil))
    }

    /// `GET /reports/{agency}/{year}/diff`: between two revisions, with another year, or with another agency.
    func showDiff(_ call: Call) throws -> Response {
        _ = try Format(call, of: [.json])
        let head = try anyReport(call)
        let (from, to) = try sides(call, head)
        let diff = ReportDiff(from: try value(of: from), to: try value(of: to))
        var json = JSONWriter()
        json.beginObject()
        for (name, side) in [("from", from), ("to", to)] {
            json.object(name) { json in
                let path = CanonicalJSON.path(agency: side.head.agency.name, year: side.head.year)
                json.member("agency", side.head.agency.name)
                json.member("year", side.head.year)
                json.member("revision", side.revision)
                json.member("href", "\(path)/revisions/\(side.revision)")
            }
        }
        json.key("changes")
        CanonicalJSON.write(diff, to: &json)
        json.endObject()
        return try Entity(mediaType: Format.json.mediaType, bytes: json.bytes, lastModified: try changedAt())
            .response(to: call.request, cacheControl: settings.cacheControl)
    }

    /// The report of a call's path, withdrawn or not.
    func anyReport(_ call: Call) throws -> ReportHead {
        let year = try service.year(call.path[1]).value
        let agency = try namedAgency(call)
        guard let stored = try stored(agency, year) else { throw try reportNotFound(agency, year) }
        return stored.head
    }

    private func revision(_ text: String, of head: ReportHead, isParameter name: String?) throws -> Revision {
        let revisions = try store.revisions(of: head)
        if let revision = revisions.first(where: { "\($0.number)" == text }) { return revision }
        var members = ["revisions": JSONValue.number("\(revisions.count)")]
        if let name { members["parameter"] = .string(name) }
        throw Problem(
            .revisionNotFound, "There is no revision “\(text)”; there are 1 to \(revisions.count).",
            chinese: "没有第“\(text)”版；现有第 1 至 \(revisions.count) 版。", members: members)
    }

    private func sides(_ call: Call, _ head: ReportHead) throws -> (from: ShownReport, to: ShownReport) {
        for name in ["from", "to"] { _ = try call.query.integer(name, 1...Int.max) }
        if let against = try call.query.text("against") {
            guard call.query["from"] == nil, call.query["to"] == nil else {
                throw Problem.parameter("against", besides: call.query["from"] == nil ? "to" : "from")
            }
            return (try current(try other(against, head)), try current(head))
        }
        let revisions = try store.revisions(of: head).filter { $0.kind != .withdrawn }
        let to =
            try call.query["to"].map { try revision($0, of: head, isParameter: "to") } ?? revisions.first
        guard let to else { throw try reportNotFound(head.agency, head.year) }
        let from =
            try call.query["from"].map { try revision($0, of: head, isParameter: "from") }
            ?? revisions.first { $0.number < to.number }
        guard let from else {
            throw Problem(
                .invalidParameter,
                "There is no revision before \(to.number) to compare with; say ?against= with a year or {agency}/{year}.",
                chinese: "第 \(to.number) 版之前没有可比较的版本，请用 ?against= 指明年度或“机关/年度”。",
                members: ["parameter": .string("against")])
        }
        return (try shown(head, from), try shown(head, to))
    }

    /// The report that `against` names: another year of the same agency, or `{agency}/{year}`.
    private func other(_ against: String, _ head: ReportHead) throws -> ReportHead {
        let parts = against.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count <= 2, let last = parts.last, parts.first?.isEmpty == false else {
            throw Problem.parameter("against", "a year or {agency}/{year}", "年度，或“机关/年度”")
        }
        let year = try service.year(String(last), "against").value
        let agency = parts.count == 2 ? try agency(String(parts[0])) : head.agency
        if let found = try store.report(of: agency, year: year) { return found.head }
        for successor in try store.successors(of: agency) {
            if let found = try store.report(of: successor, year: year) { return found.head }
        }
        throw try reportNotFound(agency, year)
    }

    private func current(_ head: ReportHead) throws -> ShownReport {
        guard let revision = try store.revisions(of: head).first else {
            throw try reportNotFound(head.agency, head.year)
        }
        return try shown(head, revision)
    }

    /// The figures and the prose of a revision.
    private func value(of shown: ShownReport) throws -> AnnualReport {
        var report = try AnnualReport(document: JSONDocument(shown.document))
        report.narrative = Narrative(json: try JSONValue(store.narrative(of: shown.head, revision: shown.revision)))
        return report
    }
}
