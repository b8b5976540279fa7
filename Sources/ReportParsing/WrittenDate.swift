import Documents
import Reports

/// A date as documents write it: `2024-01-26`, `2024年1月26日`, `2024/1/26`, `2024.01.26`, `二〇二四年一月二十六日`.
struct WrittenDate: Sendable {
    private let year: Int, month: Int, day: Int
    /// Where it stands in the text.
    let range: Range<Int>

    /// The date, with the place where it stands; nil for a day that no month has.
    func date(_ place: @autoclosure () -> DocumentPlace) -> DocumentDate? {
        DocumentDate(year: year, month: month, day: day, place: place())
    }

    private static let bytesMax = 48
    private static let digitsMax = 4

    /// The first three numbers near the beginning of a text, whatever stands between them, or a date in Chinese numerals.
    init?(leading bytes: ArraySlice<UInt8>) {
        var numbers: [Int] = []
        var number: Int?
        // A number is not cut in two.
        let further = bytes.dropFirst(Self.bytesMax).prefix(Self.digitsMax).prefix(while: \.isDigit).count
        let head = bytes.prefix(Self.bytesMax + further)
        for offset in 0...head.count {
            let byte = offset < head.count ? head[head.startIndex + offset] : 0x20
            if byte.isDigit {
                number = min((number ?? 0) * 10 + Int(byte - UInt8(ascii: "0")), 100_000)
                continue
            }
            if let finished = number { numbers.append(finished) }
            number = nil
            guard numbers.count < 3 else { break }
        }
        if numbers.count == 3 {
            self.init(year: numbers[0], month: numbers[1], day: numbers[2], range: bytes.startIndex..<head.endIndex)
        } else {
            self.init(chinese: head)
        }
    }

    /// The first date in Arabic digits anywhere in a text: a year of four, the same sign twice.
    init?(in bytes: ArraySlice<UInt8>) {
        var at = bytes.startIndex
        while at < bytes.endIndex {
            guard bytes[at].isDigit else {
                at += 1
                continue
            }
            if let date = Self(at: at, of: bytes) {
                self = date
                return
            }
            while at < bytes.endIndex, bytes[at].isDigit { at += 1 }
        }
        return nil
    }

    private init(year: Int, month: Int, day: Int, range: Range<Int>) {
        (self.year, self.month, self.day) = (year, month, day)
        self.range = range
    }

    private init?(at start: Int, of bytes: ArraySlice<UInt8>) {
        guard let (year, yearEnd) = Self.number(bytes, start), yearEnd - start == 4,
            let sign = Self.signs.first(where: { bytes[yearEnd...].starts(with: $0.year) }),
            let (month, monthEnd) = Self.number(bytes, yearEnd + sign.year.count), (1...12).contains(month),
            bytes[monthEnd...].starts(with: sign.month),
            let (day, dayEnd) = Self.number(bytes, monthEnd + sign.month.count), (1...31).contains(day),
            bytes[dayEnd...].starts(with: sign.day)
        else { return nil }
        self.init(year: year, month: month, day: day, range: start..<dayEnd + sign.day.count)
    }

    private struct Signs: Sendable {
        let year: [UInt8], month: [UInt8], day: [UInt8]

        init(_ year: String, _ month: String, _ day: String) {
            (self.year, self.month, self.day) = (Array(year.utf8), Array(month.utf8), Array(day.utf8))
        }
    }

    private static let signs = [Signs("-", "-", ""), Signs("/", "/", ""), Signs(".", ".", ""), Signs("年", "月", "日")]

    private static func number(_ bytes: ArraySlice<UInt8>, _ start: Int) -> (Int, end: Int)? {
        var number = 0
        var at = start
        while at < bytes.endIndex, bytes[at].isDigit, at - start < 5 {
            number = number * 10 + Int(bytes[at] - UInt8(ascii: "0"))
            at += 1
        }
        return at > start ? (number, at) : nil
    }

}

extension WrittenDate {
    /// `二〇二四年一月十八日`
    private init?(chinese text: ArraySlice<UInt8>) {
        guard let year = text.firstOffset(of: Self.yearSign), let month = text[year...].firstOffset(of: Self.monthSign),
            let day = text[month...].firstOffset(of: Self.daySign),
            let yearNumber = YearText.all(in: text[..<(year + Self.yearSign.count)]).first?.value,
            let monthNumber = Self.number(text[(year + Self.yearSign.count)..<month]),
            let dayNumber = Self.number(text[(month + Self.monthSign.count)..<day])
        else { return nil }
        self.init(
            year: yearNumber, month: monthNumber, day: dayNumber, range: text.startIndex..<day + Self.daySign.count)
    }

    /// Of a month or day in numerals of either kind; 元月 is January.
    private static func number(_ text: ArraySlice<UInt8>) -> Int? {
        if text.elementsEqual(firstMonth) { return 1 }
        if let (number, end) = number(text, text.startIndex), end == text.endIndex { return number }
        return ChineseNumeral.value(text)
    }

    private static let firstMonth = Array("元".utf8)
    private static let yearSign = Array("年".utf8), monthSign = Array("月".utf8), daySign = Array("日".utf8)
}

extension WrittenDate {
    /// The date of a text that is nothing else: `2024-01-19`, `（2024年1月19日）`, `[2024-01-19]`, `2024-01-19 10:21`,
    /// `二〇二四年一月十九日`.
    init?(alone text: ArraySlice<UInt8>) {
        guard text.count <= Self.aloneBytesMax else { return nil }
        var rest = text[text.trimmedRange]
        while let (open, close) = Self.brackets.first(where: { rest.starts(with: $0.0) && rest.ends(with: $0.1) }) {
            rest = rest.dropFirst(open.count).dropLast(close.count)
            rest = rest[rest.trimmedRange]
        }
        if let date = Self(in: rest), date.range.lowerBound == rest.startIndex,
            Self.isTime(rest[date.range.upperBound...])
        {
            self = date
        } else if YearText.leading(rest) != nil, let date = Self(chinese: rest),
            date.range == rest.startIndex..<rest.endIndex
        {
            self = date
        } else {
            return nil
        }
    }

    private static let aloneBytesMax = 60
    private static let brackets = [("(", ")"), ("（", "）"), ("[", "]"), ("【", "】"), ("〔", "〕")]
        .map { (Array($0.utf8), Array($1.utf8)) }

    /// Nothing, or the time of the day behind white space.
    private static func isTime(_ text: ArraySlice<UInt8>) -> Bool {
        guard let first = text.first else { return true }
        let digits = text.count(where: \.isDigit)
        return first == 0x20 && (3...6).contains(digits) && text.contains(UInt8(ascii: ":"))
            && text.allSatisfy { $0.isDigit || $0 == 0x20 || $0 == UInt8(ascii: ":") }
    }
}
