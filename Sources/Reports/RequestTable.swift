/// Table 三: 收到和处理政府信息公开申请情况, 25 rows (2019: 23) × 7 columns.
public struct RequestTable: Sendable, Hashable {
    /// The printed counts, in 件.
    public var counts: FormTable<RequestLine, Applicant, Int>
    /// Whether （六）其他处理 is printed as one row, as the 2019 form has it.
    public var otherIsOneRow: Bool

    /// Makes a table, blank unless counts are given.
    public init(counts: FormTable<RequestLine, Applicant, Int> = FormTable(), otherIsOneRow: Bool = false) {
        self.counts = counts
        self.otherIsOneRow = otherIsOneRow
    }

    /// What stands in a cell; nil for a blank or absent one.
    public subscript(line: RequestLine, applicant: Applicant) -> Int? {
        get { counts[line, applicant] }
        set { counts[line, applicant] = newValue }
    }

    /// The rows that the table prints, in order.
    public var lines: [RequestLine] {
        let outcomes = RequestLine.outcomes(otherIsOneRow: otherIsOneRow)
        return [.newReceived, .carriedOver] + outcomes + [.totalProcessed, .carriedForward]
    }

    /// The sum of the known counts of some rows in one column, and whether any of them is blank; nil when it overflows.
    public func sum(_ lines: [RequestLine], _ applicant: Applicant) -> PartialSum? {
        PartialSum(lines.lazy.map { counts[$0, applicant] })
    }
}

/// A sum over cells of which some may be blank.
public struct PartialSum: Sendable, Hashable {
    /// The sum of what is known.
    public let known: Int
    /// The number of blank parts.
    public let blanks: Int
    /// The number of known parts.
    public let parts: Int

    /// Adds up; nil when the sum overflows.
    @inlinable
    public init?(_ values: some Sequence<Int?>) {
        var known = 0
        var blanks = 0
        var parts = 0
        for value in values {
            guard let value else {
                blanks += 1
                continue
            }
            let (sum, overflow) = known.addingReportingOverflow(value)
            guard !overflow else { return nil }
            known = sum
            parts += 1
        }
        self.known = known
        self.blanks = blanks
        self.parts = parts
    }
}
