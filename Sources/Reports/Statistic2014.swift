/// The figures of 政府信息公开情况统计表 (国办发〔2014〕32号), in the order of the form.
public enum Statistic2014: Int, Sendable, Hashable, CaseIterable {
    case proactiveTotal
    case proactiveNormativeDocuments
    case proactiveNormativeDocumentsIssued
    case channelsGazette
    case channelsWebsite
    case channelsWeibo
    case channelsWechat
    case channelsOther
    case responsesHotTopics
    case responsesPressConferences
    case responsesPressConferencesByPrincipal
    case responsesOnlineInterviews
    case responsesOnlineInterviewsByPrincipal
    case responsesPolicyInterpretations
    case responsesWeiboWechatEvents
    case responsesOtherEvents
    case receivedTotal
    case receivedInPerson
    case receivedFax
    case receivedOnline
    case receivedLetter
    case concludedTotal
    case concludedOnTime
    case concludedExtended
    case repliesTotal
    case repliesAlreadyPublic
    case repliesGranted
    case repliesPartiallyGranted
    case deniedTotal
    case deniedStateSecret
    case deniedTradeSecret
    case deniedPersonalPrivacy
    case deniedSecurityAndStability
    case deniedNotGovernmentInformation
    case deniedOtherLegal
    case repliesNotThisAgency
    case repliesDoesNotExist
    case repliesAskedToAmend
    case repliesRedirected
    case reviewTotal
    case reviewUpheld
    case reviewCorrected
    case reviewOther
    case litigationTotal
    case litigationUpheldOrDismissed
    case litigationCorrected
    case litigationOther
    case complaints
    case requestFeesWan
    case capacityDedicatedOffices
    case capacityReadingPoints
    case capacityStaff
    case capacityStaffFullTime
    case capacityStaffPartTime
    case capacityBudgetWan
    case trainingMeetings
    case trainingCourses
    case trainingParticipants
}

extension Statistic2014 {
    /// The path below `statistics2014` in the report document, such as `requests.received.total`.
    public var path: String { Self.paths[rawValue] }

    /// The path's names.
    var names: [String] { Self.pathNames[rawValue] }

    private static let pathNames = allCases.map { $0.path.split(separator: ".").map(String.init) }

    private static let paths: [String] = [
        "proactive.total", "proactive.normativeDocuments", "proactive.normativeDocumentsIssued",
        "channels.gazette", "channels.website", "channels.weibo", "channels.wechat", "channels.other",
        "responses.hotTopics", "responses.pressConferences", "responses.pressConferencesByPrincipal",
        "responses.onlineInterviews", "responses.onlineInterviewsByPrincipal",
        "responses.policyInterpretations", "responses.weiboWechatEvents", "responses.otherEvents",
        "requests.received.total", "requests.received.inPerson", "requests.received.fax",
        "requests.received.online", "requests.received.letter", "requests.concluded.total",
        "requests.concluded.onTime", "requests.concluded.extended", "requests.replies.total",
        "requests.replies.alreadyPublic", "requests.replies.granted", "requests.replies.partiallyGranted",
        "requests.replies.denied.total", "requests.replies.denied.stateSecret",
        "requests.replies.denied.tradeSecret", "requests.replies.denied.personalPrivacy",
        "requests.replies.denied.securityAndStability", "requests.replies.denied.notGovernmentInformation",
        "requests.replies.denied.otherLegal", "requests.replies.notThisAgency",
        "requests.replies.doesNotExist", "requests.replies.askedToAmend", "requests.replies.redirected",
        "administrativeReview.total", "administrativeReview.upheld", "administrativeReview.corrected",
        "administrativeReview.other", "litigation.total", "litigation.upheldOrDismissed",
        "litigation.corrected", "litigation.other", "complaints", "requestFeesWan",
        "capacity.dedicatedOffices", "capacity.readingPoints", "capacity.staff.total",
        "capacity.staff.fullTime", "capacity.staff.partTime", "capacity.budgetWan", "training.meetings",
        "training.courses", "training.participants",
    ]
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

    private var figures: [Quantity?] = Array(repeating: nil, count: Statistic2014.allCases.count)
    /// Rows that the form does not have.
    public var foreignRows: [ForeignRow] = []

    /// Makes a table with every figure blank.
    public init() {}

    /// A figure; nil for a blank or absent one.
    public subscript(statistic: Statistic2014) -> Quantity? {
        get { figures[statistic.rawValue] }
        set { figures[statistic.rawValue] = newValue }
    }
}
