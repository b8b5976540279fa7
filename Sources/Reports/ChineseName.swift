/// A word of the API that has a name in Chinese.
public protocol ChineseName {
    /// The name.
    var label: String { get }
}

extension AgencyLevel: ChineseName {
    /// 中央, 省级, 市级, 县级, 乡级.
    public var label: String {
        switch self {
        case .central: "中央"
        case .province: "省级"
        case .prefecture: "市级"
        case .county: "县级"
        case .township: "乡级"
        }
    }
}

extension AgencyKind: ChineseName {
    /// What the agency is.
    public var label: String {
        switch self {
        case .government: "人民政府"
        case .office: "政府办公厅（室）"
        case .department: "政府部门"
        case .township: "乡镇、街道"
        case .vertical: "垂直管理机构"
        case .other: "其他"
        }
    }
}

extension ReportForm: ChineseName {
    /// The year that it is of.
    public var label: String {
        switch self {
        case .form2014: "2014年统计表"
        case .form2019: "2019年格式"
        case .form2021: "2021年格式"
        }
    }
}

extension ReportScope: ChineseName {
    /// 本机关, 汇总.
    public var label: String {
        switch self {
        case .own: "本机关"
        case .consolidated: "汇总"
        }
    }
}
