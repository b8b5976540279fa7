import Reports

/// The columns of table 三 in the order in which a head names them.
struct ApplicantHead: Sendable {
    /// The table that the head is of, as ``Piece/headTable`` has it.
    private(set) var table = -1
    /// Whether the order is that of the form, in each row of the head, or in all of it where rows are not kept.
    ///
    /// A head may be written twice, and 总计 stands before 商业企业 where it spans more rows.
    private(set) var isInOrder = true
    private var row = 0
    private var last: Applicant?
    /// Whether 总计 stands before other columns in a row that is kept, or before all of them.
    private var isBehindTotal = false

    /// Takes the next name; one in another table begins another head.
    mutating func add(_ name: Applicant, _ piece: Piece) {
        if piece.headTable != table { self = ApplicantHead(table: piece.headTable) }
        if piece.keepsRows, piece.row != row {
            row = piece.row
            last = nil
            isBehindTotal = false
        }
        guard name != .total else {
            isBehindTotal = piece.keepsRows ? last != .naturalPerson : last == nil
            return
        }
        let isNext = last.map { $0.rawValue <= name.rawValue } ?? (piece.keepsRows || name == .naturalPerson)
        let isAgain = name == .naturalPerson && last == .otherOrganization
        if !isNext && !isAgain || isBehindTotal { isInOrder = false }
        last = name
    }

    /// A head of which nothing is known yet.
    init(table: Int = -1) {
        self.table = table
    }
}
