/// How a list writes its numbers (ECMA-376, 17.18.59).
enum OrdinalFormat: Sendable {
    case decimal
    case decimalZero
    case fullWidth
    case circled
    /// 一, 十一, 一百零二
    case chinese
    /// 〇, 一一: digit for digit
    case chineseDigits
    /// 壹, 拾壹
    case chineseLegal
    /// 甲, 乙
    case stems
    /// 子, 丑
    case branches
    case upperRoman
    case lowerRoman
    case upperLetter
    case lowerLetter
    /// A sign that counts nothing.
    case bullet

    /// The format by its name; an unknown one counts in digits.
    init(_ name: String) {
        self =
            switch name {
            case "bullet", "none": .bullet
            case "decimalZero": .decimalZero
            case "decimalFullWidth", "decimalFullWidth2": .fullWidth
            case "decimalEnclosedCircle", "decimalEnclosedCircleChinese": .circled
            case "chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting",
                "taiwaneseCountingThousand":
                .chinese
            case "ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital": .chineseDigits
            case "chineseLegalSimplified", "ideographLegalTraditional", "japaneseLegal": .chineseLegal
            case "ideographTraditional": .stems
            case "ideographZodiac": .branches
            case "upperRoman": .upperRoman
            case "lowerRoman": .lowerRoman
            case "upperLetter": .upperLetter
            case "lowerLetter": .lowerLetter
            default: .decimal
            }
    }

    /// A count of 0 to 99,999 as the format writes it.
    func text(_ count: Int) -> String {
        switch self {
        case .decimal: "\(count)"
        case .decimalZero: count < 10 ? "0\(count)" : "\(count)"
        case .fullWidth: OrdinalFormat.replaceDigits(count, by: "０１２３４５６７８９")
        case .circled: OrdinalFormat.scalar(0x245F, count, 1...20)
        case .chinese: OrdinalFormat.chinese(count, digits: "零一二三四五六七八九", units: ["", "十", "百", "千", "万"])
        case .chineseDigits: OrdinalFormat.replaceDigits(count, by: "〇一二三四五六七八九")
        case .chineseLegal: OrdinalFormat.chinese(count, digits: "零壹贰叁肆伍陆柒捌玖", units: ["", "拾", "佰", "仟", "万"])
        case .stems: OrdinalFormat.pick(count, of: "甲乙丙丁戊己庚辛壬癸")
        case .branches: OrdinalFormat.pick(count, of: "子丑寅卯辰巳午未申酉戌亥")
        case .upperRoman: OrdinalFormat.roman(count)
        case .lowerRoman: OrdinalFormat.roman(count).lowercased()
        case .upperLetter: OrdinalFormat.scalar(0x40, count, 1...26)
        case .lowerLetter: OrdinalFormat.scalar(0x60, count, 1...26)
        case .bullet: ""
        }
    }

    private static func replaceDigits(_ count: Int, by digits: String) -> String {
        let digits = Array(digits)
        return String("\(count)".compactMap(\.wholeNumberValue).map { digits[$0] })
    }

    private static func pick(_ count: Int, of characters: String) -> String {
        let characters = Array(characters)
        return 1...characters.count ~= count ? String(characters[count - 1]) : "\(count)"
    }

    private static func scalar(_ base: UInt32, _ count: Int, _ range: ClosedRange<Int>) -> String {
        guard range ~= count, let scalar = Unicode.Scalar(base + UInt32(count)) else { return "\(count)" }
        return String(scalar)
    }

    /// 十, 十一, 二十, 一百零二: zeros between digits are read once, those at the end not at all.
    private static func chinese(_ count: Int, digits: String, units: [String]) -> String {
        let names = Array(digits)
        guard count > 0 else { return String(names[0]) }
        let figures = "\(count)".compactMap(\.wholeNumberValue)
        var text = ""
        var hasZero = false
        for (index, figure) in figures.enumerated() {
            guard figure > 0 else {
                hasZero = true
                continue
            }
            if hasZero { text.append(names[0]) }
            hasZero = false
            text += "\(names[figure])\(units[figures.count - 1 - index])"
        }
        let ten = "\(names[1])\(units[1])"
        return text.hasPrefix(ten) && units[1] == "十" ? String(text.dropFirst()) : text
    }

    private static func roman(_ count: Int) -> String {
        guard 1..<4000 ~= count else { return "\(count)" }
        let steps = [
            (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
            (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
        ]
        var rest = count
        var text = ""
        for (value, letters) in steps {
            text += String(repeating: letters, count: rest / value)
            rest %= value
        }
        return text
    }
}
