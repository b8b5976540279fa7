extension AgencyName {
    /// The name behind a title that has none before it: `2023年政府信息公开工作年度报告（甲县教育局）`, `…报告-甲县教育局`; nil for any other
    /// words there.
    static func behindTitle(_ title: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        if title.last == UInt8(ascii: ")"), let open = title.lastIndex(of: UInt8(ascii: "(")), ends(title[..<open]) {
            let name = title[(open + 1)...].dropLast()
            return isNamed(name) ? name : nil
        }
        return signed(title)?.name
    }

    /// A title without the name that a dash sets behind it.
    static func withoutNameBehindTitle(_ title: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        signed(title)?.title ?? title
    }

    /// A title and the name that a dash sets behind it. That of a government may be the name of a site.
    private static func signed(_ text: ArraySlice<UInt8>) -> (title: ArraySlice<UInt8>, name: ArraySlice<UInt8>)? {
        guard let report = text.lastOffset(of: report) else { return nil }
        let behind = text[(report + Self.report.count)...]
        let name = behind.trimming(dashes)
        guard name.startIndex > behind.startIndex, isNamed(name), !name.ends(with: government) else { return nil }
        return (text[..<behind.startIndex], name)
    }

    private static func ends(_ title: ArraySlice<UInt8>) -> Bool { title.ends(with: report) }

    private static let report = Array("报告".utf8)
    private static let government = Array("政府".utf8)
    private static let dashes: Words = ["-", "—", "–", "―", "─", ":"]
}
