import Reports

/// What a label of a form stands for.
enum FormLabel: Sendable, Hashable {
    /// A row of table 三.
    case request(RequestLine)
    /// A label of table 三 that heads rows and has no figures of its own: 三、本年度办理结果, （三）不予公开 …
    case requestGroup(RequestLine.Group?)
    /// A column of table 三.
    case applicant(Applicant)
    /// A row of table 二.
    case proactive(ProactiveLine)
    /// A column of table 二.
    case proactiveColumn(ProactiveColumn)
    /// A block of table 四.
    case route(ReviewRoute)
    /// 行政诉讼: the head of two blocks of table 四.
    case litigation
    /// A column of table 四.
    case outcome(ReviewOutcome)
    /// 总计: a column of tables 三 and 四, or row （七）.
    case total
    /// 其他: a column of table 三, or row （六）3.
    case other
    /// 法人或其他组织: the head of five columns of table 三.
    case organizations
    /// 信息内容: what follows in a head of table 二 names its columns.
    case contents
    /// A word of a table's head that stands for nothing: 申请人情况, the 勾稽 note, 第二十条第（一）项.
    case head
    /// 统计指标, the head of the 2014 form.
    case statistics2014
    /// A row of the 2014 form.
    case statistic(Statistic2014)
    /// 被依法纠错数, of reviews or of lawsuits.
    case statisticCorrected
    /// 其他情形数, of reviews or of lawsuits.
    case statisticOther
    /// 条, 件, 次 …: the unit of a row of the 2014 form.
    case unit
}

extension FormLabel {
    /// The label of a key, exact; nil for unknown text.
    static func exact(_ key: LabelKey) -> FormLabel? {
        guard key.text.count <= table.longest else { return nil }
        return exact(key.text.span, key.ordinal) ?? TraditionalCharacters.simplify(key.text).flatMap { table[$0.span] }
    }

    /// The label of the words and the number before them, exact; nil for unknown text.
    static func exact(_ words: Span<UInt8>, _ ordinal: LabelKey.Ordinal?) -> FormLabel? {
        numbered(table[words], ordinal)
    }

    /// The label of the words and the number before them, without punctuation or with that of the forms: nearly all labels
    /// there are. Nil for any other text.
    static func printed(_ words: Span<UInt8>, _ ordinal: LabelKey.Ordinal?) -> FormLabel? {
        numbered(printedTable[words], ordinal)
    }

    private static func numbered(_ found: FormLabel?, _ ordinal: LabelKey.Ordinal?) -> FormLabel? {
        if case .other = found, case .group(6) = ordinal { return .requestGroup(.other) }
        return found
    }

    /// The label before a unit in brackets, `行政许可（件）`, `本年收费金额（单位：人民币万元）`, or a row of table 二 before any
    /// words in brackets, `行政规范性文件（县政府）`.
    static func qualified(_ folded: ArraySlice<UInt8>) -> FormLabel? {
        guard folded.last == UInt8(ascii: ")"), let open = folded.lastIndex(of: UInt8(ascii: "(")),
            open > folded.startIndex, let label = exact(LabelKey.of(folded[..<open]))
        else { return nil }
        switch label {
        case .proactive: return label
        case .proactiveColumn(.amountWan) where folded.dropLast().ends(with: tenThousandYuan): return label
        case .statistic(.requestFeesWan) where MoneyScale(endOf: folded[open...]) != nil: return label
        case .statistic(.capacityBudgetWan) where MoneyScale(endOf: folded[open...]) != nil: return label
        default:
            return folded.length(ofWordIn: units, at: open + 1) == folded.endIndex - open - 2 ? label : nil
        }
    }

    /// Whether the label that a text ends with stands in brackets, as words about another: `（一）予以公开（含部分公开）`.
    static func endsInBrackets(_ folded: ArraySlice<UInt8>) -> Bool {
        guard folded.last == UInt8(ascii: ")"), let open = folded.lastIndex(of: UInt8(ascii: "(")) else { return false }
        return suffix(LabelKey.of(folded[(open + 1)...])) != nil
    }

    private static let tenThousandYuan = Array("万元".utf8)
    private static let units: Words = [
        "单位:件", "单位:项", "单位:个", "单位:条", "单位:次", "单位:人次", "单位:人", "单位:宗", "单位:份", "单位:起", "单位:篇", "人次", "件", "个", "项",
        "条", "次", "人", "份", "篇", "宗", "起",
    ]

    /// The label that a text ends with, where others are run together before it (`（三）不予公开1.属于国家秘密`).
    static func suffix(_ key: LabelKey) -> FormLabel? {
        let text = key.text.span
        var start = 0
        while text.count - start >= 6 {
            if let label = table[text.extracting(start...)] {
                // 上年 before a name of table 二 makes another of it, and so does 其中; 历年累计 before any row's.
                guard start > 0 else { return label }
                let before = text.extracting(..<start)
                // 行政处罚、行政强制 is one row of both.
                if case .proactive = label, case .proactive = labelEnding(before) { return nil }
                return label.mayFollow(before) || endsInLabel(before) ? label : nil
            }
            // On to the next character.
            start += 1
            while start < text.count, text[start] & 0xc0 == 0x80 { start += 1 }
        }
        return nil
    }

    /// Whether the label may stand behind words that are no label.
    private func mayFollow(_ words: Span<UInt8>) -> Bool {
        switch self {
        case .proactive, .proactiveColumn: false
        case .statistic: Self.headWords.firstOffset(in: words) != nil
        case .request: Self.otherRows.firstOffset(in: words) == nil
        default: true
        }
    }

    private static let headWords: Words = ["情况", "其中", "本年", "全年"]
    private static let otherRows: Words = ["累计", "历年", "去年", "上年", "上一年", "同期", "未", "非"]

    /// The label that a text is, or that of a row which it ends with where the label of its group stands before it and no
    /// other word.
    static func row(_ key: LabelKey) -> FormLabel? {
        if let label = exact(key) { return label }
        let text = key.text.span
        for start in 0..<text.count where text[start] & 0xc0 != 0x80 {
            guard let label = table[text.extracting(start...)] else { continue }
            var end = start
            while end > 0, text[end - 1].isDigit { end -= 1 }
            if label == .request(.granted), end > one.count, text.holds(one.span, at: end - one.count) {
                end -= one.count
            }
            guard label.isRow, let before = labelEnding(text.extracting(..<end)), before != .unit else { return nil }
            return label
        }
        return nil
    }

    /// What is left of the number of `（一）予以公开` behind the label of its group.
    private static let one = Array("一".utf8)

    private static func endsInLabel(_ text: Span<UInt8>) -> Bool { labelEnding(text) != nil }

    /// The longest label that a text ends with.
    private static func labelEnding(_ text: Span<UInt8>) -> FormLabel? {
        for start in 0..<text.count where text[start] & 0xc0 != 0x80 {
            if let label = table[text.extracting(start...)] { return label }
        }
        return nil
    }

    /// Whether it stands in table 二.
    var isOfProactive: Bool {
        switch self {
        case .proactive, .proactiveColumn: true
        default: false
        }
    }

    /// The label that a text without ordinal, white space and punctuation is.
    static func named(_ key: Span<UInt8>) -> FormLabel? { table[key] }

    /// The lengths in characters of the labels that begin with a character, longest first; units are too short to be
    /// found in a running text.
    static let lengths: [UInt32: [Int]] = {
        var lengths: [UInt32: Set<Int>] = [:]
        for name in allNames.keys {
            let scalars = String(decoding: name, as: UTF8.self).unicodeScalars
            guard scalars.count >= 2, let first = scalars.first else { continue }
            lengths[first.value, default: []].insert(scalars.count)
        }
        return lengths.mapValues { $0.sorted(by: >) }
    }()

    private static let table = ByteTable(allNames)

    private static let printedTable = ByteTable(
        punctuated.reduce(into: allNames) { table, name in
            let folded = Normalization.fold(name)
            let words = folded[(folded.startIndex + LabelKey.start(folded.span).start)...]
            table[Array(words)] = allNames[Array(LabelKey(name).text)]
        })

    /// Labels as the forms print them, punctuation included.
    private static let punctuated = [
        "部分公开（区分处理的，只计这一情形，不计其他情形）", "其他法律、行政法规禁止公开", "法律、行政法规禁止公开", "危及“三安全一稳定”",
        "申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请", "申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
        "本年增/减", "本年收费金额（单位：万元）", "采购总金额（单位：万元）", "行政诉讼（未经复议直接起诉）", "行政诉讼（复议后起诉）",
        "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）", "第二十条第（一）项", "第二十条第（五）项", "第二十条第（六）项",
        "第二十条第（八）项", "第二十条第（九）项", "危及国家安全、公共安全、经济安全和社会稳定", "不是《条例》所指政府信息",
    ]

    /// The bytes of the longest label, ordinal and punctuation included.
    static let bytesMax = table.longest + 60

    private static let allNames: [[UInt8]: FormLabel] = {
        var table: [[UInt8]: FormLabel] = [:]
        for (label, names) in names {
            for name in names { table[Array(LabelKey(name).text)] = label }
        }
        return table
    }()

    /// Labels of rows, long enough to be known by most of their characters.
    static let rowNames: [(name: [Unicode.Scalar], label: FormLabel)] = names.flatMap { label, names in
        names.compactMap { name in
            let characters = Array(String(decoding: LabelKey(name).text, as: UTF8.self).unicodeScalars)
            return label.isRow && characters.count >= 4 ? (characters, label) : nil
        }
    }

    /// Whether it names a row of a table.
    var isRow: Bool {
        switch self {
        case .request, .proactive, .statistic: true
        default: false
        }
    }

    /// The name of a column of money, alone and with the units in which it may be printed.
    private static func amounts(_ name: String) -> [String] {
        let units = ["元", "千元", "万元", "十万元", "百万元", "亿元", "万", "人民币元", "人民币万元", "人民币"]
        return [name] + units.flatMap { [name + $0, name + "单位" + $0] }
    }

    /// The labels of the forms, and the shorter ones in use for them.
    private static let names: [(FormLabel, [String])] =
        [
            (
                .request(.newReceived),
                [
                    "本年新收政府信息公开申请数量", "本年新收政府信息公开申请数", "本年新收政府信息公开申请", "本年新收申请数量", "本年新收申请数", "本年新收",
                ]
            ),
            (
                .request(.carriedOver),
                [
                    "上年结转政府信息公开申请数量", "上年结转政府信息公开申请数", "上年结转政府信息公开申请", "上年结转申请数量", "上年结转申请数", "上年结转",
                ]
            ),
            (.requestGroup(nil), ["本年度办理结果", "办理结果"]),
            (.request(.granted), ["予以公开", "予以全部公开", "全部予以公开"]),
            (.request(.partiallyGranted), ["部分公开区分处理的只计这一情形不计其他情形", "部分公开区分处理的只计这一情形", "部分公开"]),
            (.requestGroup(.denied), ["不予公开"]),
            (.request(.deniedStateSecret), ["属于国家秘密"]),
            (.request(.deniedProhibitedByLaw), ["其他法律行政法规禁止公开", "法律行政法规禁止公开"]),
            (.request(.deniedSecurityAndStability), ["危及三安全一稳定"]),
            (.request(.deniedThirdPartyRights), ["保护第三方合法权益"]),
            (.request(.deniedInternalAffairs), ["属于三类内部事务信息", "三类内部事务信息", "属于内部事务信息"]),
            (.request(.deniedProcessInformation), ["属于四类过程性信息", "四类过程性信息", "属于过程性信息"]),
            (.request(.deniedEnforcementCaseFile), ["属于行政执法案卷", "行政执法案卷"]),
            (.request(.deniedAdministrativeInquiry), ["属于行政查询事项", "行政查询事项"]),
            (.requestGroup(.unavailable), ["无法提供"]),
            (.request(.unavailableNotHeld), ["本机关不掌握相关政府信息", "本机关不掌握相关信息", "本机关不掌握该信息"]),
            (.request(.unavailableRequiresCreation), ["没有现成信息需要另行制作"]),
            (.request(.unavailableStillUnclear), ["补正后申请内容仍不明确"]),
            (.requestGroup(.notHandled), ["不予处理"]),
            (.request(.notHandledPetitionOrComplaint), ["信访举报投诉类申请"]),
            (.request(.notHandledRepeated), ["重复申请"]),
            (.request(.notHandledPublicPublication), ["要求提供公开出版物"]),
            (.request(.notHandledExcessive), ["无正当理由大量反复申请", "无正当理由反复大量申请"]),
            (.request(.notHandledConfirmOrReissue), ["要求行政机关确认或重新出具已获取信息"]),
            (.requestGroup(.other), ["其他处理"]),
            (
                .request(.otherOverdueCorrection),
                [
                    "申请人无正当理由逾期不补正行政机关不再处理其政府信息公开申请", "申请人无正当理由逾期不补正行政机关不再处理其申请",
                    "申请人无正当理由逾期不补正行政机关不再处理", "申请人无正当理由逾期不补正", "逾期不补正",
                ]
            ),
            (
                .request(.otherOverdueFee),
                [
                    "申请人逾期未按收费通知要求缴纳费用行政机关不再处理其政府信息公开申请",
                    "申请人逾期未按收费通知要求缴纳费用行政机关不再处理其申请", "申请人逾期未按收费通知要求缴纳费用行政机关不再处理",
                    "申请人逾期未按收费通知要求缴纳费用",
                    "逾期不缴费", "逾期未缴费", "逾期不缴纳费用", "逾期未缴纳费用",
                ]
            ),
            (.request(.carriedForward), ["结转下年度继续办理", "结转下年度办理", "结转下一年度继续办理", "结转下年度"]),
            (.total, ["总计", "合计"]),
            (.other, ["其他"]),
            (.applicant(.naturalPerson), ["自然人"]),
            (.applicant(.commercialEnterprise), ["商业企业"]),
            (.applicant(.researchInstitution), ["科研机构"]),
            (.applicant(.publicWelfareOrganization), ["社会公益组织"]),
            (.applicant(.legalServiceOrganization), ["法律服务机构"]),
            (.organizations, ["法人或其他组织", "法人或者其他组织", "法人及其他组织", "法人和其他组织", "法人其他组织", "法人或其它组织", "法人"]),
            (.proactive(.rules), ["规章", "政府规章"]),
            (.proactive(.normativeDocuments), ["行政规范性文件", "规范性文件", "行政规范性文件数量", "规范性文件数量"]),
            (.proactive(.administrativeLicensing), ["行政许可"]),
            (.proactive(.otherPublicServices), ["其他对外管理服务事项"]),
            (.proactive(.administrativePenalty), ["行政处罚"]),
            (.proactive(.administrativeCoercion), ["行政强制"]),
            (.proactive(.administrativeFees), ["行政事业性收费", "行政事业性收费金额", "行政事业性收费项目"]),
            (.proactive(.centralizedProcurement), ["政府集中采购"]),
            (.proactiveColumn(.issued), ["本年制发件数", "本年制发数量", "本年制发数"]),
            (.proactiveColumn(.repealed), ["本年废止件数", "本年废止数量", "本年废止数"]),
            (.proactiveColumn(.inForce), ["现行有效件数", "现行有效数量", "现行有效数"]),
            (.proactiveColumn(.newlyMade), ["本年新制作数量", "本年新制定数量"]),
            (.proactiveColumn(.newlyDisclosed), ["本年新公开数量"]),
            (.proactiveColumn(.totalDisclosed), ["对外公开总数量", "对外公开总数"]),
            (.proactiveColumn(.itemsPreviousYear), ["上一年项目数量", "上一年项目数", "上年项目数量", "上年项目数"]),
            (.proactiveColumn(.itemsChange), ["本年增/减", "本年增减"]),
            (.proactiveColumn(.decisions), ["本年处理决定数量", "处理决定数量", "本年处理决定数", "处理决定数", "本年处理决定件数"]),
            (.proactiveColumn(.amountWan), amounts("本年收费金额")),
            (.proactiveColumn(.projects), ["采购项目数量"]),
            (.proactiveColumn(.totalAmount), amounts("采购总金额")),
            (.route(.administrativeReview), ["行政复议"]),
            (.route(.direct), ["未经复议直接起诉", "行政诉讼未经复议直接起诉"]),
            (.route(.afterReview), ["复议后起诉", "行政诉讼复议后起诉"]),
            (.litigation, ["行政诉讼"]),
            (.outcome(.upheld), ["结果维持"]),
            (.outcome(.corrected), ["结果纠正"]),
            (.outcome(.other), ["其他结果"]),
            (.outcome(.pending), ["尚未审结"]),
            (.contents, ["信息内容"]),
            (
                .head,
                [
                    "申请人情况", "类别", "本列数据的勾稽关系为第一项加第二项之和等于第三项加第四项之和",
                    "第二十条第一项", "第二十条第五项", "第二十条第六项", "第二十条第八项", "第二十条第九项",
                ]
            ),
            (.statistics2014, ["统计指标", "指标名称", "统计项目"]),
            (.statisticCorrected, ["被依法纠错数", "被依法纠错"]),
            (.statisticOther, ["其他情形数"]),
            (.unit, ["条", "件", "次", "篇", "个", "人", "人次", "万元", "元"]),
        ] + Statistic2014.allCases.map { (.statistic($0), $0.names) }
}
