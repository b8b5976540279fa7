import Reports

/// Tables of the 2021 form as tab-separated text, to be changed row by row.
struct TableText {
    var rows: [(label: String, cells: [String])]
    var reviews = Array(repeating: "0", count: 15)
    var proactive: [(label: String, cells: [String])] = [
        ("规章", ["0", "0", "0"]), ("行政规范性文件", ["3", "1", "28"]), ("行政许可", ["47"]), ("行政处罚", ["2"]), ("行政强制", ["0"]),
        ("行政事业性收费", ["12.50"]),
    ]

    /// Three requests received, two granted, one carried forward; all by natural persons.
    init() {
        let counts: [RequestLine: String] = [
            .newReceived: "3", .granted: "2", .totalProcessed: "2", .carriedForward: "1",
        ]
        rows = RequestTable().lines.map { line in
            let label = line.label.split(separator: " ").last.map(String.init) ?? ""
            let count = counts[line] ?? "0"
            return (label, [count, "0", "0", "0", "0", "0", count])
        }
    }

    /// Changes the cells of a row of table 三.
    mutating func set(_ line: RequestLine, _ cells: [String]) {
        rows[RequestTable().lines.firstIndex(of: line) ?? 0].cells = cells
    }

    var text: String { tables(between: "\t") }

    /// One cell a line; a blank cell leaves nothing.
    var lines: String { tables(between: "\n") }

    private func tables(between separator: String) -> String {
        func row(_ cells: [String]) -> String {
            (separator == "\n" ? cells.filter { !$0.isEmpty } : cells).joined(separator: separator) + "\n"
        }
        let heads = [["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"], ["信息内容", "本年处理决定数量"], ["信息内容", "本年收费金额（单位：万元）"]]
        var text = "甲县财政局2023年政府信息公开工作年度报告\n\n二、主动公开政府信息情况\n\n"
        for (index, line) in proactive.enumerated() {
            if let head = [0: heads[0], 2: heads[1], 5: heads[2]][index] { text += row(head) }
            text += row([line.label] + line.cells)
        }
        text += "\n三、收到和处理政府信息公开申请情况\n\n"
        for line in rows { text += row([line.label] + line.cells) }
        let head = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
        text += "\n四、政府信息公开行政复议、行政诉讼情况\n\n" + row(["行政复议", "行政诉讼"]) + row(head + head + head) + row(reviews)
        return text + "\n五、存在的主要问题及改进情况\n\n无。\n"
    }
}
