/// The kinds of applicant: the seven columns of table 三 (申请人情况).
public enum Applicant: Int, Sendable, Hashable, CaseIterable {
    /// 自然人
    case naturalPerson
    /// 法人或其他组织 › 商业企业
    case commercialEnterprise
    /// 法人或其他组织 › 科研机构
    case researchInstitution
    /// 法人或其他组织 › 社会公益组织
    case publicWelfareOrganization
    /// 法人或其他组织 › 法律服务机构
    case legalServiceOrganization
    /// 法人或其他组织 › 其他
    case otherOrganization
    /// 总计
    case total

    /// The six columns that a row's 总计 adds up.
    public static let parts: [Applicant] = Array(allCases.dropLast())

    /// The key in the report document, such as `naturalPerson`.
    public var key: String { Self.keys[rawValue] }

    /// Named once: the name of a case is found by reflection, which takes microseconds.
    private static let keys = allCases.map { "\($0)" }

    /// The form's own words.
    public var label: String {
        switch self {
        case .naturalPerson: "自然人"
        case .commercialEnterprise: "商业企业"
        case .researchInstitution: "科研机构"
        case .publicWelfareOrganization: "社会公益组织"
        case .legalServiceOrganization: "法律服务机构"
        case .otherOrganization: "其他"
        case .total: "总计"
        }
    }
}
