extension FigurePath {
    /// The unit that the form names for the figure: 件, 项, 万元, …; nil for an amount whose unit stands beside it, as printed
    /// (元 or 万元).
    public var unit: String? {
        switch self {
        case .request, .review: "件"
        case .proactive(_, let column): column.unit
        case .statistic(let statistic): statistic.unit
        }
    }
}

extension ProactiveColumn {
    fileprivate var unit: String? {
        switch self {
        case .issued, .repealed, .inForce, .newlyMade, .newlyDisclosed, .totalDisclosed, .decisions: "件"
        case .itemsPreviousYear, .itemsChange: "项"
        case .amountWan: "万元"
        case .projects: "个"
        case .totalAmount: nil
        }
    }
}

extension Statistic2014 {
    fileprivate var unit: String {
        switch self {
        case .proactiveTotal, .proactiveNormativeDocuments, .channelsGazette, .channelsWebsite, .channelsWeibo,
            .channelsWechat, .channelsOther:
            "条"
        case .responsesHotTopics, .responsesPressConferences, .responsesPressConferencesByPrincipal,
            .responsesOnlineInterviews, .responsesOnlineInterviewsByPrincipal, .responsesWeiboWechatEvents,
            .responsesOtherEvents, .trainingMeetings, .trainingCourses:
            "次"
        case .responsesPolicyInterpretations: "篇"
        case .requestFeesWan, .capacityBudgetWan: "万元"
        case .capacityDedicatedOffices, .capacityReadingPoints: "个"
        case .capacityStaff, .capacityStaffFullTime, .capacityStaffPartTime: "人"
        case .trainingParticipants: "人次"
        case .proactiveNormativeDocumentsIssued, .receivedTotal, .receivedInPerson, .receivedFax, .receivedOnline,
            .receivedLetter, .concludedTotal, .concludedOnTime, .concludedExtended, .repliesTotal,
            .repliesAlreadyPublic, .repliesGranted, .repliesPartiallyGranted, .deniedTotal, .deniedStateSecret,
            .deniedTradeSecret, .deniedPersonalPrivacy, .deniedSecurityAndStability, .deniedNotGovernmentInformation,
            .deniedOtherLegal, .repliesNotThisAgency, .repliesDoesNotExist, .repliesAskedToAmend, .repliesRedirected,
            .reviewTotal, .reviewUpheld, .reviewCorrected, .reviewOther, .litigationTotal,
            .litigationUpheldOrDismissed, .litigationCorrected, .litigationOther, .complaints:
            "件"
        }
    }
}

extension Indicator {
    /// What a value is: a quotient, one for each hundred requests, or a number of documents.
    public var unit: String {
        if self == .normativeDocumentsNetChange { return "件" }
        return per == 100 ? "per 100" : "ratio"
    }

    /// The version of the formulas: it changes when one does.
    public static let formulaVersion = 1
}
