import Reports
import Testing

@testable import ReportParsing

@Suite struct TraditionalCharactersTests {
    @Test(arguments: [
        ("一、本年新收政府信息公開申請數量", FormLabel.request(.newReceived)), ("屬於國家秘密", .request(.deniedStateSecret)),
        ("予以公開", .request(.granted)), ("結轉下年度繼續辦理", .request(.carriedForward)),
        ("沒有現成信息需要另行製作", .request(.unavailableRequiresCreation)), ("行政規範性文件", .proactive(.normativeDocuments)),
        ("結果維持", .outcome(.upheld)), ("尚未審結", .outcome(.pending)), ("總計", .total),
        ("行政處罰", .proactive(.administrativePenalty)), ("部分公開（區分處理的，只計這一情形，不計其他情形）", .request(.partiallyGranted)),
        ("無正當理由大量反覆申請", .request(.notHandledExcessive)), ("危及「三安全一穩定」", .request(.deniedSecurityAndStability)),
        ("未經複議直接起訴", .route(.direct)),
    ])
    func `labels of mirrored pages are known`(text: String, label: FormLabel) {
        #expect(FormLabel.exact(LabelKey(text)) == label)
    }

    @Test func `simplified text is left as it is`() {
        #expect(TraditionalCharacters.simplify("结转下年度继续办理".slice) == nil)
    }
}
