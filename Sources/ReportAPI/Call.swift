internal import HTTPServer
internal import Reports

/// A request with what its path and query say.
struct Call: Sendable {
    /// The request.
    let request: Request
    /// The decoded parameters of the path, in the template's order.
    let path: [String]
    /// The query.
    let query: Query
    /// The language for people.
    let language: Language
}

/// The parameters of a query, each known; all but conditions are given once.
struct Query: Sendable {
    private var values: [String: String] = [:]
    /// The conditions of a filter, in the order given.
    private(set) var conditions: [(name: String, value: String)] = []

    /// Reads a query.
    ///
    /// - Parameters:
    ///   - known: the parameters that the resource has; any other is refused, since nothing is ignored silently.
    ///   - filters: those of them that are conditions, with the paths of figures and indicators; empty where a resource
    ///     has no filter.
    init(_ bytes: ArraySlice<UInt8>?, known: Set<String>, filters: Set<String> = []) throws(Problem) {
        let parsed: QueryString
        do {
            parsed = try QueryString(bytes)
        } catch {
            throw Problem(
                .badRequest, "The query is not percent-encoded UTF-8.", chinese: "查询字符串不是百分号编码的 UTF-8。")
        }
        for parameter in parsed.parameters {
            if !filters.isEmpty, filters.contains(parameter.name) || Measure(parameter.name) != nil {
                conditions.append((parameter.name, parameter.value))
                continue
            }
            guard known.contains(parameter.name) else {
                throw .unknownParameter(parameter.name, known.union(filters), hasFigures: !filters.isEmpty)
            }
            guard values[parameter.name] == nil else {
                throw .parameter(parameter.name, "one value, not several", "单个值，不能重复")
            }
            values[parameter.name] = parameter.value
        }
    }

    /// The value of a parameter; nil where it is not given.
    subscript(name: String) -> String? { values[name] }

    /// A text that is not blank; nil where it is not given.
    func text(_ name: String) throws(Problem) -> String? {
        guard let text = values[name] else { return nil }
        guard !AgencyKey(text).text.isEmpty else { throw .parameter(name, "a text", "非空文本") }
        return text
    }

    /// A whole number within bounds; nil where it is not given.
    func integer(_ name: String, _ bounds: ClosedRange<Int>) throws(Problem) -> Int? {
        guard let text = values[name] else { return nil }
        guard text.utf8.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }), let value = Int(text),
            bounds.contains(value)
        else {
            let (first, last) = (bounds.lowerBound, bounds.upperBound)
            throw .parameter(name, "a whole number from \(first) to \(last)", "\(first) 至 \(last) 的整数")
        }
        return value
    }

    /// `1`, `true`, `0` or `false`; false where it is not given.
    func flag(_ name: String) throws(Problem) -> Bool {
        switch values[name] {
        case nil, "0", "false": return false
        case "1", "true": return true
        default: throw .parameter(name, "1 or 0", "1 或 0")
        }
    }

    /// One of the words of an enum; nil where it is not given.
    func word<Word: RawRepresentable<String> & CaseIterable>(
        _ name: String, _ type: Word.Type = Word.self
    ) throws(Problem) -> Word? {
        guard let text = values[name] else { return nil }
        guard let word = Word(rawValue: text) else {
            throw .parameter(name, oneOf: Word.allCases.map(\.rawValue))
        }
        return word
    }
}

extension Problem {
    /// A parameter with a wrong value.
    static func parameter(_ name: String, _ expected: String, _ chinese: String) -> Problem {
        Problem(
            .invalidParameter, "\(name): \(expected) is expected.", chinese: "\(name)：应为 \(chinese)。",
            members: ["parameter": .string(name)])
    }

    /// A parameter whose value is none of some words.
    static func parameter(_ name: String, oneOf words: [String]) -> Problem {
        let list = words.joined(separator: ", ")
        return .parameter(name, "one of \(list)", "下列之一：\(list)")
    }

    /// A list that is too long.
    static func most(_ name: String, _ count: Int) -> Problem {
        .parameter(name, "at most \(count) paths", "至多 \(count) 个路径")
    }

    /// Where no page ends.
    static var cursor: Problem {
        .parameter("cursor", "what “next” of the page before says", "上一页 next 中的值")
    }

    /// A list of paths with one that is none.
    static func path(_ name: String, _ path: String, _ known: [String]) -> Problem {
        let list = known.map { $0 + ", " }.joined()
        return Problem(
            .invalidParameter,
            "\(name): “\(path)” is none; there are \(list)the paths of figures and indicators that GET /forms and GET /indicators list.",
            chinese: "\(name)：没有“\(path)”；可用 \(list)GET /forms 和 GET /indicators 所列数据项和指标的路径。",
            members: ["parameter": .string(name)])
    }

    /// A parameter that says nothing beside another, or beside what else the call asks for.
    static func parameter(_ name: String, besides other: String) -> Problem {
        Problem(
            .invalidParameter, "\(name) cannot stand beside \(other).", chinese: "\(name) 不能与 \(other) 同时使用。",
            members: ["parameter": .string(name)])
    }

    /// A parameter that the resource does not have.
    ///
    /// - Parameter hasFigures: whether figures and indicators are parameters, too.
    static func unknownParameter(_ name: String, _ known: Set<String>, hasFigures: Bool) -> Problem {
        let list = known.sorted().joined(separator: ", ")
        let figures = ", and the paths of figures and indicators that GET /forms and GET /indicators list"
        let chineseFigures = "，以及 GET /forms 和 GET /indicators 所列数据项和指标的路径"
        return Problem(
            .invalidParameter,
            "\(name) is no parameter here; there are: \(known.isEmpty ? "none" : list)\(hasFigures ? figures : "").",
            chinese: "没有参数 \(name)；可用：\(known.isEmpty ? "无" : list)\(hasFigures ? chineseFigures : "")。",
            members: ["parameter": .string(name), "known": .array(known.sorted().map { .string($0) })])
    }

    /// A year that is none, or lies outside what can be stored.
    static func year(_ text: String, _ last: Int, _ name: String) -> Problem {
        Problem(
            .invalidYear, "“\(text)” is no year from \(ReportYear.first) to \(last).",
            chinese: "“\(text)”不是 \(ReportYear.first) 至 \(last) 之间的年份。", members: ["parameter": .string(name)])
    }
}
