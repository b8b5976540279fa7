/// The figures of 政府信息公开情况统计表 (国办发〔2014〕32号), in the order of the form. The raw value is the path below
/// `statistics2014` in the report document.
public enum Statistic2014: String, Sendable, Hashable, CaseIterable {
    case proactiveTotal = "proactive.total"
    case proactiveNormativeDocuments = "proactive.normativeDocuments"
    case proactiveNormativeDocumentsIssued = "proactive.normativeDocumentsIssued"
    case channelsGazette = "channels.gazette"
    case channelsWebsite = "channels.website"
    case channelsWeibo = "channels.weibo"
    case channelsWechat = "channels.wechat"
    case channelsOther = "channels.other"
    case responsesHotTopics = "responses.hotTopics"
    case responsesPressConferences = "responses.pressConferences"
    case responsesPressConferencesByPrincipal = "responses.pressConferencesByPrincipal"
    case responsesOnlineInterviews = "responses.onlineInterviews"
    case responsesOnlineInterviewsByPrincipal = "responses.onlineInterviewsByPrincipal"
    case responsesPolicyInterpretations = "responses.policyInterpretations"
    case responsesWeiboWechatEvents = "responses.weiboWechatEvents"
    case responsesOtherEvents = "responses.otherEvents"
    case receivedTotal = "requests.received.total"
    case receivedInPerson = "requests.received.inPerson"
    case receivedFax = "requests.received.fax"
    case receivedOnline = "requests.received.online"
    case receivedLetter = "requests.received.letter"
    case concludedTotal = "requests.concluded.total"
    case concludedOnTime = "requests.concluded.onTime"
    case concludedExtended = "requests.concluded.extended"
    case repliesTotal = "requests.replies.total"
    case repliesAlreadyPublic = "requests.replies.alreadyPublic"
    case repliesGranted = "requests.replies.granted"
    case repliesPartiallyGranted = "requests.replies.partiallyGranted"
    case deniedTotal = "requests.replies.denied.total"
    case deniedStateSecret = "requests.replies.denied.stateSecret"
    case deniedTradeSecret = "requests.replies.denied.tradeSecret"
    case deniedPersonalPrivacy = "requests.replies.denied.personalPrivacy"
    case deniedSecurityAndStability = "requests.replies.denied.securityAndStability"
    case deniedNotGovernmentInformation = "requests.replies.denied.notGovernmentInformation"
    case deniedOtherLegal = "requests.replies.denied.otherLegal"
    case repliesNotThisAgency = "requests.replies.notThisAgency"
    case repliesDoesNotExist = "requests.replies.doesNotExist"
    case repliesAskedToAmend = "requests.replies.askedToAmend"
    case repliesRedirected = "requests.replies.redirected"
    case reviewTotal = "administrativeReview.total"
    case reviewUpheld = "administrativeReview.upheld"
    case reviewCorrected = "administrativeReview.corrected"
    case reviewOther = "administrativeReview.other"
    case litigationTotal = "litigation.total"
    case litigationUpheldOrDismissed = "litigation.upheldOrDismissed"
    case litigationCorrected = "litigation.corrected"
    case litigationOther = "litigation.other"
    case complaints
    case requestFeesWan
    case capacityDedicatedOffices = "capacity.dedicatedOffices"
    case capacityReadingPoints = "capacity.readingPoints"
    case capacityStaff = "capacity.staff.total"
    case capacityStaffFullTime = "capacity.staff.fullTime"
    case capacityStaffPartTime = "capacity.staff.partTime"
    case capacityBudgetWan = "capacity.budgetWan"
    case trainingMeetings = "training.meetings"
    case trainingCourses = "training.courses"
    case trainingParticipants = "training.participants"
}

extension Statistic2014 {
    /// Whether the figure is money in 万元, and may have a fraction.
    public var isMoney: Bool { self == .requestFeesWan || self == .capacityBudgetWan }

    /// The form's own words.
    public var label: String {
        switch self {
        case .proactiveTotal: "主动公开政府信息数"
        case .proactiveNormativeDocuments: "主动公开规范性文件数"
        case .proactiveNormativeDocumentsIssued: "制发规范性文件总数"
        case .channelsGazette: "政府公报公开政府信息数"
        case .channelsWebsite: "政府网站公开政府信息数"
        case .channelsWeibo: "政务微博公开政府信息数"
        case .channelsWechat: "政务微信公开政府信息数"
        case .channelsOther: "其他方式公开政府信息数"
        case .responsesHotTopics: "回应公众关注热点或重大舆情数"
        case .responsesPressConferences: "参加或举办新闻发布会总次数"
        case .responsesPressConferencesByPrincipal: "主要负责同志参加新闻发布会次数"
        case .responsesOnlineInterviews: "政府网站在线访谈次数"
        case .responsesOnlineInterviewsByPrincipal: "主要负责同志参加政府网站在线访谈次数"
        case .responsesPolicyInterpretations: "政策解读稿件发布数"
        case .responsesWeiboWechatEvents: "微博微信回应事件数"
        case .responsesOtherEvents: "其他方式回应事件数"
        case .receivedTotal: "收到申请数"
        case .receivedInPerson: "当面申请数"
        case .receivedFax: "传真申请数"
        case .receivedOnline: "网络申请数"
        case .receivedLetter: "信函申请数"
        case .concludedTotal: "申请办结数"
        case .concludedOnTime: "按时办结数"
        case .concludedExtended: "延期办结数"
        case .repliesTotal: "申请答复数"
        case .repliesAlreadyPublic: "属于已主动公开范围数"
        case .repliesGranted: "同意公开答复数"
        case .repliesPartiallyGranted: "同意部分公开答复数"
        case .deniedTotal: "不同意公开答复数"
        case .deniedStateSecret: "涉及国家秘密"
        case .deniedTradeSecret: "涉及商业秘密"
        case .deniedPersonalPrivacy: "涉及个人隐私"
        case .deniedSecurityAndStability: "危及国家安全、公共安全、经济安全和社会稳定"
        case .deniedNotGovernmentInformation: "不是《条例》所指政府信息"
        case .deniedOtherLegal: "法律法规规定的其他情形"
        case .repliesNotThisAgency: "不属于本行政机关公开数"
        case .repliesDoesNotExist: "申请信息不存在数"
        case .repliesAskedToAmend: "告知作出更改补充数"
        case .repliesRedirected: "告知通过其他途径办理数"
        case .reviewTotal: "行政复议数量"
        case .reviewUpheld: "维持具体行政行为数"
        case .reviewCorrected: "行政复议 被依法纠错数"
        case .reviewOther: "行政复议 其他情形数"
        case .litigationTotal: "行政诉讼数量"
        case .litigationUpheldOrDismissed: "维持具体行政行为或者驳回原告诉讼请求数"
        case .litigationCorrected: "行政诉讼 被依法纠错数"
        case .litigationOther: "行政诉讼 其他情形数"
        case .complaints: "举报投诉数量"
        case .requestFeesWan: "依申请公开信息收取的费用"
        case .capacityDedicatedOffices: "政府信息公开工作专门机构数"
        case .capacityReadingPoints: "设置政府信息公开查阅点数"
        case .capacityStaff: "从事政府信息公开工作人员数"
        case .capacityStaffFullTime: "专职人员数"
        case .capacityStaffPartTime: "兼职人员数"
        case .capacityBudgetWan: "政府信息公开专项经费"
        case .trainingMeetings: "召开政府信息公开工作会议或专题会议数"
        case .trainingCourses: "举办各类培训班数"
        case .trainingParticipants: "接受培训人员数"
        }
    }

    /// The sums that the form implies: a total and its parts.
    public static let sums: [(total: Statistic2014, parts: [Statistic2014])] = [
        (.receivedTotal, [.receivedInPerson, .receivedFax, .receivedOnline, .receivedLetter]),
        (.concludedTotal, [.concludedOnTime, .concludedExtended]),
        (
            .repliesTotal,
            [
                .repliesAlreadyPublic, .repliesGranted, .repliesPartiallyGranted, .deniedTotal, .repliesNotThisAgency,
                .repliesDoesNotExist, .repliesAskedToAmend, .repliesRedirected,
            ]
        ),
        (
            .deniedTotal,
            [
                .deniedStateSecret, .deniedTradeSecret, .deniedPersonalPrivacy, .deniedSecurityAndStability,
                .deniedNotGovernmentInformation, .deniedOtherLegal,
            ]
        ),
        (.reviewTotal, [.reviewUpheld, .reviewCorrected, .reviewOther]),
        (.litigationTotal, [.litigationUpheldOrDismissed, .litigationCorrected, .litigationOther]),
        (.capacityStaff, [.capacityStaffFullTime, .capacityStaffPartTime]),
    ]
}

/// 政府信息公开情况统计表, the annex of reports for 2014 to 2018.
public struct Statistics2014: Sendable, Hashable {
    /// A row that the form does not have, as provinces added them: kept as printed.
    public struct ForeignRow: Sendable, Hashable {
        /// The label as printed.
        public let label: String
        /// The cells after it, as printed.
        public let cells: [String]

        /// Makes a row.
        public init(label: String, cells: [String]) {
            self.label = label
            self.cells = cells
        }
    }

    private var figures: [Statistic2014: Quantity] = [:]
    /// Rows that the form does not have.
    public var foreignRows: [ForeignRow] = []

    /// Makes a table with every figure blank.
    public init() {}

    /// A figure; nil for a blank or absent one.
    public subscript(statistic: Statistic2014) -> Quantity? {
        get { figures[statistic] }
        set { figures[statistic] = newValue }
    }
}
