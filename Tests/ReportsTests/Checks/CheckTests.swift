import Reports
import Testing

@Suite struct CheckTests {
    @Test(arguments: Check.ID.allCases)
    func `every check has a formula, a basis and forms`(check: Check.ID) {
        #expect(!check.formula.isEmpty)
        #expect(!check.basis.isEmpty)
        #expect(!check.forms.isEmpty)
        #expect(check.rawValue.wholeMatch(of: /[a-z]+\.[a-z0-9_]+/) != nil)
    }

    @Test func `names are unique`() {
        #expect(Set(Check.ID.allCases.map(\.rawValue)).count == Check.ID.allCases.count)
    }
}
