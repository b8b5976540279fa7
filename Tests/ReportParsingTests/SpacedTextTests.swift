import Testing

@testable import ReportParsing

@Suite struct SpacedTextTests {
    private func words(_ text: String) -> [String] {
        let bytes = text.slice
        return SpacedText.words(bytes).map { String(decoding: bytes[$0], as: UTF8.self) }
    }

    @Test(arguments: [
        ("a b", ["a", "b"]), ("  a\u{3000}b\u{a0}c\t", ["a", "b", "c"]), ("", []), (" \u{3000} ", []),
        ("4（含自然失效 2 件） 5", ["4（含自然失效 2 件）", "5"]), ("(a b) c", ["(a b)", "c"]),
        ("(a b c d e f g h", ["(a", "b", "c", "d", "e", "f", "g", "h"]),
        ("a) b", ["a)", "b"]), ("a\u{2003}b", ["a", "b"]), ("47   3.3 万元 5", ["47", "3.3 万元", "5"]),
        ("万元 5 元年", ["万元", "5", "元年"]),
    ])
    func `words stand between white space, brackets kept together`(text: String, words: [String]) {
        #expect(self.words(text) == words)
    }

    @Test func `a label that a space has cut is put together`() {
        let bytes = "结果 维持 0".slice
        let cells = SpacedText.cells(bytes).map { String(decoding: bytes[$0.span.start..<$0.span.end], as: UTF8.self) }
        #expect(cells == ["结果 维持", "0"])
    }

    @Test func `a sentence among the cells is prose`() {
        #expect(SpacedText.cells("规章 如下。 0".slice).map(\.kind) == [.cell, .prose, .cell])
    }
}
