import ReportStore
import Reports

/// A report in few figures, for tests of what reports have to do with each other.
struct Draft: Hashable {
    var agency = "清禾县教育局"
    var year = 2023
    var scope = ReportScope.own
    /// Nil for the form of the year.
    var form: ReportForm?
    /// 本年新收; nil for a blank cell.
    var received: Int? = 0
    var carriedOver: Int? = 0
    var carriedForward: Int? = 0
    /// 行政规范性文件: 本年制发, 现行有效.
    var issued = 0
    var inForce = 0
    /// Whether the report has tables at all.
    var hasTables = true
    /// The prose of the first section.
    var prose = ""
    /// Words beside 现行有效, which may explain a difference.
    var remark: String?
    var published: DocumentDate?
    var region: String?
    var agencyID: Int?
    /// What tells these bytes from others with the same figures.
    var content = "一"

    init(_ agency: String = "清禾县教育局", _ year: Int = 2023, _ change: (inout Draft) -> Void = { _ in }) {
        self.agency = agency
        self.year = year
        change(&self)
    }

    /// Whether several of ``RegionDirectory/few`` may be meant by the name, and nothing says which.
    var leavesRegionOpen: Bool {
        if case .ambiguous = RegionDirectory.few.place(agencyNamed: agency, within: region, year: year) { return true }
        return false
    }

    var formOfReport: ReportForm { form ?? (year >= 2021 ? .form2021 : year >= 2019 ? .form2019 : .form2014) }

    var submission: Submission {
        get throws {
            struct NoYear: Error {}
            guard let year = ReportYear(year) else { throw NoYear() }
            let form = formOfReport
            var report = AnnualReport(agency: agency, year: year, title: "\(agency)年度报告", form: form, scope: scope)
            if hasTables {
                if form == .form2014 {
                    report.statistics2014 = statistics
                } else {
                    report.proactive = proactive(form)
                    report.requests = requests(form)
                    report.reviews = ReviewTable()
                }
            }
            if !prose.isEmpty {
                report.narrative.sections = [Section(kind: .overview, heading: "一、总体情况", paragraphs: [prose])]
            }
            let bytes = Array(
                """
                \(agency) \(self.year) \(scope) \(form) \(received ?? -1) \(carriedOver ?? -1) \(carriedForward ?? -1) \
                \(issued) \(inForce) \(hasTables) \(prose) \(remark ?? "") \
                \(published?.description ?? "") \(content)
                """.utf8)
            var hash = StableHash()
            hash.add(bytes)
            let remarks = remark.map { words in
                Finding(.remarkedCells, .notice, message: words, paths: [.proactive(.normativeDocuments, .inForce)])
            }
            let checked = CheckedReport(
                report, readerFindings: [remarks].compactMap(\.self), published: published)
            var submission = Submission(
                checked: checked,
                source: StoredSource(
                    content: .deflated(bytes), length: bytes.count, mediaType: "text/plain; charset=utf-8"),
                sha256: Array(hash.hex.utf8) + Array(hash.hex.utf8), note: Note(reason: content, author: "甲"),
                region: region, agencyID: agencyID)
            submission.leavesRegionOpen = leavesRegionOpen
            return submission
        }
    }

    private var statistics: Statistics2014 {
        var table = Statistics2014()
        table[.receivedTotal] = received.map { Quantity($0) }
        table[.receivedOnline] = received.map { Quantity($0) }
        table[.proactiveNormativeDocumentsIssued] = Quantity(issued)
        return table
    }

    private func proactive(_ form: ReportForm) -> ProactiveDisclosure {
        var table = ProactiveDisclosure()
        if form == .form2021 {
            table[.normativeDocuments, .issued] = Quantity(issued)
            table[.normativeDocuments, .inForce] = Quantity(inForce)
            table[.administrativeFees, .amountWan] = Quantity(digits: Int64(inForce), places: 2)
        } else {
            table[.normativeDocuments, .newlyMade] = Quantity(issued)
            table[.administrativeLicensing, .itemsPreviousYear] = Quantity(inForce)
            table[.administrativeLicensing, .itemsChange] = Quantity(issued)
        }
        return table
    }

    private func requests(_ form: ReportForm) -> RequestTable {
        var table = RequestTable(otherIsOneRow: form == .form2019)
        let processed = (received ?? 0) + (carriedOver ?? 0) - (carriedForward ?? 0)
        for applicant in [Applicant.naturalPerson, .total] {
            table[.newReceived, applicant] = received
            table[.carriedOver, applicant] = carriedOver
            table[.granted, applicant] = processed
            table[.totalProcessed, applicant] = processed
            table[.carriedForward, applicant] = carriedForward
        }
        return table
    }
}

extension RegionDirectory {
    /// A few divisions: 新华区 is two, 偃师 has changed its code.
    static let few: RegionDirectory = {
        let csv = """
            code,name,parent,from,until,successor
            110000,北京市,,,,
            110100,市辖区,110000,,,
            110101,东城区,110100,,,
            130000,河北省,,,,
            130100,石家庄市,130000,,,
            130105,新华区,130100,,,
            410000,河南省,,,,
            410300,洛阳市,410000,,,
            410307,偃师区,410300,2021,,
            410381,偃师市,410300,1993,2021,410307
            410400,平顶山市,410000,,,
            410402,新华区,410400,,,
            411300,南阳市,410000,,,
            411324,镇平县,411300,,,
            """
        do {
            return try RegionDirectory(csv: Array(csv.utf8))
        } catch {
            fatalError("the divisions of the tests are no list: \(error)")
        }
    }()
}

extension Fixture {
    @discardableResult
    func save(_ draft: Draft, now: Int64 = 1_780_000_000) async throws -> (SaveOutcome, ReportHead) {
        try await store.save(try draft.submission, now: now)
    }

    /// The head of a report as it now stands.
    func head(_ agency: String, _ year: Int) throws -> ReportHead {
        try stored(agency, year).head
    }

    /// A report as it now stands.
    func stored(_ agency: String, _ year: Int) throws -> StoredReport {
        struct Missing: Error {
            let report: String
        }
        guard let agency = try store.agency(agency), let report = try store.report(of: agency, year: year) else {
            throw Missing(report: "\(agency) \(year)")
        }
        return report
    }

    /// The findings of a check, of the report alone and across reports.
    func findings(_ check: Check.ID, _ agency: String, _ year: Int) throws -> [JSONValue] {
        guard case .array(let items) = try JSONValue(store.findings(of: head(agency, year))) else { return [] }
        return items.filter { $0["check"]?.string == check.rawValue }
    }

    /// The messages of the findings of a check.
    func messages(_ check: Check.ID, _ agency: String, _ year: Int) throws -> [String] {
        try findings(check, agency, year).compactMap { $0["message"]?.string }
    }
}
