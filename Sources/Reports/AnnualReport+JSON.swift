/// What keeps a JSON text from being a report document.
public struct ReportDocumentError: Error, Sendable, Hashable {
    /// The member at fault, as a path; empty for the document itself.
    public let path: String
    /// What is wrong with it and what it should be.
    public let reason: String
}

extension AnnualReport {
    /// Reads a report document (the JSON that the API serves). Members that are computed, and members that are
    /// missing, are left out; a table that is missing or null is nil.
    ///
    /// - Throws: ``ReportDocumentError`` naming the member that has a wrong type or value.
    public init(document json: JSONValue) throws(ReportDocumentError) {
        guard let year = json["year"]?.integer.flatMap({ ReportYear($0) }) else {
            throw ReportDocumentError(path: "year", reason: "a year from \(ReportYear.first) on is needed")
        }
        let agency = json["agency"]?.string ?? json["agency"]?["name"]?.string ?? ""
        let form: ReportForm = try Self.word(json, "form") ?? .form2021
        self.init(
            agency: agency, year: year, title: json["title"]?.string ?? "", form: form,
            scope: try Self.word(json, "scope") ?? .own)
        proactive = try Self.proactive(json["proactiveDisclosure"], form: form)
        requests = try Self.requests(json["requests"], form: form)
        reviews = try Self.reviews(json["reviewsAndLitigation"])
        statistics2014 = try Self.statistics(json["statistics2014"])
    }

    private static func statistics(_ json: JSONValue?) throws(ReportDocumentError) -> Statistics2014? {
        guard let json = try table(json, "statistics2014") else { return nil }
        var result = Statistics2014()
        for statistic in Statistic2014.allCases {
            let value = statistic.path.split(separator: ".").reduce(json as JSONValue?) { $0?[String($1)] }
            result[statistic] = try quantity(value, FigurePath.statistic(statistic))
        }
        if case .array(let rows) = json["foreignRows"] { result.foreignRows = rows.compactMap(foreignRow) }
        return result
    }

    private static func foreignRow(_ json: JSONValue) -> Statistics2014.ForeignRow? {
        guard let label = json["label"]?.string, case .array(let cells) = json["cells"] else { return nil }
        return Statistics2014.ForeignRow(label: label, cells: cells.compactMap(\.string))
    }

    private static func word<Word: RawRepresentable<String> & CaseIterable>(
        _ json: JSONValue, _ name: String
    ) throws(ReportDocumentError) -> Word? {
        guard let value = json[name], value != .null else { return nil }
        guard let word = value.string.flatMap({ Word(rawValue: $0) }) else {
            let words = Word.allCases.map(\.rawValue).joined(separator: ", ")
            throw ReportDocumentError(path: name, reason: "one of \(words) is needed")
        }
        return word
    }

    private static func table(_ json: JSONValue?, _ path: String) throws(ReportDocumentError) -> JSONValue? {
        switch json {
        case nil, .null: return nil
        case .object: return json
        default: throw ReportDocumentError(path: path, reason: "an object or null is needed")
        }
    }

    private static func proactive(
        _ json: JSONValue?, form: ReportForm
    ) throws(ReportDocumentError) -> ProactiveDisclosure? {
        guard let json = try table(json, "proactiveDisclosure") else { return nil }
        var result = ProactiveDisclosure()
        for line in ProactiveLine.allCases {
            for column in line.columns(in: form) {
                let value = json[line.key]?[column.key]
                result[line, column] = try quantity(value, FigurePath.proactive(line, column))
            }
        }
        return result
    }

    private static func requests(_ json: JSONValue?, form: ReportForm) throws(ReportDocumentError) -> RequestTable? {
        guard let json = try table(json, "requests") else { return nil }
        let oneRow = json["otherTotal"] != nil || (form == .form2019 && json["other"] == nil)
        var result = RequestTable(otherIsOneRow: oneRow)
        for line in result.lines {
            let row = line.path.split(separator: ".").reduce(json as JSONValue?) { $0?[String($1)] }
            for applicant in Applicant.allCases {
                result[line, applicant] = try count(row?[applicant.key], FigurePath.request(line, applicant))
            }
        }
        return result
    }

    private static func reviews(_ json: JSONValue?) throws(ReportDocumentError) -> ReviewTable? {
        guard let json = try table(json, "reviewsAndLitigation") else { return nil }
        var result = ReviewTable()
        for route in ReviewRoute.allCases {
            let block = route.path.split(separator: ".").reduce(json as JSONValue?) { $0?[String($1)] }
            for outcome in ReviewOutcome.allCases {
                result[route, outcome] = try count(block?[outcome.key], FigurePath.review(route, outcome))
            }
        }
        return result
    }

    private static func count(_ json: JSONValue?, _ path: FigurePath) throws(ReportDocumentError) -> Int? {
        guard let json, json != .null else { return nil }
        guard let count = json.integer else {
            throw ReportDocumentError(path: path.description, reason: "a whole number or null is needed")
        }
        return count
    }

    private static func quantity(_ json: JSONValue?, _ path: FigurePath) throws(ReportDocumentError) -> Quantity? {
        let quantity: Quantity?
        switch json {
        case nil, .null: return nil
        case .number(let text): quantity = Quantity(text)
        case .string(let text): quantity = Quantity(text).flatMap { $0.unit == nil ? nil : $0 }
        default: quantity = nil
        }
        guard let quantity else {
            throw ReportDocumentError(
                path: path.description, reason: "a number, a string with 元, 万元 or 亿元, or null is needed")
        }
        return quantity
    }
}
