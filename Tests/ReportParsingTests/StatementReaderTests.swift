import Reports
import Testing

@testable import ReportParsing

@Suite struct StatementReaderTests {
    private func statements(_ text: String, year: Int = 2023) -> [String] {
        StatementReader(year: ReportYear(year))
            .statements(Array(text.utf8)[...], at: DocumentPlace(line: 1, text: text))
            .map { "\($0.subject.rawValue) \($0.count)" }
    }

    @Test(arguments: [
        (
            "2023年，我区共收到政府信息公开申请3525件，上年结转121件，办结3521件，结转下年度125件。",
            ["received 3525", "carriedOver 121", "answered 3521", "carriedForward 125"]
        ),
        ("我办全年受理依申请公开37件，其中予以公开19件，部分公开8件。", ["received 37", "granted 19", "partiallyGranted 8"]),
        ("受理依申请公开26件均及时答复。", ["received 26", "allAnswered 0"]),
        ("2023年我区未收到政府信息公开申请。", ["received 0"]),
        ("因政府信息公开申请行政复议2件，行政诉讼1件。", ["reviews 2", "lawsuits 1"]),
    ])
    func `counts are taken where the clause says of what`(text: String, expected: [String]) {
        #expect(statements(text) == expected)
    }

    @Test(arguments: [
        "受理县长信箱67件，回复率100%。", "12345热线转办申请类工单2549件。", "收到申请比上年增加12件。", "2022年收到政府信息公开申请40件。",
        "近年来累计收到申请400件。", "新收申请中自然人19件。", "收到申请20余件。", "办理人大代表建议35件。",
    ])
    func `mailboxes, other years, comparisons and approximations are left alone`(text: String) {
        #expect(statements(text).isEmpty)
    }
}
