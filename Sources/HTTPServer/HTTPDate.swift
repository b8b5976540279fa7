/// A moment in whole seconds as HTTP writes it (RFC 9110 §5.6.7).
public struct HTTPDate: Sendable, Hashable, Comparable {
    /// Seconds since 1970-01-01T00:00:00Z.
    public let secondsSince1970: Int

    /// The moment so many seconds after 1970 began in UTC.
    public init(secondsSince1970: Int) {
        self.secondsSince1970 = secondsSince1970
    }

    /// The present moment, by the clock of the `Date` field.
    public static var now: HTTPDate { HTTPDate(secondsSince1970: Clock.secondsSince1970) }

    /// Reads any of the three forms: IMF-fixdate, and the obsolete ones of RFC 850 and asctime.
    ///
    /// `nil` for anything else: whoever gets no date has to leave the field out of account (RFC 9110 §13.1.3).
    public init?(_ text: some Collection<UInt8>) {
        guard text.count <= 40 else { return nil }
        var fields = Fields()
        let parts = Array(text).split { $0 == Byte.space || $0 == Byte.comma || $0 == 0x2D }.map { Array($0) }
        guard fields.read(parts), let seconds = fields.secondsSince1970 else { return nil }
        secondsSince1970 = seconds
        // Each form has one spelling.
        guard spelling(fields.form).elementsEqual(text) else { return nil }
    }

    private enum Form { case fixdate, rfc850, asctime }

    private func spelling(_ form: Form) -> [UInt8] {
        guard form != .fixdate else { return bytes }
        // Sun, 06 Nov 1994 08:49:37 GMT
        let parts = description.split(separator: " ").map(String.init)
        let (day, month, year, time) = (parts[1], parts[2], parts[3], parts[4])
        let name = String(parts[0].prefix(3))
        switch form {
        case .fixdate: return bytes
        case .rfc850:
            let weekday = Self.weekdays.first { $0.hasPrefix(name) } ?? name
            return Array("\(weekday), \(day)-\(month)-\(year.suffix(2)) \(time) GMT".utf8)
        case .asctime:
            let padded = day.hasPrefix("0") ? " " + day.suffix(1) : day
            return Array("\(name) \(month) \(padded) \(time) \(year)".utf8)
        }
    }

    private static let weekdays = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]

    /// IMF-fixdate: `Sun, 06 Nov 1994 08:49:37 GMT`.
    public var bytes: [UInt8] {
        var bytes: [UInt8] = []
        append(to: &bytes)
        return bytes
    }

    /// Appends the IMF-fixdate.
    func append(to output: inout [UInt8]) {
        let days = (secondsSince1970 - modulo(secondsSince1970, 86_400)) / 86_400
        let second = modulo(secondsSince1970, 86_400)
        let (year, month, day) = CivilDate.date(daysSince1970: days)
        // 1970-01-01 was a Thursday.
        output.append(contentsOf: Self.dayName(modulo(days + 4, 7)).utf8)
        output.append(contentsOf: ", ".utf8)
        appendTwo(day, Byte.space, to: &output)
        output.append(contentsOf: Self.monthName(month).utf8)
        output.append(Byte.space)
        // A year has four digits here (RFC 9110 §5.6.7); times so far away are nobody's.
        appendTwo(modulo(year, 10_000) / 100, nil, to: &output)
        appendTwo(modulo(year, 100), Byte.space, to: &output)
        appendTwo(second / 3600, Byte.colon, to: &output)
        appendTwo(second / 60 % 60, Byte.colon, to: &output)
        appendTwo(second % 60, Byte.space, to: &output)
        output.append(contentsOf: "GMT".utf8)
    }

    /// The IMF-fixdate as text.
    public var description: String { String(decoding: bytes, as: UTF8.self) }

    /// Whether the left moment is earlier.
    public static func < (left: HTTPDate, right: HTTPDate) -> Bool {
        left.secondsSince1970 < right.secondsSince1970
    }

    // Functions: a list is counted in and out for each date, and every answer has one.
    private static func dayName(_ day: Int) -> String {
        switch day {
        case 0: "Sun"
        case 1: "Mon"
        case 2: "Tue"
        case 3: "Wed"
        case 4: "Thu"
        case 5: "Fri"
        default: "Sat"
        }
    }

    fileprivate static func monthName(_ month: Int) -> String {
        switch month {
        case 1: "Jan"
        case 2: "Feb"
        case 3: "Mar"
        case 4: "Apr"
        case 5: "May"
        case 6: "Jun"
        case 7: "Jul"
        case 8: "Aug"
        case 9: "Sep"
        case 10: "Oct"
        case 11: "Nov"
        default: "Dec"
        }
    }
}

extension HTTPDate {
    /// The year that two digits mean: one that appears to lie more than fifty years ahead is the last one past that ends so
    /// (RFC 9110 §5.6.7).
    static func year(ofTwoDigits digits: Int, now: Int = Clock.secondsSince1970) -> Int {
        let present = CivilDate.date(daysSince1970: now / 86_400).year
        let year = present / 100 * 100 + digits
        return year > present + 50 ? year - 100 : year
    }

    /// The numbers of a date in one of the three forms.
    private struct Fields {
        var year = 0
        var month = 0
        var day = 0
        var time: [Int] = []
        var form = Form.fixdate

        /// Reads the parts between spaces, commas and hyphens.
        mutating func read(_ parts: [[UInt8]]) -> Bool {
            guard parts.count == 6 || parts.count == 5 else { return false }
            // asctime: `Sun Nov  6 08:49:37 1994`; the others: `Sun, 06 Nov 1994 08:49:37 GMT`.
            let isAsctime = parts.count == 5
            let order = isAsctime ? (day: 2, month: 1, year: 4, time: 3) : (day: 1, month: 2, year: 3, time: 4)
            guard isAsctime || parts[5] == Array("GMT".utf8) else { return false }
            guard let day = number(parts[order.day]), let year = number(parts[order.year]),
                let month = (1...12).first(where: { Array(HTTPDate.monthName($0).utf8) == parts[order.month] })
            else { return false }
            let clock = parts[order.time].split(separator: Byte.colon, omittingEmptySubsequences: false)
            time = clock.compactMap { $0.count == 2 ? number(Array($0)) : nil }
            (self.day, self.month) = (day, month)
            form = isAsctime ? .asctime : parts[order.year].count == 4 ? .fixdate : .rfc850
            self.year = form == .rfc850 ? HTTPDate.year(ofTwoDigits: year) : year
            return clock.count == 3 && time.count == 3
        }

        var secondsSince1970: Int? {
            guard (1...9999).contains(year), (1...31).contains(day), time[0] < 24, time[1] < 60, time[2] < 61 else {
                return nil
            }
            let days = CivilDate.days(year, month, day)
            guard CivilDate.date(daysSince1970: days) == (year, month, day) else { return nil }
            return days * 86_400 + time[0] * 3600 + time[1] * 60 + time[2]
        }

        private func number(_ digits: [UInt8]) -> Int? {
            guard (1...4).contains(digits.count), digits.allSatisfy(Byte.isDigit) else { return nil }
            return digits.reduce(0) { $0 * 10 + Int($1 &- Byte.zero) }
        }
    }
}

extension HTTPDate: CustomStringConvertible {}

/// Days and dates of the proleptic Gregorian calendar, counted in eras of 400 years that begin in March.
private enum CivilDate {
    static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let year = month <= 2 ? year - 1 : year
        let (era, yearOfEra) = ((year - modulo(year, 400)) / 400, modulo(year, 400))
        let dayOfYear = (153 * modulo(month - 3, 12) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    static func date(daysSince1970: Int) -> (year: Int, month: Int, day: Int) {
        let shifted = daysSince1970 + 719_468
        let dayOfEra = modulo(shifted, 146_097)
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = modulo(shiftedMonth + 2, 12) + 1
        let year = yearOfEra + (shifted - dayOfEra) / 146_097 * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    }
}

/// The remainder that is never negative.
private func modulo(_ number: Int, _ divisor: Int) -> Int {
    let remainder = number % divisor
    return remainder < 0 ? remainder + divisor : remainder
}

private func appendTwo(_ number: Int, _ behind: UInt8?, to output: inout [UInt8]) {
    output.append(Byte.zero + UInt8(truncatingIfNeeded: number / 10))
    output.append(Byte.zero + UInt8(truncatingIfNeeded: number % 10))
    if let behind { output.append(behind) }
}
