internal import ReportStore
internal import Reports

/// The 汇总 table of many reports: their figures added up in the shape of the form, and what is missing or wrong.
struct FormTotal {
    /// The store gave no sums where it was asked for them.
    struct Missing: Error {}

    /// The most agencies and reports that are named.
    static let namedMax = 1_000

    /// What the reports were chosen by.
    let selection: FormSelection
    let group: StatisticsGroup
    let summary: FormSummary
    /// How many reports are of the other scope.
    let otherScope: Int
    /// The agencies without a report, the first of them; nil where that cannot be said.
    let missing: (count: Int, agencies: [Agency])?
    /// The reports with errors, the first of them, each with the checks that say so.
    let failing: (count: Int, reports: [(head: ReportHead, checks: [Check.ID])])
    /// The consolidated reports that are left out since others have them in them.
    let nested: NestedReports

    /// What it is of: the division, the years, and what else the reports were chosen by.
    var title: String { selection.title(group.years) }

    /// The sums as a report, for a page or a sheet.
    var report: AnnualReport {
        summary.report(
            agency: selection.region?.name ?? "", year: selection.year.flatMap { ReportYear($0) }, title: title)
    }
}

/// Consolidated reports that are left out of sums since those of divisions above have them in them, the first by name.
struct NestedReports {
    var count = 0
    var heads: [ReportHead] = []

    mutating func add(_ other: NestedReports) {
        count += other.count
        heads += other.heads.prefix(max(0, FormTotal.namedMax - heads.count))
    }

    /// Writes them as what was left out.
    func write(_ regions: RegionDirectory, to json: inout JSONWriter) {
        guard count > 0 else { return }
        json.beginObject()
        json.member("reason", "nested")
        json.member("reports", count)
        json.array("named") { json in
            for head in heads {
                json.beginObject()
                json.key("agency")
                CanonicalJSON.write(
                    CanonicalJSON.NamedAgency(
                        id: head.agency.id, name: head.agencyName, region: regions.named(head.agency.region)),
                    to: &json)
                json.member("year", head.year)
                json.member("href", CanonicalJSON.path(agency: head.agency.name, year: head.year))
                json.endObject()
            }
        }
        json.endObject()
    }
}

extension Reading {
    /// The reports with some numbers, as they are named where they are left out.
    func nested(_ reports: [Int]) throws -> NestedReports {
        NestedReports(count: reports.count, heads: try store.heads(of: reports.prefix(FormTotal.namedMax)))
    }
}

extension FormTotal {
    func json(_ regions: RegionDirectory) -> [UInt8] {
        var json = JSONWriter(reserving: 16_384)
        json.beginObject()
        json.object("agency") { json in
            json.member("id", nil as Int?)
            json.member("name", selection.region?.name)
            json.key("region")
            CanonicalJSON.write(selection.region, to: &json)
        }
        json.member("year", selection.year)
        json.array("years") { json in for year in group.years { json.integer(year) } }
        json.member("title", title)
        json.array("conditions") { json in for condition in selection.conditions { json.string(condition) } }
        json.member("form", summary.form.rawValue)
        json.member("scope", ReportScope.consolidated.rawValue)
        CanonicalJSON.writeTables(of: report, to: &json)
        CanonicalJSON.writeIndicators(
            Indicator.allCases.map { summary.indicators[$0] ?? IndicatorValue(net: nil) }, to: &json)
        json.member("reports", group.reports)
        json.member("agencies", group.agencies)
        json.member("expectedAgencies", group.expectedAgencies)
        json.object("blanks") { json in
            for (path, count) in blanks { json.member(path.description, count) }
        }
        writeMissing(regions, to: &json)
        writeFailing(regions, to: &json)
        json.array("contradictions") { json in
            for finding in contradictions {
                json.beginObject()
                json.member("check", finding.check.rawValue)
                json.member("label", finding.check.label)
                json.member("message", Self.message(finding))
                json.array("paths") { json in for path in finding.paths { json.string(path.description) } }
                json.member("left", finding.left)
                json.member("right", finding.right)
                json.endObject()
            }
        }
        json.array("warnings") { json in
            for warning in warnings {
                json.beginObject()
                json.member("reason", warning.reason)
                json.member("message", warning.english)
                json.array("paths") { json in for path in warning.paths { json.string(path.description) } }
                json.endObject()
            }
        }
        json.array("excluded") { json in writeExcluded(regions, &json) }
        json.endObject()
        return json.bytes
    }

    /// What a reader of the sums should know.
    struct Warning {
        let reason: String
        let english: String
        let chinese: String
        var paths: [FigurePath] = []
    }

    var warnings: [Warning] {
        var warnings: [Warning] = []
        let stocks = FigurePath.all(in: summary.form, otherIsOneRow: summary.otherIsOneRow).filter { path in
            path.isStock && summary.figures[path] != nil
        }
        if group.years.count > 1, !stocks.isEmpty {
            warnings.append(
                Warning(
                    reason: "stock",
                    english:
                        "The sums are of \(group.years.count) years. These figures state what there is at the end of a year, or what is carried over from one to the next: summed over years, the same is counted again and again.",
                    chinese: "本表合计\(group.years.count)个年度，其中现行有效、结转、尚未审结等存量数据跨年度重复计算，不宜直接引用",
                    paths: stocks))
        }
        if let year = selection.year, year < ReportForm.firstYear {
            warnings.append(
                Warning(
                    reason: "form",
                    english:
                        "No official form was prescribed for \(year); the table is in that of \(ReportForm.firstYear).",
                    chinese: "\(year)年尚无统一格式，本表采用\(ReportForm.firstYear)年统计表"))
        }
        return warnings
    }

    /// What a contradiction of the sums says: nobody has printed them.
    private static func message(_ finding: Finding) -> String {
        guard let path = finding.paths.first, let left = finding.left, let right = finding.right else {
            return finding.message
        }
        switch finding.check {
        case .rowTotal, .processedTotal, .reviewTotal, .statistics2014Sums:
            return "\(path.label) of all reports comes to \(left); the parts of all reports come to \(right)"
        default: return finding.message
        }
    }

    /// Where the sums themselves do not add up: some reports leave totals or parts blank, or contradict themselves. What some
    /// print in one row for the three of （六）其他处理 is in the totals alone: here it is counted with the last of the three.
    var contradictions: [Finding] {
        var report = report
        for (applicant, quantity) in summary.otherInOneRow {
            let path = FigurePath.request(.otherOther, applicant)
            let (sum, overflows) = (report[path]?.digits ?? 0).addingReportingOverflow(quantity.digits)
            if !overflows { report[path] = Quantity(digits: sum) }
        }
        return ArithmeticChecks(report).findings.filter { $0.state == .fail }
    }

    /// The figures that some reports leave blank.
    var blanks: [(path: FigurePath, count: Int)] { inOrder(summary.blanks) }

    /// The amounts that some reports print without a unit, which are left out.
    var withoutUnit: [(path: FigurePath, count: Int)] { inOrder(summary.withoutUnit) }

    /// In the order of the form.
    private func inOrder(_ counts: [FigurePath: Int]) -> [(path: FigurePath, count: Int)] {
        FigurePath.all(in: summary.form, otherIsOneRow: summary.otherIsOneRow).compactMap { path in
            counts[path].map { (path, $0) }
        }
    }

    private func writeMissing(_ regions: RegionDirectory, to json: inout JSONWriter) {
        guard let missing else {
            json.key("missing")
            return json.null()
        }
        json.object("missing") { json in
            json.member("count", missing.count)
            json.array("agencies") { json in
                for agency in missing.agencies {
                    CanonicalJSON.write(
                        CanonicalJSON.NamedAgency(
                            id: agency.id, name: agency.name, region: regions.named(agency.region)), to: &json)
                }
            }
        }
    }

    private func writeFailing(_ regions: RegionDirectory, to json: inout JSONWriter) {
        json.object("failing") { json in
            json.member("count", failing.count)
            json.array("reports") { json in
                for (head, checks) in failing.reports {
                    json.beginObject()
                    json.key("agency")
                    CanonicalJSON.write(
                        CanonicalJSON.NamedAgency(
                            id: head.agency.id, name: head.agencyName,
                            region: regions.named(head.agency.region, in: head.year)),
                        to: &json)
                    json.member("year", head.year)
                    json.array("checks") { json in for check in checks { json.string(check.rawValue) } }
                    json.member("href", CanonicalJSON.path(agency: head.agency.name, year: head.year) + "/findings")
                    json.endObject()
                }
            }
        }
    }

    private func writeExcluded(_ regions: RegionDirectory, _ json: inout JSONWriter) {
        StatisticsRepresentation.writeExcluded(scope: otherScope, to: &json)
        nested.write(regions, to: &json)
        for (path, count) in withoutUnit {
            json.beginObject()
            json.member("reason", "unit")
            json.member("reports", count)
            json.array("paths") { $0.string(path.description) }
            json.endObject()
        }
        for left in summary.leftOut {
            json.beginObject()
            json.member("reason", "form")
            json.member("form", left.form.rawValue)
            json.member("reports", left.reports)
            json.array("paths") { json in for path in left.paths { json.string(path.description) } }
            if !left.comparable.isEmpty {
                json.array("comparable") { json in
                    for figure in left.comparable {
                        json.beginObject()
                        json.member("path", figure.path.description)
                        json.member("printed", figure.printed.description)
                        json.member("reports", figure.reports)
                        json.key("sum")
                        CanonicalJSON.write(figure.sum, to: &json)
                        json.endObject()
                    }
                }
            }
            json.endObject()
        }
    }
}
