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
        let lines = table.lines
        let before = Self.broken(table, lines: lines, applicants: Self.columns)
        guard !before.isEmpty else { return }
        var offers: [(restored: Int, finding: Finding)] = []
        for line in lines {
            for repair in Self.repairs(of: line, table) {
                let identities = repair.identities(line)
                guard !before.isDisjoint(with: identities) else { continue }
                let after = Self.broken(
                    repair.applied(to: table, line), lines: [line], applicants: repair.applicants, others: before)
                let restored = before.count - after.count
                guard restored > 0, after.isSubset(of: before), after.isDisjoint(with: identities) else { continue }
                offers.append((restored, Self.finding(repair, line, restored)))
            }
        }
        // A slip that restores less than another is no explanation.
        let best = offers.map(\.restored).max() ?? 0
        findings = Array(offers.lazy.filter { $0.restored == best }.map(\.finding).prefix(Self.suggestionsMax))
    }

    /// Identities of the table, a bit each: the rows' sums, the columns' sums, the columns' balances.
    private struct Identities: OptionSet {
        var rawValue: UInt64

        static func row(_ line: RequestLine) -> Identities { Identities(rawValue: 1 << UInt64(line.rawValue)) }
        static func processed(_ applicant: Applicant) -> Identities {
            Identities(rawValue: 1 << UInt64(32 + applicant.rawValue))
        }
        static func balance(_ applicant: Applicant) -> Identities {
            Identities(rawValue: 1 << UInt64(48 + applicant.rawValue))
        }

        var count: Int { rawValue.nonzeroBitCount }

        mutating func set(_ identity: Identities, _ isIn: Bool) {
            if isIn { insert(identity) } else { remove(identity) }
        }
    }

    /// A slip put right.
    private struct Repair {
        /// The row, put right.
        let cells: [Int?]
        /// The columns that differ.
        let applicants: [Applicant]
        let words: () -> String

        func identities(_ line: RequestLine) -> Identities {
            applicants.reduce(.row(line)) { $0.union(.processed($1)).union(.balance($1)) }
        }

        func applied(to table: RequestTable, _ line: RequestLine) -> RequestTable {
            var table = table
            for applicant in applicants { table[line, applicant] = cells[applicant.rawValue] }
            return table
        }
    }

    /// The broken identities among those of some rows and columns, and those of `others` that are none of these.
    private static func broken(
        _ table: RequestTable, lines: [RequestLine], applicants: [Applicant], others: Identities = []
    ) -> Identities {
        var broken = others
        for line in lines {
            let parts = PartialSum(Applicant.parts.lazy.map { table[line, $0] })
            let isBroken = table[line, .total].map { $0 != parts?.known } ?? false
            broken.set(.row(line), isBroken)
        }
        let outcomes = RequestLine.outcomes(otherIsOneRow: table.otherIsOneRow)
        for applicant in applicants {
            let processed = table[.totalProcessed, applicant] ?? 0
            broken.set(.processed(applicant), table.sum(outcomes, applicant)?.known != processed)
            let received = table.sum([.newReceived, .carriedOver], applicant)?.known
            let settled = table.sum([.totalProcessed, .carriedForward], applicant)?.known
            broken.set(.balance(applicant), received != settled)
        }
        return broken
    }

    private static func finding(_ repair: Repair, _ line: RequestLine, _ restored: Int) -> Finding {
        Finding(
            .repairSuggestion, .notice,
            message: "\(line.label): \(repair.words()); that would restore \(restored) identities",
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
        _ table: RequestTable, _ line: RequestLine, _ cells: [Int?], _ words: @escaping @autoclosure () -> String
    ) -> Repair {
        let applicants = columns.filter { table[line, $0] != cells[$0.rawValue] }
        return Repair(cells: cells, applicants: applicants, words: words)
    }

    /// One cell that would make its row add up.
    private static func misprints(_ line: RequestLine, _ cells: [Int?], _ table: RequestTable) -> [Repair] {
        guard let total = cells[columns.count - 1], let sum = PartialSum(cells.dropLast()), sum.known != total else {
            return []
        }
        return columns.compactMap { applicant in
            guard let printed = cells[applicant.rawValue] else { return nil }
            let (difference, isTooFar) = total.subtractingReportingOverflow(sum.known)
            let (repaired, isTooLarge) = printed.addingReportingOverflow(difference)
            let right = applicant == .total ? sum.known : repaired
            guard !isTooFar, applicant == .total || !isTooLarge, right >= 0 else { return nil }
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
            return with(
                table, line, changed, "\(columns[column].label) and \(columns[column + 1].label) may be swapped")
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
