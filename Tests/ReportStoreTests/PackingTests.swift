import ReportStore
import Reports
import SQLite
import Testing

/// How documents and sources are stored: as the number of their shape and their values, whatever that number is.
struct PackingTests {
    private func json(_ agency: String, granted: Int, indented: Bool = false) -> [UInt8] {
        let text = #"{"agency":{"name":"\#(agency)"},"year":2023,"requests":{"granted":{"total":\#(granted)}}}"#
        return Array((indented ? text.replacing("{", with: "{\n  ") : text).utf8)
    }

    private func structured(_ agency: String, _ source: [UInt8]) throws -> Submission {
        let plain = try submission(agency, 2023)
        return Submission(
            checked: plain.checked,
            source: StoredSource(content: .plain(source), length: source.count, mediaType: "application/json"),
            sha256: plain.sha256)
    }

    private func shapes(_ connection: Connection) throws -> Int {
        try connection.queryOne("SELECT count(*) FROM json_shape") { row in row.int(0) } ?? 0
    }

    @Test func `a source that is JSON comes back byte for byte, and is stored by its shape`() async throws {
        let fixture = try await Fixture()
        let connection = try fixture.connection()
        for (index, indented) in [false, true, false, true].enumerated() {
            let source = json("甲局\(index)", granted: 100 * index, indented: indented)
            let (_, head) = try await fixture.store.save(structured("甲局\(index)", source), now: 1)
            #expect(try fixture.store.source(of: head, revision: 1).content == .plain(source))
            // One for documents, one for each way to write sources.
            #expect(try shapes(connection) == min(index, 1) + 2)
        }
        let lengths = try connection.query(
            "SELECT length(v.source), length(r.document) FROM revision v JOIN report r ON r.id = v.report_id"
        ) { row in (source: row.int(0), document: row.int(1)) }
        #expect(lengths.allSatisfy { $0.source < 40 && $0.document < 500 })
    }

    @Test(arguments: [511, 512, 1_024])
    func `where there are too many shapes, a new one is not entered, and nothing is lost`(there: Int) async throws {
        let fixture = try await Fixture()
        let connection = try fixture.connection()
        try connection.run(
            """
            WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1)
            INSERT INTO json_shape (id, pattern) SELECT i, CAST('[' || i AS BLOB) FROM n
            """, [Value(there - 1)])
        let source = json("甲局", granted: 7)
        let (_, head) = try await fixture.store.save(structured("甲局", source), now: 1)
        #expect(try shapes(connection) == (there == 511 ? 512 : there))
        let stored = try #require(try fixture.store.report(of: head.agency, year: 2023))
        #expect(try JSONValue(stored.document)["agency"]?["name"]?.string == "甲局")
        switch try fixture.store.source(of: head, revision: 1).content {
        case .plain(let bytes): #expect(bytes == source && there == 511)
        case .deflated(let bytes): #expect(!bytes.isEmpty && there > 511)
        }
    }

    @Test func `a document whose values are damaged is called so, and others are served`() async throws {
        let fixture = try await Fixture()
        let (_, head) = try await fixture.save("甲局")
        try await fixture.save("乙局")
        try fixture.connection().run(
            "UPDATE report SET document = substr(document, 1, length(document) - 5) WHERE id = ?1", [Value(head.id)])
        #expect(throws: StoreError.self) { try fixture.store.report(of: head.agency, year: 2023) }
        #expect(try fixture.store.document(agency: "乙局", year: 2023) != nil)
    }
}
