internal import Reports
internal import SQLite

/// Where the figures of a report's current revision stand in its document (table `figure_place`), for the findings of
/// checks across reports, which come and go long after it was read.
extension WriteTransaction {
    /// Keeps the places of a revision that takes the place of the one before.
    func keepPlaces(of id: Int, _ places: FigurePlaces) throws(SQLiteError) {
        guard !places.isEmpty else {
            try connection.run("DELETE FROM figure_place WHERE report_id = ?1", [Value(id)])
            return
        }
        try connection.run(
            """
            INSERT INTO figure_place (report_id, places) VALUES (?1, ?2)
            ON CONFLICT DO UPDATE SET places = excluded.places
            """, [Value(id), .blob(places.packed)])
    }

    /// The places of a report's figures; nil for one that never was a document.
    func places(of id: Int) throws(SQLiteError) -> FigurePlaces? {
        let places = try connection.queryOne("SELECT places FROM figure_place WHERE report_id = ?1", [Value(id)]) {
            row in row.withBytes(0) { FigurePlaces(packed: $0) }
        }
        guard let places else { return nil }
        guard let places else { throw SQLiteError(code: .corrupt, message: "the places of report \(id) are damaged") }
        return places
    }
}
