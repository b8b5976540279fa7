import Documents
import Reports

/// The columns of table 三 in the order in which a head names them.
struct ApplicantHead: Sendable {
    /// A word of the head.
    enum Name: Sendable, Hashable {
        /// A column.
        case applicant(Applicant)
        /// 法人或其他组织, which spans the five columns that the head's next row names.
        case organizations
    }

    /// The table that the head is of, as ``Piece/headTable`` has it.
    private(set) var table = -1
    /// Whether the order is that of the form, in each row of the head, or in all of it where rows are not kept.
    ///
    /// A head may be written twice, and 总计 stands before 商业企业 where it spans more rows.
    private(set) var isInOrder = true
    private var row = 0
    private var line = 0
    private var last: Applicant?
    /// What the row has named, or all of the head where rows are not kept.
    private var hasNatural = false, hasOrganizations = false
    /// Whether 总计 stands before other columns in a row that is kept, or before all of them.
    private var isBehindTotal = false
    private var names: [(name: Name, row: Int)] = []
    /// Whether a row has been read below the names: further ones are those of the head's repetition.
    private var hasRows = false

    /// A head of which nothing is known yet.
    init(table: Int = -1) {
        self.table = table
    }

    /// The columns in another order than the form's, from left to right; nil where the head does not name all seven, each
    /// once, in one row or in two.
    var printed: [Applicant]? {
        guard let first = names.first else { return nil }
        let top = names.prefix { $0.row == first.row }
        let below = names.dropFirst(top.count)
        guard below.isEmpty || top.contains(where: { $0.name == .organizations }) else { return nil }
        var columns: [Applicant] = []
        for (name, _) in top {
            switch name {
            case .applicant(let applicant): columns.append(applicant)
            case .organizations:
                for case (.applicant(let applicant), _) in below { columns.append(applicant) }
            }
        }
        let all = Applicant.allCases
        return columns.count == all.count && Set(columns).count == all.count ? columns : nil
    }

    /// Takes the next name; one in another table begins another head.
    mutating func add(_ name: Name, _ piece: Piece) {
        if piece.headTable != table { self = ApplicantHead(table: piece.headTable) }
        if hasRows {
            names = []
            hasRows = false
        }
        if piece.keepsRows, piece.row != row {
            row = piece.row
            last = nil
            isBehindTotal = false
            (hasNatural, hasOrganizations) = (false, false)
        }
        names.append((name, piece.headTable == 0 ? 0 : piece.row))
        switch name {
        case .organizations: addOrganizations(piece)
        case .applicant(.total): isBehindTotal = piece.keepsRows ? !isTotalOfTwoRows : last == nil
        case .applicant(let applicant): add(applicant, piece)
        }
    }

    /// Whether 总计 in a row that is kept stands behind 自然人 and 法人或其他组织, whose columns the next row names.
    private var isTotalOfTwoRows: Bool { last == .naturalPerson && hasOrganizations }

    /// The order of lines says nothing: in a print 自然人, which spans two of them, stands below its neighbour.
    private mutating func addOrganizations(_ piece: Piece) {
        if piece.keepsRows, isBehindTotal { isInOrder = false }
        hasOrganizations = true
        line = piece.place.line
    }

    private mutating func add(_ name: Applicant, _ piece: Piece) {
        let isNext = last.map { $0.rawValue <= name.rawValue } ?? (piece.keepsRows || name == .naturalPerson)
        let isAgain = name == .naturalPerson && last == .otherOrganization && hasNatural
        if !isNext && !isAgain || isBehindTotal { isInOrder = false }
        if name == .naturalPerson {
            if hasOrganizations, !hasNatural, piece.place.line == line || piece.keepsRows { isInOrder = false }
            hasNatural = true
        }
        last = name
    }

    /// Notes that a row of figures stands below the names.
    mutating func noteRow() {
        hasRows = true
    }
}
