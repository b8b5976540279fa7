import Reports
import Testing

@testable import ReportParsing

@Suite struct FormLabelTests {
    @Test(arguments: RequestLine.allCases.filter { ![.otherTotal, .otherOther, .totalProcessed].contains($0) })
    func `the form's own label of a row is known, with its group and without`(line: RequestLine) {
        let words = line.label.split(separator: " ")
        #expect(FormLabel.exact(LabelKey(String(words[words.count - 1]))) == .request(line))
        #expect(FormLabel.suffix(LabelKey(line.label)) == .request(line))
    }

    @Test(arguments: [
        ("行政许可（件）", FormLabel.proactive(.administrativeLicensing)), ("1.属于国家秘密（单位：件）", .request(.deniedStateSecret)),
        ("七、依申请公开信息收取的费用（万元）", .statistic(.requestFeesWan)),
        ("结果维持（件）", .outcome(.upheld)), ("规范性文件（县政府）", .proactive(.normativeDocuments)),
        ("本年收费金额（单位：人民币万元）", .proactiveColumn(.amountWan)), ("本年收费金额（单位：人民币元）", .proactiveColumn(.amountWan)),
        ("（一）予以公开（含部分公开）", nil), ("区政府行政规范性文件", nil), ("行政许可变更", nil),
    ])
    func `a label may have its unit in brackets, no other words but in rows of table 二`(text: String, label: FormLabel?)
    {
        let content = Piece.Content(text.slice, allowsMisprints: true)
        #expect(content == .text || label != nil)
        if let label, case .label(let found, _) = content { #expect(found == label) } else { #expect(label == nil) }
    }

    @Test(arguments: ProactiveLine.allCases)
    func `the rows and columns of table 二 are known`(line: ProactiveLine) {
        #expect(FormLabel.exact(LabelKey(line.label)) == .proactive(line))
        for column in line.columns(in: .form2021) + line.columns(in: .form2019) {
            #expect(FormLabel.exact(LabelKey(column.label)) == .proactiveColumn(column))
        }
    }

    @Test(arguments: [
        ("（六）其他", FormLabel.requestGroup(.other)), ("其他", .other), ("3.其他", .other), ("总计", .total),
        ("（七） 总 计", .total),
        ("申请人情况", .head), ("结果 维持", .outcome(.upheld)), ("未经复议直接起诉", .route(.direct)), ("统计指标", .statistics2014),
        ("（三）不予公开", .requestGroup(.denied)), ("商业\n企业", .applicant(.commercialEnterprise)),
    ])
    func `short labels are told by ordinal and words`(text: String, label: FormLabel) {
        #expect(FormLabel.exact(LabelKey(text)) == label)
    }

    @Test(arguments: ["", "公开", "我局公开信息", "结果", "数量", "规章制度", "一", "123"])
    func `unknown words are no label`(text: String) {
        #expect(FormLabel.exact(LabelKey(text)) == nil)
        #expect(FormLabel.misprinted(LabelKey(text)) == nil)
    }

    @Test(arguments: [
        ("2.其他法律行政止公开", FormLabel.request(.deniedProhibitedByLaw)),
        ("1.信访举报投诉类申清", .request(.notHandledPetitionOrComplaint)),
        ("1.本机关不掌握相关政信息", .request(.unavailableNotHeld)), ("3.危及“三安全一稳足”", .request(.deniedSecurityAndStability)),
        ("2.重复申情", .request(.notHandledRepeated)), ("行政许司", .proactive(.administrativeLicensing)),
        ("危及3安全一稳定", .request(.deniedSecurityAndStability)),
    ])
    func `a misprinted label has one right answer`(text: String, label: FormLabel) {
        #expect(FormLabel.exact(LabelKey(text)) == nil)
        #expect(FormLabel.misprinted(LabelKey(text)) == label)
    }

    @Test(arguments: ["属于三四类信息", "行政处可", "行政强可", "完全不同的一句话", "行政许可0", "本年新收政府信息公开申请数量19"])
    func `ambiguous, distant and figure-carrying texts are no misprint`(text: String) {
        #expect(FormLabel.misprinted(LabelKey(text)) == nil)
    }

    @Test func `a suffix is a label of at least two characters`() {
        #expect(FormLabel.suffix(LabelKey("（四）无法提供1.本机关不掌握相关政府信息")) == .request(.unavailableNotHeld))
        #expect(FormLabel.suffix(LabelKey("某")) == nil)
        #expect(FormLabel.suffix(LabelKey("不相干的话")) == nil)
    }

    @Test(arguments: ["上年处理决定数量", "上年现行有效件数", "其中：区政府行政规范性文件"])
    func `words before a name of table 二 make another of it`(text: String) {
        #expect(FormLabel.suffix(LabelKey(text)) == nil)
        #expect(FormLabel.suffix(LabelKey("第二十条第（五）项行政许可")) == .proactive(.administrativeLicensing))
    }
}
