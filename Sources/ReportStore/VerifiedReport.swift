internal import Codecs
internal import Reports
internal import SQLite

/// A report's row with all that its document is made of, to be held against the document.
struct VerifiedReport {
    let id: Int
    let agencyName: String
    let year: Int
    let revision: Int
    let revisedAt: Int64
    let isWithdrawn: Bool
    let reason: String?
    let sha256: [UInt8]
    let narrative: [UInt8]
    private let agency: Agency
    private let modifiedAt: Int64
    private let form: String
    private let scope: String
    private let title: String
    private let region: String?
    private let published: String?
    private let counts: FindingCounts
    private let ownCounts: FindingCounts
    private let totals: [Int?]
    private let figuresHash: Int64?
    private let crossFindings: [UInt8]
    private let tag: Int64
    let document: [UInt8]
    private let quality: Quality

    init(_ row: borrowing Row, _ shapes: ShapeBook, _ connection: Connection) {
        agencyName = row.text(0)
        year = row.int(1)
        revision = row.int(2)
        revisedAt = row.int64(3)
        modifiedAt = row.int64(4)
        isWithdrawn = row.bool(5)
        reason = row.optionalText(6)
        sha256 = row.blob(7)
        form = row.text(8)
        scope = row.text(9)
        title = row.text(10)
        region = row.optionalText(11)
        published = row.optionalText(12)
        counts = FindingCounts(errors: row.int(13), warnings: row.int(14))
        totals = ConsolidatedFigure.allCases.map { row.optionalInt(32 + $0.rawValue) }
        figuresHash = row.optionalInt64(15)
        crossFindings = row.blob(16)
        tag = row.int64(17)
        // One that is damaged cannot be read.
        document = (try? shapes.text(row, 18, connection)) ?? []
        agency = Agency(id: row.int(19), name: row.text(20), region: row.optionalText(21))
        var tally = CheckTally()
        tally.passed = row.int(22)
        tally.failed = row.int(23)
        tally.uncertain = row.int(24)
        tally.notAssessable = row.int(25)
        quality = Quality(checks: tally, blankCells: row.int(26), inferredCells: row.int(27))
        ownCounts = FindingCounts(errors: row.int(28), warnings: row.int(29))
        narrative = row.blob(30)
        id = row.int(31)
    }

    /// What is wrong with the current document and the columns beside it. That of a withdrawn report stays as it was.
    func faults() -> [String] {
        var faults: [String] = []
        if Int64(bitPattern: TextTag.of(document)) != tag, Int64(bitPattern: formerTag) != tag {
            faults.append("its tag is not that of its document")
        }
        if modifiedAt < revisedAt { faults.append("it was modified before its revision") }
        if region != agency.region { faults.append("it is in another division than its agency") }
        guard let json = try? JSONDocument(document), let report = try? AnnualReport(document: json),
            let parts = ReportDocumentParts(document)
        else { return faults + ["its document cannot be read"] }
        guard !isWithdrawn else { return faults }
        if !isRebuilt(json, parts.members) { faults.append("its document is not what its parts add up to") }
        return faults + columnFaults(json, report) + findingsFaults()
    }

    /// The tag as it was made up to schema 6, byte by byte.
    private var formerTag: UInt64 {
        var hash = StableHash()
        hash.add(document)
        return hash.value
    }

    /// Whether agency, quality, revision and links around the report's own members are those that the columns give.
    /// The divisions' full names are the document's own: the list that they came from may be a newer one by now.
    private func isRebuilt(_ json: JSONDocument, _ members: ArraySlice<UInt8>) -> Bool {
        let name = json.value(at: ["agency", "region", "name"]).flatMap { json.string($0) }
        let region = agency.region.map { code in
            CanonicalJSON.NamedRegion(code: code, name: name ?? "")
        }
        let filed = CanonicalJSON.Filed(
            agency: CanonicalJSON.NamedAgency(id: agency.id, name: agencyName, region: region),
            currentName: agency.name, year: year, revision: revision, at: revisedAt, reason: reason, sha256: sha256)
        return CanonicalJSON.document(filed, members: members, quality: quality) == document
    }

    private func columnFaults(_ json: JSONDocument, _ report: AnnualReport) -> [String] {
        let pairs: [(name: String, isSame: Bool)] =
            [
                ("year", report.year.value == year), ("form", report.form.rawValue == form),
                ("scope", report.scope.rawValue == scope), ("title", report.title == title),
                ("published_on", json.text("published", of: .root) == published),
                ("figures_hash", FiguresDigest(report).map { Int64(bitPattern: $0.hash) } == figuresHash),
            ] + zip(ConsolidatedFigure.allCases, totals).map { ($0.column, $0.value(in: report) == $1) }
        return pairs.filter { !$0.isSame }.map { "the column \($0.name) is not what its document says" }
    }

    private func findingsFaults() -> [String] {
        guard let cross = FindingCounts(crossFindings) else { return ["the findings across reports cannot be read"] }
        return counts == ownCounts + cross ? [] : ["its findings are not as many as are counted"]
    }
}

/// How many findings are errors and warnings.
struct FindingCounts: Equatable {
    private(set) var errors = 0
    private(set) var warnings = 0

    init(errors: Int, warnings: Int) {
        self.errors = errors
        self.warnings = warnings
    }

    /// Counts a JSON array of findings; nil for what is none.
    init?(_ json: [UInt8]) {
        guard case .array(let findings)? = try? JSONValue(json) else { return nil }
        errors = findings.count { $0["severity"]?.string == Severity.error.name }
        warnings = findings.count { $0["severity"]?.string == Severity.warning.name }
    }

    static func + (left: FindingCounts, right: FindingCounts) -> FindingCounts {
        FindingCounts(errors: left.errors + right.errors, warnings: left.warnings + right.warnings)
    }
}
