internal import ReportStore
internal import Reports

/// The names of what groups are made by.
struct StatisticsNames {
    var regions: [String: String] = [:]
    var agencies: [Int: String] = [:]
}

/// The answer to a question over many reports.
struct StatisticsRepresentation {
    let query: StatisticsQuery
    let statistics: Statistics
    let names: StatisticsNames
    let csv: CSVOptions
    /// The consolidated reports that are left out since others have them in them.
    let nested: NestedReports
    let regions: RegionDirectory
}

extension StatisticsRepresentation {
    var json: [UInt8] {
        var json = JSONWriter(reserving: 512 * (statistics.groups.count + 1))
        json.beginObject()
        json.array("groups") { json in
            for group in statistics.groups { write(group, to: &json) }
        }
        json.array("excluded") { json in LeftOut(query, statistics, nested).write(regions, to: &json) }
        json.endObject()
        return json.bytes
    }

    /// A line for each group.
    var lines: [UInt8] { JSONWriter.lines(statistics.groups) { write($0, to: &$1) } }

    private func write(_ group: StatisticsGroup, to json: inout JSONWriter) {
        json.beginObject()
        json.object("key") { json in write(group.key, to: &json) }
        json.member("reports", group.reports)
        json.member("agencies", group.agencies)
        json.member("expectedAgencies", group.expectedAgencies)
        json.object("forms") { json in
            for form in ReportForm.allCases { if let count = group.forms[form] { json.member(form.rawValue, count) } }
        }
        json.object("measures") { json in
            for (measure, summary) in zip(query.measures, group.measures) {
                json.object(measure.description) { json in Self.write(summary, to: &json) }
            }
        }
        json.endObject()
    }

    func write(_ key: StatisticsKey, to json: inout JSONWriter) {
        for dimension in query.dimensions {
            switch dimension {
            case .year: json.member("year", key.year)
            case .region:
                json.member("region", key.region)
                json.member("regionName", key.region.flatMap { names.regions[$0] })
            case .level: json.member("level", key.level?.rawValue)
            case .kind: json.member("kind", key.kind?.rawValue)
            case .form: json.member("form", key.form?.rawValue)
            case .agency:
                json.object("agency") { json in
                    json.member("id", key.agency)
                    json.member("name", key.agency.flatMap { names.agencies[$0] })
                }
            }
        }
    }

    /// What is known of a measure. A comparable figure of every form is added up; `incomparable` tells how many reports are
    /// of forms that print none.
    static func write(_ summary: MeasureSummary, to json: inout JSONWriter) {
        json.member("reported", summary.reported)
        if let amounts = summary.amounts {
            json.key("sum")
            if summary.reported > 0 { json.raw(amounts.sum.number.utf8) } else { json.null() }
            json.key("mean")
            json.number(summary.reported > 0 ? amounts.mean : nil)
        }
        if let rate = summary.rate {
            json.key("value")
            json.double(rate.value)
            json.member("numerator", rate.numerator)
            json.member("denominator", rate.denominator)
            json.key("smallN")
            json.boolean(rate.smallN)
        }
        for (name, value) in numbers(summary.distribution) {
            json.key(name)
            json.number(value)
        }
        json.array("forms") { json in for form in summary.forms { json.string(form.rawValue) } }
        if !summary.incomparable.isEmpty {
            json.object("incomparable") { json in
                for form in ReportForm.allCases {
                    if let count = summary.incomparable[form] { json.member(form.rawValue, count) }
                }
            }
        }
        if summary.withoutUnit > 0 { json.member("withoutUnit", summary.withoutUnit) }
    }

    private static func numbers(_ distribution: MeasureSummary.Distribution?) -> [(String, Double?)] {
        [
            ("median", distribution?.median), ("p10", distribution?.p10), ("p90", distribution?.p90),
            ("min", distribution?.minimum), ("max", distribution?.maximum),
        ]
    }

    /// The reports of the other scope.
    static func writeExcluded(scope count: Int, to json: inout JSONWriter) {
        guard count > 0 else { return }
        json.beginObject()
        json.member("reason", "scope")
        json.member("reports", count)
        json.endObject()
    }

    /// The reports that print an amount without a unit.
    static func writeExcluded(_ measure: Measure, withoutUnit count: Int, to json: inout JSONWriter) {
        guard count > 0 else { return }
        json.beginObject()
        json.member("reason", "unit")
        json.member("measure", measure.description)
        json.member("reports", count)
        json.endObject()
    }

    /// The reports whose figures cannot be compared.
    static func writeExcluded(_ measure: Measure, _ counts: [ReportForm: Int], to json: inout JSONWriter) {
        for form in ReportForm.allCases {
            guard let count = counts[form], count > 0 else { continue }
            json.beginObject()
            json.member("reason", "form")
            json.member("measure", measure.description)
            json.member("form", form.rawValue)
            json.member("reports", count)
            json.endObject()
        }
    }
}

extension StatisticsRepresentation {
    /// One row for each group and measure.
    var rows: [[CSVWriter.Field]] {
        statistics.groups.flatMap { group in
            zip(query.measures, group.measures).map { measure, summary in
                keyFields(group.key) + fields(group, measure, summary)
            }
        }
    }

    /// The row with the names.
    static func header(_ query: StatisticsQuery, _ csv: CSVOptions) -> [CSVWriter.Field] {
        let keys: [(String, String)] = query.dimensions.flatMap { dimension in
            switch dimension {
            case .year: [("year", "年度")]
            case .region: [("region", "行政区划代码"), ("regionName", "行政区划")]
            case .level: [("level", "层级")]
            case .kind: [("kind", "类别")]
            case .form: [("form", "格式")]
            case .agency: [("agency.id", "机关编号"), ("agency.name", "机关名称")]
            }
        }
        let columns = [
            ("measure", "指标"), ("reports", "报告数"), ("agencies", "机关数"), ("expectedAgencies", "应报机关数"),
            ("reported", "已填报数"), ("sum", "合计"), ("mean", "平均"), ("value", "比率"), ("numerator", "分子"),
            ("denominator", "分母"), ("smallN", "样本过小"), ("median", "中位数"), ("p10", "10%分位"), ("p90", "90%分位"),
            ("min", "最小"),
            ("max", "最大"), ("forms", "计入的格式"), ("incomparable", "口径不同未计入报告数"), ("withoutUnit", "单位不明未计入报告数"),
        ]
        return (keys + columns).map { .text(csv.hasChineseHeader ? $0.1 : $0.0) }
    }

    private func keyFields(_ key: StatisticsKey) -> [CSVWriter.Field] {
        query.dimensions.flatMap { dimension -> [CSVWriter.Field] in
            switch dimension {
            case .year: [.integer(key.year)]
            case .region: [.text(key.region ?? ""), .text(key.region.flatMap { names.regions[$0] } ?? "")]
            case .level: [csv.word(key.level)]
            case .kind: [csv.word(key.kind)]
            case .form: [csv.word(key.form)]
            case .agency: [.integer(key.agency), .text(key.agency.flatMap { names.agencies[$0] } ?? "")]
            }
        }
    }

    private func fields(
        _ group: StatisticsGroup, _ measure: Measure, _ summary: MeasureSummary
    ) -> [CSVWriter.Field] {
        let isStated = summary.reported > 0
        return [
            .text(csv.hasChineseHeader ? measure.label : measure.description), .integer(group.reports),
            .integer(group.agencies),
            .integer(group.expectedAgencies), .integer(summary.reported),
            .number(isStated ? summary.amounts?.sum.number : nil),
            .double(isStated ? summary.amounts?.mean : nil), .double(summary.rate?.value),
            .integer(summary.rate?.numerator), .integer(summary.rate?.denominator),
            csv.flag(summary.rate?.smallN),
        ] + Self.numbers(summary.distribution).map { .double($0.1) } + [
            .text(summary.forms.map { csv.hasChineseHeader ? $0.label : $0.rawValue }.joined(separator: " ")),
            .integer(summary.incomparable.values.reduce(0, +)), .integer(summary.withoutUnit),
        ]
    }
}
