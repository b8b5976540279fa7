/// Names of agencies in titles and sentences.
enum AgencyName {
    /// The name that stands before 政府信息公开 in a title from which the year has been taken; nil for none.
    static func beforeSubject(_ title: String) -> String? {
        guard let subject = Title.subjects.lazy.compactMap({ title.firstRange(of: $0) }).first else { return nil }
        var name = title[..<subject.lowerBound]
        // …人民政府信息公开: the agency's last word and the subject's first are one.
        let sharesWord = name.hasSuffix("人民") && title[subject].hasPrefix("政府")
        for word in ["关于", "的"] where name.hasSuffix(word) { name.removeLast(word.count) }
        for word in ["关于", "标题"] where name.hasPrefix(word) { name.removeFirst(word.count) }
        let text = String(name).trimming { ":，,、-—_《》".contains($0) } + (sharesWord ? "政府" : "")
        return text.count >= 2 ? text : nil
    }

    /// Whether a line can be the name of an agency: short, and ending as agencies do.
    static func isPlausible(_ line: String) -> Bool {
        guard (2...40).contains(line.count), !line.contains(">"), !line.contains(":") else { return false }
        return endings.contains { line.hasSuffix($0) }
    }

    private static let endings = [
        "政府", "办公室", "办公厅", "办", "局", "委员会", "委", "厅", "管委会", "街道", "办事处", "镇", "乡", "中心", "开发区",
        "园区", "新区", "高新区", "院", "署", "队", "支队", "处", "公司", "集团", "学校", "大学", "学院", "社", "联合会", "部",
        "站", "馆", "区", "县", "市", "省", "旗", "盟", "州", "苏木",
    ]
}

extension String {
    /// The text without characters at its ends that a rule names.
    func trimming(_ isTrimmed: (Character) -> Bool) -> String {
        var text = Substring(self)
        while let first = text.first, isTrimmed(first) { text.removeFirst() }
        while let last = text.last, isTrimmed(last) { text.removeLast() }
        return String(text)
    }
}
