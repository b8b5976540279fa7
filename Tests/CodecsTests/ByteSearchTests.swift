import Codecs
import Testing

@Suite struct ByteSearchTests {
    @Test func `the first of several is found, in the range alone`() {
        let bytes = Array("a,b,c".utf8)
        #expect(bytes.span.firstIndex(of: 0x2C, in: 0..<5) == 1)
        #expect(bytes.span.firstIndex(of: 0x2C, in: 2..<5) == 3)
        #expect(bytes.span.firstIndex(of: 0x2C, in: 2..<3) == nil)
        #expect(bytes.span.firstIndex(of: 0x2C, in: 3..<3) == nil)
        #expect(bytes.span.firstIndex(of: UInt8(ascii: "c"), in: 0..<5) == 4)
    }

    @Test func `a range beyond the bytes finds nothing`() {
        let bytes = Array("a,b".utf8)
        #expect(bytes.span.firstIndex(of: 0x2C, in: 0..<4) == nil)
        #expect(bytes.span.firstIndex(of: 0x2C, in: -1..<2) == nil)
        #expect([UInt8]().span.firstIndex(of: 0x2C, in: 0..<0) == nil)
    }
}
