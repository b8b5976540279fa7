internal import ReportStore
internal import Reports

/// What the reports of a 汇总 table were chosen by, in Chinese: its title and its head say so, since a table that is passed on
/// has no address any more.
struct FormSelection {
    /// So many characters of conditions have room in a title.
    private static let titleMax = 80

    /// The year, where the question is about one.
    let year: Int?
    /// The division, where the question is about one.
    let region: CanonicalJSON.NamedRegion?
    /// Every other condition.
    let conditions: [String]
    /// Those of them that the title does not say in other words.
    private let titled: [String]

    /// Reads a question.
    ///
    /// - Parameters:
    ///   - texts: what `q` says.
    ///   - agencies: the names of the agencies that conditions name.
    init(_ query: StatisticsQuery, texts: [String], agencies: [Int: String], regions: RegionDirectory) {
        year = query.filter.onlyYear
        let codes = query.filter.conditions.compactMap(\.onlyRegion)
        region = codes.count == 1 ? regions.named(codes[0].wholeCode) : nil
        var (all, titled) = ([String](), [String]())
        if query.scope == .consolidated { titled.append("各级汇总报告") }
        for condition in query.filter.conditions {
            let isSaid =
                condition.field == .year && year != nil || condition.onlyRegion != nil && region != nil
            guard !isSaid else { continue }
            let words = Self.words(condition, agencies, regions)
            all.append(words)
            if condition.field != .year { titled.append(words) }
        }
        let searched = texts.map { "全文含“\($0)”" }
        conditions = (query.scope == .consolidated ? ["各级汇总报告"] : []) + all + searched
        self.titled = titled + searched
    }

    /// The title of the table.
    ///
    /// - Parameter years: those that there are reports for.
    func title(_ years: [Int]) -> String {
        let text = titled.joined(separator: "；")
        let said = text.count <= Self.titleMax ? text : "按\(titled.count)项条件选取"
        return name(years) + (said.isEmpty ? "" : "（\(said)）")
    }

    /// The name of a file, which must not be long, and one for those who read no Chinese names: the code of the division, and
    /// the first and the last year.
    func fileName(_ years: [Int]) -> (chinese: String, plain: String) {
        let (first, last) = (year ?? years.first, year ?? years.last)
        let parts = [region?.code, first.map(String.init), first == last ? nil : last.map(String.init)]
        return (
            name(years) + (titled.isEmpty ? "" : "（部分）"),
            (["form"] + parts.compactMap { $0 }).joined(separator: "-")
        )
    }

    private func name(_ years: [Int]) -> String {
        "\(region?.name ?? "")\(Self.words(year.map { [$0] } ?? years))政府信息公开工作年度报告汇总"
    }

    /// Years one after another as the first and the last.
    private static func words(_ years: [Int]) -> String {
        guard let first = years.first, let last = years.last else { return "" }
        if years.count > 1, last - first == years.count - 1 { return "\(first)—\(last)年" }
        return years.map { "\($0)" }.joined(separator: "、") + "年"
    }

    private static func words(
        _ condition: ReportFilter.Condition, _ agencies: [Int: String], _ regions: RegionDirectory
    ) -> String {
        let (field, isNegated) = (condition.field, condition.isNegated)
        func word(_ operand: ReportFilter.Operand) -> String { operand.words(field, agencies, regions) }
        switch condition.test {
        case .isNull:
            if case .measure = field { return field.words + (isNegated ? "已填报" : "未填报") }
            return field.words + (isNegated ? "已知" : "未知")
        case .compare(let comparison, .check(let check)):
            return (isNegated == (comparison == .neq) ? "校验发现问题：" : "校验未发现问题：") + check.label
        case .compare(let comparison, let operand):
            return field.words + (isNegated ? comparison.contrary : comparison).sign + word(operand)
        case .oneOf(let operands):
            return field.words + (isNegated ? "不在" : "为") + operands.map(word).joined(separator: "、")
                + (isNegated ? "之列" : "")
        }
    }
}

extension String {
    /// A code of GB/T 2260 of which this is the beginning.
    var wholeCode: String { self + String(repeating: "0", count: max(0, 6 - utf8.count)) }
}

extension ReportFilter.Condition {
    /// The division, where the condition names one.
    fileprivate var onlyRegion: String? {
        guard field == .region, !isNegated, case .compare(.eq, .text(let code)) = test else { return nil }
        return code
    }
}

extension ReportFilter.Field {
    fileprivate var words: String {
        switch self {
        case .year: "年度"
        case .agency: "机关"
        case .region: "行政区划"
        case .level: "层级"
        case .kind: "类别"
        case .form: "格式"
        case .scope: "范围"
        case .finding: "校验"
        case .measure(let measure): measure.label
        }
    }
}

extension ReportFilter.Operator {
    fileprivate var contrary: ReportFilter.Operator {
        switch self {
        case .eq: .neq
        case .neq: .eq
        case .gt: .lte
        case .gte: .lt
        case .lt: .gte
        case .lte: .gt
        }
    }

    fileprivate var sign: String {
        switch self {
        case .eq: "为"
        case .neq: "不为"
        case .gt: ">"
        case .gte: "≥"
        case .lt: "<"
        case .lte: "≤"
        }
    }
}

extension ReportFilter.Operand {
    fileprivate func words(
        _ field: ReportFilter.Field, _ agencies: [Int: String], _ regions: RegionDirectory
    ) -> String {
        switch self {
        case .number(let number):
            guard let whole = Int(exactly: number) else { return "\(number)" }
            return field == .agency ? agencies[whole] ?? "\(whole)" : "\(whole)"
        case .check(let check): return check.label
        case .text(let text):
            switch field {
            case .region: return regions.named(text.wholeCode)?.name ?? text
            case .level: return AgencyLevel(rawValue: text)?.label ?? text
            case .kind: return AgencyKind(rawValue: text)?.label ?? text
            case .form: return ReportForm(rawValue: text)?.label ?? text
            case .scope: return ReportScope(rawValue: text)?.label ?? text
            case .year, .agency, .finding, .measure: return text
            }
        }
    }
}

extension Reading {
    /// What a call chose its reports by.
    func selection(_ query: StatisticsQuery, _ call: Call) throws -> FormSelection {
        var agencies: [Int: String] = [:]
        for condition in query.filter.conditions where condition.field == .agency {
            for id in condition.test.numbers { agencies[id] = try store.agency(id: id)?.name }
        }
        return FormSelection(
            query, texts: call.query.conditions.filter { $0.name == "q" }.map(\.value), agencies: agencies,
            regions: service.store.regions)
    }
}

extension ReportFilter.Test {
    /// The whole numbers that a field is compared with.
    fileprivate var numbers: [Int] {
        let operands: [ReportFilter.Operand] =
            switch self {
            case .compare(_, let operand): [operand]
            case .oneOf(let operands): operands
            case .isNull: []
            }
        return operands.compactMap { if case .number(let number) = $0 { Int(exactly: number) } else { nil } }
    }
}
