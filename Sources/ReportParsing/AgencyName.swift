/// Names of agencies in titles and sentences.
enum AgencyName {
    /// The name that stands before 政府信息公开 in a title from which the year has been taken; nil for none.
    static func beforeSubject(_ title: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        guard let subject = Title.subjects.lazy.compactMap({ title.firstOffset(of: $0) }).first else { return nil }
        var name = withoutPrefix(title[..<subject])
        // …人民政府信息公开: the agency's last word and the subject's first are one.
        let sharesWord = name.ends(with: people) && title[subject...].starts(with: government)
        for word in wordsAfter where name.ends(with: word) { name.removeLast(word.count) }
        for word in wordsBefore where name.starts(with: word) { name.removeFirst(word.count) }
        // …人民政府关于报送…: what stands behind is no part of the name.
        if let end = name.firstOffset(of: wordsAfter[0]), isPlausible(name[..<end]) { name = name[..<end] }
        name = name.trimming(marks)
        let text = sharesWord ? name + government : name
        return isEmpty(text) ? nil : text
    }

    /// Whether a text is too short for a name.
    static func isEmpty(_ name: ArraySlice<UInt8>) -> Bool { name.characterCount < 2 }

    /// The name without what a page sets before a title: `【年报】`, `附件2:`.
    private static func withoutPrefix(_ name: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        if name.starts(with: openBracket), let end = name.firstOffset(of: closeBracket) {
            return name[(end + closeBracket.count)...]
        }
        guard name.starts(with: annex), let colon = name.prefix(annexBytesMax).firstIndex(of: UInt8(ascii: ":")) else {
            return name
        }
        return name[(colon + 1)...]
    }

    private static let openBracket = Array("【".utf8)
    private static let closeBracket = Array("】".utf8)
    private static let annex = Array("附".utf8)
    private static let annexBytesMax = 10

    private static let people = Array("人民".utf8)
    private static let government = Array("政府".utf8)
    private static let wordsAfter = ["关于", "的"].map { Array($0.utf8) }
    private static let wordsBefore = ["关于", "标题"].map { Array($0.utf8) }
    private static let marks: Words = [":", "，", ",", "、", "-", "—", "_", "《", "》"]

    /// Whether a line can be the name of an agency: short, and ending as agencies do.
    static func isPlausible(_ line: ArraySlice<UInt8>) -> Bool {
        guard line.count <= 160, (2...40).contains(line.characterCount) else { return false }
        guard !line.contains(UInt8(ascii: ">")), !line.contains(UInt8(ascii: ":")) else { return false }
        return endings.contains { line.ends(with: $0) }
    }

    private static let endings = [
        "政府", "办公室", "办公厅", "办", "局", "委员会", "委", "厅", "管委会", "街道", "办事处", "镇", "乡", "中心", "开发区",
        "园区", "新区", "高新区", "院", "署", "队", "支队", "处", "公司", "集团", "学校", "大学", "中学", "小学", "幼儿园", "银行", "社", "联合会", "部",
        "站", "馆", "区", "县", "市", "省", "旗", "盟", "州", "苏木",
    ].map { Array($0.utf8) }
}
