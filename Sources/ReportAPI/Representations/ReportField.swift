internal import ReportStore
internal import Reports

/// What `fields` can name: a member of the list's items, or a figure or indicator.
enum ReportField: Sendable, Hashable {
    case agencyID, agencyName, regionCode, regionName, level, kind, year, title, form, scope, published, errors,
        warnings
    case revision, revisedAt, reason, digest, address
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
        ("revision.sha256", "原件摘要", .digest), ("links.self", "地址", .address),
    ]

    /// What is known of a report, and all figures that the forms print which a filter leaves.
    static func all(_ filter: ReportFilter) -> [ReportField] {
        let heads = named.map(\.field)
        return heads + ReportTableCSV.paths(of: filter.forms).map { .measure(.figure($0)) }
    }

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

    /// Reads the parameter: paths with commas between; nil where it is not given.
    static func list(_ text: String?) throws(Problem) -> [ReportField]? {
        guard let text else { return nil }
        var fields: [ReportField] = []
        for name in text.split(separator: ",", omittingEmptySubsequences: false) {
            let known = named.first { $0.path == name }?.field
            guard let field = known ?? Measure(String(name)).map({ .measure($0) }) else {
                throw .path("fields", String(name), named.map(\.path))
            }
            if !fields.contains(field) { fields.append(field) }
        }
        guard fields.count <= fieldsMax else { throw .most("fields", fieldsMax) }
        return fields
    }

    /// Writes the fields of a report as the document nests them.
    static func write(
        _ row: ListedReport, _ fields: [ReportField], regions: RegionDirectory, to json: inout JSONWriter
    ) {
        var tree = FieldTree()
        var measure = 0
        for field in fields {
            let names = field.path.split(separator: ".").map(String.init)
            if case .measure = field {
                tree.add(names[...], .measure(measure))
                measure += 1
            } else {
                tree.add(names[...], .head(field))
            }
        }
        tree.write(row, regions, to: &json)
    }

    /// The field as a cell of a table.
    ///
    /// - Parameter measure: the number of the next measure among those of the row.
    func cell(
        _ row: ListedReport, _ measure: inout Int, _ regions: RegionDirectory, _ options: CSVOptions
    ) -> CSVWriter.Field {
        let head = row.head
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
        case .measure:
            defer { measure += 1 }
            if let indicator = row.indicators[measure] { return .double(indicator.value) }
            return .number(row.figures[measure].map { $0.number + ($0.unit?.rawValue ?? "") })
        }
    }

    fileprivate func write(_ row: ListedReport, _ regions: RegionDirectory, to json: inout JSONWriter) {
        let head = row.head
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
        case .measure: json.null()
        }
    }
}

/// Fields nested by the names of their paths, in the order in which they were named first.
private struct FieldTree {
    enum Leaf {
        case head(ReportField)
        /// The number of a measure among those of the row.
        case measure(Int)
    }

    private var names: [String] = []
    private var branches: [String: FieldTree] = [:]
    private var leaf: Leaf?

    mutating func add(_ path: ArraySlice<String>, _ leaf: Leaf) {
        guard let name = path.first else { return self.leaf = leaf }
        if branches[name] == nil { names.append(name) }
        branches[name, default: FieldTree()].add(path.dropFirst(), leaf)
    }

    func write(_ row: ListedReport, _ regions: RegionDirectory, to json: inout JSONWriter) {
        switch leaf {
        case .head(let field): field.write(row, regions, to: &json)
        case .measure(let index): Self.write(row.figures[index], row.indicators[index], to: &json)
        case nil:
            json.beginObject()
            for name in names {
                json.key(name)
                branches[name]?.write(row, regions, to: &json)
            }
            json.endObject()
        }
    }

    private static func write(_ figure: Quantity?, _ indicator: IndicatorValue?, to json: inout JSONWriter) {
        guard let indicator else { return CanonicalJSON.write(figure, to: &json) }
        CanonicalJSON.write(indicator, to: &json)
    }
}
