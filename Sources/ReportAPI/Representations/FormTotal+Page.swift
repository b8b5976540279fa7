internal import ReportSheets
internal import ReportStore
internal import Reports
internal import Spreadsheets

extension FormTotal {
    /// One row for each figure.
    func rows(_ options: CSVOptions) -> [[CSVWriter.Field]] {
        let names = options.hasChineseHeader ? ["项目", "合计", "空白份数"] : ["figure", "sum", "blanks"]
        let paths = FigurePath.all(in: summary.form, otherIsOneRow: summary.otherIsOneRow)
        return [names.map { .text($0) }]
            + paths.map { path in
                let sum = summary.figures[path].map(\.numberWithUnit)
                return [
                    .text(options.hasChineseHeader ? path.label : path.description), .number(sum),
                    .integer(summary.blanks[path] ?? 0),
                ]
            }
    }

    /// What is said below the title of a page.
    ///
    /// - Parameter listsAre: where the lists stand, seen from there.
    func caption(_ listsAre: String) -> String {
        var parts: [String] = []
        if !selection.conditions.isEmpty { parts.append("选取条件：\(selection.conditions.joined(separator: "，"))") }
        parts.append("共\(group.reports)份报告")
        if let missing, let expected = group.expectedAgencies {
            parts.append("应报\(expected)个机关，缺报\(missing.count)个")
        }
        if failing.count > 0 { parts.append("\(failing.count)份校验有误") }
        let otherForms = summary.leftOut.filter(\.isWhole).reduce(0) { $0 + $1.reports }
        if otherForms > 0 { parts.append("其中\(otherForms)份格式不同，未计入本表") }
        if !contradictions.isEmpty { parts.append("合计数有\(contradictions.count)处勾稽不平，见\(listsAre)") }
        if otherScope > 0 { parts.append("另有\(otherScope)份\(Self.scopeWords)未计入") }
        if nested.count > 0 { parts.append("\(nested.count)份下级汇总报告已含于上级汇总，未计入") }
        parts += warnings.map(\.chinese)
        return parts.joined(separator: "；")
    }

    /// What a list is of, how many there are, and how many of them it names where that is not all.
    static func heading(_ name: String, _ count: Int, named: Int) -> String {
        named == count ? "\(name)（\(count)）" : "\(name)（共\(count)，以下列出前\(named)）"
    }

    private static let scopeWords = "范围不同的报告"

    /// What goes with a page: who is missing, whose figures are wrong, what is blank, and what was left out.
    func lists(_ regions: RegionDirectory) -> [FormList] {
        var lists: [FormList] = []
        if let missing {
            lists.append(
                FormList(
                    heading: Self.heading("缺报机关", missing.count, named: missing.agencies.count),
                    columns: ["机关名称", "行政区划"], widths: [8, 7],
                    rows: missing.agencies.map { [.text($0.name), .text(regions.named($0.region)?.name ?? "")] }))
        }
        lists.append(
            FormList(
                heading: Self.heading("校验有误的报告", failing.count, named: failing.reports.count),
                columns: ["机关名称", "年度", "校验规则"], widths: [7, 2, 6],
                rows: failing.reports.map { head, checks in
                    [.text(head.agencyName), .integer(head.year), .text(checks.map(\.label).joined(separator: "；"))]
                }))
        if !contradictions.isEmpty {
            lists.append(
                FormList(
                    heading: "合计数勾稽不平之处（因部分报告漏填或有误）", columns: ["校验规则", "行", "列", "左边", "右边"],
                    widths: [5, 4, 2, 2, 2],
                    rows: contradictions.map { finding in
                        // The parts are known from the rule: the cell that they should give says where.
                        let words = finding.paths.first?.words
                        return [
                            .text(finding.check.label), .text(words?.row ?? ""), .text(words?.column ?? ""),
                            finding.left.map { .integer($0) } ?? .empty, finding.right.map { .integer($0) } ?? .empty,
                        ]
                    }))
        }
        if !blanks.isEmpty {
            lists.append(
                FormList(
                    heading: "部分报告未填报的项目", columns: ["项目", "未填报份数"], widths: [12, 3],
                    rows: blanks.map { [.text($0.path.label), .integer($0.count)] }))
        }
        if !withoutUnit.isEmpty {
            lists.append(
                FormList(
                    heading: "因单位不明未计入的金额", columns: ["项目", "份数"], widths: [12, 3],
                    rows: withoutUnit.map { [.text($0.path.label), .integer($0.count)] }))
        }
        return lists + leftOutLists + nestedLists(regions) + warningLists
    }

    private var leftOutLists: [FormList] {
        guard !summary.leftOut.isEmpty else { return [] }
        let rows = summary.leftOut.flatMap { left -> [[Cell]] in
            let names = left.isWhole ? ["全部（\(left.paths.count)项）"] : left.paths.map(\.label)
            return names.map { [.text(left.form.label), .integer(left.reports), .text($0)] }
        }
        let others = summary.leftOut.flatMap { left -> [[Cell]] in
            left.comparable.map { figure in
                [
                    .text(left.form.label), .text(figure.path.label), .text(figure.printed.label),
                    .integer(figure.reports), .number(figure.sum.number),
                ]
            }
        }
        let list = FormList(
            heading: "因格式不同未计入的项目", columns: ["格式", "份数", "项目"], widths: [3, 2, 10], rows: rows)
        guard !others.isEmpty else { return [list] }
        return [
            list,
            FormList(
                heading: "其中与本表口径相同、未计入合计的项目（统计中跨格式合计时计入）",
                columns: ["格式", "本表项目", "原表项目", "填报份数", "合计"], widths: [3, 4, 4, 2, 2], rows: others),
        ]
    }

    private func nestedLists(_ regions: RegionDirectory) -> [FormList] {
        guard nested.count > 0 else { return [] }
        return [
            FormList(
                heading: Self.heading("已含于上级汇总、未计入的汇总报告", nested.count, named: nested.heads.count),
                columns: ["机关名称", "年度", "行政区划"], widths: [7, 2, 6],
                rows: nested.heads.map { head in
                    [.text(head.agencyName), .integer(head.year), .text(regions.named(head.agency.region)?.name ?? "")]
                })
        ]
    }

    private var warningLists: [FormList] {
        warnings.filter { !$0.paths.isEmpty }.map { warning in
            FormList(
                heading: "提示：\(warning.chinese)", columns: ["项目"], widths: [15],
                rows: warning.paths.map { [.text($0.label)] })
        }
    }
}
