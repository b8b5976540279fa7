import Reports
import Support
import Testing

/// The checker of schemas finds what it is there for.
@Suite struct JSONSchemaTests {
    private static let document =
        #"{"$defs": {"A": {"type": "object", "properties": {"b": {"type": "string"}}, "required": ["b"]}}}"#

    @Test(arguments: [
        (#"{"type": "integer"}"#, "3", "3.5"), (#"{"type": ["number", "null"]}"#, "null", "\"1\""),
        (#"{"minimum": 1, "maximum": 3}"#, "3", "4"), (#"{"minimum": 1}"#, "1", "0"),
        (#"{"enum": ["a", null]}"#, "null", "\"b\""), (#"{"const": "a"}"#, "\"a\"", "\"b\""),
        (#"{"pattern": "^[0-9]{2}$"}"#, "\"12\"", "\"123\""), (#"{"maxLength": 2}"#, "\"报告\"", "\"年报告\""),
        (#"{"minLength": 1}"#, "\"a\"", "\"\""), (#"{"maxItems": 1}"#, "[1]", "[1, 2]"),
        (#"{"format": "date"}"#, "\"2026-01-31\"", "\"2026-02-30\""),
        (#"{"format": "date-time"}"#, "\"2026-01-31T08:00:00Z\"", "\"2026-01-31\""),
        (#"{"format": "uri-reference"}"#, "\"/a/%E6\"", "\"/a b\""), (#"{"format": "uri"}"#, "\"urn:a:1\"", "\"/a\""),
        (#"{"format": "unheard-of"}"#, "1", "\"a\""), (#"{"unheardOf": 1, "type": "string"}"#, "", "\"a\""),
        (#"{"items": {"type": "integer"}}"#, "[1]", "[1, \"a\"]"), (##"{"$ref": "#/$defs/A"}"##, #"{"b": "c"}"#, "{}"),
        (##"{"$ref": "#/$defs/B"}"##, "", "1"), (##"{"$ref": "#/$defs/A"}"##, #"{"b": "c"}"#, #"{"b": "c", "d": 1}"#),
        (#"{"type": "object", "additionalProperties": {"type": "string"}}"#, #"{"a": "b"}"#, #"{"a": 1}"#),
        (#"{"properties": {}, "additionalProperties": true}"#, #"{"a": 1}"#, ""),
        (#"{"properties": {}, "additionalProperties": false}"#, "{}", #"{"a": 1}"#),
        (#"{"anyOf": [{"type": "string"}, {"type": "null"}]}"#, "null", "1"),
        (#"{"oneOf": [{"type": "string"}, {"minimum": 2}]}"#, "3", "1"),
        (#"{"oneOf": [{"type": "integer"}, {"minimum": 2}]}"#, "1", "3"),
    ])
    func `a value that fits has no fault, another has one`(schema: String, fitting: String, other: String) throws {
        func json(_ text: String) throws -> JSONValue { try JSONValue(Array(text.utf8)) }
        let checker = JSONSchema(document: try json(Self.document))
        let schema = try json(schema)
        if !fitting.isEmpty { #expect(checker.faults(of: try json(fitting), schema) == []) }
        if !other.isEmpty { #expect(checker.faults(of: try json(other), schema) != []) }
    }
}
