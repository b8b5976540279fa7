import Codecs
import Support
import Testing

/// What is taken apart and put together again is the same to the byte, whatever it was.
struct JSONShapeTests {
    private func roundTrip(_ text: [UInt8]) throws -> [UInt8]? {
        guard let shape = JSONShape(of: text) else { return nil }
        let values = try #require(shape.values(of: text))
        let read = JSONShape(pattern: shape.pattern)
        #expect(read == shape)
        return try read.text(values: values.span, count: text.count)
    }

    @Test(arguments: [
        "", "0", "null", "[]", #"{"a":1}"#, #"{"a":239,"b":240,"c":-1,"d":0.857142857142857,"e":1e9,"f":00,"g":012}"#,
        #"{"a":true,"b":false,"c":null,"d":nul,"e":falsely}"#, #"{ "a" : "b" , "c" : ["d", "", "e\"f\\"] }"#,
        #"{"sha256":"00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff"}"#,
        #"{"x":"0123456789ABCDEF","y":"0123456789abcde","z":"0123456789abcdef"}"#,
        #"{"self":"/reports/%E7%94%B2/2023","source":"/reports/%E7%94%B2/2023/source","n":1,"last":"/reports/%E7%94%B2/2023"}"#,
        #"{"a":"open"#, #"{"a":"ends in \"#, #""a":"b""c":"#, "镇平县 {2023} \"年\":\"件\" 12万元",
    ])
    func `every text comes back`(_ text: String) throws {
        #expect(try roundTrip(Array(text.utf8)) == Array(text.utf8))
    }

    @Test(arguments: 0..<50) func `values of every length and order come back`(_ seed: Int) throws {
        var random = SeededGenerator(seed: seed)
        let values = (0..<200).map { _ -> String in
            let count = Int.random(in: 1...40, using: &random)
            func word(_ signs: String) -> String {
                String((0..<count).compactMap { _ in signs.randomElement(using: &random) })
            }
            switch Int.random(in: 0..<10, using: &random) {
            case 0..<5: return word("0123456789").prefix(1) + ""
            case 5: return count.isMultiple(of: 2) ? word("0123456789") : "\(Int.random(in: 0...300, using: &random))"
            case 6: return "\(Double.random(in: -2...2, using: &random))"
            case 7: return word("0123456789-+.eE")
            case 8: return "\"" + word("0123456789abcdef") + "\""
            default: return ["null", "true", "false", "\"\""].randomElement(using: &random) ?? ""
            }
        }
        for count in [1, 7, 8, 9, 200] {
            let text = Array("[\(values.prefix(count).joined(separator: seed.isMultiple(of: 2) ? "," : " , "))]".utf8)
            #expect(try roundTrip(text) == text)
        }
    }

    @Test func `every whole number comes back`() throws {
        let text = Array("[\((0...1_200).map(String.init).joined(separator: ","))]".utf8)
        #expect(try roundTrip(text) == text)
    }

    @Test func `texts of one shape differ in their values alone`() throws {
        let one = Array(#"{"agency":"甲","counts":[1,2,3],"rate":null}"#.utf8)
        let other = Array(#"{"agency":"乙","counts":[4,500,0],"rate":0.25}"#.utf8)
        let shape = try #require(JSONShape(of: one))
        #expect(shape == JSONShape(of: other))
        let values = try #require(shape.values(of: other))
        #expect(values.count < other.count / 2)
        #expect(try shape.text(values: values.span, count: other.count) == other)
        #expect(shape.values(of: Array(#"{"agency":"丙","counts":[1,2],"rate":null}"#.utf8)) == nil)
    }

    @Test func `a zero byte is no part of any shape`() {
        #expect(JSONShape(of: [UInt8(ascii: "["), 0, UInt8(ascii: "]")]) == nil)
        #expect(JSONShape(of: Array("{\"a\u{0}\":1}".utf8)) == nil)
    }

    @Test func `a text that is like no other has no shape`() {
        #expect(JSONShape(of: [UInt8](repeating: UInt8(ascii: "["), count: 100_000)) == nil)
    }

    /// Damage is an error or another text; never a crash, nor a text of another length.
    @Test(arguments: 0..<200) func `damage is noticed or harmless`(_ seed: Int) throws {
        var random = SeededGenerator(seed: seed)
        let text = Array(
            #"{"a":"/reports/x/2023","b":"/reports/x/2023/y","c":[0.125,77,null,"00ff00ff00ff00ff"]}"#.utf8)
        let shape = try #require(JSONShape(of: text))
        var values = try #require(shape.values(of: text))
        for _ in 0..<Int.random(in: 1...4, using: &random) {
            values[Int.random(in: values.indices, using: &random)] = UInt8.random(in: 0...255, using: &random)
        }
        if seed.isMultiple(of: 3) { values.removeLast(Int.random(in: 1...values.count, using: &random)) }
        if let read = try? shape.text(values: values.span, count: text.count) { #expect(read.count == text.count) }
        let whole = try #require(shape.values(of: text))
        #expect(throws: CodecError.self) { _ = try shape.text(values: whole.span, count: text.count - 1) }
    }

    /// Pieces of JSON in any order, well-formed or not.
    @Test(arguments: 0..<300) func `any bytes come back or have no shape`(_ seed: Int) throws {
        var random = SeededGenerator(seed: seed)
        let pieces = [
            "{", "}", "[", "]", ",", ":", "\"", "\\", "\"name\"", "\"name\":", " ", "\n", "0", "12", "255", "-3.50",
            "1e5",
            "true", "false", "null", "\"/reports/a/2023\"", "\"deadbeefdeadbeef\"", "县", "\u{0}",
        ]
        var text: [UInt8] = []
        for _ in 0..<Int.random(in: 0...40, using: &random) {
            text += Array((pieces.randomElement(using: &random) ?? "").utf8)
            if Int.random(in: 0..<12, using: &random) == 0 { text.append(UInt8.random(in: 0...255, using: &random)) }
        }
        if let read = try roundTrip(text) { #expect(read == text) } else { #expect(text.contains(0)) }
    }
}
