internal import Reports
internal import SQLite

extension Verifier {
    /// Every word in the index stands in its report, and every word of a report in the index.
    ///
    /// In one transaction: what waits to be indexed must be of the same moment.
    mutating func verifyTexts() throws {
        let isSame = try connection.transaction(.deferred) {
            try sumOfIndex() == sumOfTexts()
        }
        guard !isSame else { return }
        tell(
            "the index of words is not that of the reports; with a row 'reindex' in pending_task, disclosure serve makes it anew"
        )
    }

    /// What does not depend on the order: how many words, and the sum of their hashes.
    private struct Sum: Equatable {
        private var count = 0
        private var hashes: UInt64 = 0

        mutating func add(_ token: ArraySlice<UInt8>, _ key: Int, _ place: Int) {
            var hash = StableHash()
            hash.add(token)
            hash.add(key)
            hash.add(place)
            count += 1
            hashes &+= hash.value
        }
    }

    private func sumOfIndex() throws(SQLiteError) -> Sum {
        var sum = Sum()
        try connection.forEachRow("SELECT term, doc, offset FROM report_text_term") { row in
            sum.add(row.blob(0)[...], row.int(1), row.int(2))
        }
        return sum
    }

    private func sumOfTexts() throws(SQLiteError) -> Sum {
        var sum = Sum()
        func add(_ text: ReportText?, _ key: Int) {
            let words = text?.tokens.indexed.split(separator: UInt8(ascii: " ")) ?? []
            for (place, word) in words.enumerated() { sum.add(word, key, place) }
        }
        try connection.forEachRow(
            "SELECT year, report_id FROM fact WHERE year << 32 | report_id NOT IN (SELECT key FROM text_pending)"
        ) { row throws(SQLiteError) in
            let key = ReportText.key(year: row.int(0), report: row.int(1))
            add(try ReportText.current(row.int(1), connection), key)
        }
        try connection.forEachRow("SELECT key FROM text_pending WHERE revision IS NOT NULL") {
            row throws(SQLiteError) in
            add(try ReportText.indexed(row.int(0), connection), row.int(0))
        }
        return sum
    }
}
