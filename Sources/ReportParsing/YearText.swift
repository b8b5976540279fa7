import Reports

/// Years as titles and sentences write them: four digits, Arabic or Chinese, before 年.
enum YearText {
    private static let sign = Array("年".utf8)
    private static let annual = Array("度".utf8)
    private static let report = Array("报".utf8)
    /// 〇 and its look-alikes (the letter O is another), then 一 to 九.
    private static let zeros = ["○", "〇", "零"].map { Array($0.utf8) }
    private static let digits = ["一", "二", "三", "四", "五", "六", "七", "八", "九"].map { Array($0.utf8) }

    /// Takes the first year (`2023年度`, `二○二三年`, `（2023年）`) out of a text without white space.
    static func remove(from text: ArraySlice<UInt8>) -> (text: ArraySlice<UInt8>, year: ReportYear?) {
        guard let (year, start, signEnd) = first(in: text, from: text.startIndex) else { return (text, nil) }
        var end = signEnd
        // 年度报告 keeps its 年度.
        if text[end...].starts(with: annual), !text[(end + annual.count)...].starts(with: report) {
            end += annual.count
        }
        for (open, close) in brackets where text[..<start].ends(with: open) && text[end...].starts(with: close) {
            return (text[..<(start - open.count)] + text[(end + close.count)...], year)
        }
        return (text[..<start] + text[end...], year)
    }

    /// Takes a year without 年 off the beginning of a title: `2023甲县财政局`.
    static func removeBare(fromStartOf title: ArraySlice<UInt8>) -> (text: ArraySlice<UInt8>, year: ReportYear?) {
        guard title.count > 4, title.prefix(4).allSatisfy({ $0 < 0x80 }), title[title.startIndex + 4] >= 0x80,
            let (year, start) = plainYear(title, before: title.startIndex + 4), start == title.startIndex
        else { return (title, nil) }
        return (title[(start + 4)...], year)
    }

    /// Takes a year without 年 off the end of a name.
    static func removeBare(fromEndOf name: ArraySlice<UInt8>) -> (text: ArraySlice<UInt8>, year: ReportYear?) {
        guard let (year, start) = year(name, before: name.endIndex) else { return (name, nil) }
        return (name[..<start], year)
    }

    /// The years that a text names, in order.
    static func all(in text: ArraySlice<UInt8>) -> [ReportYear] {
        var years: [ReportYear] = []
        var at = text.startIndex
        while let (year, _, end) = first(in: text, from: at) {
            years.append(year)
            at = end
        }
        return years
    }

    /// The year that a text begins with.
    static func leading(_ text: ArraySlice<UInt8>) -> ReportYear? {
        guard let (year, start, _) = first(in: text, from: text.startIndex), start == text.startIndex else {
            return nil
        }
        return year
    }

    /// The first year from an offset on, where it begins, and where 年 ends.
    private static func first(
        in text: ArraySlice<UInt8>, from start: Int
    ) -> (year: ReportYear, start: Int, end: Int)? {
        var from = start
        while let at = text[from...].firstOffset(of: sign) {
            from = at + sign.count
            if let (year, start) = year(text, before: at) { return (year, start, from) }
        }
        return nil
    }

    private static func year(_ text: ArraySlice<UInt8>, before end: Int) -> (ReportYear, start: Int)? {
        for (open, close) in brackets where text[..<end].ends(with: close) {
            guard let (year, start) = plainYear(text, before: end - close.count), text[..<start].ends(with: open) else {
                return nil
            }
            return (year, start - open.count)
        }
        return plainYear(text, before: end)
    }

    /// `〔2023〕年度`, `（2023）年`
    private static let brackets = [("〔", "〕"), ("(", ")"), ("[", "]")]
        .map { (Array($0.utf8), Array($1.utf8)) }

    private static func plainYear(_ text: ArraySlice<UInt8>, before end: Int) -> (ReportYear, start: Int)? {
        var number = 0
        var at = end
        for place in [1, 10, 100, 1000] {
            guard let (digit, length) = digit(text, before: at) else { return nil }
            number += digit * place
            at -= length
        }
        return ReportYear(number).map { ($0, at) }
    }

    private static func digit(_ text: ArraySlice<UInt8>, before end: Int) -> (Int, length: Int)? {
        guard end > text.startIndex else { return nil }
        let last = text[end - 1]
        if last == UInt8(ascii: "O") || last == UInt8(ascii: "o") { return (0, 1) }
        if last < 0x80 { return (0x30...0x39).contains(last) ? (Int(last) - 0x30, 1) : nil }
        guard end - text.startIndex >= 3 else { return nil }
        let character = text[end - 3..<end]
        if zeros.contains(where: character.elementsEqual) { return (0, 3) }
        return digits.firstIndex(where: character.elementsEqual).map { ($0 + 1, 3) }
    }
}
