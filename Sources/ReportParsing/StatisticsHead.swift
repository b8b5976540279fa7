import Documents
import Reports

/// The columns that the head of a 统计表 names beside the label.
struct StatisticsHead: Sendable {
    /// What a column holds.
    private enum Column: Sendable, Hashable {
        /// The figures of the report's year.
        case own
        /// 总计, 合计: of the columns beside it.
        case total
        /// Figures, of which year or unit it does not say.
        case plain
        /// Figures of another year, of a plan, or how they have changed.
        case foreign
        /// 上半年, 下半年: a part of the year.
        case half
        /// 本期实际: of a month, or of the year.
        case vague
        /// Words.
        case remark
    }

    /// Where in a row the figure stands.
    enum Place: Sendable, Hashable {
        /// The only one.
        case only
        /// In one of several cells.
        case cell(Int)
        /// Nowhere, or it cannot be told.
        case unknown
    }

    /// The table that the head is of, as ``Piece/headTable`` has it.
    let table: Int
    /// Whether one of the columns numbers the rows.
    private(set) var hasCode = false
    /// Whether it stands behind the unit.
    private(set) var isCodeBehindUnit = false
    /// The columns behind the unit, or behind the label.
    private var columns: [Column] = []

    /// Reads the names that follow 统计指标: in its row, or up to the first that is not known where rows are not kept.
    ///
    /// - Parameter years: the years that the report says it is for.
    init(_ tape: Tape, _ at: Int, years: [ReportYear]) {
        let first = tape.pieces[at]
        table = first.headTable
        let keepsRows = first.keepsRows
        var hasUnit = false
        for piece in tape.pieces[(at + 1)...].prefix(Self.columnsMax) {
            guard piece.table == first.table, !keepsRows || piece.row == first.row, !Self.isRow(piece) else { break }
            let name = tape.folded(piece)
            // With an ordinal a row begins: the whole table stands in one line.
            guard LabelKey.ordinal(name.span).0 == nil else { break }
            if Self.units.contains(where: { name.elementsEqual($0) }) {
                hasUnit = true
            } else if name.contains(Self.codes) {
                hasCode = true
                isCodeBehindUnit = hasUnit
            } else if keepsRows ? piece.label != nil || piece.content.isText : name.contains(Self.counts) {
                columns.append(Self.column(name, years))
            } else if !keepsRows {
                break
            }
        }
    }

    /// Whether a label is one of a row, and no column's name.
    private static func isRow(_ piece: Piece) -> Bool {
        switch piece.label {
        case nil, .total, .unit: false
        default: true
        }
    }

    /// Where the figure of a row stands, of as many cells as follow its unit. A figure is placed where one column is the
    /// report's year's, or the sum of the others, or where all others are another's.
    func place(of cells: Int) -> Place {
        let figures = columns.indices.filter { columns[$0] != .remark }
        if figures.count <= 1 {
            if let only = figures.first, columns[only] == .foreign || columns[only] == .half { return .unknown }
            guard let only = figures.first, columns.count > 1, cells == columns.count else { return .only }
            return .cell(only)
        }
        guard let chosen = chosen(figures), cells > chosen, cells <= columns.count,
            columns[cells...].allSatisfy({ $0 == .remark })
        else { return .unknown }
        return .cell(chosen)
    }

    private func chosen(_ figures: [Int]) -> Int? {
        func only(_ kind: Column) -> Int? {
            let found = figures.filter { columns[$0] == kind }
            return found.count == 1 ? found.first : nil
        }
        let kinds = Set(figures.map { columns[$0] })
        if kinds.contains(.vague) { return nil }
        // Two halves and their total make the year.
        if kinds.contains(.half) { return figures.count == 3 && kinds == [.half, .total] ? only(.total) : nil }
        if kinds.contains(.own) { return kinds.contains(.total) ? nil : only(.own) }
        return kinds.contains(.total) ? (kinds.contains(.foreign) ? nil : only(.total)) : only(.plain)
    }

    private static func column(_ name: ArraySlice<UInt8>, _ years: [ReportYear]) -> Column {
        if name.contains(vagueWords) { return .vague }
        if halves.contains(where: { name.elementsEqual($0) }) { return .half }
        switch PeriodText.kind(ofColumn: name, years: years) {
        case .own: return .own
        case .foreign: return .foreign
        case nil: return name.contains(remarks) ? .remark : name.contains(totals) ? .total : .plain
        }
    }

    private static let columnsMax = 12
    private static let units = ["单位", "计量单位", "指标单位"].map { Array($0.utf8) }
    private static let codes: Words = ["代码", "编码", "序号", "行次"]
    private static let counts: Words = [
        "统计数", "数量", "本期", "本年", "本月", "累计", "合计", "总计", "实际", "上年", "上一年", "年", "计划", "目标", "季度", "增长", "同比",
    ]
    private static let halves = ["上半年", "下半年"].map { Array($0.utf8) }
    private static let vagueWords: Words = ["本期", "当期", "实际"]
    private static let totals: Words = ["总计", "合计", "总数", "汇总"]
    private static let remarks: Words = ["备注", "说明"]
}
