internal import ReportSheets
internal import ReportStore
internal import Reports

/// The 汇总 table of many reports: their figures added up in the shape of the form, and what is missing or wrong.
struct FormTotal {
    /// The store gave no sums where it was asked for them.
    struct Missing: Error {}

    /// The most agencies and reports that are named.
    static let namedMax = 1_000

    /// The year, where the question is about one.
    let year: Int?
    /// The division, where the question is about one.
    let region: CanonicalJSON.NamedRegion?
    let group: StatisticsGroup
    let summary: FormSummary
    /// How many reports are of the other scope.
    let otherScope: Int
    /// The agencies without a report, the first of them; nil where that cannot be said.
    let missing: (count: Int, agencies: [Agency])?
    /// The reports with errors, the first of them, each with the checks that say so.
    let failing: (count: Int, reports: [(head: ReportHead, checks: [Check.ID])])

    private var title: String {
        "\(region?.name ?? "")\(year.map { "\($0)年" } ?? "")政府信息公开工作年度报告汇总"
    }

    /// The sums as a report, for a page or a sheet.
    var report: AnnualReport {
        summary.report(agency: region?.name ?? "", year: year.flatMap { ReportYear($0) }, title: title)
    }
}

extension FormTotal {
    func json(_ regions: RegionDirectory) -> [UInt8] {
        var json = JSONWriter(reserving: 16_384)
        json.beginObject()
        json.object("agency") { json in
            json.member("id", nil as Int?)
            json.member("name", region?.name)
            json.key("region")
            CanonicalJSON.write(region, to: &json)
        }
        json.member("year", year)
        json.member("title", title)
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
                json.member("message", finding.message)
                json.array("paths") { json in for path in finding.paths { json.string(path.description) } }
                json.member("left", finding.left)
                json.member("right", finding.right)
                json.endObject()
            }
        }
        json.array("excluded") { json in writeExcluded(&json) }
        json.endObject()
        return json.bytes
    }

    /// Where the sums themselves do not add up: some reports leave totals or parts blank, or contradict themselves.
    var contradictions: [Finding] { ArithmeticChecks(report).findings.filter { $0.state == .fail } }

    /// In the order of the form.
    private var blanks: [(path: FigurePath, count: Int)] {
        FigurePath.all(in: summary.form, otherIsOneRow: summary.otherIsOneRow).compactMap { path in
            summary.blanks[path].map { (path, $0) }
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

    private func writeExcluded(_ json: inout JSONWriter) {
        StatisticsRepresentation.writeExcluded(scope: otherScope, to: &json)
        for left in summary.leftOut {
            json.beginObject()
            json.member("reason", "form")
            json.member("form", left.form.rawValue)
            json.member("reports", left.reports)
            json.array("paths") { json in for path in left.paths { json.string(path.description) } }
            json.endObject()
        }
    }
}

extension FormTotal {
    /// One row for each figure.
    func rows(_ options: CSVOptions) -> [[CSVWriter.Field]] {
        let names = options.hasChineseHeader ? ["项目", "合计", "空白份数"] : ["figure", "sum", "blanks"]
        let paths = FigurePath.all(in: summary.form, otherIsOneRow: summary.otherIsOneRow)
        return [names.map { .text($0) }]
            + paths.map { path in
                let sum = summary.figures[path].map { $0.number + ($0.unit?.rawValue ?? "") }
                return [
                    .text(options.hasChineseHeader ? path.label : path.description), .number(sum),
                    .integer(summary.blanks[path] ?? 0),
                ]
            }
    }

    /// What is said below the title of a page.
    var caption: String {
        var parts = ["共\(group.reports)份报告"]
        if let missing { parts.append("应报\(group.expectedAgencies)个机关，缺报\(missing.count)个") }
        if failing.count > 0 { parts.append("\(failing.count)份校验有误") }
        let otherForms = summary.leftOut.filter(\.isWhole).reduce(0) { $0 + $1.reports }
        if otherForms > 0 { parts.append("其中\(otherForms)份格式不同，未计入本表") }
        if !contradictions.isEmpty { parts.append("合计数有\(contradictions.count)处勾稽不平，见下表") }
        if otherScope > 0 { parts.append("另有\(otherScope)份\(Self.scopeWords)未计入") }
        return parts.joined(separator: "；")
    }

    /// What a list is of, how many there are, and how many of them it names where that is not all.
    static func heading(_ name: String, _ count: Int, named: Int) -> String {
        named == count ? "\(name)（\(count)）" : "\(name)（共\(count)，以下列出前\(named)）"
    }

    private static let scopeWords = "范围不同的报告"

    /// What goes with a page: who is missing, whose figures are wrong, what is blank, and what was left out.
    func lists(_ regions: RegionDirectory) -> [FormList] {
        var lists: [FormList] = []
        if let missing {
            lists.append(
                FormList(
                    heading: Self.heading("缺报机关", missing.count, named: missing.agencies.count),
                    columns: ["机关名称", "行政区划"], widths: [8, 7],
                    rows: missing.agencies.map { [$0.name, regions.named($0.region)?.name ?? ""] }))
        }
        lists.append(
            FormList(
                heading: Self.heading("校验有误的报告", failing.count, named: failing.reports.count),
                columns: ["机关名称", "年度", "校验规则"], widths: [7, 2, 6],
                rows: failing.reports.map { head, checks in
                    [head.agencyName, "\(head.year)", checks.map(\.label).joined(separator: "；")]
                }))
        if !contradictions.isEmpty {
            lists.append(
                FormList(
                    heading: "合计数勾稽不平之处（因部分报告漏填或有误）", columns: ["校验规则", "项目", "左边", "右边"],
                    widths: [5, 6, 2, 2],
                    rows: contradictions.map { finding in
                        [
                            finding.check.label, finding.paths.map(\.label).joined(separator: "、"),
                            finding.left.map(String.init) ?? "", finding.right.map(String.init) ?? "",
                        ]
                    }))
        }
        if !blanks.isEmpty {
            lists.append(
                FormList(
                    heading: "部分报告未填报的项目", columns: ["项目", "未填报份数"], widths: [12, 3],
                    rows: blanks.map { [$0.path.label, "\($0.count)"] }))
        }
        if !summary.leftOut.isEmpty {
            lists.append(
                FormList(
                    heading: "因格式不同未计入的项目", columns: ["格式", "份数", "项目"], widths: [2, 2, 11],
                    rows: summary.leftOut.map { left in
                        [left.form.rawValue, "\(left.reports)", left.paths.map(\.label).joined(separator: "、")]
                    }))
        }
        return lists
    }
}
