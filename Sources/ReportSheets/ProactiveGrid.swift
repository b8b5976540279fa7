import Reports
import Spreadsheets

/// Table 二 as printed: a block for each clause of 第二十条, headed by its columns.
enum ProactiveGrid {
    static func grid(_ table: ProactiveDisclosure, form: ReportForm) -> CellGrid {
        var grid = CellGrid(widths: [6, 3, 3, 3])
        for (clause, lines) in clauses {
            let lines = lines.filter { !$0.columns(in: form).isEmpty }
            guard let columns = lines.first?.columns(in: form) else { continue }
            grid.append([.init("第二十条第（\(clause)）项", columns: 4)])
            grid.append([.init("信息内容")] + row(columns.map { .text(label($0, form)) }))
            for line in lines {
                grid.append([.init(label(line, form))] + row(columns.map { Cell(table[line, $0]) }))
            }
        }
        return grid
    }

    private static let clauses: [(String, [ProactiveLine])] = [
        ("一", [.rules, .normativeDocuments]), ("五", [.administrativeLicensing, .otherPublicServices]),
        ("六", [.administrativePenalty, .administrativeCoercion]), ("八", [.administrativeFees]),
        ("九", [.centralizedProcurement]),
    ]

    /// One to three cells in the three columns of figures: the last takes what is left.
    private static func row(_ cells: [Cell]) -> [CellGrid.Box] {
        cells.enumerated().map { index, cell in .init(cell, columns: index == cells.count - 1 ? 3 - index : 1) }
    }

    /// The 2019 form's words where they are others.
    private static func label(_ line: ProactiveLine, _ form: ReportForm) -> String {
        form == .form2019 && line == .normativeDocuments ? "规范性文件" : line.label
    }

    private static func label(_ column: ProactiveColumn, _ form: ReportForm) -> String {
        form == .form2019 && column == .decisions ? "处理决定数量" : column.label
    }
}
