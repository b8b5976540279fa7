import Reports
import Testing

@Suite struct CheckTests {
    @Test(arguments: Check.ID.allCases)
    func `every check has a formula, a basis and forms`(check: Check.ID) {
        #expect(!check.check.rule.isEmpty)
        #expect(!check.check.basis.isEmpty)
        #expect(!check.check.forms.isEmpty)
        #expect(check.rawValue.wholeMatch(of: /[a-z0-9]+\.[a-z0-9_]+/) != nil)
    }

    @Test func `names are unique`() {
        #expect(Set(Check.ID.allCases.map(\.rawValue)).count == Check.ID.allCases.count)
    }
}
