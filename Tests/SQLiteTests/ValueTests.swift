import SQLite
import Support
import Testing

@Suite struct ValueTests {
    static let values: [Value] = [
        .null, .integer(0), .integer(.min), .integer(.max), .integer(-1), .real(0), .real(-2.5),
        .real(.greatestFiniteMagnitude), .real(.infinity), .real(.leastNonzeroMagnitude),
        .text(""), .text("政府信息公开"), .text("a\0b"), .text(String(repeating: "年", count: 100_000)),
        .blob([]), .blob([0]), .blob([UInt8](0...255)), .blob([UInt8](repeating: 7, count: 300_000)),
    ]

    @Test(arguments: values) func `a value comes back as it went in`(value: Value) throws {
        let folder = try TemporaryFolder()
        let connection = try Connection(path: folder.path())
        try connection.execute("CREATE TABLE t (a ANY) STRICT")
        try connection.run("INSERT INTO t (a) VALUES (?1)", [value])
        #expect(try connection.queryOne("SELECT a FROM t") { row in row.value(0) } == value)
        #expect(try connection.queryOne("SELECT ?1", [value]) { row in row.value(0) } == value)
    }

    @Test func `an empty blob and an empty text are not NULL`() throws {
        let folder = try TemporaryFolder()
        let connection = try Connection(path: folder.path())
        let types = try connection.queryOne(
            "SELECT typeof(?1), typeof(?2), typeof(?3)", [.blob([]), "", .null]
        ) { row in (0..<3).map { row.text($0) } }
        #expect(types == ["blob", "text", "null"])
    }

    @Test func `NaN is stored as NULL`() throws {
        let folder = try TemporaryFolder()
        let connection = try Connection(path: folder.path())
        #expect(try connection.queryOne("SELECT ?1", [.real(.nan)]) { row in row.value(0) } == .null)
    }

    @Test func `optional values become NULL when nil`() {
        #expect(Value(nil as Int?) == .null && Value(3 as Int?) == 3)
        #expect(Value(nil as Int64?) == .null && Value(nil as Double?) == .null && Value(2.5 as Double?) == 2.5)
        #expect(Value(nil as String?) == .null && Value("x" as String?) == "x")
        #expect(Value(nil as [UInt8]?) == .null && Value(true) == 1)
    }
}

@Suite struct RowTests {
    @Test func `typed reads give each column in its type`() throws {
        let folder = try TemporaryFolder()
        let connection = try Connection(path: folder.path())
        try connection.prepare("SELECT 7, 2.5, '年', x'0102', 1").forEachRow { row in
            #expect(row.columnCount == 5)
            #expect(row.int(0) == 7 && row.int64(0) == 7 && row.double(1) == 2.5)
            #expect(row.text(2) == "年" && row.blob(3) == [1, 2] && row.bool(4))
            #expect(row.optionalInt(0) == 7 && row.optionalInt64(0) == 7 && row.optionalDouble(1) == 2.5)
            #expect(row.optionalText(2) == "年" && row.optionalBlob(3) == [1, 2])
        }
    }

    @Test func `NULL and a column that is not there read as nothing`() throws {
        let folder = try TemporaryFolder()
        let connection = try Connection(path: folder.path())
        try connection.prepare("SELECT NULL").forEachRow { row in
            for column in [0, 1, -1, .max] {
                #expect(row.isNull(column) && row.int(column) == 0 && row.text(column) == "" && row.blob(column) == [])
                #expect(row.optionalInt(column) == nil && row.optionalText(column) == nil)
                #expect(row.optionalInt64(column) == nil && row.optionalDouble(column) == nil)
                #expect(row.optionalBlob(column) == nil && row.value(column) == .null)
                #expect(row.withBytes(column) { $0.isEmpty })
            }
        }
    }

    @Test func `bytes of text and blobs are lent without a copy`() throws {
        let folder = try TemporaryFolder()
        let connection = try Connection(path: folder.path())
        let sums = try connection.queryOne("SELECT x'0A0B', 'AB', x''") { row in
            (0..<3).map { column in
                row.withBytes(column) { bytes in bytes.indices.reduce(0) { $0 + Int(bytes[$1]) } }
            }
        }
        #expect(sums == [21, 131, 0])
    }

    @Test func `broken UTF-8 is repaired and not trusted`() throws {
        let folder = try TemporaryFolder()
        let connection = try Connection(path: folder.path())
        #expect(try connection.queryOne("SELECT CAST(x'41FF42' AS TEXT)") { row in row.text(0) } == "A\u{FFFD}B")
    }
}
