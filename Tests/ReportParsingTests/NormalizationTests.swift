import Support
import Testing

@testable import ReportParsing

@Suite struct NormalizationTests {
    @Test(arguments: [
        ("１２３", "123"), ("（一）", "(一)"), (" 结果\u{3000}维持\t", "结果维持"), ("a\u{a0}b\u{200b}c\u{feff}", "abc"),
        ("Ｎ／Ａ", "N/A"), ("①", "(1)"), ("5⑫", "5(12)"), ("5²⽉", "5²月"), ("⼀", "一"), ("人⺠⻘", "人民青"), ("㈠", "(一)"),
        ("“三”", "“三”"),
        ("—", "—"), ("", ""),
        ("\u{2028}中\u{ad}", "中"),
        ("\u{fe50}", ","), ("😀", "😀"),
    ])
    func `compatibility forms are folded and white space is gone`(text: String, folded: String) {
        #expect(Normalization.foldedString(text) == folded)
    }

    @Test(arguments: [
        ("12", nil), ("a 12", nil), ("12 件", nil), ("1 2", Normalization.Gap.space), ("1\u{a0}2", .space),
        ("１　２", .space), ("1\u{200b}2", nil), ("1\n2 3", .line), ("1 件 2", nil), ("\n12\n", nil),
    ])
    func `white space between digits is told from none`(text: String, gap: Normalization.Gap?) {
        #expect(Normalization.digitGap(text.slice) == gap)
    }

    @Test func `bytes that are no UTF-8 are read as U+FFFD and never trap`() {
        var random = SeededGenerator(seed: 3)
        for _ in 0..<5000 {
            let bytes = (0..<Int.random(in: 0...8, using: &random)).map { _ in
                UInt8.random(in: 0...255, using: &random)
            }
            let folded = Normalization.fold(bytes[...])
            #expect(String(validating: folded, as: UTF8.self) != nil, "\(bytes)")
        }
    }
}
