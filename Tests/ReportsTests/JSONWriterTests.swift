import Reports
import Support
import Testing

@Suite struct JSONWriterTests {
    private func written(_ write: (inout JSONWriter) -> Void) -> String {
        var json = JSONWriter()
        write(&json)
        return json.bytes.text
    }

    @Test func `commas stand between members and items and nowhere else`() {
        let text = written { json in
            json.beginObject()
            json.object("a") { _ in }
            json.array("b") { json in
                json.integer(1)
                json.beginArray()
                json.endArray()
                json.null()
                json.boolean(true)
            }
            json.member("c", "x")
            json.member("d", nil as Int?)
            json.endObject()
        }
        #expect(text == #"{"a":{},"b":[1,[],null,true],"c":"x","d":null}"#)
    }

    @Test func `quotes, backslashes and control characters are escaped`() {
        let text = written { $0.string("\"\\/\n\t\r\u{0}\u{1f}\u{7f}中😀") }
        #expect(text == #""\"\\/\n\u0009\u000d\u0000\u001f"# + "\u{7f}中😀\"")
    }

    @Test(arguments: [(0.5, "0.5"), (1, "1.0"), (-0.1, "-0.1"), (.infinity, "null"), (.nan, "null"), (1e300, "1e+300")])
    func `numbers read back the same, and what is no number is null`(value: Double, text: String) {
        #expect(written { $0.double(value) } == text)
    }

    @Test func `what is written is read again`() throws {
        var random = SeededGenerator(seed: 5)
        for _ in 0..<200 {
            let scalars = (0..<20).compactMap { _ in Unicode.Scalar(UInt32.random(in: 0...0x1_1000, using: &random)) }
            let text = String(String.UnicodeScalarView(scalars))
            #expect(
                try JSONValue(Array(written { $0.string(text) }.utf8)).string?.unicodeScalars.elementsEqual(scalars)
                    == true)
        }
    }
}
