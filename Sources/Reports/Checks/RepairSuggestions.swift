/// What small slip would explain why table 三 does not add up: one misprinted cell, two neighbours swapped, a row shifted
/// by a column, a figure split over two cells. Offered, never applied.
///
/// A slip is offered when putting it right makes every identity of its row and columns hold. Bounded: about twenty
/// trials a row, each of seven additions.
struct RepairSuggestions: Sendable {
    /// The suggestions, those that restore most first.
    private(set) var findings: [Finding] = []

    private static let suggestionsMax = 3
    private static let columns = Applicant.allCases

    private var offers: [(restored: Int, finding: Finding)] = []

    /// Looks for slips, where any identity is broken.
    init(_ table: RequestTable?) {
        guard let table else { return }
        let imbalance = Imbalance(table)
        guard imbalance.isBroken else { return }
        for line in table.lines {
            let row = TrialRow(line: line, cells: Self.columns.map { table[line, $0] }, imbalance: imbalance)
            offerMisprints(row)
            offerSwaps(row)
            offerShifts(row)
            offerSplits(row)
        }
        // A slip that restores less than another is no explanation.
        let best = offers.map(\.restored).max() ?? 0
        findings = Array(offers.lazy.filter { $0.restored == best }.map(\.finding).prefix(Self.suggestionsMax))
    }
}

/// By how much the sums and balances of the columns are off; nil where they are too large to add up.
private struct Imbalance: Sendable {
    /// For each column the sum of the outcomes less （七）总计.
    private(set) var processed: [Int?] = []
    /// For each column what was received less what was settled or carried forward.
    private(set) var balance: [Int?] = []
    /// Whether a row does not add up.
    private var hasBrokenRow = false

    init(_ table: RequestTable) {
        let outcomes = RequestLine.outcomes(otherIsOneRow: table.otherIsOneRow)
        for applicant in Applicant.allCases {
            processed.append(Self.difference(table.sum(outcomes, applicant), table.sum([.totalProcessed], applicant)))
            balance.append(
                Self.difference(
                    table.sum([.newReceived, .carriedOver], applicant),
                    table.sum([.totalProcessed, .carriedForward], applicant)))
        }
        hasBrokenRow = table.lines.contains { line in
            let parts = PartialSum(Applicant.parts.lazy.map { table[line, $0] })
            return table[line, .total].map { $0 != parts?.known } ?? false
        }
    }

    var isBroken: Bool { hasBrokenRow || processed.contains { $0 != 0 } || balance.contains { $0 != 0 } }

    /// Whether an identity of a column is broken.
    func isBroken(_ column: Int) -> Bool { processed[column] != 0 || balance[column] != 0 }

    private static func difference(_ left: PartialSum?, _ right: PartialSum?) -> Int? {
        guard let left, let right else { return nil }
        let (difference, overflow) = left.known.subtractingReportingOverflow(right.known)
        return overflow ? nil : difference
    }
}

/// A row, to be tried with other cells.
private struct TrialRow {
    let line: RequestLine
    let cells: [Int?]
    let imbalance: Imbalance

    /// Whether the row adds up as printed.
    var addsUp: Bool { Self.addsUp(cells) }

    /// How many broken identities other cells would restore; nil where one of theirs would be broken.
    func restored(by changed: [Int?]) -> Int? {
        guard Self.addsUp(changed) else { return nil }
        var restored = addsUp ? 0 : 1
        for column in cells.indices where cells[column] != changed[column] {
            let (difference, overflow) = (changed[column] ?? 0).subtractingReportingOverflow(cells[column] ?? 0)
            guard !overflow, let processed = imbalance.processed[column], let balance = imbalance.balance[column],
                sum(processed, difference, times: processedSign) == 0, sum(balance, difference, times: balanceSign) == 0
            else { return nil }
            restored += (processed == 0 ? 0 : 1) + (balance == 0 ? 0 : 1)
        }
        return restored
    }

    private static func addsUp(_ cells: [Int?]) -> Bool {
        guard let total = cells.last ?? nil else { return true }
        return PartialSum(cells.dropLast())?.known == total
    }

    private func sum(_ value: Int, _ difference: Int, times sign: Int) -> Int? {
        guard sign != 0 else { return value }
        let (sum, overflow) =
            sign > 0 ? value.addingReportingOverflow(difference) : value.subtractingReportingOverflow(difference)
        return overflow ? nil : sum
    }

    /// What a cell of the row counts in the sum of its column's outcomes less their total.
    private var processedSign: Int {
        switch line {
        case .totalProcessed: -1
        case .newReceived, .carriedOver, .carriedForward: 0
        default: 1
        }
    }

    /// What a cell of the row counts in its column's balance.
    private var balanceSign: Int {
        switch line {
        case .newReceived, .carriedOver: 1
        case .totalProcessed, .carriedForward: -1
        default: 0
        }
    }
}

extension RepairSuggestions {
    private mutating func offer(_ row: TrialRow, _ changed: [Int?], _ words: @autoclosure () -> String) {
        guard let restored = row.restored(by: changed), restored > 0 else { return }
        let applicants = Self.columns.filter { row.cells[$0.rawValue] != changed[$0.rawValue] }
        let finding = Finding(
            .repairSuggestion, .notice,
            message: "\(row.line.label): \(words()); that would restore \(restored) identities",
            paths: applicants.map { .request(row.line, $0) })
        offers.append((restored, finding))
    }

    /// One cell that would make its row add up.
    private mutating func offerMisprints(_ row: TrialRow) {
        guard !row.addsUp, let total = row.cells.last ?? nil, let sum = PartialSum(row.cells.dropLast()) else { return }
        let (difference, isTooFar) = total.subtractingReportingOverflow(sum.known)
        guard !isTooFar else { return }
        for applicant in Self.columns {
            guard let printed = row.cells[applicant.rawValue] else { continue }
            let (repaired, isTooLarge) = printed.addingReportingOverflow(difference)
            let right = applicant == .total ? sum.known : repaired
            guard applicant == .total || !isTooLarge, right >= 0 else { continue }
            var changed = row.cells
            changed[applicant.rawValue] = right
            offer(row, changed, "\(applicant.label) is printed as \(printed); \(right) may be meant")
        }
    }

    private mutating func offerSwaps(_ row: TrialRow) {
        // A swap leaves the sum of its row as it is.
        guard row.addsUp else { return }
        for column in 0..<Self.columns.count - 2 where row.cells[column] != row.cells[column + 1] {
            guard row.imbalance.isBroken(column) || row.imbalance.isBroken(column + 1) else { continue }
            var changed = row.cells
            changed.swapAt(column, column + 1)
            offer(row, changed, "\(Self.columns[column].label) and \(Self.columns[column + 1].label) may be swapped")
        }
    }

    private mutating func offerShifts(_ row: TrialRow) {
        if (row.cells.first ?? nil) ?? 0 == 0 {
            offer(row, row.cells.dropFirst() + [nil], "the row may be shifted to the right by a column")
        }
        if (row.cells.last ?? nil) ?? 0 == 0 {
            offer(row, [nil] + row.cells.dropLast(), "the row may be shifted to the left by a column")
        }
    }

    /// Two neighbours that are the digits of one figure; what follows them stands a column too far to the right.
    private mutating func offerSplits(_ row: TrialRow) {
        for column in 0..<Self.columns.count - 1 {
            guard let left = row.cells[column], let right = row.cells[column + 1], left > 0,
                let joined = Int("\(left)\(right)")
            else { continue }
            let changed = row.cells[..<column] + [joined] + row.cells[(column + 2)...] + [nil]
            offer(row, Array(changed), "\(left) and \(right) may be one figure, \(joined)")
        }
    }
}
