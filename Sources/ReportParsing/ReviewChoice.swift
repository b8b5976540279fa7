import Documents
import Reports

/// Which of the rows under one head of table 四 holds the report's figures: they may be of several years or units.
struct ReviewChoice: Sendable {
    /// The rows to read, in order.
    private(set) var rows: [ReviewRow] = []
    /// Rows under one head of which none can be told to be the report's.
    private(set) var open: [[ReviewRow]] = []
    private let years: [ReportYear]
    private let tape: Tape

    /// Chooses; rows of other blocks are held apart.
    ///
    /// - Parameter years: the years that the report says it is for; none where it does not say.
    init(_ all: [ReviewRow], years: [ReportYear], tape: Tape) {
        self.years = years
        self.tape = tape
        var rest = all
        while let first = rest.first {
            func isAlike(_ row: ReviewRow) -> Bool { row.head == first.head && row.routes == first.routes }
            let group = rest.filter(isAlike)
            rest.removeAll(where: isAlike)
            if let row = choose(group) { rows.append(row) } else { open.append(group) }
        }
    }

    /// The row of the report's year; of several the one of all units, or else the one without a name.
    private func choose(_ group: [ReviewRow]) -> ReviewRow? {
        let own = group.filter { isOwn($0) == true }
        let possible = own.isEmpty ? group.filter { isOwn($0) == nil } : own
        let totals = possible.filter { name($0)?.contains(Self.totalWords) ?? false }
        let unnamed = possible.filter { $0.name == nil }
        return only([totals, unnamed, possible].first { !$0.isEmpty } ?? [])
    }

    /// The row, where there is one, or all hold the same figures.
    private func only(_ rows: [ReviewRow]) -> ReviewRow? {
        guard let first = rows.first else { return nil }
        let figures = rows.count > 1 ? tape.figures(first.slots) : []
        return rows.dropFirst().allSatisfy { tape.figures($0.slots) == figures } ? first : nil
    }

    private func name(_ row: ReviewRow) -> ArraySlice<UInt8>? {
        row.name.map { tape.folded(tape.pieces[$0]) }
    }

    /// Whether a row is of the report's year, or of another, or what is none; nil where its name does not say.
    private func isOwn(_ row: ReviewRow) -> Bool? {
        guard let name = name(row) else { return nil }
        if name.contains(Self.otherWords) { return false }
        let named = years.isEmpty ? [] : Self.years(name)
        if !named.isEmpty { return named.allSatisfy(years.contains) }
        return name.contains(Self.ownWords) ? true : nil
    }

    /// The years that a name has; the year may be all there is of it.
    private static func years(_ name: ArraySlice<UInt8>) -> [ReportYear] {
        let bare = YearText.removeBare(fromEndOf: name)
        return bare.text.isEmpty ? bare.year.map { [$0] } ?? [] : YearText.all(in: name)
    }

    private static let ownWords: Words = ["本年", "今年", "当年"]
    private static let otherWords: Words = ["上年", "上一年", "去年", "同期", "同比", "增减", "增幅", "其中"]
    private static let totalWords: Words = ["合计", "总计", "汇总", "总数"]
}
