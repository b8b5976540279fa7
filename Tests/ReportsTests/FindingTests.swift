import Reports
import Testing

@Suite struct FindingTests {
    private let path = FigurePath.request(.granted, .total)

    @Test func `the fingerprint stays what it was`() {
        // Acknowledgements are stored under it: these must never change.
        #expect(Finding(.rowTotal, message: "", paths: [path], left: 3, right: 4).fingerprint == "77ad054b867801c9")
        #expect(Finding(.formTables, message: "table 二 was not found").fingerprint == "84d28ebbdf16857d")
    }

    @Test func `places and words do not change the fingerprint of a finding with figures`() {
        let finding = Finding(.rowTotal, message: "a", paths: [path], left: 3, right: 4)
        let again = Finding(
            .rowTotal, message: "b", paths: [path], left: 3, right: 4, places: [DocumentPlace(line: 1, text: "")])
        #expect(finding.fingerprint == again.fingerprint)
    }

    @Test func `check, state, figures and sides each change it`() {
        let all = [
            Finding(.rowTotal, message: "", paths: [path], left: 3, right: 4),
            Finding(.balance, message: "", paths: [path], left: 3, right: 4),
            Finding(.rowTotal, .uncertain, message: "", paths: [path], left: 3, right: 4),
            Finding(.rowTotal, message: "", paths: [.request(.granted, .naturalPerson)], left: 3, right: 4),
            Finding(.rowTotal, message: "", paths: [path], left: 34, right: nil),
            Finding(.rowTotal, message: "", paths: [path], left: nil, right: 34),
            Finding(.rowTotal, message: "a"), Finding(.rowTotal, message: "b"),
        ]
        #expect(Set(all.map(\.fingerprint)).count == all.count)
        #expect(all.allSatisfy { $0.fingerprint.wholeMatch(of: /[0-9a-f]{16}/) != nil })
    }

    @Test func `a doubt is never more than a warning, a notice never more than info`() {
        for check in Check.ID.allCases {
            #expect(Finding(check, message: "").severity == check.severity)
            #expect(Finding(check, .uncertain, message: "").severity <= .warning)
            #expect(Finding(check, .notice, message: "").severity == .info)
        }
        #expect(Severity.allCases.map(\.name) == ["info", "warning", "error"])
    }

    @Test func `a finding may matter less than its check, under the same fingerprint`() {
        let part = Finding(.carryRequests, severity: .warning, message: "", paths: [path])
        #expect(part.severity == .warning)
        #expect(part.fingerprint == Finding(.carryRequests, message: "", paths: [path]).fingerprint)
    }

    @Test func `a subject takes the place of the message, and stands beside figures`() {
        let one = Finding(.duplicateFigures, message: "likeness 0.9", subject: "甲 2023")
        #expect(one.fingerprint == Finding(.duplicateFigures, message: "0.95", subject: "甲 2023").fingerprint)
        #expect(one.fingerprint != Finding(.duplicateFigures, message: "likeness 0.9", subject: "乙 2023").fingerprint)
        let figure = Finding(.moneyScale, message: "", paths: [path])
        #expect(figure.fingerprint != Finding(.moneyScale, message: "", paths: [path], subject: "a").fingerprint)
    }
}
