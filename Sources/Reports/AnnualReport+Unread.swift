extension AnnualReport {
    private static let tables = ["proactiveDisclosure", "requests", "reviewsAndLitigation", "statistics2014"]
    /// What a table holds beside figures.
    private static let rowsBesideFigures = "statistics2014.foreignRows"

    /// Finds what the report does not have of the document that it was read from: a misspelt name, a row of another form, a
    /// number in the place of a row, a name that stands there twice. What is null says nothing and may have any name.
    ///
    /// - Throws: ``ReportDocumentError`` naming the first such member.
    public func requireAll(of document: JSONDocument) throws(ReportDocumentError) {
        if let name = document.firstRepeated(of: .root) { throw .repeated(name) }
        let stated = Self.tables.reduce(0) { $0 + (document.member($1).map(document.statedCount) ?? 0) }
        // Nearly always it is as many as there are figures, which is known without a look at the names.
        guard stated != figurePaths.count(where: { self[$0] != nil }) else { return }
        var known = Set(figurePaths.map(\.description)).union([Self.rowsBesideFigures])
        for table in Self.tables {
            guard let place = document.member(table),
                let path = document.firstStated(below: place, at: table, butFor: &known)
            else { continue }
            if figurePaths.contains(where: { $0.description == path }) { throw .repeated(path) }
            throw ReportDocumentError(
                path: path,
                reason: "the form \(form.rawValue) prints no figure of this name; GET /forms lists those that it does")
        }
    }
}

extension JSONDocument {
    /// How many values are in a value that are neither null nor objects. O(length).
    fileprivate func statedCount(_ place: Place) -> Int {
        switch kind(place) {
        case .null: return 0
        case .object:
            var count = 0
            forEachMember(of: place) { _, value in count += statedCount(value) }
            return count
        default: return 1
        }
    }

    /// The path of the first of these values that has none of some paths, each of which is good for one value.
    fileprivate func firstStated(below place: Place, at path: String, butFor known: inout Set<String>) -> String? {
        switch kind(place) {
        case .null: return nil
        case .object:
            var found: String?
            forEachMember(of: place) { name, value in
                if found == nil {
                    found = firstStated(below: value, at: "\(path).\(string(name) ?? "")", butFor: &known)
                }
            }
            return found
        default: return known.remove(path) == nil ? path : nil
        }
    }

    /// The name of the first member of an object that stands there once more. O(members²), which are few.
    fileprivate func firstRepeated(of place: Place) -> String? {
        var names: [Place] = []
        var repeated: Place?
        forEachMember(of: place) { name, _ in
            if repeated == nil, names.contains(where: { isSameString($0, name) }) { repeated = name }
            names.append(name)
        }
        return repeated.flatMap(string)
    }
}

extension ReportDocumentError {
    fileprivate static func repeated(_ path: String) -> ReportDocumentError {
        ReportDocumentError(path: path, reason: "it stands there twice; which of the two is meant cannot be told")
    }
}
