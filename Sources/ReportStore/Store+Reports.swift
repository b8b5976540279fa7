internal import Reports
internal import SQLite

extension Store {
    /// A report document with what a conditional request asks of it.
    public struct Document: Sendable {
        /// The document as it is served.
        public let bytes: [UInt8]
        /// A hash of everything that it shows.
        public let tag: UInt64
        /// When it last changed, in seconds since 1970.
        public let modifiedAt: Int64
    }

    /// Where a report is, and what a conditional request asks of its document: good for as long as the version of its
    /// reader stays the same.
    public struct Place: Sendable {
        let id: Int64
        /// The version of the reader that found it.
        public let version: Int
        /// A hash of everything that the document shows.
        public let tag: UInt64
        /// When it last changed, in seconds since 1970.
        public let modifiedAt: Int64

        /// No place: of a version that never is.
        public static let nowhere = Place(id: 0, version: -1, tag: 0, modifiedAt: 0)
    }

    /// Where the reports of an agency are, by its name: one for each year. One statement, which has their documents kept as
    /// well: who asks for one year often asks for all.
    ///
    /// - Parameter reader: the number of the caller's event loop.
    public func places(agency name: String, reader: Int) throws(StoreError) -> [(year: Int, place: Place)] {
        let key = AgencyKey(name).text
        return try StoreError.mapping {
            try pool.readSnapshot(reader) { connection, version in
                try connection.query(
                    """
                    SELECT r.year, r.id, r.tag, r.modified_at, r.document
                    FROM agency a JOIN report r ON r.agency_id = a.id
                    WHERE a.key = ?1 AND r.withdrawn = 0
                    """, [.text(key)]
                ) { row in
                    let place = Place(
                        id: row.int64(1), version: version, tag: UInt64(bitPattern: row.int64(2)),
                        modifiedAt: row.int64(3))
                    documents.keep(of: place.id, place.tag) { shapes.packed(row, 4) }
                    return (row.int(0), place)
                }
            }
        }
    }

    /// The document at a place; nil when something has been written since the place was found. The hottest read of all:
    /// one row by its number, or none where the document is kept.
    ///
    /// - Parameter reader: the number of the caller's event loop, which found the place.
    public func document(at place: Place, reader: Int) throws(StoreError) -> Document? {
        if let packed = documents.document(of: place.id, place.tag), let bytes = shapes.text(packed) {
            guard try version(reader: reader) == place.version else { return nil }
            return Document(bytes: bytes, tag: place.tag, modifiedAt: place.modifiedAt)
        }
        return try StoreError.mapping {
            try pool.readSnapshot(reader) { connection, version in
                guard version == place.version else { return nil }
                let statement = try connection.prepare("SELECT document, tag, modified_at FROM report WHERE id = ?1")
                try statement.bind(place.id, at: 1)
                return try statement.next { row throws(SQLiteError) in
                    let document = try Document(row, shapes, connection)
                    documents.keep(of: place.id, document.tag) { shapes.packed(row, 0) }
                    return document
                }
            }
        }
    }

    /// Whether the database answers. One point read.
    public func ping() throws(StoreError) {
        _ = try StoreError.mapping {
            try pool.read { connection in
                try connection.queryOne("SELECT count(*) FROM (SELECT id FROM report LIMIT 1)") { row in row.int(0) }
            }
        }
    }

    /// The columns from the agency's `id` to the report's `warnings`, in the order of the statements above.
    static func head(_ row: borrowing Row) throws(SQLiteError) -> ReportHead {
        guard let form = ReportForm(rawValue: row.text(6)), let scope = ReportScope(rawValue: row.text(7)) else {
            throw SQLiteError(code: .corrupt, message: "a report has an unknown form or scope")
        }
        return ReportHead(
            id: row.int(3), agency: Registry.agency(row), agencyName: row.text(4), year: row.int(5), form: form,
            scope: scope, title: row.text(8), revision: row.int(9), revisedAt: row.int64(10),
            modifiedAt: row.int64(11), isWithdrawn: row.bool(12), reason: row.optionalText(13), sha256: row.blob(14),
            publishedOn: row.optionalText(15), errors: row.int(16), warnings: row.int(17))
    }
}

extension Store.Document {
    /// The columns `document`, `tag` and `modified_at`.
    init(_ row: borrowing Row, _ shapes: ShapeBook, _ connection: Connection) throws(SQLiteError) {
        self.init(
            bytes: try shapes.text(row, 0, connection), tag: UInt64(bitPattern: row.int64(1)), modifiedAt: row.int64(2))
    }

    /// The document of a stored report.
    public init(_ stored: StoredReport) {
        self.init(bytes: stored.document, tag: stored.tag, modifiedAt: stored.head.modifiedAt)
    }
}
