// What the law says of the figures: 中华人民共和国政府信息公开条例, of 2019 for the forms of 2019 and 2021, of 2007 for that of
// 2014.

extension FigurePath {
    /// The provision that has the figure counted, with the document of the form.
    public func source(in form: ReportForm) -> String {
        let provision =
            switch self {
            case .proactive(let line, _): "《政府信息公开条例》第二十条\(line.item)"
            case .request(let line, _):
                "《政府信息公开条例》第五十条第一款第（二）项" + (line.provision.map { "，\($0)" } ?? "")
            case .review: "《政府信息公开条例》第五十条第一款第（三）项"
            case .statistic: "《政府信息公开条例》（2007年）第三十二条"
            }
        return "\(provision)；\(form.source)"
    }
}

extension ProactiveLine {
    /// The item of 第二十条, as the form prints it before the row.
    fileprivate var item: String {
        switch self {
        case .rules, .normativeDocuments: "第（一）项"
        case .administrativeLicensing, .otherPublicServices: "第（五）项"
        case .administrativePenalty, .administrativeCoercion: "第（六）项"
        case .administrativeFees: "第（八）项"
        case .centralizedProcurement: "第（九）项"
        }
    }
}

extension RequestLine {
    /// The provision that a result rests on; nil where it is not one alone.
    fileprivate var provision: String? {
        switch self {
        case .deniedStateSecret, .deniedProhibitedByLaw, .deniedSecurityAndStability: "第十四条"
        case .deniedThirdPartyRights: "第十五条"
        case .deniedInternalAffairs: "第十六条第一款"
        case .deniedProcessInformation, .deniedEnforcementCaseFile: "第十六条第二款"
        case .deniedAdministrativeInquiry: "第三十六条第（七）项"
        case .unavailableNotHeld: "第三十六条第（四）、（五）项"
        case .unavailableRequiresCreation: "第三十八条"
        case .unavailableStillUnclear, .otherOverdueCorrection: "第三十条"
        case .notHandledPetitionOrComplaint: "第三十九条第一款"
        case .notHandledRepeated: "第三十六条第（六）项"
        case .notHandledPublicPublication: "第三十九条第二款"
        case .notHandledExcessive: "第三十五条"
        case .otherOverdueFee: "第四十二条、国办函〔2020〕109号"
        case .newReceived, .carriedOver, .granted, .partiallyGranted, .notHandledConfirmOrReissue, .otherTotal,
            .otherOther, .totalProcessed, .carriedForward:
            nil
        }
    }
}

extension Measure {
    /// The provision that the figures rest on, of the newest form that has them.
    public var source: String {
        switch self {
        case .figure(let path):
            path.source(in: Crosswalk.forms(of: self).last ?? .form2021)
        case .indicator(.onTimeRate): FigurePath.statistic(.concludedOnTime).source(in: .form2014)
        case .indicator(.normativeDocumentsNetChange):
            FigurePath.proactive(.normativeDocuments, .issued).source(in: .form2021)
        case .indicator(.reviewRate), .indicator(.litigationRate), .indicator(.reviewCorrectionRate),
            .indicator(.litigationCorrectionRate), .indicator(.pendingShare), .merged(.lawsuits):
            FigurePath.review(.administrativeReview, .total).source(in: .form2021)
        case .indicator, .merged: FigurePath.request(.totalProcessed, .total).source(in: .form2021)
        case .refusal(let line): FigurePath.request(line, .total).source(in: .form2021)
        }
    }
}
