import Reports

extension Tape {
    /// Knows the columns of table 二 by names that say of which year in other words than the form's 本年: `2023年制发件数`, `本年度制发件数`.
    ///
    /// - Parameter years: the years that the report says it is for; a column of another year is none of the form's.
    mutating func nameColumns(of years: [ReportYear]) {
        for index in pieces.indices where pieces[index].table > 0 && pieces[index].content.isText {
            let text = folded(pieces[index])
            guard text.count <= Self.nameBytesMax, let rest = Self.withoutYear(text, years) else { continue }
            for name in [Self.thisYear + rest, rest] {
                guard case .proactiveColumn(let column)? = FormLabel.exact(LabelKey.of(name)) else { continue }
                pieces[index].content = .label(.proactiveColumn(column), nil)
                break
            }
        }
    }

    private static func withoutYear(_ text: ArraySlice<UInt8>, _ years: [ReportYear]) -> ArraySlice<UInt8>? {
        if let length = text.length(ofWordIn: sameYear, at: text.startIndex) { return text.dropFirst(length) }
        guard text.first.map({ $0 < 0x80 }) ?? false, let year = YearText.leading(text), years.contains(year) else {
            return nil
        }
        return YearText.remove(from: text).text
    }

    private static let nameBytesMax = 60
    private static let thisYear = Array("本年".utf8)[...]
    private static let sameYear: Words = ["本年度", "当年", "今年", "全年", "年内"]
}
