import Documents
import Reports

/// What the first sentences of a report say of its agency, its period and its scope, and what its last lines do.
struct Opening: Sendable {
    /// The agency that the opening sentence names.
    private(set) var agency: String?
    /// The year of the period (统计期限为2022年1月1日至2022年12月31日).
    private(set) var period: ReportYear?
    /// The year that the opening sentence names with the report.
    private(set) var year: ReportYear?
    /// Whether the opening says that the figures are those of many agencies.
    private(set) var isConsolidated = false
    /// The agency that signs, or that the page's head names as the publisher.
    private(set) var signature: String?

    /// Reads the sentences.
    ///
    /// - Parameters:
    ///   - paragraphs: the first paragraphs, white space removed.
    ///   - last: the last paragraphs, white space removed.
    init(paragraphs: [String], last: [String]) {
        for paragraph in paragraphs {
            if period == nil { period = Self.period(paragraph) }
            if agency == nil { readSentence(paragraph) }
            if signature == nil { signature = Self.publisher(paragraph) }
            isConsolidated = isConsolidated || Self.saysConsolidated(paragraph)
        }
        if signature == nil { signature = Self.signature(last) }
    }

    /// `…要求，X编制了2021年度报告`, `现向社会公布X2021年政府信息公开工作年度报告`, `X2019年度政府信息公开工作情况报告如下`.
    private mutating func readSentence(_ paragraph: String) {
        for sentence in paragraph.split(whereSeparator: { "。；".contains($0) }) {
            for (before, after) in Self.frames {
                guard let end = sentence.firstRange(of: after) else { continue }
                var subject = sentence[..<end.lowerBound]
                if let start = subject.lastRange(of: before) {
                    subject = subject[start.upperBound...]
                } else if !before.isEmpty {
                    continue
                }
                take(String(subject))
                let rest = String(sentence[end.upperBound...].prefix(5))
                if year == nil { year = YearText.all(in: rest).first }
                if agency != nil { return }
            }
        }
    }

    private static let frames: [(before: String, after: String)] = [
        ("现向社会公布", "政府信息公开工作年度报告"), ("现公布", "政府信息公开工作年度报告"), ("要求，", "编制了"), ("规定，", "编制了"),
        ("要求,", "编制了"), ("，", "编制了"), ("", "政府信息公开工作情况报告如下"), ("", "政府信息公开情况报告如下"),
        ("，", "编制"), ("现将", "政府信息公开"), ("", "政府信息公开工作年度报告"),
    ]

    private mutating func take(_ text: String) {
        let (name, year) = YearText.remove(from: text)
        var agency = name.trimming { ":，,、的 由将".contains($0) }
        if agency.hasSuffix("人民"), text != name { agency += "政府" }
        if self.year == nil { self.year = year }
        guard AgencyName.isPlausible(agency), !agency.contains("条例"), !agency.contains("我") else { return }
        self.agency = agency
    }

    private static func period(_ paragraph: String) -> ReportYear? {
        let words = ["统计期限", "统计时限", "数据统计", "起至", "起到"]
        guard let word = words.lazy.compactMap({ paragraph.firstRange(of: $0) }).first else { return nil }
        let start =
            paragraph.index(word.lowerBound, offsetBy: -16, limitedBy: paragraph.startIndex) ?? paragraph.startIndex
        let rest = String(paragraph[start...].prefix(80))
        let first = rest.firstRange(of: "年1月1日").map { String(rest[..<$0.upperBound]) }
        return first.flatMap { YearText.all(in: $0).last }
    }

    private static func saysConsolidated(_ paragraph: String) -> Bool {
        let subjects = ["各乡镇", "各镇", "各街道", "各部门", "各单位", "各县", "各区", "所属单位", "县直", "市直", "区直", "下级"]
        let verbs = ["综合", "汇总", "汇编", "涵盖", "包含", "包括"]
        return paragraph.split(whereSeparator: { "。；".contains($0) }).contains { sentence in
            sentence.contains("报告") && verbs.contains { sentence.contains($0) }
                && subjects.contains { sentence.contains($0) }
        }
    }

    private static func publisher(_ paragraph: String) -> String? {
        for word in ["发布机构:", "信息来源:", "公开机构:"] where paragraph.hasPrefix(word) {
            let name = String(paragraph.dropFirst(word.count))
            if AgencyName.isPlausible(name) { return name }
        }
        return nil
    }

    /// The line before a closing date.
    private static func signature(_ last: [String]) -> String? {
        guard let date = last.lastIndex(where: { $0.hasSuffix("日") && $0.count <= 12 && $0.contains("年") }), date > 0
        else {
            return nil
        }
        return AgencyName.isPlausible(last[date - 1]) ? last[date - 1] : nil
    }
}

extension StringProtocol {
    /// The last place where a pattern stands.
    func lastRange(of pattern: String) -> Range<Index>? {
        pattern.isEmpty ? nil : ranges(of: pattern).last
    }
}
