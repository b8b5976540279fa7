import Support
import Testing

@testable import Reports

@Suite struct JSONValueTests {
    private func value(_ text: String) throws -> JSONValue { try JSONValue(Array(text.utf8)) }

    @Test(arguments: [
        ("null", JSONValue.null), (" true ", .boolean(true)), ("false", .boolean(false)), ("0", .number("0")),
        ("-0", .number("-0")), ("1.50", .number("1.50")), ("1E+5", .number("1E+5")), ("2e-1", .number("2e-1")),
        ("\"\"", .string("")), (#""\u4e2d\/\b\f\n\r\t\"\\""#, .string("中/\u{8}\u{c}\n\r\t\"\\")),
        (#""\ud83d\ude00""#, .string("😀")), (#""\uD83D\uDE00""#, .string("😀")), ("\"\u{7f}\"", .string("\u{7f}")),
        ("[]", .array([])), ("[1, [ ] ,null]", .array([.number("1"), .array([]), .null])), ("{}", .object([:])),
        ("\t{ \"a\" : 1 ,\n\"b\":{} }\r", .object(["a": .number("1"), "b": .object([:])])),
        ("{\"a\":1,\"a\":2}", .object(["a": .number("2")])),
        ("123456789012345678901234567890", .number("123456789012345678901234567890")),
    ])
    func `what RFC 8259 allows is read`(text: String, expected: JSONValue) throws {
        #expect(try value(text) == expected)
    }

    @Test(arguments: [
        "", " ", "nul", "True", "nan", "Infinity", "+1", "01", "-", "-01", "1.", ".5", "1.e5", "1e", "1e+", "0x1",
        "1 2",
        "\"", "\"\\\"", "\"\\x\"", "\"\\u12\"", "\"\\u12g4\"", "\"\\u:;<=\"", "\"\\ud800\"", "\"\\udc00\"",
        "\"\\ud800\\u0041\"",
        "\"\\ud800x\"", "\"\n\"", "\"\t\"", "\"\u{0}\"", "'a'", "[", "[1", "[1,", "[1,]", "[,1]", "[1 2]", "]", "{",
        "{\"a\"",
        "{\"a\":", "{\"a\":1", "{\"a\":1,", "{\"a\":1,}", "{a:1}", "{1:1}", "{\"a\" 1}", "{\"a\":1 \"b\":2}", "}",
        "[1]]",
        "// c\n1", "\u{feff}1", "1\u{a0}", "\"\\u+123\"", "\"\\u-123\"", "1_000", "--1", "1.2.3", "{\"a\":}",
        "[\"a\":1]",
    ])
    func `what RFC 8259 forbids is refused`(text: String) {
        #expect(throws: JSONError.self) { try value(text) }
    }

    @Test func `bytes that are no UTF-8 are refused`() {
        for bytes in [
            [0x22, 0xff, 0x22], [0x22, 0xc0, 0x80, 0x22], [0x22, 0xed, 0xa0, 0x80, 0x22], [0x22, 0xe4, 0x22],
        ] {
            #expect(throws: JSONError.self) { try JSONValue(bytes.map { UInt8($0) }) }
        }
    }

    @Test func `nesting is read to a depth of 64 and refused beyond`() throws {
        func nested(_ depth: Int) -> String {
            String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        }
        #expect(throws: Never.self) { try value(nested(JSONValue.depthMax)) }
        #expect(throws: JSONError.self) { try value(nested(JSONValue.depthMax + 1)) }
        #expect(throws: JSONError.self) { try value(String(repeating: "{\"a\":", count: 100_000)) }
        #expect(throws: JSONError.self) { try value(String(repeating: "[", count: 1_000_000)) }
    }

    @Test func `the error says where`() {
        #expect(throws: JSONError(offset: 4, expected: "a value")) { try value("[1, x]") }
        #expect(throws: JSONError(offset: 2, expected: "end of text")) { try value("1 2") }
    }

    @Test func `members and whole numbers are found`() throws {
        let json = try value(#"{"a":{"b":7},"c":1.0,"d":"7","e":99999999999999999999}"#)
        #expect(json["a"]?["b"]?.integer == 7)
        #expect(json["c"]?.integer == nil)
        #expect(json["d"]?.integer == nil)
        #expect(json["e"]?.integer == nil)
        #expect(json["d"]?.string == "7")
        #expect(json["x"] == nil)
        #expect(json["d"]?["x"] == nil)
    }

    @Test func `random bytes never crash`() {
        var random = SeededGenerator(seed: 1)
        let alphabet = Array(#"{}[]":,\u0123456789abcdeE+-.truefalsn "#.utf8) + [0, 0x0a, 0xff, 0xe4, 0xb8, 0xad]
        for _ in 0..<20_000 {
            let length = Int.random(in: 0...24, using: &random)
            let bytes = (0..<length).map { _ in alphabet.randomElement(using: &random) ?? 0 }
            _ = try? JSONValue(bytes)
        }
    }
}
