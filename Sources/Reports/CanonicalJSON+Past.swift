/// The past as a report is looked at in it: one of its revisions, as it stood at last, or at a time.
public struct PastView: Sendable, Hashable {
    /// The report's address.
    public let path: String
    /// The number of the revision.
    public let revision: Int
    /// The time, in seconds since 1970; nil for the revision as it stood at last.
    public let asOf: Int64?
    /// Whether it is known to have been so. What other reports changed is kept since schema 8; of what was stored before
    /// only the last state of each revision is known, and not what the checks across reports said of it.
    public let isExact: Bool

    /// Makes it.
    public init(path: String, revision: Int, asOf: Int64?, isExact: Bool) {
        self.path = path
        self.revision = revision
        self.asOf = asOf
        self.isExact = isExact
    }

    /// The address of a part of the report in this view of it: `/source`.
    fileprivate func address(of part: String) -> String {
        guard let asOf else { return "\(path)/revisions/\(revision)\(part)" }
        return "\(path)\(part)?as_of=\(CivilDate.timestamp(asOf))"
    }

    fileprivate func writeMembers(to json: inout JSONWriter) {
        json.member("asOf", asOf.map(CivilDate.timestamp))
        json.key("exact")
        json.boolean(isExact)
    }
}

extension CanonicalJSON {
    /// A report document of the past: one that was kept, with what depended on other reports as it was then, and links that
    /// stay in the same past. O(length).
    ///
    /// - Parameters:
    ///   - document: the document of the revision, whatever depended on others in it.
    ///   - agency: the member `agency` as it was.
    ///   - quality: the member `quality` as it was.
    public static func past(
        _ document: ReportDocumentParts, agency: some Collection<UInt8>, quality: some Collection<UInt8>,
        _ view: PastView
    ) -> [UInt8] {
        var json = JSONWriter(reserving: document.members.count + 1024)
        json.beginObject()
        json.key("agency")
        json.raw(agency)
        json.raw(document.members)
        json.key("quality")
        json.raw(quality)
        json.key("revision")
        json.beginObject()
        // Its members, without its braces.
        json.raw(document.revision.dropFirst().dropLast())
        view.writeMembers(to: &json)
        json.endObject()
        json.object("links") { json in
            json.member("self", view.address(of: ""))
            for part in ["source", "findings", "narrative"] { json.member(part, view.address(of: "/" + part)) }
            json.member("revisions", "\(view.path)/revisions")
        }
        json.endObject()
        return json.bytes
    }

    /// Findings of the past, with the revision that they are of.
    public static func pastFindings(_ findings: [UInt8], _ view: PastView) -> [UInt8] {
        var json = JSONWriter(reserving: findings.count + 128)
        json.beginObject()
        json.key("items")
        json.raw(findings)
        json.object("revision") { json in
            json.member("number", view.revision)
            view.writeMembers(to: &json)
        }
        json.endObject()
        return json.bytes
    }
}
