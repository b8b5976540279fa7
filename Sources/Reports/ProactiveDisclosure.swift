/// The rows of table 二 (主动公开政府信息情况) in the 2021 and 2019 forms.
public enum ProactiveLine: Int, Sendable, Hashable, CaseIterable {
    /// 规章
    case rules
    /// 行政规范性文件 (2019: 规范性文件)
    case normativeDocuments
    /// 行政许可
    case administrativeLicensing
    /// 其他对外管理服务事项 (2019)
    case otherPublicServices
    /// 行政处罚
    case administrativePenalty
    /// 行政强制
    case administrativeCoercion
    /// 行政事业性收费
    case administrativeFees
    /// 政府集中采购 (2019)
    case centralizedProcurement

    /// The key below `proactiveDisclosure` in the report document.
    public var key: String { Self.keys[rawValue] }

    /// Named once: the name of a case is found by reflection, which takes microseconds.
    private static let keys = allCases.map { "\($0)" }

    /// The form's own words.
    public var label: String {
        switch self {
        case .rules: "规章"
        case .normativeDocuments: "行政规范性文件"
        case .administrativeLicensing: "行政许可"
        case .otherPublicServices: "其他对外管理服务事项"
        case .administrativePenalty: "行政处罚"
        case .administrativeCoercion: "行政强制"
        case .administrativeFees: "行政事业性收费"
        case .centralizedProcurement: "政府集中采购"
        }
    }

    /// The columns of the row in a form, in order; empty where the form has no such row.
    public func columns(in form: ReportForm) -> [ProactiveColumn] {
        switch (form, self) {
        case (.form2021, .rules), (.form2021, .normativeDocuments): [.issued, .repealed, .inForce]
        case (.form2021, .administrativeLicensing), (.form2021, .administrativePenalty),
            (.form2021, .administrativeCoercion):
            [.decisions]
        case (.form2021, .administrativeFees): [.amountWan]
        case (.form2019, .rules), (.form2019, .normativeDocuments): [.newlyMade, .newlyDisclosed, .totalDisclosed]
        case (.form2019, .administrativeLicensing), (.form2019, .otherPublicServices),
            (.form2019, .administrativePenalty), (.form2019, .administrativeCoercion):
            [.itemsPreviousYear, .itemsChange, .decisions]
        case (.form2019, .administrativeFees): [.itemsPreviousYear, .itemsChange]
        case (.form2019, .centralizedProcurement): [.projects, .totalAmount]
        case (.form2014, _), (.form2021, .otherPublicServices), (.form2021, .centralizedProcurement): []
        }
    }
}

/// The columns of table 二 in the 2021 and 2019 forms.
public enum ProactiveColumn: Int, Sendable, Hashable, CaseIterable {
    /// 本年制发件数
    case issued
    /// 本年废止件数
    case repealed
    /// 现行有效件数
    case inForce
    /// 本年新制作数量 (2019)
    case newlyMade
    /// 本年新公开数量 (2019)
    case newlyDisclosed
    /// 对外公开总数量 (2019)
    case totalDisclosed
    /// 上一年项目数量 (2019)
    case itemsPreviousYear
    /// 本年增/减 (2019), the only figure that may be negative
    case itemsChange
    /// 本年处理决定数量 (2019: 处理决定数量)
    case decisions
    /// 本年收费金额（单位：万元）
    case amountWan
    /// 采购项目数量 (2019)
    case projects
    /// 采购总金额 (2019), in the unit printed
    case totalAmount

    /// The key in the report document.
    public var key: String { Self.keys[rawValue] }

    /// Named once: the name of a case is found by reflection, which takes microseconds.
    private static let keys = allCases.map { "\($0)" }

    /// The form's own words.
    public var label: String {
        switch self {
        case .issued: "本年制发件数"
        case .repealed: "本年废止件数"
        case .inForce: "现行有效件数"
        case .newlyMade: "本年新制作数量"
        case .newlyDisclosed: "本年新公开数量"
        case .totalDisclosed: "对外公开总数量"
        case .itemsPreviousYear: "上一年项目数量"
        case .itemsChange: "本年增/减"
        case .decisions: "本年处理决定数量"
        case .amountWan: "本年收费金额（单位：万元）"
        case .projects: "采购项目数量"
        case .totalAmount: "采购总金额"
        }
    }
}

/// Table 二: 主动公开政府信息情况.
public typealias ProactiveDisclosure = FormTable<ProactiveLine, ProactiveColumn, Quantity>
