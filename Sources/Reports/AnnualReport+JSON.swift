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
    public init(document json: JSONDocument) throws(ReportDocumentError) {
        guard let year = json.member("year").flatMap({ json.integer($0) }).flatMap({ ReportYear($0) }) else {
            throw ReportDocumentError(path: "year", reason: "a year from \(ReportYear.first) on is needed")
        }
        let agency = json.member("agency").flatMap { json.string($0) ?? json.text("name", of: $0) }
        let form: ReportForm = try Self.word(json, "form") ?? .form2021
        self.init(
            agency: agency ?? "", year: year, title: json.text("title", of: .root) ?? "", form: form,
            scope: try Self.word(json, "scope") ?? .own)
        proactive = try Self.proactive(json, form: form)
        requests = try Self.requests(json, form: form)
        reviews = try Self.reviews(json)
        statistics2014 = try Self.statistics(json)
    }

    private static func statistics(_ json: JSONDocument) throws(ReportDocumentError) -> Statistics2014? {
        guard let table = try table(json, "statistics2014") else { return nil }
        var result = Statistics2014()
        for statistic in Statistic2014.allCases {
            let value = json.value(at: statistic.names, of: table)
            result[statistic] = try quantity(json, value, FigurePath.statistic(statistic))
        }
        let rows = json.member("foreignRows", of: table).flatMap { json.items(of: $0) }
        result.foreignRows = (rows ?? []).compactMap { foreignRow(json, $0) }
        return result
    }

    private static func foreignRow(_ json: JSONDocument, _ row: JSONDocument.Place) -> Statistics2014.ForeignRow? {
        guard let label = json.text("label", of: row),
            let cells = json.member("cells", of: row).flatMap({ json.items(of: $0) })
        else { return nil }
        return Statistics2014.ForeignRow(label: label, cells: cells.compactMap { json.string($0) })
    }

    private static func word<Word: RawRepresentable<String> & CaseIterable>(
        _ json: JSONDocument, _ name: String
    ) throws(ReportDocumentError) -> Word? {
        guard let value = json.member(name), !json.isNull(value) else { return nil }
        guard let word = json.string(value).flatMap({ Word(rawValue: $0) }) else {
            let words = Word.allCases.map(\.rawValue).joined(separator: ", ")
            throw ReportDocumentError(path: name, reason: "one of \(words) is needed")
        }
        return word
    }

    private static func table(
        _ json: JSONDocument, _ name: String
    ) throws(ReportDocumentError) -> JSONDocument.Place? {
        guard let table = json.member(name), !json.isNull(table) else { return nil }
        guard json.isObject(table) else {
            throw ReportDocumentError(path: name, reason: "an object or null is needed")
        }
        return table
    }

    private static func proactive(
        _ json: JSONDocument, form: ReportForm
    ) throws(ReportDocumentError) -> ProactiveDisclosure? {
        guard let table = try table(json, "proactiveDisclosure") else { return nil }
        var result = ProactiveDisclosure()
        for line in ProactiveLine.allCases {
            guard let row = json.member(line.key, of: table) else { continue }
            for column in line.columns(in: form) {
                let value = json.member(column.key, of: row)
                result[line, column] = try quantity(json, value, FigurePath.proactive(line, column))
            }
        }
        return result
    }

    private static func requests(
        _ json: JSONDocument, form: ReportForm
    ) throws(ReportDocumentError) -> RequestTable? {
        guard let table = try table(json, "requests") else { return nil }
        let oneRow =
            json.member("otherTotal", of: table) != nil
            || (form == .form2019 && json.member("other", of: table) == nil)
        var result = RequestTable(otherIsOneRow: oneRow)
        for line in result.lines {
            guard let row = json.value(at: line.names, of: table) else { continue }
            try json.forEach(applicantKeys, of: row) { (column, value) throws(ReportDocumentError) in
                let applicant = Applicant.allCases[column]
                result[line, applicant] = try count(json, value, FigurePath.request(line, applicant))
            }
        }
        return result
    }

    private static let applicantKeys = MemberNames(Applicant.allCases.map(\.key))

    private static func reviews(_ json: JSONDocument) throws(ReportDocumentError) -> ReviewTable? {
        guard let table = try table(json, "reviewsAndLitigation") else { return nil }
        var result = ReviewTable()
        for route in ReviewRoute.allCases {
            guard let block = json.value(at: route.names, of: table) else { continue }
            for outcome in ReviewOutcome.allCases {
                let value = json.member(outcome.key, of: block)
                result[route, outcome] = try count(json, value, FigurePath.review(route, outcome))
            }
        }
        return result
    }

    private static func count(
        _ json: JSONDocument, _ place: JSONDocument.Place?, _ path: @autoclosure () -> FigurePath
    ) throws(ReportDocumentError) -> Int? {
        guard let place, !json.isNull(place) else { return nil }
        guard let count = json.integer(place) else {
            throw ReportDocumentError(path: path().description, reason: "a whole number or null is needed")
        }
        return count
    }

    /// Larger numbers are for ``Quantity`` to refuse.
    private static let plainCountsBelow = 100_000_000_000_000_000

    private static func quantity(
        _ json: JSONDocument, _ place: JSONDocument.Place?, _ path: FigurePath
    ) throws(ReportDocumentError) -> Quantity? {
        guard let place, !json.isNull(place) else { return nil }
        if let count = json.integer(place), count.magnitude < Self.plainCountsBelow { return Quantity(count) }
        let quantity =
            json.number(place).flatMap { Quantity($0) }
            ?? json.string(place).flatMap { Quantity($0) }.flatMap { $0.unit == nil ? nil : $0 }
        guard let quantity else {
            throw ReportDocumentError(
                path: path.description, reason: "a number, a string with 元, 万元 or 亿元, or null is needed")
        }
        return quantity
    }
}

extension JSONDocument {
    /// The string that a member holds; nil where there is none.
    public func text(_ name: String, of place: Place) -> String? {
        member(name, of: place).flatMap { string($0) }
    }
}
