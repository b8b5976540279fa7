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
        /// A column that the form does not have: 占比, 小计.
        case foreign

        /// The column; nil for one that the form does not have.
        fileprivate var applicant: Applicant? {
            if case .applicant(let applicant) = self { applicant } else { nil }
        }
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
    private var names: [(name: Name, row: Int, text: TextSpan)] = []
    /// How many cells stand before the first name.
    private var firstColumn = 0
    /// The columns, known once a row has been read below the names.
    private(set) var columns: [Applicant?]?
    /// Whether the columns stand in the form's order, and are not its seven: some are missing, or others among them.
    private(set) var namesOthers = false
    /// Whether a row has been read below the names: further ones are those of the head's repetition.
    private var hasRows = false

    /// A head of which nothing is known yet.
    init(table: Int = -1) {
        self.table = table
    }

    /// The columns from left to right, from the first that the form has; nil for one that it has not. Nil where they stand in
    /// neither one row nor two, or one stands there twice.
    private var printed: [(name: Applicant?, text: TextSpan)]? {
        // Words in rows of their own name nothing.
        let rows = Set(names.filter { $0.name != .foreign }.map(\.row))
        let names = names.filter { rows.contains($0.row) }
        guard let first = names.first else { return nil }
        let top = names.prefix { $0.row == first.row }
        let below = names.dropFirst(top.count)
        guard below.allSatisfy({ $0.row == below.first?.row }) else { return nil }
        guard below.isEmpty || top.contains(where: { $0.name == .organizations }) else { return nil }
        let columns = top.flatMap { column in
            column.name == .organizations && !below.isEmpty ? Array(below) : [column]
        }
        let known = columns.compactMap(\.name.applicant)
        return Set(known).count == known.count ? columns.map { ($0.name.applicant, $0.text) } : nil
    }

    /// Takes the next name; one in another table begins another head.
    mutating func add(_ name: Name, _ piece: Piece) {
        if piece.headTable != table { self = ApplicantHead(table: piece.headTable) }
        if hasRows {
            names = []
            hasRows = false
            namesOthers = false
        }
        if piece.keepsRows, piece.row != row {
            row = piece.row
            last = nil
            isBehindTotal = false
            (hasNatural, hasOrganizations) = (false, false)
        }
        if names.isEmpty { firstColumn = piece.column }
        names.append((name, piece.headTable == 0 ? 0 : piece.row, piece.folded))
        switch name {
        case .foreign: break
        case .organizations: addOrganizations(piece)
        case .applicant(.total): isBehindTotal = piece.keepsRows ? !isTotalOfTwoRows : last == nil
        case .applicant(let applicant): add(applicant, piece)
        }
    }

    /// Takes a name that the form does not have, where it stands behind one that it has.
    mutating func addForeign(_ piece: Piece) {
        guard !hasRows, piece.keepsRows, piece.table == table, !names.isEmpty else { return }
        names.append((.foreign, piece.row, piece.folded))
    }

    /// Whether the form's seven names stand there and no other: nearly all heads.
    private var isWhole: Bool {
        var known: EnumSet<Applicant> = []
        for (name, _, _) in names {
            if case .applicant(let applicant) = name { known.insert(applicant) }
            if case .foreign = name { return false }
        }
        return known.count == Applicant.allCases.count
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

    /// How many slots of a row stand before those of the columns that are named: what merged cells have left. Nil where row
    /// and head do not fit.
    func lead(of slots: [Slot], behind label: Piece) -> Int? {
        guard let columns, slots.count >= columns.count else { return nil }
        let lead = slots.count - columns.count
        guard lead > 0 else { return 0 }
        guard label.keepsRows, slots[..<lead].allSatisfy({ !$0.isPrinted }) else { return nil }
        // Empty cells may as well stand behind the figures.
        return firstColumn == label.column + 1 + lead || slots.last?.isPrinted == true ? lead : nil
    }

    /// Notes that a row of figures stands below the names.
    mutating func noteRow(_ tape: Tape) {
        guard !hasRows else { return }
        hasRows = true
        if isInOrder, table <= 0 || isWhole { return }
        let printed = printed
        columns = printed?.map(\.name)
        guard isInOrder, let printed else { return }
        // Among seven in order, a name that is not known may be a misprint.
        let isUsual = zip(printed, Applicant.allCases).allSatisfy { column, applicant in
            column.name.map { $0 == applicant }
                ?? Self.isMisprint(tape.folded[column.text.start..<column.text.end], applicant)
        }
        let known = printed.compactMap { $0.name?.rawValue }
        namesOthers = known == known.sorted() && !(isUsual && printed.count == Applicant.allCases.count)
    }

    /// Whether a text has half of the characters of a column's name, and no words of another year.
    private static func isMisprint(_ text: ArraySlice<UInt8>, _ applicant: Applicant) -> Bool {
        let characters = applicant.label.unicodeScalars
        let words = String(decoding: text, as: UTF8.self).unicodeScalars
        let shared = characters.count { words.contains($0) }
        return 2 * shared >= characters.count && !text.contains(otherYears)
    }

    private static let otherYears: Words = ["年", "上期", "同期", "同比", "增减", "占比", "小计"]
}
