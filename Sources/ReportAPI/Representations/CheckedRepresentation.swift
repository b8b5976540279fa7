public import Reports

/// A report that was read and checked, and not stored.
public enum CheckedRepresentation {
    /// The report document with its findings; with its cells where they are given.
    public static func json(_ checked: CheckedReport, cells: [PrintedCell]? = nil) -> [UInt8] {
        var json = JSONWriter(reserving: 16_384)
        json.beginObject()
        json.object("agency") { json in json.member("name", checked.report.agency) }
        CanonicalJSON.writeMembers(of: checked.report, published: checked.published, to: &json)
        CanonicalJSON.writeQuality(checked.quality, to: &json)
        if let cells {
            json.key("cells")
            CanonicalJSON.write(cells, to: &json)
        }
        json.key("findings")
        CanonicalJSON.write(checked.findings, to: &json)
        json.endObject()
        return json.bytes
    }
}
