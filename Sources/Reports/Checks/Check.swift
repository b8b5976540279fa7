/// A rule that every report is held to, from the catalogue of checks.
public enum Check {
    /// The stable name of a check.
    public enum ID: String, Sendable, Hashable, CaseIterable {
        /// The six applicant columns of a row add up to its 总计.
        case rowTotal = "requests.row_total"
        /// The outcomes of a column add up to （七）总计.
        case processedTotal = "requests.processed_total"
        /// N + C = P + F, the form's own 勾稽关系.
        case balance = "requests.balance"
        /// Counts are not negative.
        case nonNegativeIntegers = "requests.non_negative_integers"
        /// P ≤ N + C even where a part is blank.
        case bounds = "requests.bounds"
        /// The four outcomes of a review or lawsuit add up to its 总计.
        case reviewTotal = "reviews.total"
        /// 对外公开总数量 ≥ 本年新公开数量 (2019).
        case disclosed2019 = "proactive.disclosed_2019"
        /// The parts of a total of the 2014 form add up to it.
        case statistics2014Sums = "statistics2014.sums"
        /// Requests that the prose counts, and the table.
        case narrativeRequests = "narrative.requests"
        /// Reviews and lawsuits that the prose counts, and the table.
        case narrativeReviews = "narrative.reviews"
        /// Documents that the prose counts, and the table.
        case narrativeDocuments = "narrative.documents"
        /// The prose says that all was answered while requests are carried forward.
        case narrativeAllAnswered = "narrative.all_answered"
        /// The prose says that nothing was received while the table does not, or the other way round.
        case narrativeZero = "narrative.zero"
        /// Title, period and address name the same year.
        case identityYear = "identity.year"
        /// The document names the agency that it is stored under.
        case identityAgency = "identity.agency"
        /// The form is the one of its year.
        case formFamily = "form.family"
        /// Six sections, in order, not empty.
        case formSections = "form.sections"
        /// Every table is there and complete.
        case formTables = "form.tables"
        /// Labels are known, appear once, and have the expected number of cells.
        case formLabels = "form.labels"
        /// Blanks and placeholders.
        case blankCells = "cells.blank"
        /// Figures placed by the form's identities.
        case inferredCells = "cells.inferred"
        /// Figures with words beside them.
        case remarkedCells = "cells.remark"
    }
}

extension Check.ID {
    /// How much a failure matters.
    public var severity: Severity {
        switch self {
        case .rowTotal, .processedTotal, .balance, .nonNegativeIntegers, .bounds, .reviewTotal, .statistics2014Sums,
            .identityYear, .identityAgency, .formTables, .narrativeZero:
            .error
        case .disclosed2019, .formFamily, .formSections, .formLabels, .inferredCells, .narrativeRequests,
            .narrativeReviews:
            .warning
        case .blankCells, .remarkedCells, .narrativeDocuments, .narrativeAllAnswered: .info
        }
    }

    /// The rule as a formula or a short sentence.
    public var formula: String {
        switch self {
        case .rowTotal: "自然人 + 商业企业 + 科研机构 + 社会公益组织 + 法律服务机构 + 其他 = 总计"
        case .processedTotal: "（一） + （二） + Σ（三） + Σ（四） + Σ（五） + Σ（六） = （七）总计"
        case .balance: "一、本年新收 + 二、上年结转 = （七）总计 + 四、结转下年度"
        case .nonNegativeIntegers: "every count ≥ 0"
        case .bounds: "（七）总计 ≤ 一、本年新收 + 二、上年结转"
        case .reviewTotal: "结果维持 + 结果纠正 + 其他结果 + 尚未审结 = 总计"
        case .disclosed2019: "对外公开总数量 ≥ 本年新公开数量"
        case .statistics2014Sums: "each total of 收到申请数, 申请办结数, 申请答复数, 不同意公开答复数, 行政复议, 行政诉讼, 工作人员数 = its parts"
        case .narrativeRequests:
            "received = 本年新收, or 本年新收 + 上年结转; answered = （七）总计; carried over, carried forward and outcomes as in table 三"
        case .narrativeReviews: "reviews and lawsuits of the prose = 总计 of table 四"
        case .narrativeDocuments: "行政规范性文件 issued, in the prose = in table 二"
        case .narrativeAllAnswered: "“均已答复” only where 结转下年度 = 0"
        case .narrativeZero: "“未收到申请” only where 本年新收 = 0, and a count only where it is not"
        case .identityYear: "year of the title = year of the period = year of the address"
        case .identityAgency: "agency of the document = agency of the address"
        case .formFamily: "2019 form for 2019 and 2020, 2021 form from 2021 on, 统计表 until 2018"
        case .formSections: "sections 一 to 六 are present, in order, not empty"
        case .formTables: "tables 二, 三 and 四 are present and complete"
        case .formLabels: "every label is known and appears once, with the form's number of cells"
        case .blankCells: "number of blank cells and placeholders"
        case .inferredCells: "number of cells placed by the identities"
        case .remarkedCells: "figures with words beside them"
        }
    }

    /// The legal or arithmetic basis.
    public var basis: String {
        switch self {
        case .balance: "国办公开办函〔2021〕30号 and 〔2019〕60号, table 三: 第一项加第二项之和，等于第三项加第四项之和"
        case .rowTotal, .processedTotal, .bounds, .reviewTotal, .nonNegativeIntegers, .disclosed2019,
            .statistics2014Sums:
            "arithmetic"
        case .formFamily, .formSections, .formTables, .formLabels: "国办公开办函〔2021〕30号, 〔2019〕60号, 国办发〔2014〕32号"
        case .narrativeRequests, .narrativeReviews, .narrativeDocuments, .narrativeAllAnswered, .narrativeZero:
            "the prose and the tables of one report state the same year"
        case .identityYear, .identityAgency: "政府信息公开条例 第五十条"
        case .blankCells, .inferredCells, .remarkedCells: "provenance of the figures"
        }
    }

    /// The forms that the check applies to.
    public var forms: [ReportForm] {
        switch self {
        case .rowTotal, .processedTotal, .balance, .bounds, .reviewTotal, .nonNegativeIntegers:
            [.form2019, .form2021]
        case .disclosed2019: [.form2019]
        case .statistics2014Sums: [.form2014]
        default: ReportForm.allCases
        }
    }
}
