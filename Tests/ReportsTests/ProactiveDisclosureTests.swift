import Reports
import Testing

@Suite struct ProactiveDisclosureTests {
    @Test func `each form has its rows and columns`() {
        func count(_ form: ReportForm) -> Int { ProactiveLine.allCases.reduce(0) { $0 + $1.columns(in: form).count } }
        #expect(count(.form2021) == 10)
        #expect(count(.form2019) == 22)
        #expect(count(.form2014) == 0)
    }

    @Test func `keys and labels are unique`() {
        #expect(Set(ProactiveLine.allCases.map(\.key)).count == ProactiveLine.allCases.count)
        #expect(Set(ProactiveColumn.allCases.map(\.label)).count == ProactiveColumn.allCases.count)
        #expect(ProactiveColumn.amountWan.key == "amountWan")
    }
}
