/// What pages, lists and files set before the name of an agency in a title: `【年报】`, `附件2:`, `2023-01-20`, `名称:`, the
/// number of a document, the words of a menu that a print has put on the same line.
enum NamePrefix {
    /// The name without any of it.
    static func removed(from name: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var name = name
        // None of these stands within a name; behind the name itself a colon has nothing (`甲县财政局：2023年…`).
        if let end = name.lastOffset(of: closeBracket) { name = name[(end + closeBracket.count)...] }
        if name.ends(with: colon), let rest = behindColon(name.dropLast(colon.count)) { return removed(from: rest) }
        if let end = name.lastOffset(of: colon) { name = name[(end + colon.count)...] }
        name = withoutDocumentNumber(name)
        if let end = name.lastOffset(of: title), name[(end + title.count)...].contains(places) {
            name = name[(end + title.count)...]
        }
        var length = -1
        while name.count != length {
            length = name.count
            name = withoutDate(withoutSigns(name.trimming(bullets)))
            name = withoutWord(withoutBracket(name))
        }
        return name
    }

    /// The name that a colon follows; nil for a word of a form, 标题 or 公开机构.
    private static func behindColon(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        let name = text.lastOffset(of: colon).map { text[($0 + colon.count)...] } ?? text
        return AgencyName.isPlausible(name) && name.contains(places) ? name : nil
    }

    /// The name without the arrows, stars and other signs before it: no name begins with one.
    private static func withoutSigns(_ name: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var rest = name
        while rest.count > 4, case let length = signLength(rest), length > 0 { rest.removeFirst(length) }
        return rest
    }

    private static func signLength(_ text: ArraySlice<UInt8>) -> Int {
        let (first, second) = (text[text.startIndex], text[text.startIndex + 1])
        switch first {
        case 0xe2: return (0x86...0xaf).contains(second) || text.starts(with: referenceMark) ? 3 : 0  // U+2180…2BFF
        case 0xf0: return second == 0x9f ? 4 : 0  // U+1F000…1FFFF
        default: return 0
        }
    }

    private static let referenceMark = Array("※".utf8)

    /// `[年度报告]`, `（更新）`: words in brackets before the name, which begins with none.
    private static func withoutBracket(_ name: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        for (open, close) in bracketPairs where name.starts(with: open) {
            guard let end = name.firstOffset(of: close) else { return name }
            return name[(end + close.count)...]
        }
        return name
    }

    private static let bracketPairs = [("(", ")"), ("[", "]"), ("〔", "〕"), ("「", "」"), ("〖", "〗")]
        .map { (Array($0.utf8), Array($1.utf8)) }

    private static let title = Array("名称".utf8)
    private static let colon = Array(":".utf8)
    private static let closeBracket = Array("】".utf8)
    private static let bullets: Words = ["*", "•", "●", "■", "◆", "#", "|", "·"]

    /// `清教〔2023〕5号`
    private static func withoutDocumentNumber(_ name: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        guard let number = name.lastOffset(of: numberSign) else { return name }
        var before = name[..<number]
        while let digit = before.last, digit.isDigit { before.removeLast() }
        guard before.endIndex < number, yearEnds.contains(where: { before.ends(with: $0) }) else { return name }
        return name[(number + numberSign.count)...]
    }

    private static let numberSign = Array("号".utf8)
    private static let yearEnds = ["〕", "]", ")", "﹞"].map { Array($0.utf8) }

    /// `2023-01-20`, `[2023-01-20]`, `1.`, `附件1`: digits with other signs.
    private static func withoutDate(_ name: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var rest = name
        let isAnnex = annexes.contains { rest.starts(with: $0) }
        if isAnnex, let word = annexes.first(where: { rest.starts(with: $0) }) { rest.removeFirst(word.count) }
        let start = rest.startIndex
        while let length = rest.length(ofWordIn: dateSigns, at: rest.startIndex) { rest.removeFirst(length) }
        let run = name[start..<rest.startIndex]
        let isNumber = run.contains(where: \.isDigit) && (isAnnex || !run.allSatisfy(\.isDigit))
        return isNumber || isAnnex && run.isEmpty && rest.isEmpty ? rest : name
    }

    private static let annexes = ["附件", "附"].map { Array($0.utf8) }
    private static let dateSigns: Words = [
        "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "-", ".", "/", "[", "]", "(", ")", "、", "_",
    ]

    /// A word of a menu or of a page's table of particulars, where a place's name follows, or nothing.
    private static func withoutWord(_ name: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        guard let length = name.length(ofWordIn: words, at: name.startIndex) else { return name }
        var rest = name.dropFirst(length)
        // 文号 无, but not 文号 and 无锡.
        if rest.starts(with: none), rest.length(ofWordIn: placesInNone, at: rest.startIndex) == nil {
            rest.removeFirst(none.count)
        }
        let goesOn = rest.first.map(\.isDigit) ?? true || rest.length(ofWordIn: words, at: rest.startIndex) != nil
        let isPlace = rest.contains(places) && rest.length(ofWordIn: places, at: rest.startIndex) == nil
        return goesOn || isPlace ? rest : name
    }

    private static let words: Words = [
        "信息名称", "文件名称", "名称", "标题", "题目", "文号", "有效性", "有效", "分类", "索引号", "首页", "政务公开", "政策文件", "政府信息公开年报",
        "依申请公开", "规章", "行政规范性文件", "行政许可", "行政处罚", "行政强制", "行政事业性收费", "政府集中采购",
    ]
    private static let none = Array("无".utf8)
    private static let placesInNone: Words = ["无锡", "无为", "无极", "无棣"]
    private static let places: Words = ["省", "市", "县", "区", "旗", "州", "盟", "镇", "乡", "街道"]

}
