/// What small slip would explain why table 三 does not add up: one misprinted cell, two neighbours swapped, a row shifted
/// by a column, a figure split over two cells. Offered, never applied.
///
/// A slip is offered when putting it right makes every identity of its row and columns hold, and leaves fewer broken
/// than before. Bounded: about twenty trials a row.
struct RepairSuggestions: Sendable {
    /// The suggestions, those that restore most first.
    private(set) var findings: [Finding] = []

    private static let suggestionsMax = 3
    private static let columns = Applicant.allCases

    /// Looks for slips, where any identity is broken.
    init(_ table: RequestTable?) {
        guard let table else { return }
        let before = Self.broken(table)
        guard !before.isEmpty else { return }
        var offers: [(restored: Int, finding: Finding)] = []
        for line in table.lines {
            for repair in Self.repairs(of: line, table) {
                let after = Self.broken(repair.table)
                guard after.count < before.count, after.isSubset(of: before),
                    after.isDisjoint(with: repair.identities(Self.columns, line))
                else { continue }
                offers.append((before.count - after.count, Self.finding(repair, line, before.count - after.count)))
            }
        }
        // A slip that restores less than another is no explanation.
        let best = offers.map(\.restored).max() ?? 0
        findings = Array(offers.lazy.filter { $0.restored == best }.map(\.finding).prefix(Self.suggestionsMax))
    }

    /// An identity of the table: a row's sum, a column's sum, a column's balance.
    private enum Identity: Hashable {
        case row(RequestLine)
        case processed(Applicant)
        case balance(Applicant)
    }

    /// A slip put right.
    private struct Repair {
        let table: RequestTable
        let applicants: [Applicant]
        let words: String

        func identities(_ columns: [Applicant], _ line: RequestLine) -> Set<Identity> {
            Set([.row(line)] + applicants.flatMap { [.processed($0), .balance($0)] })
        }
    }

    private static func broken(_ table: RequestTable) -> Set<Identity> {
        var broken: Set<Identity> = []
        for line in table.lines {
            let parts = PartialSum(Applicant.parts.lazy.map { table[line, $0] })
            if let total = table[line, .total], parts?.known != total { broken.insert(.row(line)) }
        }
        let outcomes = RequestLine.outcomes(otherIsOneRow: table.otherIsOneRow)
        for applicant in columns {
            let processed = table[.totalProcessed, applicant] ?? 0
            if table.sum(outcomes, applicant)?.known != processed { broken.insert(.processed(applicant)) }
            let received = table.sum([.newReceived, .carriedOver], applicant)?.known
            let settled = table.sum([.totalProcessed, .carriedForward], applicant)?.known
            if received != settled { broken.insert(.balance(applicant)) }
        }
        return broken
    }

    private static func finding(_ repair: Repair, _ line: RequestLine, _ restored: Int) -> Finding {
        Finding(
            .repairSuggestion, .notice,
            message: "\(line.label): \(repair.words); that would restore \(restored) identities",
            paths: repair.applicants.map { .request(line, $0) })
    }
}

extension RepairSuggestions {
    private static func repairs(of line: RequestLine, _ table: RequestTable) -> [Repair] {
        let cells = columns.map { table[line, $0] }
        return misprints(line, cells, table) + swaps(line, cells, table) + shifts(line, cells, table)
            + splits(line, cells, table)
    }

    private static func with(
        _ table: RequestTable, _ line: RequestLine, _ cells: [Int?], _ words: String
    ) -> Repair {
        var changed = table
        var applicants: [Applicant] = []
        for (applicant, cell) in zip(columns, cells) where table[line, applicant] != cell {
            changed[line, applicant] = cell
            applicants.append(applicant)
        }
        return Repair(table: changed, applicants: applicants, words: words)
    }

    /// One cell that would make its row add up.
    private static func misprints(_ line: RequestLine, _ cells: [Int?], _ table: RequestTable) -> [Repair] {
        guard let total = cells[columns.count - 1], let sum = PartialSum(cells.dropLast()), sum.known != total else {
            return []
        }
        return columns.compactMap { applicant in
            guard let printed = cells[applicant.rawValue] else { return nil }
            let (difference, overflow) = total.subtractingReportingOverflow(sum.known)
            let right = applicant == .total ? sum.known : printed + difference
            guard !overflow, right >= 0 else { return nil }
            var changed = cells
            changed[applicant.rawValue] = right
            return with(table, line, changed, "\(applicant.label) is printed as \(printed); \(right) may be meant")
        }
    }

    private static func swaps(_ line: RequestLine, _ cells: [Int?], _ table: RequestTable) -> [Repair] {
        (0..<columns.count - 2).compactMap { column in
            guard cells[column] != cells[column + 1] else { return nil }
            var changed = cells
            changed.swapAt(column, column + 1)
            let words = "\(columns[column].label) and \(columns[column + 1].label) may be swapped"
            return with(table, line, changed, words)
        }
    }

    private static func shifts(_ line: RequestLine, _ cells: [Int?], _ table: RequestTable) -> [Repair] {
        var repairs: [Repair] = []
        if (cells[0] ?? 0) == 0 {
            repairs.append(
                with(table, line, cells.dropFirst() + [nil], "the row may be shifted to the right by a column"))
        }
        if (cells[columns.count - 1] ?? 0) == 0 {
            repairs.append(
                with(table, line, [nil] + cells.dropLast(), "the row may be shifted to the left by a column"))
        }
        return repairs.filter { !$0.applicants.isEmpty }
    }

    /// Two neighbours that are the digits of one figure; what follows them stands a column too far to the right.
    private static func splits(_ line: RequestLine, _ cells: [Int?], _ table: RequestTable) -> [Repair] {
        (0..<columns.count - 1).compactMap { column in
            guard let left = cells[column], let right = cells[column + 1], left > 0,
                let joined = Int("\(left)\(right)")
            else { return nil }
            let changed = cells[..<column] + [joined] + cells[(column + 2)...] + [nil]
            return with(table, line, Array(changed), "\(left) and \(right) may be one figure, \(joined)")
        }
    }
}
