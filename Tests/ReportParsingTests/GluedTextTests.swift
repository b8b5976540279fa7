import Testing

@testable import ReportParsing

@Suite struct GluedTextTests {
    private func cells(_ text: String) -> [String] {
        let bytes = text.slice
        return GluedText.cells(bytes).map {
            "\($0.kind) " + String(decoding: bytes[$0.span.start..<$0.span.end], as: UTF8.self)
        }
    }

    @Test(arguments: [
        ("规章000行政规范性文件002", ["cell 规章", "run 000", "cell 行政规范性文件", "run 002"]),
        (
            "（三）不予公开1.属于国家秘密00000002.其他法律行政法规禁止公开1000001",
            ["cell （三）不予公开", "cell 属于国家秘密", "run 0000000", "cell 其他法律行政法规禁止公开", "run 1000001"]
        ),
        ("行政许可1,283行政处罚12.5", ["cell 行政许可", "run 1,283", "cell 行政处罚", "run 12.5"]),
        ("本年增/减规章//0", ["cell 本年增/减", "cell 规章", "run //0"]),
        ("", []), ("没有标签", []),
    ])
    func `labels and runs of figures are told apart`(text: String, cells: [String]) {
        #expect(self.cells(text) == cells)
    }
}
