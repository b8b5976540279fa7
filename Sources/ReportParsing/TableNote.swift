import Documents
import Reports

/// A line below a table that says of which period its figures are: `注：上表为2022年数据`.
struct TableNote: Sendable {
    /// The pieces of the table.
    let pieces: Range<Int>
    /// The year that the note names; nil where it says of another period in other words.
    let year: ReportYear?

    /// Reads a line that names a table; nil for any that does not say that the figures above are of another period than the report's.
    init?(_ tape: Tape, _ index: Int, years: [ReportYear]) {
        let piece = tape.pieces[index]
        guard piece.span.end - piece.span.start <= Self.bytesMax else { return nil }
        let text = tape.folded(piece)
        let clause = text.split(atAny: Self.clauseEnds).first { clause in
            clause.contains(Self.tables) && clause.contains(Self.are) && !clause.contains(Self.others)
                && PeriodText.kind(of: clause, years: years) == .foreign
        }
        guard let clause else { return nil }
        let start = Self.tableStart(tape, before: index)
        guard start < index else { return nil }
        pieces = start..<index
        year = YearText.all(in: clause).first
    }

    /// Where the table begins that ends at a line: behind the last line of text before it. A line or two, of the unit for
    /// instance, may stand between.
    private static func tableStart(_ tape: Tape, before line: Int) -> Int {
        var end = line
        while end > 0, line - end < linesMax, isLine(tape.pieces[end - 1]) { end -= 1 }
        guard end > 0, !isLine(tape.pieces[end - 1]) else { return line }
        return tape.pieces[..<end].lastIndex(where: isLine).map { $0 + 1 } ?? 0
    }

    private static func isLine(_ piece: Piece) -> Bool { piece.table == 0 && piece.content.isText }

    private static let bytesMax = 400
    private static let linesMax = 2
    private static let clauseEnds: Words = ["。", "，", "；", ";", ","]
    static let tables: Words = ["上表", "本表", "此表", "该表", "表中", "表内", "以上数据", "上述数据", "以上表格", "上述表格", "表格数据"]
    private static let are: Words = ["为", "系", "是"]
    /// Of one row, of a comparison, of a rule, or of the day of the count.
    private static let others: Words = [
        "较", "比", "相比", "结转", "修订", "条例", "格式", "文件", "规定", "口径", "截至", "截止", "项目", "其中", "不含", "不包括", "预算",
    ]
}
