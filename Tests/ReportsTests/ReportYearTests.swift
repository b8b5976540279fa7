import Reports
import Testing

@Suite struct ReportYearTests {
    @Test func `years lie from 2008 to 2099`() {
        #expect(ReportYear(2007) == nil)
        #expect(ReportYear(2008)?.value == 2008)
        #expect(ReportYear(2099)?.value == 2099)
        #expect(ReportYear(2100) == nil)
        #expect(ReportYear(-1) == nil)
    }

    @Test func `earlier years come first`() throws {
        #expect(try Example.year(2020) < Example.year(2021))
    }
}
