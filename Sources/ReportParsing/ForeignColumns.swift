import Documents
import Reports

/// The columns of a grid whose head says that they are none of the form's: 备注, 行次, 校验, 占比, 上年总计.
///
/// In a table that states its geometry a column is known by the head above it, so that what else is printed in a row takes
/// nothing from its figures. A table is left as it is where head and rows do not fit, or where the sums speak against it.
struct ForeignColumns {
    /// The cells that stand in such columns, by their places among the grid's.
    private(set) var cells: Set<Int> = []

    /// One of the form's tables: those of one kind that follow each other are one.
    private enum Kind {
        case proactive, requests, reviews
    }

    /// A head and the rows below it.
    private struct Region {
        var kind: Kind?
        /// The cells of the head, and those below it.
        var head: [Int] = []
        var body: [Int] = []
    }

    private let grid: Grid
    private let pieces: ArraySlice<Piece>
    private let folded: [UInt8]

    /// Finds them. O(cells of the grid, merged ones expanded).
    ///
    /// - Parameters:
    ///   - pieces: what the cells of the grid hold, one for each.
    ///   - folded: the text that the pieces refer to.
    init(_ grid: Grid, _ pieces: ArraySlice<Piece>, _ folded: [UInt8]) {
        self.grid = grid
        self.pieces = pieces
        self.folded = folded
        guard pieces.count == grid.cells.count, pieces.contains(where: { Self.kind($0) != nil }) else { return }
        for region in regions() { remove(region) }
    }

    private func piece(_ cell: Int) -> Piece { pieces[pieces.startIndex + cell] }

    private static func kind(_ piece: Piece) -> Kind? {
        switch piece.label {
        case .proactiveColumn, .contents: .proactive
        case .applicant, .organizations: .requests
        case .outcome, .route, .litigation: .reviews
        default: nil
        }
    }

    /// Cuts the grid where a head begins that is of another table.
    private func regions() -> [Region] {
        var regions: [Region] = []
        var current = Region()
        for (cells, isHead) in blocks() {
            guard isHead else {
                current.body += cells
                continue
            }
            let kind = cells.lazy.compactMap { Self.kind(piece($0)) }.first
            // Table 二 has a head for each 项; elsewhere a further head begins anew.
            if current.kind != .proactive || kind != .proactive && kind != nil {
                regions.append(current)
                current = Region(kind: kind)
            }
            current.head += cells
        }
        return regions + [current]
    }

    /// The rows in stretches of those that name columns and those that do not.
    private func blocks() -> [(cells: Range<Int>, isHead: Bool)] {
        var blocks: [(cells: Range<Int>, isHead: Bool)] = []
        var start = 0
        while start < grid.cells.count {
            let row = grid.cells[start].row
            var end = start
            while end < grid.cells.count, grid.cells[end].row == row { end += 1 }
            let isHead = isHead(start..<end)
            if let last = blocks.last, last.isHead == isHead {
                blocks[blocks.count - 1].cells = last.cells.lowerBound..<end
            } else {
                blocks.append((start..<end, isHead))
            }
            start = end
        }
        return blocks
    }

    /// Whether a row names columns: it has words of a head, and neither figures nor the label of a row.
    private func isHead(_ cells: Range<Int>) -> Bool {
        var hasName = false
        for cell in cells {
            switch piece(cell).content {
            case .number, .run: return false
            case .label(.request, _), .label(.requestGroup, _), .label(.proactive, _), .label(.statistic, _):
                return false
            case .label(.head, _): hasName = true
            default: hasName = hasName || Self.kind(piece(cell)) != nil
            }
        }
        return hasName
    }
}

extension ForeignColumns {
    private mutating func remove(_ region: Region) {
        guard let kind = region.kind, !region.body.isEmpty else { return }
        let named = namedColumns(region)
        let out = kind == .requests ? requestColumns(region, named) : named
        guard !out.isEmpty, fits(region, out) else { return }
        for cell in region.head + region.body where isWithin(cell, out) { cells.insert(cell) }
    }

    /// Whether a cell covers no column but some.
    private func isWithin(_ cell: Int, _ columns: Set<Int>) -> Bool {
        (0..<grid.cells[cell].columnSpan).allSatisfy { columns.contains(grid.cells[cell].column + $0) }
    }

    /// The columns below a name that no form has.
    private func namedColumns(_ region: Region) -> Set<Int> {
        var columns: Set<Int> = []
        for cell in region.head where isForeignName(piece(cell)) {
            let cell = grid.cells[cell]
            columns.formUnion(cell.column..<cell.column + cell.columnSpan)
        }
        return columns
    }

    private func isForeignName(_ piece: Piece) -> Bool {
        let text = folded[piece.folded.start..<piece.folded.end]
        guard !text.isEmpty, text.count <= Self.nameBytesMax else { return false }
        switch piece.content {
        case .text: return text.contains(Self.names)
        case .label(.total, _): return text.contains(Self.lastYear)
        default: return false
        }
    }

    /// The columns of table 三 that are not the seven: those that are named, and where the sums say so any other in which
    /// something is printed behind the labels. None where the seven are not all there, each in a column of its own.
    private func requestColumns(_ region: Region, _ named: Set<Int>) -> Set<Int> {
        guard let seven = applicants(region), let rows = rows(region, seven) else { return [] }
        let own = Set(seven)
        var out = named.subtracting(own)
        let labels = rows.map(\.labelEnd).max() ?? 0
        for cell in region.body where grid.cells[cell].column >= labels && !piece(cell).span.isEmpty {
            let cell = grid.cells[cell]
            if cell.columnSpan == 1, !own.contains(cell.column) { out.insert(cell.column) }
        }
        let sound = rows.count { $0.sum == true }
        let broken = rows.count { $0.sum == false }
        if sound >= Self.soundMin, sound > 2 * broken { return out }
        return sound >= broken ? named.subtracting(own) : []
    }

    /// The columns of the seven applicants in the form's order; nil where one is missing, merged, or named twice.
    private func applicants(_ region: Region) -> [Int]? {
        var found: [Applicant: Int] = [:]
        for cell in region.head {
            let applicant: Applicant
            switch piece(cell).label {
            case .applicant(let name): applicant = name
            case .other: applicant = .otherOrganization
            case .total where !isForeignName(piece(cell)): applicant = .total
            default: continue
            }
            guard grid.cells[cell].columnSpan == 1, found.updateValue(grid.cells[cell].column, forKey: applicant) == nil
            else { return nil }
        }
        let columns = Applicant.allCases.compactMap { found[$0] }
        // In a head whose merged cells are not stated, several stand in one column.
        return Set(columns).count == Applicant.allCases.count ? columns : nil
    }

    /// A row of table 三: where its label ends, and whether its figures add up; nil where all are zeros or blanks.
    private struct RequestRow {
        let labelEnd: Int
        let sum: Bool?
    }

    /// The rows of table 三; nil where one has no cell of its own in each of the seven columns.
    private func rows(_ region: Region, _ seven: [Int]) -> [RequestRow]? {
        var rows: [RequestRow] = []
        for label in region.body {
            guard case .request = piece(label).label else { continue }
            let row = grid.cells[(label + 1)...].prefix(Self.cellsMax).prefix { $0.row == grid.cells[label].row }
            var figures: [Int: Int] = [:]
            var columns: Set<Int> = []
            for cell in row.indices where grid.cells[cell].columnSpan == 1 {
                columns.insert(grid.cells[cell].column)
                if case .number(let quantity, _) = piece(cell).content, let count = quantity.count {
                    figures[grid.cells[cell].column] = count
                }
            }
            guard seven.allSatisfy(columns.contains) else { return nil }
            let counts = seven.map { figures[$0] ?? 0 }
            let parts = counts.dropLast().reduce(0) { $0.addingReportingOverflow($1).partialValue }
            let isIdle = figures.values.allSatisfy { $0 == 0 }
            rows.append(
                RequestRow(
                    labelEnd: grid.cells[label].column + grid.cells[label].columnSpan,
                    sum: isIdle ? nil : counts.last == parts && parts > 0))
        }
        return rows
    }

    /// Whether all rows reach as far to the right as the head does, and nothing of the form stands in some columns: else
    /// head and rows do not stand above each other.
    private func fits(_ region: Region, _ out: Set<Int>) -> Bool {
        var ends: [Int: Int] = [:]
        for cell in region.head + region.body {
            let cell = grid.cells[cell]
            for row in cell.row..<min(cell.row + cell.rowSpan, grid.rowCount) {
                ends[row] = max(ends[row] ?? 0, cell.column + cell.columnSpan)
            }
        }
        let end = region.head.map { ends[grid.cells[$0].row] ?? 0 }.max() ?? 0
        for cell in region.body where isFormRow(cell) && ends[grid.cells[cell].row] != end { return false }
        return (region.head + region.body).allSatisfy { cell in
            guard isWithin(cell, out), let label = piece(cell).label else { return true }
            return label == .total || label == .head || label == .other || label == .unit
        }
    }

    private func isFormRow(_ cell: Int) -> Bool {
        switch piece(cell).label {
        case .request, .proactive: true
        default: false
        }
    }

    private static let names: Words = [
        "备注", "附注", "说明", "行次", "序号", "栏次", "代码", "编码", "校验", "核验", "核对", "检验", "占比", "比例", "比重", "百分比", "同比", "增幅",
        "增长", "上年", "上一年", "去年", "上期", "同期", "小计",
    ]
    private static let lastYear: Words = ["上年", "上一年", "去年", "上期", "同期"]
    /// Eight characters.
    private static let nameBytesMax = 24
    /// More cells than a row of the form has.
    private static let cellsMax = 64
    /// One row may add up by chance.
    private static let soundMin = 2
}
