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

    /// A time in seconds since 1970 as RFC 3339 writes it, in UTC: `2026-01-31T08:00:00Z`. O(1).
    public static func timestamp(_ seconds: Int64) -> String {
        let day = day(ofSecond: Int(seconds))
        let second = Int(seconds) - day * 86_400
        let date = date(ofDay: day)
        let clock = [second / 3600, second / 60 % 60, second % 60].map(twoDigits).joined(separator: ":")
        return "\(date.year)-\(twoDigits(date.month))-\(twoDigits(date.day))T\(clock)Z"
    }

    private static func day(ofSecond second: Int) -> Int {
        (second >= 0 ? second : second - 86_399) / 86_400
    }

    private static func twoDigits(_ number: Int) -> String {
        number < 10 ? "0\(number)" : "\(number)"
    }
}
