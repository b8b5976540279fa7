import Documents
import Testing

@testable import ReportParsing

@Suite struct TapeTests {
    @Test func `cells count from the start of their row`() throws {
        let pieces = try tape("甲\n规章\t0\t/\n行政许可\t\t5\n").pieces
        #expect(pieces.map(\.column) == [0, 0, 1, 2, 0, 1, 2])
        #expect(pieces.map(\.table) == [0, 1, 1, 1, 1, 1, 1])
        #expect(pieces.map(\.row) == [0, 0, 0, 0, 1, 1, 1])
        #expect(pieces[3].content == .blank)
        #expect(pieces[3].isValue)
    }

    @Test func `a piece knows its folded text, which is that of the document where folding changes nothing`() throws {
        let tape = try tape("规章\t１２（其中 1 件）\n")
        #expect(tape.foldedText(tape.pieces[0]) == "规章")
        #expect(tape.pieces[0].folded == tape.pieces[0].span)
        #expect(tape.foldedText(tape.pieces[1]) == "12(其中1件)")
        #expect(tape.text(tape.pieces[1]) == "１２（其中 1 件）")
    }

    @Test func `two figures in one cell are none, one with a space in it is inferred`() throws {
        let tape = try tape("<table><tr><td>规章<td>12<br>34<td>5 6<td>７<td>8</table>", name: "a.html")
        #expect(tape.pieces[1].content == .text)
        #expect(tape.pieces.map { tape.joinsDigits($0) } == [false, true, true, false, false])
    }

    @Test func `running text is cut into so many pieces and no more`() throws {
        let line = "规章 " + Array(repeating: "1", count: 90).joined(separator: " ")
        let many = Array(repeating: line, count: 3000).joined(separator: "\n")
        #expect(try tape(many).pieces.count < 210_000)
        let long = "信息内容 " + String(repeating: "规章 1 1 1 ", count: 30_000)
        #expect(try tape(long).pieces.count == 1)
        #expect(try tape(String(long.prefix(20_000))).pieces.count > 1000)
    }

    @Test func `misprints are forgiven in tables only`() throws {
        let pieces = try tape("行政许司\n行政许司\t5\n").pieces
        #expect(pieces[0].label == nil)
        #expect(pieces[1].label == .proactive(.administrativeLicensing))
    }

    @Test func `empty lines beyond the first are blanks before a paragraph`() throws {
        #expect(try tape("规章\n\n\n\n5\n").pieces.map(\.blanksBefore) == [0, 2])
    }

    @Test func `a place names table, row and cell from 1`() throws {
        let tape = try tape("甲\n规章\t0\t7\n")
        let place = tape.place(tape.pieces[3])
        #expect(place.table == 1)
        #expect(place.row == 1)
        #expect(place.cell == 3)
        #expect(place.text == "7")
        #expect(tape.place(tape.pieces[0]).table == nil)
    }
}
