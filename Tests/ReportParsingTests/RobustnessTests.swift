import Documents
import ReportParsing
import Reports
import Support
import Testing

/// Bytes and words that nobody meant as a report.
@Suite struct RobustnessTests {
    private static let words = [
        "规章", "行政规范性文件", "行政许可", "本年制发件数", "本年新制作数量", "信息内容", "一、本年新收政府信息公开申请数量", "（一）予以公开", "（六）其他处理",
        "3.其他", "（七）总计", "总计", "其他", "四、结转下年度继续办理", "结果维持", "尚未审结", "行政复议", "复议后起诉", "一、总体情况", "三、收到和处理政府信息公开申请情况",
        "勾稽关系", "自然人", "商业企业", "0", "1", "12", "00", "-5", "9999999999999999", "/", "—", "无", "3.5万元", "5（含2件）", "\t",
        "\t", "|", " | ",
        "\n", "\n", "\n\n", "\n\n\n", " ", "\u{3000}", "<td>", "</td>", "<tr>", "<table>", "</table>", "<h2>", "2023年",
        "政府信息公开工作年度报告", "。", "（", "）",
        "\u{0}", "😀", "#", "---", "勾稽关系" + String(repeating: "公开。", count: 200),
    ]

    @Test(arguments: 0..<150)
    func `random words never crash and are read the same twice`(seed: Int) throws {
        var random = SeededGenerator(seed: seed)
        let count = Int.random(in: 1...400, using: &random)
        let text = (0..<count).map { _ in Self.words.randomElement(using: &random) ?? "" }.joined()
        for name in ["a.txt", "a.html"] {
            guard let document = try? Document.read(Array(text.utf8), name: name) else { continue }
            let first = ReportParser.parse(document)
            let second = ReportParser.parse(document)
            #expect(first.cells == second.cells)
            #expect(first.findings == second.findings)
            if let year = ReportYear(2023) {
                _ = CheckedReport(first.report(agency: "", year: year), cells: first.cells)
            }
        }
    }

    @Test(arguments: 0..<100)
    func `random bytes never crash`(seed: Int) {
        var random = SeededGenerator(seed: seed)
        let bytes = (0..<Int.random(in: 0...2000, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random)
        }
        if let document = try? Document.read(bytes) { _ = ReportParser.parse(document) }
        // The parser takes documents from other hands too: spans that cut characters must not trap.
        let spans = stride(from: 0, to: bytes.count, by: 7).map { TextSpan(start: $0, end: min($0 + 7, bytes.count)) }
        let blocks = spans.map { Block.paragraph(Paragraph(text: $0, place: Place(line: 1))) }
        _ = ReportParser.parse(Document(text: bytes, blocks: blocks))
    }

    @Test(arguments: [
        "规章 ", "（一）予以公开 1 ", "0", "勾稽关系", "（", "一、", "结果维持 ", "（一）予以公开\t", "\n1", "（一）予以公开\n1\n1\n", "|\n", "勾稽关系一、（",
    ])
    func `long repetition is read in bounded time`(unit: String) throws {
        let text = String(repeating: unit, count: 60_000 / unit.utf8.count)
        let document = try Document.read(Array(text.utf8))
        _ = ReportParser.parse(document)
    }
}
