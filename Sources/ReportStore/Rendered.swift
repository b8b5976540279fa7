internal import Reports

/// A report in the bytes that are stored, as far as they do not depend on its place in the store.
struct Rendered: Sendable {
    let findings: [UInt8]
    let narrative: [UInt8]
    let members: [UInt8]
    let errors: Int
    let warnings: Int
    let figures: FiguresDigest?
    let signature: NarrativeSignature?
    /// What lists and statistics read.
    let compactFigures: [UInt8]
    let checks: CheckSet
    /// Where the figures stand that the checks across reports may name.
    let places: FigurePlaces

    init(_ checked: CheckedReport) {
        errors = checked.findings.count { $0.severity == .error }
        warnings = checked.findings.count { $0.severity == .warning }
        var json = JSONWriter(reserving: 8192)
        CanonicalJSON.writeMembers(of: checked.report, published: checked.published, to: &json)
        members = json.bytes
        json = JSONWriter()
        CanonicalJSON.write(checked.findings, to: &json)
        findings = json.bytes
        json = JSONWriter()
        CanonicalJSON.write(checked.report.narrative, to: &json)
        narrative = json.bytes
        figures = FiguresDigest(checked.report)
        signature = NarrativeSignature(checked.report.narrative)
        compactFigures = CompactFigures.encode(checked.report)
        checks = CheckSet(checked.findings.lazy.map(\.check))
        places = FigurePlaces(ofComparedIn: checked.cells, checked.report.form)
    }
}
