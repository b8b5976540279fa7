import Codecs
import Testing

struct TextEncodingTests {
    @Test(arguments: ["gb2312", "GBK", "gb_2312-80", "x-gbk", "gb18030", " GB2312 "])
    func `every label of the Chinese standards means GB18030`(label: String) throws {
        #expect(try TextEncoding(label: label) == .gb18030)
    }

    @Test func `an unknown label is named in the error`() {
        #expect(throws: CodecError.unknownCharset(label: "klingon-8")) { try TextEncoding(label: "klingon-8") }
    }
}
