/// The official form that a report fills in; it decides which rows and columns exist.
///
/// A report's form is what its labels say, whatever the year.
public enum ReportForm: String, Sendable, Hashable, CaseIterable {
    /// 政府信息公开情况统计表 of 国办发〔2014〕32号, reports for 2014 to 2018.
    case form2014 = "2014"
    /// 国办公开办函〔2019〕60号 (试行), reports for 2019 and 2020.
    case form2019 = "2019"
    /// 国办公开办函〔2021〕30号, reports for 2021 on.
    case form2021 = "2021"

    /// The form that was in force for a year; that of 2014 for the years before, which had none.
    public init(inForceFor year: Int) {
        self = year < 2019 ? .form2014 : year < 2021 ? .form2019 : .form2021
    }

    /// The first year that an official form was prescribed for: reports before are free prose.
    public static let firstYear = 2014

    /// The document that introduced the form.
    public var source: String {
        switch self {
        case .form2014: "国办发〔2014〕32号"
        case .form2019: "国办公开办函〔2019〕60号"
        case .form2021: "国办公开办函〔2021〕30号"
        }
    }
}

/// Whose figures a report states.
public enum ReportScope: String, Sendable, Hashable, CaseIterable {
    /// The agency's own requests and documents.
    case own
    /// A 汇总 of a whole county, city or province with all its agencies.
    case consolidated
}
