import Reports

extension Statistic2014 {
    /// The labels in use for the row; empty for rows that are told by what stands above them.
    var names: [String] {
        switch self {
        case .reviewCorrected, .reviewOther, .litigationCorrected, .litigationOther: []
        case .proactiveTotal: [label, label + "（不同渠道和方式公开相同信息计1条）"]
        case .proactiveNormativeDocuments, .responsesPressConferencesByPrincipal,
            .responsesOnlineInterviewsByPrincipal:
            [label, "其中：" + label]
        case .responsesHotTopics: [label, label + "（不同方式回应同一热点或舆情计1次）"]
        case .deniedStateSecret: [label, "其中：1." + label, "其中：" + label]
        case .litigationUpheldOrDismissed: [label, "维持具体行政行为或驳回原告诉讼请求数"]
        case .capacityStaffFullTime: [label, label + "（不包括政府公报及政府网站工作人员数）"]
        case .capacityBudgetWan: [label, label + "（不包括用于政府公报编辑管理及政府网站建设维护等方面的经费）"]
        default: [label]
        }
    }
}
