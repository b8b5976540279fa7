internal import ReportStore
internal import Reports

/// What `fields` can name: a member of the list's items, or a figure or indicator.
enum ReportField: Sendable, Hashable {
    case agencyID, agencyName, regionCode, regionName, level, kind, year, title, form, scope, published, errors,
        warnings
    case revision, revisedAt, reason, digest, address, snippet
    case measure(Measure)

    static let fieldsMax = 400

    static let named: [(path: String, label: String, field: ReportField)] = [
        ("agency.id", "机关编号", .agencyID), ("agency.name", "机关名称", .agencyName),
        ("agency.region.code", "行政区划代码", .regionCode), ("agency.region.name", "行政区划", .regionName),
        ("agency.level", "层级", .level), ("agency.kind", "类别", .kind),
        ("year", "年度", .year), ("title", "标题", .title), ("form", "格式", .form), ("scope", "范围", .scope),
        ("published", "发布日期", .published), ("findings.error", "错误数", .errors),
        ("findings.warning", "警告数", .warnings), ("revision.number", "版本", .revision),
        ("revision.at", "入库时间", .revisedAt), ("revision.reason", "修订原因", .reason),
        ("revision.sha256", "原件摘要", .digest), ("links.self", "地址", .address), ("snippet", "检索片段", .snippet),
    ]

    /// What is known of a report, with the passage that was looked for where there is one, all figures that the forms
    /// print which a filter leaves, and the indicators.
    static func all(_ filter: ReportFilter) -> [ReportField] {
        let heads = named.map(\.field).filter { $0 != .snippet || filter.text != nil }
        return heads + ReportTableCSV.paths(of: filter.forms).map { .measure(.figure($0)) }
            + Indicator.allCases.map { .measure(.indicator($0)) }
    }

    /// What stands for ``all(_:)``.
    static let wildcard = "*"

    /// What lies below a name that several paths begin with: `requests`, `requests.newReceived`, `indicators`, `agency`.
    static let subtrees: [String: [ReportField]] = {
        var subtrees: [String: [ReportField]] = [:]
        for field in named.map(\.field) + Measure.all.map({ .measure($0) }) {
            var path = field.path[...]
            while let dot = path.lastIndex(of: ".") {
                path = path[..<dot]
                subtrees[String(path), default: []].append(field)
            }
        }
        return subtrees
    }()

    /// The name in Chinese.
    var label: String {
        if case .measure(let measure) = self { return measure.label }
        return Self.named.first { $0.field == self }?.label ?? ""
    }

    /// The path in the report document, or in the list's items.
    var path: String {
        if case .measure(let measure) = self { return measure.description }
        return Self.named.first { $0.field == self }?.path ?? ""
    }

    var measure: Measure? { if case .measure(let measure) = self { measure } else { nil } }

    /// Reads the parameter: paths, or what several begin with, with commas between; nil where it is not given.
    static func list(_ text: String?, _ filter: ReportFilter) throws(Problem) -> [ReportField]? {
        guard let text else { return nil }
        let names = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        guard names.count <= fieldsMax else { throw .most("fields", fieldsMax) }
        var fields: [ReportField] = []
        var known: Set<ReportField> = []
        for name in names {
            guard let found = name == wildcard ? all(filter) : one(name).map({ [$0] }) ?? subtrees[name] else {
                throw .path("fields", name, [wildcard] + named.map(\.path))
            }
            fields += found.filter { known.insert($0).inserted }
        }
        return fields
    }

    private static func one(_ name: String) -> ReportField? {
        named.first { $0.path == name }?.field ?? Measure(name).map { .measure($0) }
    }

    /// The columns that it takes in a table: a rate comes with what it is made of.
    var columns: [(path: String, label: String)] {
        guard case .measure(let measure) = self, measure.isIndicator else { return [(path, label)] }
        return Self.columns(of: measure)
    }

    /// Those of a rate: its value, and what it rests on.
    static func columns(of rate: Measure) -> [(path: String, label: String)] {
        let parts = [("numerator", "分子"), ("denominator", "分母"), ("smallN", "样本过小")]
        return [(rate.description, rate.label)] + parts.map { ("\(rate).\($0)", "\(rate.label) \($1)") }
    }

    /// The cells of ``columns(of:)``.
    static func cells(of rate: IndicatorValue, _ options: CSVOptions) -> [CSVWriter.Field] {
        [.double(rate.value), .integer(rate.numerator), .integer(rate.denominator), options.flag(rate.smallN)]
    }

    /// The field as cells of a table, one for each of ``columns``.
    ///
    /// - Parameter measure: the number of the next measure among those of the row.
    func cells(
        _ shown: ShownFields.Row, _ measure: inout Int, _ regions: RegionDirectory, _ options: CSVOptions
    ) -> [CSVWriter.Field] {
        guard self.measure != nil else { return [cell(shown, regions, options)] }
        defer { measure += 1 }
        if let rate = shown.report.indicators[measure] { return Self.cells(of: rate, options) }
        return [.number(shown.report.figures[measure].map(\.numberWithUnit))]
    }

    private func cell(
        _ shown: ShownFields.Row, _ regions: RegionDirectory, _ options: CSVOptions
    ) -> CSVWriter.Field {
        let (row, head) = (shown.report, shown.report.head)
        switch self {
        case .agencyID: return .integer(head.agency.id)
        case .agencyName: return .text(head.agencyName)
        case .regionCode: return .text(head.agency.region ?? "")
        case .regionName: return .text(regions.named(head.agency.region, in: head.year)?.name ?? "")
        case .year: return .integer(head.year)
        case .title: return .text(head.title)
        case .form: return options.word(head.form)
        case .scope: return options.word(head.scope)
        case .published: return .text(head.publishedOn ?? "")
        case .errors: return .integer(head.errors)
        case .warnings: return .integer(head.warnings)
        case .revision: return .integer(head.revision)
        case .revisedAt: return .text(CivilDate.timestamp(head.revisedAt))
        case .level: return options.word(row.level)
        case .kind: return options.word(row.kind)
        case .reason: return .text(head.reason ?? "")
        case .digest: return .text(CanonicalJSON.hex(head.sha256))
        case .address: return .text(CanonicalJSON.path(agency: head.agency.name, year: head.year))
        case .snippet: return .text(shown.snippet ?? "")
        case .measure: return .text("")
        }
    }

    /// Writes it as a value, where it is none of the measures.
    func write(_ shown: ShownFields.Row, _ regions: RegionDirectory, to json: inout JSONWriter) {
        let (row, head) = (shown.report, shown.report.head)
        switch self {
        case .agencyID: json.integer(head.agency.id)
        case .agencyName: json.string(head.agencyName)
        case .regionCode: json.string(head.agency.region)
        case .regionName: json.string(regions.named(head.agency.region, in: head.year)?.name)
        case .year: json.integer(head.year)
        case .title: json.string(head.title)
        case .form: json.string(head.form.rawValue)
        case .scope: json.string(head.scope.rawValue)
        case .published: json.string(head.publishedOn)
        case .errors: json.integer(head.errors)
        case .warnings: json.integer(head.warnings)
        case .revision: json.integer(head.revision)
        case .revisedAt: json.string(CivilDate.timestamp(head.revisedAt))
        case .level: json.string(row.level?.rawValue)
        case .kind: json.string(row.kind?.rawValue)
        case .reason: json.string(head.reason)
        case .digest: json.string(CanonicalJSON.hex(head.sha256))
        case .address: json.string(CanonicalJSON.path(agency: head.agency.name, year: head.year))
        case .snippet: json.string(shown.snippet)
        case .measure: json.null()
        }
    }
}
