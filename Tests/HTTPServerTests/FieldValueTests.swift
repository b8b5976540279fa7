import Testing

@testable import HTTPServer

private func bytes(_ text: String) -> ArraySlice<UInt8> {
    Array(text.utf8)[...]
}

struct PercentEncodingTests {
    @Test(arguments: [
        ("abc", "abc"), ("%E9%95%87", "镇"), ("镇", "镇"), ("%e9%95%87", "镇"), ("a+b", "a+b"), ("%2F%25", "/%"), ("", ""),
    ])
    func `what is encoded is decoded, and the rest stays`(encoded: String, decoded: String) throws {
        #expect(try PercentEncoding.decodeText(bytes(encoded)) == decoded)
    }

    @Test(arguments: ["%", "%4", "%zz", "a%", "%4g", "%+1", "%%41"])
    func `a percent sign without two digits is refused`(text: String) {
        #expect(throws: PercentEncoding.Failure.malformed) { try PercentEncoding.decode(bytes(text)) }
    }

    @Test(arguments: ["%FF", "%C0%80", "%ED%A0%80", "%E9%95"])
    func `what is not UTF-8 is refused as text`(text: String) {
        #expect(throws: PercentEncoding.Failure.notUTF8) { try PercentEncoding.decodeText(bytes(text)) }
    }

    @Test
    func `encoding and decoding any text gives it back`() throws {
        let text = "镇平县 a/b?c=d&e+f~g%\u{0}é"
        #expect(try PercentEncoding.decodeText(bytes(PercentEncoding.encode(text))) == text)
        #expect(PercentEncoding.encode("a b/镇") == "a%20b%2F%E9%95%87")
    }
}

struct QueryStringTests {
    @Test
    func `a query is read as forms write it`() throws {
        let query = try QueryString(bytes("year=gte.2021&q=a+b%2Bc&&flag&year=in.(1,2)&=x&a=b=c"))
        #expect(query["year"] == "gte.2021")
        #expect(query.values(of: "year") == ["gte.2021", "in.(1,2)"])
        #expect(query["q"] == "a b+c")
        #expect(query["flag"] == "")
        #expect(query[""] == "x")
        #expect(query["a"] == "b=c")
        #expect(query["none"] == nil)
        #expect(try QueryString(nil).parameters.isEmpty)
    }

    @Test
    func `a query that cannot be decoded is refused`() {
        #expect(throws: PercentEncoding.Failure.malformed) { try QueryString(bytes("a=%4")) }
        #expect(throws: PercentEncoding.Failure.notUTF8) { try QueryString(bytes("%FF=a")) }
    }
}

struct MediaTypeTests {
    @Test
    func `a media type is read with its parameters`() throws {
        let type = try #require(MediaType(bytes(#" Text/CSV; Charset="utf-\"8" ;header=present "#)))
        #expect(type.essence == "text/csv")
        #expect(type.parameters == ["charset": #"utf-"8"#, "header": "present"])
        #expect(type.description == #"text/csv; charset="utf-\"8"; header=present"#)
        #expect(MediaType(bytes(type.description)) == type)
    }

    @Test(arguments: ["", "text", "text/", "/csv", "text/csv, a/b", "text/csv; a", "text csv", #"a/b; c="d"#])
    func `a malformed media type is refused`(text: String) {
        #expect(MediaType(bytes(text)) == nil)
    }

    private static let offers = [
        MediaType("application", "json"), MediaType("text", "csv"), MediaType("application", "x-ndjson"),
    ]

    @Test(
        arguments: [
            (nil, "application/json"), ("", "application/json"), ("*/*", "application/json"), ("text/*", "text/csv"),
            ("text/csv;q=0.5, application/x-ndjson", "application/x-ndjson"),
            ("application/json;q=0.2, text/csv;q=0.9", "text/csv"), ("text/csv, application/json", "application/json"),
            ("*/*, application/json;q=0", "text/csv"), ("image/png", nil), ("application/json;q=0", nil),
            ("text/html, application/xhtml+xml, */*;q=0.8", "application/json"), ("a=;;,text/csv", "text/csv"),
            ("application/json;charset=utf-8", "application/json"), ("application/json; charset=gbk", nil),
            ("text/csv;q=2", "application/json"), (#"x/y;a="b,c";q=1, text/csv;q=0.1"#, "text/csv"),
        ] as [(String?, String?)])
    func `the best media type on offer is chosen`(accept: String?, expected: String?) {
        #expect(Accept(accept.map(bytes)).best(of: Self.offers)?.essence == expected)
    }

    @Test(
        arguments: [
            (nil, nil), ("gzip", "gzip"), ("gzip;q=0", nil), ("*", "gzip"), ("*;q=0", nil), ("GZIP, br", "gzip"),
            ("br", nil), ("identity, gzip;q=0.5", nil), ("gzip;q=0.5", "gzip"),
            ("deflate, gzip;q=1.0, *;q=0.5", "gzip"),
        ] as [(String?, String?)])
    func `gzip is chosen when the client likes it`(field: String?, expected: String?) {
        #expect(WeightedNames(field.map(bytes)).bestCoding(of: ["gzip"]) == expected)
    }

    @Test
    func `identity is acceptable unless it is refused`() {
        #expect(WeightedNames(nil).accepts(coding: "identity"))
        #expect(WeightedNames(bytes("gzip")).accepts(coding: "identity"))
        #expect(!WeightedNames(bytes("identity;q=0")).accepts(coding: "identity"))
        #expect(!WeightedNames(bytes("gzip, *;q=0")).accepts(coding: "identity"))
    }

    @Test(
        arguments: [
            (nil, nil), ("zh", "zh"), ("zh-CN,zh;q=0.9,en;q=0.8", "zh"), ("en-GB, zh;q=0.5", "en"), ("fr", nil),
            ("*", "en"), ("fr, *;q=0.1", "en"), ("en;q=0, zh;q=0.1", "zh"),
        ] as [(String?, String?)])
    func `the language the client reads is chosen`(field: String?, expected: String?) {
        #expect(WeightedNames(field.map(bytes)).bestLanguage(of: ["en", "zh"]) == expected)
    }
}

struct EntityTagTests {
    private let current = EntityTag(Array("a1".utf8))

    @Test(arguments: [
        (#""a1""#, true), (#"W/"a1""#, true), (#""x", "a1""#, true), (#""x","y""#, false), ("*", true),
        (#", "a1","#, true),
        (#""a1x""#, false), (#""A1""#, false), (#""x,a1""#, false),
    ])
    func `If-None-Match compares weakly`(field: String, expected: Bool) throws {
        #expect(try #require(EntityTagCondition(bytes(field))).contains(current) == expected)
    }

    @Test(arguments: [(#""a1""#, true), (#"W/"a1""#, false), (#""x", "a1""#, true), ("*", true), (#""x""#, false)])
    func `If-Match compares strongly`(field: String, expected: Bool) throws {
        let condition = try #require(EntityTagCondition(bytes(field)))
        #expect(condition.permits(current) == expected)
        #expect(!condition.permits(nil))
    }

    @Test(arguments: ["", "a1", #""a1"#, #"w/"a1""#, #"*, "a1""#, #""a1" "b""#, ","])
    func `a malformed list of tags is refused`(field: String) {
        #expect(EntityTagCondition(bytes(field)) == nil)
    }

    @Test
    func `a tag is written as it is read`() {
        #expect(current.bytes == Array(#""a1""#.utf8))
        #expect(EntityTag([0x62], isWeak: true).bytes == Array(#"W/"b""#.utf8))
    }
}

struct HTTPDateTests {
    @Test(arguments: [
        "Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994",
    ])
    func `all three forms of a date are read`(text: String) throws {
        let date = try #require(HTTPDate(Array(text.utf8)))
        #expect(date.secondsSince1970 == 784_111_777)
        #expect(date.description == "Sun, 06 Nov 1994 08:49:37 GMT")
    }

    @Test(arguments: [
        "", "x", "Sun, 06 Nov 1994 08:49:37", "Sun, 06 Nov 1994 08:49:37 UTC", "Sun, 31 Feb 2023 00:00:00 GMT",
        "Sun, 06 Nov 1994 24:00:00 GMT", "Sun, 06 nov 1994 08:49:37 GMT", "Sun, 06 Nov 99999 08:49:37 GMT",
        "Sun, 06 Nov 1994 08:49 GMT", "Sun, -6 Nov 1994 08:49:37 GMT", "x-06-Nov-94-08:49:37-GMT",
        "x,06,Nov,94,08:49:37,GMT", "--Sun---Nov-6 08:49:37,1994", "Mon Nov  6 08:49:37 1994",
        "Sun Nov 6 08:49:37 1994", "Sun Nov 06 08:49:37 1994", "Monday, 06-Nov-94 08:49:37 GMT",
        "Sun, 06-Nov-94 08:49:37 GMT", " Sunday, 06-Nov-94 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT ",
    ])
    func `anything else is refused`(text: String) {
        #expect(HTTPDate(Array(text.utf8)) == nil)
    }

    @Test(arguments: [(26, 2026), (76, 2076), (77, 1977), (94, 1994), (0, 2000), (70, 2070)])
    func `two digits are a year at most fifty years ahead`(digits: Int, year: Int) {
        #expect(HTTPDate.year(ofTwoDigits: digits, now: 1_796_000_000) == year)
    }

    @Test
    func `what is written is read back, over centuries`() {
        for seconds in stride(from: -1_000_000_000, to: 10_000_000_000, by: 86_399 * 37) where seconds >= 0 {
            let date = HTTPDate(secondsSince1970: seconds)
            #expect(HTTPDate(date.bytes) == date)
        }
        #expect(HTTPDate(secondsSince1970: 951_782_400).description == "Tue, 29 Feb 2000 00:00:00 GMT")
        #expect(HTTPDate(secondsSince1970: 0).description == "Thu, 01 Jan 1970 00:00:00 GMT")
    }
}
