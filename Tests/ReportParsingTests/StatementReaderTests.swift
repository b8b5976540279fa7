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
        ("全年新收申请78件，其中自然人申请75件。", ["received 78", "naturalPersons 75"]),
        ("全年作出行政许可决定1809件、行政处罚决定3件。", ["licensing 1809"]), ("其中予以公开38件。", ["granted 38"]),
        ("上年结转9件。", ["carriedOver 9"]), ("本年度新增申请7件。", ["received 7"]), ("收到依申请公开件7份。", ["received 7"]),
        ("2023年收到申请5件，结转至2024年办理2件，2022年结转3件。", ["received 5", "carriedForward 2", "carriedOver 3"]),
        ("接到申请7件。", ["received 7"]), ("新增依申请公开申请7件。", ["received 7"]), ("作出予以公开答复26件。", ["granted 26"]),
        ("全年新收政府信息公开申请三件。", ["received 3"]), ("全年新收政府信息公开申请一百零二件，结转下年度两件。", ["received 102", "carriedForward 2"]),
    ])
    func `counts are taken where the clause says of what`(text: String, expected: [String]) {
        #expect(statements(text) == expected)
    }

    @Test(arguments: [
        "受理县长信箱67件，回复率100%。", "12345热线转办申请类工单2549件。", "收到申请比上年增加12件。", "2022年收到政府信息公开申请40件。",
        "其中网络渠道收到申请6件、信函收到申请3件。", "全年开展依申请公开培训3次，抽查答复文书20件。",
        "公开人大建议和政协提案答复45件，行政复议案件公开12件。", "收到人大代表建议20件。其中予以公开15件。", "受理并办结申请中，自然人申请75件。", "对收到申请的每一件都登记。",
        "收到申请后第三件事是登记。", "第一季度收到申请3件。", "2023年上半年收到申请3件。", "1至6月收到申请3件。", "通过网站收到申请3件。",
        "局机关收到申请3件，二级机构收到申请1件。", "收到教师资格类申请4件。", "收到撤销信息公开申请2件。", "“新收申请数量”误录为88件，现更正为83件。",
        "收到申请后作出答复书3份。",
        "将规范性文件予以公开15件。", "收到申请三十余件。", "与收到申请一起登记。",
        "办理申请的延期答复3件，超期答复0件。", "收到申请后未到答复期限2件。", "受理并按时办结依申请公开47件。", "收到书面申请16件、网上申请32件。",
        "申请予以公开或部分公开26件。", "全年办理各类行政复议案件42件。", "全年办理行政复议案件42件。其中涉及政府信息公开的3件。",
        "行政诉讼案件39件，其中信息公开类诉讼9件。", "处理行政复议申请42件（非信息公开类）。", "收到申请128件，其中市本级48件。", "全县各级行政机关共收到申请80件。",
        "全年制发公文80件，其中不予公开16件，依申请公开16件。",
        "近年来累计收到申请400件。", "新收申请中自然人19件。", "收到申请20余件。", "办理人大代表建议35件。", "政务服务申请受理5602件。", "承办行政复议3件、行政诉讼2件，均与政府信息公开无关。",
    ])
    func `mailboxes, other years, comparisons and approximations are left alone`(text: String) {
        #expect(statements(text).isEmpty)
    }

    @Test func `what a whole place received is not what one of its agencies did`() {
        let text = Array("全县共收到政府信息公开申请386件。".utf8)[...]
        let place = DocumentPlace(line: 1, text: "")
        #expect(StatementReader(year: nil, isOfPlace: false).statements(text, at: place).isEmpty)
        #expect(StatementReader(year: nil, isOfPlace: true).statements(text, at: place).map(\.count) == [386])
        #expect(AgencyName.mayBePlace("甲县人民政府办公室".slice) && AgencyName.mayBePlace("甲县".slice))
        #expect(!AgencyName.mayBePlace("甲县教育局".slice))
    }
}
