import Reports
import Testing

@Suite struct JSONDocumentTests {
    private func document(_ text: String) throws -> JSONDocument { try JSONDocument(Array(text.utf8)) }

    @Test func `values are found by their members' names, the last of a name counts`() throws {
        let json = try document(#"{"a":{"b":[1,{"c":"西"}],"a":2},"d":null,"a":{"b":3,"b":{"c":-4}}}"#)
        #expect(json.value(at: ["a", "b", "c"]).flatMap { json.integer($0) } == -4)
        #expect(json.member("d").map { json.isNull($0) } == true)
        #expect(json.member("b") == nil && json.value(at: ["d", "a"]) == nil)
        #expect(json.value(at: []) == .root && json.isObject(.root))
    }

    @Test func `a name with escapes is found as well`() throws {
        let json = try document(#"{"\u0061\n":1,"b":"\"\u897f\ud83d\ude00\t\/"}"#)
        #expect(json.member("a\n").flatMap { json.integer($0) } == 1)
        #expect(json.text("b", of: .root) == "\"西😀\t/")
    }

    @Test func `items of an array are in order`() throws {
        let json = try document(#"[[],{},"x",7]"#)
        let items = try #require(json.items(of: .root))
        #expect(items.count == 4)
        #expect(json.items(of: items[0]) == [] && json.items(of: items[1]) == nil)
        #expect(json.string(items[2]) == "x" && json.number(items[3]) == "7")
    }

    @Test(arguments: [
        ("0", 0), ("-0", 0), ("9223372036854775807", Int.max), ("-9223372036854775808", Int.min),
        ("9223372036854775808", nil), ("-9223372036854775809", nil), ("1.0", nil), ("1e3", nil), ("\"1\"", nil),
        ("null", nil), ("99999999999999999999999999", nil),
    ])
    func `whole numbers that fit are read`(text: String, expected: Int?) throws {
        let json = try document(text)
        #expect(json.integer(.root) == expected)
    }
}
