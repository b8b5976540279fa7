import Documents
import Reports

/// All rows of the form's tables that a document holds, found by their labels.
struct TableRows: Sendable {
    /// Rows of table 三.
    var requests: [Row<RequestLine>] = []
    /// Rows of table 二.
    var proactive: [Row<ProactiveLine>] = []
    /// Rows of table 四.
    var reviews = ReviewRows()
    /// Rows of the 统计表 of 2014.
    var statistics: [Row<Statistic2014>] = []
    /// Rows of the 统计表 whose labels the form does not have: the pieces from the label to the end of the row.
    var foreignRows: [Range<Int>] = []
    /// Columns of table 二 that some head names.
    private(set) var proactiveColumns: EnumSet<ProactiveColumn> = []
    /// Whether a 统计表 of the 2014 form begins somewhere.
    private(set) var hasStatistics2014 = false
    /// Where the heads of table 三 name a column: how many cells stand before it.
    private(set) var headColumns = [Int?](repeating: nil, count: Applicant.allCases.count)

    private let years: [ReportYear]
    private var lastLine: RequestLine?
    var lastStatistic: Statistic2014?
    private var isInProactive = false
    /// The heads of table 二.
    private(set) var heads: [HeadRow] = []
    /// Whether a row has followed the head of table 二: further names are another's.
    private var isHeadDone = false
    /// Whether the last head of table 二 names no column that the form has.
    private var isHeadForeign = false
    /// How many figures of each table that keeps rows belong to none of them.
    private var straysInTables: [(table: Int, figures: Int)] = []
    /// Whether figures stand between the head of table 二 and its first label, or before those of table 三: there, each
    /// row's figures may stand before its label.
    private var isHeadAhead = false, areRequestsAhead = false
    /// The rows of table 二 under such a head.
    private var rowsAhead: Set<Int> = []
    /// Whether no figure stands behind the label of the 统计表 that was read last.
    var isLastStatisticEmpty = false
    /// The row that was read last, by the place of its kind in ``rowCounts``, and the piece behind it.
    private(set) var lastRow: (kind: Int, end: Int)?
    private var applicants = ApplicantHead()
    var statisticsHead: StatisticsHead?
    /// Whether some row of the 统计表 has a number before its unit and another behind it.
    var hasStatisticCodes = false
    /// The rows of the 统计表 that have a number before their unit and none behind it.
    var rowsBeforeUnit: [Int] = []

    /// Finds the rows. O(pieces).
    ///
    /// - Parameters:
    ///   - headings: the pieces that head the report's sections, in order: no table goes on behind one.
    ///   - years: the years that the report says it is for.
    init(_ tape: Tape, headings: [Int], years: [ReportYear] = []) {
        self.years = years
        var chapters = headings[...]
        requests.reserveCapacity(RequestLine.allCases.count)
        proactive.reserveCapacity(ProactiveLine.allCases.count)
        var at = 0
        while at < tape.pieces.count {
            while let chapter = chapters.first, chapter <= at {
                endTable()
                chapters.removeFirst()
            }
            let known = rowCounts
            let next = step(tape, at)
            let counts = rowCounts
            if counts != known, let kind = counts.indices.first(where: { counts[$0] != known[$0] }) {
                lastRow = (kind, next)
            } else if lastRow?.end == at, tape.pieces[at].content.isFigure {
                addFurtherLine(tape, at)
            }
            if next == at + 1, tape.pieces[at].content.isFigure { noteStray(tape.pieces[at]) }
            at = next
        }
        closeStatistics()
        takeStatisticsAhead(tape)
        takeProactiveAhead(tape, rowsAhead)
        if areRequestsAhead { takeRequestsAhead(tape) }
        removeRowNumbers(tape)
        removeBlankColumns(tape)
        leaveBlankRowsOpen(tape)
    }

    private var rowCounts: SIMD4<Int> {
        SIMD4(requests.count, proactive.count, reviews.all.count, statistics.count)
    }

    /// Counts a figure of a table that belongs to none of its rows.
    private mutating func noteStray(_ figure: Piece) {
        guard figure.keepsRows else { return }
        if straysInTables.last?.table != figure.table { straysInTables.append((figure.table, 0)) }
        straysInTables[straysInTables.count - 1].figures += 1
    }

    /// Leaves blank rows open in tables many of whose figures belong to no row: they may be those of the blank rows, whose
    /// labels stand above them, or on other lines.
    private mutating func leaveBlankRowsOpen(_ tape: Tape) {
        for (table, figures) in straysInTables where figures >= Applicant.allCases.count {
            for index in requests.indices where tape.pieces[requests[index].label].table == table {
                if requests[index].slots.allSatisfy(\.isBlank) { requests[index].hasForeignColumns = true }
            }
            for index in proactive.indices where tape.pieces[proactive[index].label].table == table {
                if proactive[index].slots.allSatisfy(\.isBlank) { proactive[index].hasForeignColumns = true }
            }
        }
    }

    /// Takes one piece, or a row that it begins; gives the piece to go on with.
    private mutating func step(_ tape: Tape, _ at: Int) -> Int {
        if let next = reviews.furtherRow(tape, at) { return next }
        guard case .label(let label, _) = tape.pieces[at].content else {
            // A sentence ends what a head says, unless it stands in the head's own table.
            if tape.pieces[at].content.isText, !tape.pieces[at].keepsRows { applicants = ApplicantHead() }
            if tape.pieces[at].content.isText { applicants.addForeign(tape.pieces[at]) }
            if isHeadDone, isInProactive, isForeignHead(tape, at) { isHeadForeign = true }
            if lastStatistic != nil, foreignRow(tape, at) != nil { return unknownRow(tape, at) }
            return reviews.row(tape, at) ?? at + 1
        }
        switch label {
        case .request(let line): return requestRow(tape, at, line)
        case .requestGroup(.other): return hasFigures(tape, at) ? requestRow(tape, at, .otherTotal) : at + 1
        case .total where isTotalRow(tape, at): return requestRow(tape, at, .totalProcessed)
        case .other where isOtherRow(tape, at): return requestRow(tape, at, .otherOther)
        case .proactive(let line): return isInProactive ? proactiveRow(tape, at, line) : at + 1
        case .statistic(let statistic): return statisticRow(tape, at, statistic)
        case .statisticCorrected, .statisticOther:
            // A local row under another heading.
            guard isInReviews else { return unknownRow(tape, at) }
            return statisticRow(tape, at, reviewStatistic(isCorrected: label == .statisticCorrected))
        case .proactiveColumn(let column): proactiveColumn(tape, at, column)
        case .statistics2014:
            hasStatistics2014 = true
            statisticsHead = StatisticsHead(tape, at, years: years)
        default: head(label, at, tape)
        }
        return at + 1
    }

    private mutating func proactiveColumn(_ tape: Tape, _ at: Int, _ column: ProactiveColumn) {
        proactiveColumns.insert(column)
        isInProactive = true
        isHeadForeign = false
        let piece = tape.pieces[at]
        if let last = heads.indices.last, heads[last].isBeside(piece), !isHeadDone {
            if heads[last].columns.last?.name == column {
                heads[last].repeated.append(piece.column)
            } else {
                heads[last].columns.append((column, piece.column))
            }
        } else {
            let rest = tape.pieces[at...].prefix(while: piece.isBeside).count
            heads.append(
                HeadRow(
                    table: piece.table, row: piece.row, columns: [(column, piece.column)],
                    others: piece.keepsRows ? otherNames(tape, at) : [],
                    cells: piece.keepsRows ? piece.column + rest : nil))
            isHeadDone = false
            isHeadAhead = false
        }
    }

    /// The cells of a head's row whose names the form does not have.
    private func otherNames(_ tape: Tape, _ at: Int) -> [Int] {
        let piece = tape.pieces[at]
        let before = tape.pieces[..<at].suffix(piece.column).filter(piece.isBeside)
        return (before + tape.pieces[at...].prefix(while: piece.isBeside)).filter { other in
            other.content.isText && !Self.unitNames.contains { tape.folded(other).elementsEqual($0) }
        }.map(\.column)
    }

    /// Whether a text in table 二 names a column: nothing but names stands in its row, and not at its beginning, or it is a
    /// line of them.
    private func isForeignHead(_ tape: Tape, _ at: Int) -> Bool {
        let piece = tape.pieces[at]
        guard piece.content.isText, piece.span.end - piece.span.start <= nameBytesMax else {
            return false
        }
        if !piece.keepsRows { return tape.folded(piece).starts(with: Self.contents) }
        guard piece.column > 0 else { return false }
        return tape.pieces[at...].prefix(while: piece.isBeside).allSatisfy { !$0.content.isFigure }
            && tape.pieces[..<at].suffix(piece.column).filter(piece.isBeside).allSatisfy { !$0.content.isFigure }
    }

    private var nameBytesMax: Int { 60 }
    private static let year: Words = ["年"]
    private static let contents = Array("信息内容".utf8)

    private mutating func head(_ label: FormLabel, _ at: Int, _ tape: Tape) {
        let piece = tape.pieces[at]
        switch label {
        case .contents: isHeadForeign = isHeadForeign || isHeadDone
        case .applicant(let applicant):
            isInProactive = false
            applicants.add(.applicant(applicant), piece)
            if headColumns[applicant.rawValue] == nil { headColumns[applicant.rawValue] = piece.column }
        case .route(let route): reviews.add(.route(route))
        case .litigation: reviews.add(.litigation)
        case .outcome(let outcome): reviews.add(outcome, piece)
        case .total where reviews.isInHead || isBeforeOutcome(tape, at): reviews.add(.total, piece)
        // 上年总计, 2022年合计: another's.
        case .total where tape.folded(piece).contains(Self.year): applicants.addForeign(piece)
        case .total: applicants.add(.applicant(.total), piece)
        case .other: applicants.add(.applicant(.otherOrganization), piece)
        case .organizations: applicants.add(.organizations, piece)
        default: break
        }
    }

    /// Whether the name of another column of table 四 follows: 总计 stands first.
    private func isBeforeOutcome(_ tape: Tape, _ at: Int) -> Bool {
        guard at + 1 < tape.pieces.count, case .outcome = tape.pieces[at + 1].label else { return false }
        return tape.pieces[at].keepsRows && tape.pieces[at].isBeside(tape.pieces[at + 1])
    }

    private mutating func endTable() {
        isInProactive = false
        isHeadForeign = false
        reviews.endTable()
    }
}

extension TableRows {
    private mutating func requestRow(_ tape: Tape, _ at: Int, _ line: RequestLine) -> Int {
        let (slots, next) = tape.slots(after: at)
        lastLine = line
        isInProactive = false
        if requests.isEmpty, areValuesAhead(tape, of: at) { areRequestsAhead = true }
        guard !slots.isEmpty || areRequestsAhead else { return next }
        var row = Row(line: line, label: at, slots: slots)
        if applicants.table == tape.pieces[at].headTable {
            applicants.noteRow(tape)
            let lead = applicants.namesOthers ? applicants.lead(of: slots, behind: tape.pieces[at]) : nil
            row.removeSlots(before: lead ?? 0)
            if lead != nil || !applicants.isInOrder { row.reorder(applicants.columns, tape.pieces[at].grid) }
        }
        requests.append(row)
        return next
    }

    private mutating func proactiveRow(_ tape: Tape, _ at: Int, _ line: ProactiveLine) -> Int {
        var (slots, next) = tape.slots(after: at)
        if slots.isEmpty, tape.pieces[at].keepsRows, isUnit(tape, next, beside: tape.pieces[at]) {
            // A column for the unit.
            (slots, next) = tape.slots(from: next + 1, like: tape.pieces[at])
        } else if !slots.isEmpty, isUnit(tape, next, after: at, of: line) {
            slots.append(Slot(tape.pieces[next], next))
            next += 1
        }
        if !isHeadDone, tape.valuesAhead(of: at) > 0 { isHeadAhead = true }
        guard !slots.isEmpty || !tape.pieces[at].keepsRows else { return next }
        if isHeadAhead { rowsAhead.insert(proactive.count) }
        // A head in the same row names the columns of other figures: the whole table stands in one.
        let head = heads.indices.last.flatMap { last in
            heads[last].cells != nil && heads[last].isBeside(tape.pieces[at]) ? nil : last
        }
        proactive.append(
            Row(line: line, label: at, slots: slots, head: head, hasForeignColumns: isHeadAhead || isHeadForeign))
        isHeadDone = true
        return next
    }

    /// （七） says so; without it, the last outcome must have been read, and the label must begin its row.
    private func isTotalRow(_ tape: Tape, _ at: Int) -> Bool {
        guard !reviews.isInHead, let lastLine else { return false }
        if case .label(_, .group(7)) = tape.pieces[at].content { return true }
        return lastLine.group == .other && hasFigures(tape, at)
    }

    /// 3.其他 follows the other rows of its group; a head that is repeated there names a column 其他, without a number.
    private func isOtherRow(_ tape: Tape, _ at: Int) -> Bool {
        guard lastLine == .otherOverdueFee || lastLine == .otherOverdueCorrection else { return false }
        if case .label(_, .item) = tape.pieces[at].content { return true }
        return hasFigures(tape, at)
    }

    /// Whether a figure, or as many blanks as the table has columns, follows a label.
    private func hasFigures(_ tape: Tape, _ at: Int) -> Bool {
        let (slots, _) = tape.slots(after: at)
        return slots.contains { !$0.isBlank && !$0.isText } || slots.count >= Applicant.allCases.count
    }

    /// Whether a unit of money stands by itself behind the figures of a row: without it the last would be another.
    /// That of the fees of the 2021 form is 万元 anyway.
    private func isUnit(_ tape: Tape, _ at: Int, after label: Int, of line: ProactiveLine) -> Bool {
        guard isUnit(tape, at, beside: tape.pieces[label]) else { return false }
        let piece = tape.pieces[at]
        let isOwn = line == .administrativeFees && proactiveColumns.contains(.amountWan)
        return (isOwn ? Self.units[1...] : Self.units[...]).contains { tape.folded(piece).elementsEqual($0) }
    }

    private static let units = ["万元", "元"].map { Array($0.utf8) }
    /// A column of units says nothing of the others.
    private static let unitNames = ["单位", "计量单位"].map { Array($0.utf8) }
}

extension TableRows {
    /// Takes out the rows that stand under captions of other years.
    ///
    /// - Returns: those that were taken out.
    mutating func removeForeign(_ captions: TableCaptions) -> ForeignRows? {
        guard !captions.foreign.isEmpty else { return nil }
        func isForeign(_ piece: Int) -> Bool { captions.foreign(at: piece) != nil }
        let taken = ForeignRows(
            requests: requests.filter { isForeign($0.label) }, proactive: proactive.filter { isForeign($0.label) },
            reviews: reviews.remove { isForeign($0.first) }, statistics: statistics.filter { isForeign($0.label) })
        requests.removeAll { isForeign($0.label) }
        proactive.removeAll { isForeign($0.label) }
        statistics.removeAll { isForeign($0.label) }
        foreignRows.removeAll { isForeign($0.lowerBound) }
        return taken
    }
}
