import Reports
import Testing

@Suite struct FormTableTests {
    @Test func `a new table is blank`() {
        let table = ReviewTable()
        #expect(table.isBlank)
        #expect(table[.direct, .total] == nil)
    }

    @Test func `every cell is its own`() {
        var table = FormTable<RequestLine, Applicant, Int>()
        for line in RequestLine.allCases {
            for applicant in Applicant.allCases { table[line, applicant] = line.rawValue * 100 + applicant.rawValue }
        }
        for line in RequestLine.allCases {
            for applicant in Applicant.allCases {
                #expect(table[line, applicant] == line.rawValue * 100 + applicant.rawValue)
            }
        }
    }

    @Test func `blank is not zero`() {
        var table = ReviewTable()
        let blank = table
        table[.direct, .other] = 0
        #expect(table != blank)
        #expect(!table.isBlank)
        table[.direct, .other] = nil
        #expect(table == blank)
    }
}
