internal import ReportStore
internal import Reports

/// What a list shows of each report: the fields that were asked for, as columns of a table, or nested as the report document
/// nests them.
struct ShownFields: Sendable {
    /// A report of a list as it is shown.
    struct Row: Sendable {
        let report: ListedReport
        /// A passage with the words that it was found by, where the list shows one.
        let snippet: String?
    }

    private let fields: [ReportField]
    private let tree: FieldTree

    init(_ fields: [ReportField]) {
        self.fields = fields
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
        self.tree = tree
    }

    /// The measures that are read of each report.
    var measures: [Measure] { fields.compactMap(\.measure) }

    /// Whether a passage is looked up for each report.
    var hasSnippet: Bool { fields.contains(.snippet) }

    /// The columns of a table.
    var columns: [(path: String, label: String)] { fields.flatMap(\.columns) }

    /// The cells of a row.
    func cells(_ row: Row, _ regions: RegionDirectory, _ options: CSVOptions) -> [CSVWriter.Field] {
        var measure = 0
        return fields.flatMap { $0.cells(row, &measure, regions, options) }
    }

    /// Writes the cells of a row: those of ``cells(_:_:_:)``, of which nearly all are figures.
    func write(_ row: Row, _ regions: RegionDirectory, _ options: CSVOptions, to table: inout CSVWriter) {
        var measure = 0
        for field in fields {
            if case .measure = field, row.report.indicators[measure] == nil {
                table.quantity(row.report.figures[measure])
                measure += 1
            } else {
                for cell in field.cells(row, &measure, regions, options) { table.field(cell) }
            }
        }
        table.endRow()
    }

    /// Writes the fields of a report as the document nests them.
    func write(_ row: Row, _ regions: RegionDirectory, to json: inout JSONWriter) {
        tree.write(row, regions, to: &json)
    }
}

/// Fields nested by the names of their paths, in the order in which they were named first.
private struct FieldTree: Sendable {
    enum Leaf: Sendable {
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

    func write(_ row: ShownFields.Row, _ regions: RegionDirectory, to json: inout JSONWriter) {
        switch leaf {
        case .head(let field): field.write(row, regions, to: &json)
        case .measure(let index): Self.write(row.report.figures[index], row.report.indicators[index], to: &json)
        case nil:
            json.beginObject()
            for name in names {
                json.key(name)
                if name == "region", row.report.head.agency.region == nil {
                    json.null()
                } else {
                    branches[name]?.write(row, regions, to: &json)
                }
            }
            json.endObject()
        }
    }

    private static func write(_ figure: Quantity?, _ indicator: IndicatorValue?, to json: inout JSONWriter) {
        guard let indicator else { return CanonicalJSON.write(figure, to: &json) }
        CanonicalJSON.write(indicator, to: &json)
    }
}
