/// The rows of table 三 (收到和处理政府信息公开申请情况), in the order of the forms.
public enum RequestLine: Int, Sendable, Hashable, CaseIterable {
    /// 一、本年新收政府信息公开申请数量
    case newReceived
    /// 二、上年结转政府信息公开申请数量
    case carriedOver
    /// （一）予以公开
    case granted
    /// （二）部分公开（区分处理的，只计这一情形，不计其他情形）
    case partiallyGranted
    /// （三）不予公开 1.属于国家秘密
    case deniedStateSecret
    /// （三）2.其他法律行政法规禁止公开
    case deniedProhibitedByLaw
    /// （三）3.危及“三安全一稳定”
    case deniedSecurityAndStability
    /// （三）4.保护第三方合法权益
    case deniedThirdPartyRights
    /// （三）5.属于三类内部事务信息
    case deniedInternalAffairs
    /// （三）6.属于四类过程性信息
    case deniedProcessInformation
    /// （三）7.属于行政执法案卷
    case deniedEnforcementCaseFile
    /// （三）8.属于行政查询事项
    case deniedAdministrativeInquiry
    /// （四）无法提供 1.本机关不掌握相关政府信息
    case unavailableNotHeld
    /// （四）2.没有现成信息需要另行制作
    case unavailableRequiresCreation
    /// （四）3.补正后申请内容仍不明确
    case unavailableStillUnclear
    /// （五）不予处理 1.信访举报投诉类申请
    case notHandledPetitionOrComplaint
    /// （五）2.重复申请
    case notHandledRepeated
    /// （五）3.要求提供公开出版物
    case notHandledPublicPublication
    /// （五）4.无正当理由大量反复申请
    case notHandledExcessive
    /// （五）5.要求行政机关确认或重新出具已获取信息
    case notHandledConfirmOrReissue
    /// （六）其他处理, printed as one row (2019 form, and 2021 reports that merge it)
    case otherTotal
    /// （六）其他处理 1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请
    case otherOverdueCorrection
    /// （六）2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请
    case otherOverdueFee
    /// （六）3.其他
    case otherOther
    /// （七）总计
    case totalProcessed
    /// 四、结转下年度继续办理
    case carriedForward
}

extension RequestLine {
    /// The group of rows that a row belongs to.
    public enum Group: String, Sendable, Hashable, CaseIterable {
        /// 一 and 二
        case received
        /// （一） and （二）
        case granted
        /// （三）不予公开
        case denied
        /// （四）无法提供
        case unavailable
        /// （五）不予处理
        case notHandled
        /// （六）其他处理
        case other
        /// （七）总计
        case total
        /// 四、结转下年度继续办理
        case carriedForward
    }

    /// The group of the row.
    public var group: Group {
        switch self {
        case .newReceived, .carriedOver: .received
        case .granted, .partiallyGranted: .granted
        case .deniedStateSecret, .deniedProhibitedByLaw, .deniedSecurityAndStability, .deniedThirdPartyRights,
            .deniedInternalAffairs, .deniedProcessInformation, .deniedEnforcementCaseFile,
            .deniedAdministrativeInquiry:
            .denied
        case .unavailableNotHeld, .unavailableRequiresCreation, .unavailableStillUnclear: .unavailable
        case .notHandledPetitionOrComplaint, .notHandledRepeated, .notHandledPublicPublication, .notHandledExcessive,
            .notHandledConfirmOrReissue:
            .notHandled
        case .otherTotal, .otherOverdueCorrection, .otherOverdueFee, .otherOther: .other
        case .totalProcessed: .total
        case .carriedForward: .carriedForward
        }
    }

    /// The rows that （七）总计 adds up, as the form prints （六）其他处理 in three rows or in one.
    public static func outcomes(otherIsOneRow: Bool) -> [RequestLine] {
        otherIsOneRow ? outcomesInOneRow : outcomesInThreeRows
    }

    private static let outcomesInOneRow = outcomes { $0 == .otherTotal }
    private static let outcomesInThreeRows = outcomes { $0 != .otherTotal }

    private static func outcomes(_ isOther: (RequestLine) -> Bool) -> [RequestLine] {
        allCases.filter { line in
            switch line.group {
            case .granted, .denied, .unavailable, .notHandled: true
            case .other: isOther(line)
            case .received, .total, .carriedForward: false
            }
        }
    }

    /// The path below `requests` in the report document, such as `denied.stateSecret`.
    public var path: String { Self.paths[rawValue] }

    /// The path's names.
    var names: [String] { Self.pathNames[rawValue] }

    private static let pathNames = allCases.map { $0.path.split(separator: ".").map(String.init) }

    private static let paths: [String] = [
        "newReceived", "carriedOver", "granted", "partiallyGranted",
        "denied.stateSecret", "denied.prohibitedByLaw", "denied.securityAndStability", "denied.thirdPartyRights",
        "denied.internalAffairs", "denied.processInformation", "denied.enforcementCaseFile",
        "denied.administrativeInquiry",
        "unavailable.notHeld", "unavailable.requiresCreation", "unavailable.stillUnclear",
        "notHandled.petitionOrComplaint", "notHandled.repeated", "notHandled.publicPublication",
        "notHandled.excessive", "notHandled.confirmOrReissue",
        "otherTotal", "other.overdueCorrection", "other.overdueFee", "other.other",
        "totalProcessed", "carriedForward",
    ]

    /// The form's own words, group and row.
    public var label: String { Self.labels[rawValue] }

    private static let labels: [String] = [
        "一、本年新收政府信息公开申请数量", "二、上年结转政府信息公开申请数量", "（一）予以公开", "（二）部分公开",
        "（三）不予公开 1.属于国家秘密", "（三）不予公开 2.其他法律行政法规禁止公开", "（三）不予公开 3.危及“三安全一稳定”",
        "（三）不予公开 4.保护第三方合法权益", "（三）不予公开 5.属于三类内部事务信息", "（三）不予公开 6.属于四类过程性信息",
        "（三）不予公开 7.属于行政执法案卷", "（三）不予公开 8.属于行政查询事项",
        "（四）无法提供 1.本机关不掌握相关政府信息", "（四）无法提供 2.没有现成信息需要另行制作", "（四）无法提供 3.补正后申请内容仍不明确",
        "（五）不予处理 1.信访举报投诉类申请", "（五）不予处理 2.重复申请", "（五）不予处理 3.要求提供公开出版物",
        "（五）不予处理 4.无正当理由大量反复申请", "（五）不予处理 5.要求行政机关确认或重新出具已获取信息",
        "（六）其他处理", "（六）其他处理 1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
        "（六）其他处理 2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请", "（六）其他处理 3.其他",
        "（七）总计", "四、结转下年度继续办理",
    ]
}
