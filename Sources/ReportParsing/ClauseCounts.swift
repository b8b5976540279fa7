/// The counts of a clause (`予以公开3件`), each with the words before it.
struct ClauseCounts: Sendable {
    /// Words and count, in order.
    private(set) var pairs: [(words: ArraySlice<UInt8>, count: Int)] = []

    private static let units: Words = ["件", "宗", "起"]
    /// `收到依申请公开件3份`: requests are counted like letters, too, answers are not.
    private static let copyUnits: Words = ["件", "宗", "起", "份"]
    private static let copied = ["公开件", "公开申请"].map { Array($0.utf8) }
    private static let digitsMax = 9

    /// Reads a clause. A number before anything but a unit is no count, nor is one that is rounded (余, 多).
    init(_ clause: ArraySlice<UInt8>) {
        guard clause.contains(Self.copyUnits) else { return }
        var start = clause.startIndex
        var at = clause.startIndex
        while at < clause.endIndex {
            guard let (number, end) = Self.number(clause, at) ?? Self.chineseNumber(clause, at) else {
                at += Words.step(clause[at])
                continue
            }
            let isOfCopies = Self.copied.contains(where: clause[start..<at].ends(with:))
            if let unit = clause.length(ofWordIn: isOfCopies ? Self.copyUnits : Self.units, at: end) {
                pairs.append((clause[start..<at], number))
                start = end + unit
            }
            at = end
        }
    }

    private static func number(_ clause: ArraySlice<UInt8>, _ start: Int) -> (Int, end: Int)? {
        var number = 0
        var at = start
        while at < clause.endIndex, UInt8(ascii: "0")...UInt8(ascii: "9") ~= clause[at], at - start < digitsMax {
            number = number * 10 + Int(clause[at] - UInt8(ascii: "0"))
            at += 1
        }
        return at > start ? (number, at) : nil
    }

    /// A count in Chinese numerals, of which a sentence has one of these at least.
    static let chineseCounts: Words = [
        "一件", "二件", "两件", "三件", "四件", "五件", "六件", "七件", "八件", "九件", "十件", "百件", "零件", "一宗", "二宗", "两宗", "三宗",
        "四宗", "五宗", "六宗", "七宗", "八宗", "九宗", "十宗",
    ]
    private static let numerals: Words = ["零", "〇", "一", "二", "两", "三", "四", "五", "六", "七", "八", "九", "十", "百", "千"]
    /// 一起 is a word of its own, and so is 一件 before 事.
    private static let chineseUnits: Words = ["件", "宗"]
    private static let thing = Array("事".utf8)
    /// `每一件`, `第三件`: no count.
    private static let determiners = ["每", "第", "逐", "任何", "某", "这", "那", "同", "哪", "几"].map { Array($0.utf8) }

    /// A number in Chinese numerals before a unit, from where it begins.
    private static func chineseNumber(_ clause: ArraySlice<UInt8>, _ start: Int) -> (Int, end: Int)? {
        var end = start
        while let length = clause.length(ofWordIn: numerals, at: end) { end += length }
        guard end > start, let unit = clause.length(ofWordIn: chineseUnits, at: end),
            !clause[(end + unit)...].starts(with: thing),
            !determiners.contains(where: clause[..<start].ends(with:)),
            let number = ChineseNumeral.value(clause[start..<end])
        else { return nil }
        return (number, end)
    }
}
