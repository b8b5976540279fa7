/// A rule that every report is held to.
public struct Check: Sendable {
    /// The stable name of a check.
    public enum ID: String, Sendable, Hashable, CaseIterable {
        case rowTotal = "requests.row_total"
        case processedTotal = "requests.processed_total"
        case balance = "requests.balance"
        case nonNegativeIntegers = "requests.non_negative_integers"
        case bounds = "requests.bounds"
        case reviewTotal = "reviews.total"
        case carryRequests = "carry.requests"
        case carryInForce = "carry.in_force"
        case carryItems2019 = "carry.items_2019"
        case carryPending = "carry.pending"
        case disclosed2019 = "proactive.disclosed_2019"
        case statistics2014Sums = "statistics2014.sums"
        case narrativeRequests = "narrative.requests"
        case narrativeReviews = "narrative.reviews"
        case narrativeDocuments = "narrative.documents"
        case narrativeAllAnswered = "narrative.all_answered"
        case narrativeZero = "narrative.zero"
        case identityYear = "identity.year"
        case identityAgency = "identity.agency"
        case identityRegion = "identity.region"
        case formFamily = "form.family"
        case formSections = "form.sections"
        case formTables = "form.tables"
        case formLabels = "form.labels"
        case blankCells = "cells.blank"
        case inferredCells = "cells.inferred"
        case remarkedCells = "cells.remark"
        case moneyScale = "money.scale"
        case timingDue = "timing.due"
        case duplicateFigures = "duplicate.figures"
        case changeLarge = "change.large"
        case consolidatedSum = "consolidated.sum"
        case repairSuggestion = "repair.suggestion"
    }

    /// The stable name.
    public let id: ID
    /// How much a failure matters.
    public let severity: Severity
    /// The forms that the check applies to.
    public let forms: [ReportForm]
    /// The rule as a formula or a short sentence.
    public let rule: String
    /// The legal or arithmetic basis.
    public let basis: String
}

extension Check.ID {
    /// The check of this name.
    public var check: Check { Check.byID[self] ?? Check.catalogue[0] }

    /// How much a failure matters.
    public var severity: Severity { check.severity }
}

extension Check {
    fileprivate static let byID = Dictionary(uniqueKeysWithValues: catalogue.map { ($0.id, $0) })

    private static let tables: [ReportForm] = [.form2021, .form2019]
    private static let all: [ReportForm] = [.form2021, .form2019, .form2014]
    private static let forms30 = "国办公开办函〔2021〕30号; 〔2019〕60号; 国办发〔2014〕32号"
    private static let sameYear = "the prose and the tables of one report state the same year"
    private static let acrossYears = "one year ends as the next begins"

    /// Every check, in the order in which reports are read.
    public static let catalogue: [Check] = [
        Check(
            id: .rowTotal, severity: .error, forms: tables,
            rule: "自然人 + 商业企业 + 科研机构 + 社会公益组织 + 法律服务机构 + 其他 = 总计, each row", basis: "arithmetic"),
        Check(
            id: .processedTotal, severity: .error, forms: tables,
            rule: "（一） + （二） + Σ（三） + Σ（四） + Σ（五） + Σ（六） = （七）总计, each column", basis: "arithmetic"),
        Check(
            id: .balance, severity: .error, forms: tables,
            rule: "一、本年新收 + 二、上年结转 = （七）总计 + 四、结转下年度, each column",
            basis: "the form's own 勾稽关系: 第一项加第二项之和，等于第三项加第四项之和"),
        Check(
            id: .nonNegativeIntegers, severity: .error, forms: all, rule: "every count is a whole number, 0 or more",
            basis: "arithmetic"),
        Check(
            id: .bounds, severity: .error, forms: tables, rule: "（七）总计 ≤ 一、本年新收 + 二、上年结转, each column",
            basis: "arithmetic"),
        Check(
            id: .reviewTotal, severity: .error, forms: tables,
            rule: "结果维持 + 结果纠正 + 其他结果 + 尚未审结 = 总计, each block", basis: "arithmetic"),
        Check(
            id: .carryRequests, severity: .error, forms: tables,
            rule: "结转下年度 of the previous year = 上年结转, each column; a single column is a warning", basis: acrossYears),
        Check(
            id: .carryInForce, severity: .warning, forms: [.form2021],
            rule: "现行有效 of the previous year + 本年制发 − 本年废止 = 现行有效, 规章 and 行政规范性文件", basis: acrossYears),
        Check(
            id: .carryItems2019, severity: .warning, forms: [.form2019],
            rule: "上一年项目数量 + 本年增/减 of the previous year = 上一年项目数量", basis: acrossYears),
        Check(
            id: .carryPending, severity: .info, forms: tables,
            rule: "尚未审结 of the previous year ≤ 总计, each block", basis: acrossYears),
        Check(
            id: .disclosed2019, severity: .warning, forms: [.form2019], rule: "对外公开总数量 ≥ 本年新公开数量",
            basis: "arithmetic"),
        Check(
            id: .statistics2014Sums, severity: .error, forms: [.form2014],
            rule: "收到申请数, 申请办结数, 申请答复数, 不同意公开答复数, 行政复议数量, 行政诉讼数量, 工作人员数 = the sum of their parts",
            basis: "arithmetic"),
        Check(
            id: .narrativeRequests, severity: .warning, forms: all,
            rule:
                "received = 本年新收, or 本年新收 + 上年结转; answered = （七）总计; carried over, carried forward, outcomes as in table 三",
            basis: sameYear),
        Check(
            id: .narrativeReviews, severity: .warning, forms: all,
            rule: "reviews and lawsuits of the prose as in table 四",
            basis: sameYear),
        Check(
            id: .narrativeDocuments, severity: .info, forms: all,
            rule: "行政规范性文件 and decisions of the prose as in table 二",
            basis: sameYear),
        Check(
            id: .narrativeAllAnswered, severity: .info, forms: tables, rule: "均已答复 only where 结转下年度 = 0",
            basis: sameYear),
        Check(
            id: .narrativeZero, severity: .error, forms: all,
            rule: "未收到申请 only where 本年新收 = 0, and a count only where it is not", basis: sameYear),
        Check(
            id: .identityYear, severity: .error, forms: all,
            rule: "title, period and address name the same year; published after it", basis: "政府信息公开条例 第五十条"),
        Check(
            id: .identityAgency, severity: .error, forms: all,
            rule: "the document is of the agency that it is filed under",
            basis: "政府信息公开条例 第四十九条"),
        Check(
            id: .identityRegion, severity: .info, forms: all,
            rule: "the agency's division is known without a guess", basis: "GB/T 2260"),
        Check(
            id: .formFamily, severity: .warning, forms: all,
            rule: "统计表 until 2018, the form of 2019 for 2019 and 2020, that of 2021 from then on", basis: forms30),
        Check(
            id: .formSections, severity: .warning, forms: tables, rule: "sections 一 to 六 are present and in order",
            basis: forms30),
        Check(
            id: .formTables, severity: .error, forms: all, rule: "every table is present and complete", basis: forms30),
        Check(
            id: .formLabels, severity: .warning, forms: all,
            rule: "every label appears once, with the form's number of cells", basis: forms30),
        Check(
            id: .blankCells, severity: .info, forms: all, rule: "how many cells are blank or hold a placeholder",
            basis: "provenance"),
        Check(
            id: .inferredCells, severity: .warning, forms: all, rule: "how many figures were placed by the identities",
            basis: "provenance"),
        Check(
            id: .remarkedCells, severity: .info, forms: all, rule: "figures with words beside them", basis: "provenance"
        ),
        Check(
            id: .moneyScale, severity: .warning, forms: all,
            rule: "fees are in 万元, the form's unit; no factor near 10⁴ against the previous year",
            basis: "国办公开办函〔2021〕30号, table 二"),
        Check(
            id: .timingDue, severity: .info, forms: all,
            rule:
                "departments by 31 January, local governments by 31 March of the next year; until 2018 all by 31 March",
            basis: "政府信息公开条例 第四十九条, 第五十条"),
        Check(
            id: .duplicateFigures, severity: .warning, forms: all,
            rule: "not every figure, nor nearly the whole narrative, is that of another report", basis: "plausibility"),
        Check(
            id: .changeLarge, severity: .info, forms: all,
            rule: "no telling figure of 30 or more becomes over 5 times or under a fifth of the previous year's",
            basis: "plausibility"),
        Check(
            id: .consolidatedSum, severity: .info, forms: all,
            rule:
                "requests received and processed, reviews and lawsuits of a 汇总 are at least the sums of the known own "
                + "reports that it covers", basis: "arithmetic"),
        Check(
            id: .repairSuggestion, severity: .info, forms: tables,
            rule: "a misprint, swap, shift or split figure that would make row and columns add up", basis: "arithmetic"),
    ]
}
