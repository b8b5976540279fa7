internal import Reports
internal import SQLite

/// What search looks through of one report.
struct ReportText {
    /// The title, the agency's name in that year, and its current one.
    let heads: [String]
    /// The prose without the headings of the sections, which are the form's.
    let paragraphs: [String]

    /// - Parameter narrative: as it is stored.
    init(title: String, agencyName: String, name: String, narrative: [UInt8]) {
        heads = agencyName == name ? [title, name] : [title, agencyName, name]
        let prose = (try? JSONValue(narrative)).map { Narrative(json: $0) }
        paragraphs = prose.map { $0.opening + $0.sections.flatMap(\.paragraphs) } ?? []
    }

    /// All of it in tokens. A name that the title has in it, as most titles do, is not repeated.
    var tokens: [TextToken] {
        var all = TextTokens()
        for head in heads where TextPhrase(TextTokens(head).tokens)?.isIn(all.tokens) == false { all.add(head) }
        for paragraph in paragraphs { all.add(paragraph) }
        return all.tokens
    }

    /// The number of its row in the index.
    static func key(year: Int, report: Int) -> Int { year << 32 | report }
}

extension ReportText {
    /// Reads a report's text as it is now; nil where it is withdrawn or not there.
    static func current(_ report: Int, _ connection: Connection) throws(SQLiteError) -> ReportText? {
        try connection.queryOne(
            """
            SELECT r.title, r.agency_name, a.name, v.narrative FROM report r JOIN agency a ON a.id = r.agency_id
            JOIN revision v ON v.report_id = r.id AND v.number = r.revision
            WHERE r.id = ?1 AND NOT r.withdrawn
            """, [Value(report)]
        ) { row in
            ReportText(title: row.text(0), agencyName: row.text(1), name: row.text(2), narrative: row.blob(3))
        }
    }

    /// What the index has of a report that waits to be indexed anew; nil where it has nothing.
    static func indexed(_ key: Int, _ connection: Connection) throws(SQLiteError) -> ReportText? {
        try connection.queryOne(
            """
            SELECT p.title, p.agency_name, p.name, v.narrative FROM text_pending p
            JOIN revision v ON v.report_id = p.key & 4294967295 AND v.number = p.revision
            WHERE p.key = ?1
            """, [Value(key)]
        ) { row in
            ReportText(title: row.text(0), agencyName: row.text(1), name: row.text(2), narrative: row.blob(3))
        }
    }
}
