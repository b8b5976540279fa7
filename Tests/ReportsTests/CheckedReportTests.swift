import Reports
import Testing

@Suite struct CheckedReportTests {
    @Test func `errors come first, and findings get the places of their figures`() throws {
        var report = try Example.balanced()
        report.requests?[.granted, .total] = 5
        let path = FigurePath.request(.granted, .total)
        let place = DocumentPlace(line: 9, text: "5")
        let all = report.figurePaths.map {
            PrintedCell(
                path: $0, place: $0 == path ? place : DocumentPlace(line: 1, text: ""),
                remark: $0 == path ? "（约）" : nil,
                value: report[$0])
        }
        let own = Finding(.formLabels, message: "odd", places: [DocumentPlace(line: 7, text: "x")])
        let checked = CheckedReport(report, cells: all, readerFindings: [own])
        #expect(checked.findings.map(\.severity) == checked.findings.map(\.severity).sorted(by: >))
        #expect(checked.findings.first { $0.check == .rowTotal }?.places.first == place)
        #expect(checked.findings.first { $0.check == .formLabels }?.places == own.places)
        #expect(checked.findings.allSatisfy { $0.places.count <= 8 })
        #expect(checked.quality.checks.failed == 3)
    }
}
