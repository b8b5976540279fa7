/// The formats by which a workbook prints a number as a date: the days since the end of 1899, or since 1904.
///
/// A date is given with 年, 月 and 日 whatever signs the format has, so that 1/2/24 is one day and no other; the parts that
/// the format leaves out are left out, and so is the time.
struct SheetDateFormat: Sendable {
    private let showsYear: Bool
    private let showsMonth: Bool
    private let showsDay: Bool

    /// Reads a format; nil for one of numbers, of text, or of times alone.
    init?(_ code: String) {
        let letters = Self.letters(code)
        var isOfTime = false
        var longest: [Character: Int] = [:]
        var shortDays = false
        for run in letters {
            guard let letter = run.first else { continue }
            if "hs".contains(letter) { isOfTime = true }
            // Digits are printed by formats of numbers; behind a point they are parts of a second.
            if "0#?".contains(letter), !isOfTime { return nil }
            longest[letter] = max(longest[letter] ?? 0, run.count)
            // Three letters and more are a day of the week.
            if letter == "d", run.count < 3 { shortDays = true }
        }
        showsYear = longest["y"] != nil
        showsDay = shortDays
        // Beside hours and seconds the letter means minutes.
        showsMonth = longest["m"] != nil && (showsYear || showsDay || !isOfTime)
        guard showsYear || showsMonth || showsDay else { return nil }
    }

    /// The format of a number that every workbook knows without saying so (ECMA-376 part 1, 18.8.30, those of Chinese
    /// programs included); nil for formats of numbers and times.
    init?(builtIn id: String) {
        switch id {
        case "14", "15", "22", "30", "31": self.init("yyyy/m/d")
        case "17", "27", "36", "50", "52", "57": self.init("yyyy/m")
        case "16", "28", "29", "51", "53", "54", "58": self.init("m/d")
        default: return nil
        }
    }

    /// The runs of equal letters of a format's first part, without what is quoted or stands in brackets.
    private static func letters(_ code: String) -> [String] {
        var runs: [String] = []
        var rest = code.lowercased().prefix(lengthMax)[...]
        while let letter = rest.popFirst(), letter != ";" {
            switch letter {
            case "\"":
                rest = rest.drop { $0 != "\"" }.dropFirst()
                runs.append("")
            case "[":
                rest = rest.drop { $0 != "]" }.dropFirst()
                runs.append("")
            case "\\", "_", "*", "!":
                rest = rest.dropFirst()
                runs.append("")
            default:
                if runs.last?.first == letter {
                    runs[runs.count - 1].append(letter)
                } else {
                    runs.append(String(letter))
                }
            }
        }
        return runs
    }

    /// The date of a stored number; nil for a number that is no day.
    func text(_ stored: String, from1904: Bool) -> String? {
        guard let number = Double(stored), number >= 1, number < Self.daysMax else { return nil }
        let serial = Int(number)
        let days: Int
        if from1904 {
            days = serial - 24_107
        } else {
            // Excel counts a 29 February 1900, which never was.
            guard serial != 60 else { return nil }
            days = serial - (serial < 60 ? 25_568 : 25_569)
        }
        let (year, month, day) = Self.date(days)
        return (showsYear ? "\(year)年" : "") + (showsMonth ? "\(month)月" : "") + (showsDay ? "\(day)日" : "")
    }

    /// The date so many days after 1 January 1970 (howardhinnant.github.io/date_algorithms.html, civil_from_days).
    private static func date(_ days: Int) -> (year: Int, month: Int, day: Int) {
        let shifted = days + 719_468
        let era = shifted / 146_097
        let dayOfEra = shifted % 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    }

    /// The last day that Excel knows is 31 December 9999.
    private static let daysMax = 2_958_466.0
    /// Excel's own limit.
    private static let lengthMax = 255
}
