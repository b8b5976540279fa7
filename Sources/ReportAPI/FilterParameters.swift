internal import ReportStore
internal import Reports

/// The conditions of a query: `year=gte.2021`, `region=4113`, `requests.newReceived.total=not.is.null`.
///
/// A value is an operator, a dot and an operand, or an operand alone for equality; `not.` before it asks for the contrary.
/// A parameter may be given several times: each is a further condition.
struct FilterParameters {
    /// The parameters beside the paths of figures and indicators.
    static let names: Set<String> = ["year", "agency", "region", "level", "kind", "form", "scope", "finding", "q"]
    /// One answer looks at so many conditions at most.
    static let conditionsMax = 32
    /// The most values in one list.
    private static let valuesMax = 200

    private let service: Service

    /// Reads the conditions of a call.
    static func filter(_ call: Call, _ service: Service) throws -> ReportFilter {
        let reader = FilterParameters(service: service)
        let conditions = call.query.conditions
        guard conditions.count <= conditionsMax else {
            throw Problem.parameter(
                conditions[conditionsMax].name, "no more than \(conditionsMax) conditions in one question",
                "至多 \(conditionsMax) 个条件")
        }
        return ReportFilter(
            try conditions.filter { $0.name != "q" }.map { try reader.condition($0.name, $0.value) },
            text: try text(conditions.filter { $0.name == "q" }.map(\.value)))
    }

    /// The words to look for; nil where there is no `q`.
    private static func text(_ texts: [String]) throws(Problem) -> TextQuery? {
        var all: TextQuery?
        for text in texts {
            guard let query = TextQuery(text), let both = all.map({ $0.and(query) }) ?? query else {
                throw .parameter(
                    "q",
                    "one to \(TextQuery.wordsMax) words in \(TextQuery.lengthMax) characters at most, of which one or more to look for beside those to leave out (-word),",
                    "1 至 \(TextQuery.wordsMax) 个检索词，总长不超过 \(TextQuery.lengthMax) 字，且不能只有排除词（-词）")
            }
            all = both
        }
        return all
    }

    private func condition(_ name: String, _ value: String) throws -> ReportFilter.Condition {
        var text = value[...]
        let isNegated = text.hasPrefix("not.")
        if isNegated { text = text.dropFirst(4) }
        return ReportFilter.Condition(field(name), try test(name, text), isNegated: isNegated)
    }

    private func field(_ name: String) -> ReportFilter.Field {
        switch name {
        case "year": .year
        case "agency": .agency
        case "region": .region
        case "level": .level
        case "kind": .kind
        case "form": .form
        case "scope": .scope
        case "finding": .finding
        default: .measure(Measure(name) ?? .figure(.request(.newReceived, .total)))
        }
    }

    private func test(_ name: String, _ text: Substring) throws -> ReportFilter.Test {
        if text.hasPrefix("is.") {
            guard text == "is.null" else {
                throw Problem.parameter(name, "is.null or not.is.null", "is.null 或 not.is.null")
            }
            return .isNull
        }
        if text.hasPrefix("in.") {
            let list = text.dropFirst(3)
            guard list.first == "(", list.last == ")", list.count > 2 else {
                throw Problem.parameter(name, "a list such as in.(…,…)", "形如 in.(…,…) 的列表")
            }
            let values = list.dropFirst().dropLast().split(separator: ",", omittingEmptySubsequences: false)
            guard values.count <= Self.valuesMax else {
                throw Problem.parameter(
                    name, "a list of at most \(Self.valuesMax) values", "至多 \(Self.valuesMax) 个值的列表")
            }
            return .oneOf(try values.map { try operand(name, String($0)) })
        }
        for comparison in ReportFilter.Operator.allCases where text.hasPrefix("\(comparison.rawValue).") {
            let isOrder = comparison != .eq && comparison != .neq
            guard !isOrder || name == "year" || Measure(name) != nil else {
                throw Problem.parameter(name, "eq, neq, in or is; it has no order", "eq、neq、in 或 is（没有大小顺序）")
            }
            return .compare(comparison, try operand(name, String(text.dropFirst(comparison.rawValue.count + 1))))
        }
        return .compare(.eq, try operand(name, String(text)))
    }

    private func operand(_ name: String, _ text: String) throws -> ReportFilter.Operand {
        switch name {
        case "year": return .number(Double(try service.year(text).value))
        case "agency":
            guard !AgencyKey(text).text.isEmpty else { throw Problem.parameter(name, "a name or a number", "机关名称或编号") }
            do {
                return .number(Double(try service.reading { try $0.holderOfReports(try $0.agency(text)).id }))
            } catch let unknown as UnknownAgency {
                throw UnknownAgency(name: unknown.name, parameter: name)
            }
        case "region":
            guard [2, 4, 6].contains(text.utf8.count), text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
                throw Problem.parameter(
                    name, "a code of GB/T 2260, or its first 2 or 4 digits", "GB/T 2260 代码，或其前 2 位或 4 位")
            }
            try service.requireRegion(text)
            return .text(text)
        case "level": return .text(try word(name, text, AgencyLevel.self).rawValue)
        case "kind": return .text(try word(name, text, AgencyKind.self).rawValue)
        case "form": return .text(try word(name, text, ReportForm.self).rawValue)
        case "scope": return .text(try word(name, text, ReportScope.self).rawValue)
        case "finding": return .check(try word(name, text, Check.ID.self))
        default:
            guard let number = Self.number(text) else { throw Problem.parameter(name, "a number", "数字") }
            return .number(number)
        }
    }

    private func word<Word: RawRepresentable<String> & CaseIterable>(
        _ name: String, _ text: String, _ type: Word.Type
    ) throws(Problem) -> Word {
        guard let word = Word(rawValue: text) else {
            throw .parameter(name, oneOf: Word.allCases.map(\.rawValue))
        }
        return word
    }

    /// A decimal number without an exponent.
    private static func number(_ text: String) -> Double? {
        let digits = text.utf8.drop { $0 == UInt8(ascii: "-") }
        guard digits.count + 1 >= text.utf8.count, digits.allSatisfy({ (0x30...0x39).contains($0) || $0 == 0x2E })
        else {
            return nil
        }
        return Double(text).flatMap { $0.isFinite ? $0 : nil }
    }
}
