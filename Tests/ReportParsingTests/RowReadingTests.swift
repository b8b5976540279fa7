import Reports
import Testing

@testable import ReportParsing

@Suite struct DigitRunTests {
    @Test func `a run is cut in every way without leading zeros`() {
        #expect(DigitRun.cuts("120".slice, into: 2, limit: 9) { _ in true } == [[1, 20], [12, 0]])
        #expect(DigitRun.cuts("100".slice, into: 2, limit: 9) { _ in true } == [[10, 0]])
        #expect(DigitRun.cuts("1234".slice, into: 2, limit: 9) { _ in true } == [[1, 234], [12, 34], [123, 4]])
        #expect(DigitRun.cuts("1/0".slice, into: 3, limit: 9) { _ in true } == [[1, nil, 0]])
        #expect(DigitRun.cuts("12".slice, into: 3, limit: 9) { _ in true }.isEmpty)
        #expect(DigitRun.cuts("".slice, into: 0, limit: 9) { _ in true } == [[]])
    }

    @Test func `the rule and the limit end the search`() {
        #expect(DigitRun.cuts("1234".slice, into: 2, limit: 2) { _ in true }.count == 2)
        let sums = DigitRun.cuts("112".slice, into: 3, limit: 9) {
            $0.count < 3 || ($0[0] ?? 0) + ($0[1] ?? 0) == $0[2]
        }
        #expect(sums == [[1, 1, 2]])
    }

    @Test func `a hostile run is given up`() {
        let run = String(repeating: "1", count: 400)
        #expect(DigitRun.cuts(run.slice, into: 60, limit: 64) { _ in true }.isEmpty)
    }
}
