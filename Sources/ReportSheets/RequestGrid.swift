import Reports
import Spreadsheets

/// Table 三 as printed.
enum RequestGrid {
    static func grid(_ table: RequestTable) -> CellGrid {
        var grid = CellGrid(widths: [1, 2, 5] + Array(repeating: 1, count: Applicant.allCases.count))
        appendHead(to: &grid)
        let lines = table.lines
        let results = lines.filter { $0.group != .received && $0 != .carriedForward }
        for (index, line) in lines.enumerated() {
            let previous = index > 0 ? lines[index - 1] : nil
            var boxes: [CellGrid.Box] = []
            if line == results.first { boxes.append(.init("三、本年度办理结果", rows: results.count, isLeading: true)) }
            // A group with several rows is named once, beside them.
            let group = lines.filter { $0.group == line.group }
            let words = line.label.split(separator: " ", maxSplits: 1).map(String.init)
            if words.count == 2 {
                if previous?.group != line.group {
                    boxes.append(.init(words[0], rows: group.count, isLeading: true))
                }
                boxes.append(.init(words[1], isLeading: true))
            } else {
                boxes.append(.init(label(line), columns: results.contains(line) ? 2 : 3, isLeading: true))
            }
            grid.append(boxes + Applicant.allCases.map { .init(Cell(table[line, $0])) })
        }
        return grid
    }

    private static func appendHead(to grid: inout CellGrid) {
        let note = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
        grid.append([.init(note, rows: 3, columns: 3), .init("申请人情况", columns: Applicant.allCases.count)])
        let organizations = Applicant.parts.dropFirst()
        grid.append([
            .init(Applicant.naturalPerson.label, rows: 2), .init("法人或其他组织", columns: organizations.count),
            .init(Applicant.total.label, rows: 2),
        ])
        grid.append(organizations.map { .init($0.label) })
    }

    private static func label(_ line: RequestLine) -> String {
        line == .partiallyGranted ? "\(line.label)（区分处理的，只计这一情形，不计其他情形）" : line.label
    }
}

/// Table 四 as printed.
enum ReviewGrid {
    static func grid(_ table: ReviewTable) -> CellGrid {
        let outcomes = ReviewOutcome.allCases
        var grid = CellGrid(widths: Array(repeating: 1, count: ReviewRoute.allCases.count * outcomes.count))
        grid.append([
            .init(ReviewRoute.administrativeReview.label, columns: outcomes.count),
            .init("行政诉讼", columns: 2 * outcomes.count),
        ])
        grid.append(
            outcomes.map { .init($0.label, rows: 2) }
                + [.init("未经复议直接起诉", columns: outcomes.count), .init("复议后起诉", columns: outcomes.count)])
        grid.append((outcomes + outcomes).map { .init($0.label) })
        grid.append(ReviewRoute.allCases.flatMap { route in outcomes.map { .init(Cell(table[route, $0])) } })
        return grid
    }
}
