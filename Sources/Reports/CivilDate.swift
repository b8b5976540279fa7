/// Dates of the proleptic Gregorian calendar from seconds since 1970, without a clock or a time-zone database.
public enum CivilDate {
    /// The date of a day counted from 1970-01-01. O(1).
    public static func date(ofDay days: Int) -> (year: Int, month: Int, day: Int) {
        // Years are counted from March, so that the leap day is the last of its year; an era is 400 years.
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    }

    /// The year in China (UTC+8) at a time in seconds since 1970. O(1).
    public static func year(at seconds: Int64) -> Int {
        date(ofDay: day(ofSecond: Int(seconds) + 8 * 3600)).year
    }

    /// The day in China (UTC+8) at a time in seconds since 1970: `2026-01-31`. O(1).
    public static func chineseDay(at seconds: Int64) -> String {
        let date = date(ofDay: day(ofSecond: Int(seconds) + 8 * 3600))
        return "\(date.year)-\(twoDigits(date.month))-\(twoDigits(date.day))"
    }

    /// A time in seconds since 1970 as RFC 3339 writes it, in UTC: `2026-01-31T08:00:00Z`. O(1).
    public static func timestamp(_ seconds: Int64) -> String {
        var text: [UInt8] = []
        text.reserveCapacity(20)
        append(timestamp: seconds, to: &text)
        return String(decoding: text, as: UTF8.self)
    }

    /// Adds what ``timestamp(_:)`` gives, digit by digit: it stands in every document and in every line of a list.
    static func append(timestamp seconds: Int64, to text: inout [UInt8]) {
        let day = day(ofSecond: Int(seconds))
        let second = Int(seconds) - day * 86_400
        let date = date(ofDay: day)
        if 1000...9999 ~= date.year {
            append(date.year / 100, to: &text)
            append(date.year % 100, to: &text)
        } else {
            text += "\(date.year)".utf8
        }
        for (mark, number) in [
            ("-", date.month), ("-", date.day), ("T", second / 3600), (":", second / 60 % 60), (":", second % 60),
        ] as [(Unicode.Scalar, Int)] {
            text.append(UInt8(ascii: mark))
            append(number, to: &text)
        }
        text.append(UInt8(ascii: "Z"))
    }

    /// Two digits.
    private static func append(_ number: Int, to text: inout [UInt8]) {
        text.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number / 10))
        text.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number % 10))
    }

    private static func day(ofSecond second: Int) -> Int {
        (second >= 0 ? second : second - 86_399) / 86_400
    }

    private static func twoDigits(_ number: Int) -> String {
        number < 10 ? "0\(number)" : "\(number)"
    }

    /// The day of a date, counted from 1970-01-01; nil for a date that the calendar does not have. O(1).
    public static func day(year: Int, month: Int, day: Int) -> Int? {
        guard (1...9999).contains(year), (1...12).contains(month), (1...31).contains(day) else { return nil }
        let shifted = month <= 2 ? year - 1 : year
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let yearOfEra = shifted % 400
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        let result = shifted / 400 * 146_097 + dayOfEra - 719_468
        let back = date(ofDay: result)
        return (back.year, back.month, back.day) == (year, month, day) ? result : nil
    }

    /// The time in seconds since 1970 of what RFC 3339 writes, `2026-01-31T08:00:00Z` or with an offset; of a date
    /// alone the last second of that day in China (UTC+8). Fractions of a second are cut off. Nil for anything else.
    public static func seconds(timestamp text: String) -> Int64? {
        var rest = text.utf8[...]
        func number(_ digits: Int) -> Int? {
            guard rest.count >= digits, rest.prefix(digits).allSatisfy({ 0x30...0x39 ~= $0 }) else { return nil }
            defer { rest = rest.dropFirst(digits) }
            return rest.prefix(digits).reduce(0) { $0 * 10 + Int($1) - 0x30 }
        }
        func take(_ signs: String) -> UInt8? {
            guard let first = rest.first, signs.utf8.contains(first) else { return nil }
            rest = rest.dropFirst()
            return first
        }
        guard let year = number(4), take("-") != nil, let month = number(2), take("-") != nil,
            let dayOfMonth = number(2),
            let day = day(year: year, month: month, day: dayOfMonth)
        else { return nil }
        if rest.isEmpty { return Int64(day * 86_400 + 86_399 - 8 * 3600) }
        guard take("Tt ") != nil, let hour = number(2), take(":") != nil, let minute = number(2), take(":") != nil,
            let second = number(2), hour < 24, minute < 60, second <= 60
        else { return nil }
        if take(".") != nil {
            guard number(1) != nil else { return nil }
            while number(1) != nil {}
        }
        let local = day * 86_400 + hour * 3600 + minute * 60 + min(second, 59)
        // A plus sign that was not encoded arrives as a space.
        switch take("Zz+- ") {
        case UInt8(ascii: "Z"), UInt8(ascii: "z"): return rest.isEmpty ? Int64(local) : nil
        case let sign?:
            guard let hours = number(2), take(":") != nil, let minutes = number(2), rest.isEmpty, hours < 24,
                minutes < 60
            else { return nil }
            let offset = hours * 3600 + minutes * 60
            return Int64(sign == UInt8(ascii: "-") ? local + offset : local - offset)
        case nil: return nil
        }
    }
}
