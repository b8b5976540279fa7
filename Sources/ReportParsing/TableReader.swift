import Documents
import Reports

/// The tables of a report, read from the rows of a document.
struct TableReader: Sendable {
    /// The form that the labels are of; nil when no label tells.
    private(set) var form: ReportForm?
    /// Table 二; nil when no row of it was found.
    var proactive: ProactiveDisclosure?
    /// Table 三; nil when no row of it was found.
    var requests: RequestTable?
    /// Table 四; nil when no row of it was found.
    var reviews: ReviewTable?
    /// The 统计表 of 2014; nil when no row of it was found.
    var statistics2014: Statistics2014?
    /// Every cell of the form that stands in the document.
    private(set) var cells: [PrintedCell] = []
    /// What could not be read for certain.
    var findings: [Finding] = []

    let tape: Tape
    private var isRead = [Bool](repeating: false, count: FigurePath.count)
    private var layoutsWithoutBlanks: Set<Grid.Kind?> = []
    private var reviewRows: [ReviewRow] = []

    /// Reads the tables; the figures under captions of other years are not taken.
    init(_ rows: TableRows, tape: Tape, captions: TableCaptions? = nil) {
        self.tape = tape
        var rows = rows
        let foreign = captions.flatMap { rows.removeForeign($0) }
        form = rows.form
        cells.reserveCapacity(FigurePath.count)
        // Table 三 tells whether blanks were dropped; the cells of table 二 stand before its own.
        rows.requests = exactFirst(rows.requests) { .request($0) }
        rows.proactive = exactFirst(rows.proactive) { .proactive($0) }
        let first = firstCopies(rows.requests)
        let placement = RequestPlacement(first, heads: rows.headColumns, tape: tape)
        layoutsWithoutBlanks = placement.layoutsWithoutBlanks
        readProactive(rows)
        readRequests(rows, first, placement)
        readReviews(rows.reviews.all, years: captions?.years ?? [])
        readStatistics(rows)
        if let foreign, let captions { report(foreign, captions) }
        if cells.isEmpty { reportNothingRead() }
        sortCells()
    }
}

extension TableReader {
    /// Whether a cell of the document was read for a figure.
    func isRead(_ path: FigurePath) -> Bool { isRead[path.index] }

    /// Puts the cells in the order of the document, in which most reports are read anyway.
    private mutating func sortCells() {
        func isBefore(_ left: PrintedCell, _ right: PrintedCell) -> Bool {
            (left.place.page ?? 0, left.place.line, left.place.column ?? 0)
                < (right.place.page ?? 0, right.place.line, right.place.column ?? 0)
        }
        let isSorted = cells.indices.dropFirst().allSatisfy { !isBefore(cells[$0], cells[$0 - 1]) }
        if !isSorted { cells.sort(by: isBefore) }
    }

    private mutating func readRequests(_ rows: TableRows, _ first: [Row<RequestLine>], _ placement: RequestPlacement) {
        guard !first.isEmpty else { return }
        let hasParts = first.contains { $0.line == .otherOverdueFee || $0.line == .otherOverdueCorrection }
        requests = RequestTable(otherIsOneRow: !hasParts && first.contains { $0.line == .otherTotal })
        for (row, placed) in zip(first, placement.rows) {
            let (line, absent) = (row.line, row.absent)
            reportDoubtful(.request(line), row.label, Self.paths[line.rawValue])
            // A 2021 report that prints the three rows may still print figures beside the group's label.
            if hasParts && line == .otherTotal { continue }
            guard absent.count > 0 else {
                store(placed, Self.paths[line.rawValue], label: row.label, slots: row.slots)
                continue
            }
            let columns = Applicant.allCases.filter { !absent.contains($0) }
            store(
                PlacedRow(cells: columns.map { placed[$0.rawValue] }), columns.map { .request(line, $0) },
                label: row.label, slots: row.slots)
        }
        compareCopies(rows.requests, with: first)
    }

    /// The figures of each row of table 三.
    private static let paths = RequestLine.allCases.map { line in
        Applicant.allCases.map { FigurePath.request(line, $0) }
    }

    /// Of rows that stand in the document several times, the one with all columns, with a figure, in the larger table,
    /// and first, in this order of weight: other tables use the form's words too.
    private func firstCopies(_ rows: [Row<RequestLine>]) -> [Row<RequestLine>] {
        var best = [Int](repeating: -1, count: RequestLine.allCases.count)
        var isAgain = false
        for index in rows.indices {
            let line = rows[index].line.rawValue
            isAgain = isAgain || best[line] >= 0
            if best[line] < 0 { best[line] = index }
        }
        guard isAgain else { return rows }
        let weights = weights(rows)
        for (index, row) in rows.enumerated() where weights[best[row.line.rawValue]] < weights[index] {
            best[row.line.rawValue] = index
        }
        // Rows stand in the order of their labels.
        return best.filter { $0 >= 0 }.sorted().map { rows[$0] }
    }

    private func weights(_ rows: [Row<RequestLine>]) -> [Int] {
        var tables: [Int: Int] = [:]
        for row in rows { tables[tape.pieces[row.label].table, default: 0] += 1 }
        return rows.map { row in
            let rowCount = min(tables[tape.pieces[row.label].table] ?? 0, 999)
            return (hasAllColumns(row) ? 2000 : 0) + (row.slots.allSatisfy(\.isBlank) ? 0 : 1000) + rowCount
        }
    }

    private func hasAllColumns(_ row: Row<RequestLine>) -> Bool {
        row.slots.count >= Applicant.allCases.count || row.slots.contains(where: \.isRun)
    }

    private mutating func compareCopies(_ rows: [Row<RequestLine>], with first: [Row<RequestLine>]) {
        guard rows.count > first.count else { return }
        for row in first {
            // A row of fewer columns is one of another table.
            // A template that nobody filled in says nothing else.
            let copies = rows.filter {
                $0.line == row.line && (!hasAllColumns(row) || hasAllColumns($0)) && !$0.slots.allSatisfy(\.isBlank)
            }
            guard copies.count > 1, Set(copies.map { tape.figures($0.slots) }).count > 1 else { continue }
            findings.append(
                Finding(
                    .formLabels,
                    message:
                        "\(row.line.label) stands in the document \(copies.count) times with different figures",
                    paths: Applicant.allCases.map { .request(row.line, $0) },
                    places: copies.map { tape.place(tape.pieces[$0.label]) }))
        }
    }

    private mutating func readProactive(_ rows: TableRows) {
        guard let form, form != .form2014, !rows.proactive.isEmpty else { return }
        proactive = ProactiveDisclosure()
        var seen = [Int?](repeating: nil, count: ProactiveLine.allCases.count)
        for (index, row) in rows.proactive.enumerated() {
            let columns = row.line.columns(in: form)
            guard !columns.isEmpty else { continue }
            let paths = columns.map { FigurePath.proactive(row.line, $0) }
            if let first = seen[row.line.rawValue].map({ rows.proactive[$0] }) {
                let isRival = first.head != nil && first.head == row.head
                if !isRival, !row.slots.allSatisfy(\.isBlank), tape.figures(first.slots) != tape.figures(row.slots) {
                    reportCopy(paths, row.label)
                }
                continue
            }
            seen[row.line.rawValue] = index
            reportDoubtful(.proactive(row.line), row.label, paths)
            guard let row = chosen(row, of: rows.proactive[index...]) else {
                reportRivals(paths, rows.proactive[index...].filter { $0.line == row.line && $0.head == row.head })
                continue
            }
            let placed =
                row.hasForeignColumns
                ? PlacedRow.open(columns.count)
                : ProactivePlacement.place(
                    row, columns, head: row.head.map { rows.heads[$0] }, tape: tape,
                    hasLostBlanks: hasLostBlanks(row.label))
            store(placed, paths, label: row.label, slots: row.slots)
        }
    }

    /// Of the rows with one label under one head the one whose label has no other words, 规范性文件 and not
    /// 规范性文件（县政府办）; nil where none or several are such and their figures differ.
    private func chosen(_ row: Row<ProactiveLine>, of rows: ArraySlice<Row<ProactiveLine>>) -> Row<ProactiveLine>? {
        func isRival(_ index: Int) -> Bool { rows[index].line == row.line && rows[index].head == row.head }
        // The first of them is the row itself.
        guard row.head != nil, rows.indices.dropFirst().contains(where: isRival) else { return row }
        let rivals = rows.filter { $0.line == row.line && $0.head == row.head }
        let plain = rivals.filter { FormLabel.exact(LabelKey.of(tape.folded(tape.pieces[$0.label]))) != nil }
        let possible = plain.isEmpty ? rivals : plain
        guard let first = possible.first else { return nil }
        let figures = tape.figures(first.slots)
        return possible.allSatisfy { tape.figures($0.slots) == figures } ? first : nil
    }

    private mutating func reportRivals(_ paths: [FigurePath], _ rows: [Row<ProactiveLine>]) {
        let labels = rows.prefix(8).map { tape.text(tape.pieces[$0.label]) }.joined(separator: ", ")
        findings.append(
            Finding(
                .formLabels,
                message:
                    "\(rowLabel(paths)): which of the rows under this head (\(labels)) is the form's cannot be told, "
                    + "so \(paths.count) figures are null",
                paths: paths, places: rows.map { tape.place(tape.pieces[$0.label]) }))
    }

    mutating func reportCopy(_ paths: [FigurePath], _ label: Int) {
        findings.append(
            Finding(
                .formLabels, message: "\(rowLabel(paths)) stands in the document again with different figures",
                paths: paths, places: [tape.place(tape.pieces[label])]))
    }

    /// Whether rows of table 三 in the same layout show that blanks were dropped.
    private func hasLostBlanks(_ label: Int) -> Bool {
        layoutsWithoutBlanks.contains(tape.pieces[label].grid)
    }

    private mutating func readReviews(_ all: [ReviewRow], years: [ReportYear]) {
        let choice = ReviewChoice(all, years: years, tape: tape)
        for row in choice.rows { readReviews(row) }
        for rows in choice.open { leaveOpen(rows) }
    }

    /// Leaves the figures of rows null of which none can be told to be the report's.
    private mutating func leaveOpen(_ rows: [ReviewRow]) {
        guard let first = rows.first, !first.paths.isEmpty else { return }
        if reviews == nil { reviews = ReviewTable() }
        let paths = first.paths.filter { !isRead[$0.index] }
        let names = rows.prefix(8).map { row in row.name.map { tape.text(tape.pieces[$0]) } ?? "–" }
        findings.append(
            Finding(
                .formLabels,
                message:
                    "\(rowLabel(paths)): which of the rows under this head (\(names.joined(separator: ", "))) is the "
                    + "report's cannot be told, so \(paths.count) figures are null",
                paths: paths, places: rows.map { tape.place(tape.pieces[$0.name ?? $0.first]) }))
    }

    private mutating func readReviews(_ row: ReviewRow) {
        guard !row.routes.isEmpty else { return }
        if reviews == nil { reviews = ReviewTable() }
        let paths = row.paths
        guard paths.contains(where: { !isRead[$0.index] }) else {
            let first = reviewRows.last { $0.routes == row.routes }
            if !row.slots.allSatisfy(\.isBlank), first.map({ tape.figures($0.slots) }) != tape.figures(row.slots) {
                reportCopy(paths, row.first)
            }
            return
        }
        reviewRows.append(row)
        let placed = ReviewPlacement.place(row, tape: tape, hasLostBlanks: hasLostBlanks(row.first))
        guard row.routes.contains(nil) else {
            return store(placed, paths, label: row.first, slots: row.slots)
        }
        // Lawsuits in one block are of neither kind.
        for (block, route) in row.routes.enumerated() {
            let columns = ReviewOutcome.allCases.indices.map { placed[block * ReviewOutcome.allCases.count + $0] }
            if let route {
                store(
                    PlacedRow(cells: columns, inferredBy: placed.inferredBy),
                    ReviewOutcome.allCases.map { .review(route, $0) }, label: row.first, slots: row.slots)
            } else {
                let open = [ReviewRoute.direct, .afterReview].flatMap { route in
                    ReviewOutcome.allCases.map { FigurePath.review(route, $0) }
                }
                reportOpen(open.filter { !isRead[$0.index] }, row.first, row.slots)
            }
        }
    }
}

extension TableReader {
    /// Takes a placed row over into the tables, the printed cells and the findings.
    mutating func store(_ row: PlacedRow, _ paths: [FigurePath], label: Int, slots: [Slot]) {
        var open: [FigurePath] = []
        for (column, path) in paths.enumerated() {
            guard let reading = row[column] else {
                open.append(path)
                continue
            }
            let value =
                path.moneyUnit == nil
                ? Self.accepted(reading, at: path) : reading.value.flatMap { money($0, at: path, label: label) }
            guard value != nil || reading.value == nil else {
                open.append(path)
                continue
            }
            if let value { set(path, value) }
            isRead[path.index] = true
            cells.append(cell(path, value, reading, label, row.inferredBy))
        }
        if !open.isEmpty { reportOpen(open, label, slots) }
    }

    private func cell(
        _ path: FigurePath, _ value: Quantity?, _ reading: Reading, _ label: Int, _ inferredBy: [String]?
    ) -> PrintedCell {
        guard let index = reading.piece else {
            var place = tape.place(tape.pieces[label])
            place.text = ""
            return PrintedCell(path: path, place: place, value: value, inferredBy: inferredBy)
        }
        let piece = tape.pieces[index]
        return PrintedCell(
            path: path, place: tape.place(piece), remark: tape.remark(piece, length: reading.remarkLength),
            value: value, inferredBy: tape.joinsDigits(piece) ? (inferredBy ?? []) + ["digits"] : inferredBy)
    }

    /// The figure as a path can hold it that is not money; nil for a fraction or money where a count is needed.
    private static func accepted(_ reading: Reading, at path: FigurePath) -> Quantity? {
        guard let value = reading.value else { return nil }
        if case .proactive(_, .totalAmount) = path { return value }
        return value.whole.count == nil ? nil : value.whole
    }

    private mutating func set(_ path: FigurePath, _ quantity: Quantity) {
        switch path {
        case .proactive(let line, let column): proactive?[line, column] = quantity
        case .request(let line, let applicant): requests?[line, applicant] = quantity.count
        case .review(let route, let outcome): reviews?[route, outcome] = quantity.count
        case .statistic(let statistic): statistics2014?[statistic] = quantity
        }
    }

    /// Says which figures are missing where tables were found and nothing in them could be read: without any cell, a report
    /// is taken for one that never was a document.
    private mutating func reportNothingRead() {
        let form = form ?? (statistics2014 == nil ? .form2021 : .form2014)
        let paths = FigurePath.all(in: form, otherIsOneRow: requests?.otherIsOneRow).filter { path in
            switch path {
            case .proactive: proactive != nil
            case .request: requests != nil
            case .review: reviews != nil
            case .statistic: statistics2014 != nil
            }
        }
        guard !paths.isEmpty else { return }
        findings.append(
            Finding(
                .formTables,
                message: "the document has tables, but no figure of the report's year could be read in them",
                paths: paths))
    }

    private mutating func reportOpen(_ paths: [FigurePath], _ label: Int, _ slots: [Slot]) {
        let printed = slots.filter { !$0.isBlank }.prefix(8).compactMap { slot in
            slot.piece.map { tape.text(tape.pieces[$0]) }
        }
        let found = printed.isEmpty ? "nothing" : printed.joined(separator: " ")
        findings.append(
            Finding(
                .formLabels,
                message:
                    "\(rowLabel(paths)): \(found) is printed; in which of the columns the figures stand cannot be told, "
                    + "so \(paths.count) of them are null",
                paths: paths, places: [tape.place(tape.pieces[label])]))
    }

    func rowLabel(_ paths: [FigurePath]) -> String {
        switch paths.first {
        case .proactive(let line, _): line.label
        case .request(let line, _): line.label
        case .review(let route, _): route.label
        case .statistic(let statistic): statistic.label
        case nil: ""
        }
    }
}
