internal import HTTPTypes
internal import ReportIngest
internal import ReportStore
internal import Reports

/// The schemas that have a name.
enum Component: String, Sendable, CaseIterable {
    case report = "Report"
    case checkedReport = "CheckedReport"
    case reportDocument = "ReportDocument"
    case reportSummary = "ReportSummary"
    case proactive2021 = "ProactiveDisclosure2021"
    case proactive2019 = "ProactiveDisclosure2019"
    case requests = "Requests"
    case requestRow = "RequestRow"
    case reviews = "ReviewsAndLitigation"
    case reviewBlock = "ReviewBlock"
    case statistics2014 = "Statistics2014"
    case indicatorValue = "IndicatorValue"
    case quality = "Quality"
    case cell = "Cell"
    case quantity = "Quantity"
    case finding = "Finding"
    case acknowledgement = "Acknowledgement"
    case findingCounts = "FindingCounts"
    case narrative = "Narrative"
    case revision = "Revision"
    case diffSide = "DiffSide"
    case diffChange = "DiffChange"
    case change = "Change"
    case agency = "Agency"
    case agencySummary = "AgencySummary"
    case agencyInReport = "AgencyInReport"
    case agencyLink = "AgencyLink"
    case agencyEdit = "AgencyEdit"
    case namedRegion = "NamedRegion"
    case region = "Region"
    case upload = "Upload"
    case itemResult = "ItemResult"
    case check = "Check"
    case indicator = "Indicator"
    case form = "Form"
    case year = "Year"
    case yearBegun = "YearBegun"
    case figureConditions = "FigureConditions"
    case numberCondition = "NumberCondition"
    case measurePath = "MeasurePath"
    case problem = "Problem"
    case formTotal = "FormTotal"

    /// The schema.
    ///
    /// - Parameter lastYear: the last year that there can be a report for.
    func schema(lastYear: Int) -> Schema {
        switch self {
        case .report: ReportSchemas.report
        case .checkedReport: ReportSchemas.checkedReport
        case .reportDocument: ReportSchemas.uploaded
        case .reportSummary: ReportSchemas.summary
        case .proactive2021: FigureSchemas.proactive(.form2021)
        case .proactive2019: FigureSchemas.proactive(.form2019)
        case .requests: FigureSchemas.requests
        case .requestRow: FigureSchemas.requestRow
        case .reviews: FigureSchemas.reviews
        case .reviewBlock: FigureSchemas.reviewBlock
        case .statistics2014: FigureSchemas.statistics2014
        case .indicatorValue: FigureSchemas.indicatorValue
        case .quality: FigureSchemas.quality
        case .cell: FigureSchemas.cell
        case .quantity: FigureSchemas.quantity
        case .finding: HistorySchemas.finding
        case .acknowledgement: HistorySchemas.acknowledgement
        case .findingCounts: .object(["error": .count, "warning": .count])
        case .narrative: ReportSchemas.narrative
        case .revision: HistorySchemas.revision
        case .diffSide: HistorySchemas.diffSide
        case .diffChange: HistorySchemas.diffChange
        case .change: HistorySchemas.change
        case .agency: AgencySchemas.agency
        case .agencySummary: AgencySchemas.summary
        case .agencyInReport: AgencySchemas.inReport
        case .agencyLink: AgencySchemas.link
        case .agencyEdit: AgencySchemas.edit
        case .namedRegion: AgencySchemas.namedRegion
        case .region: AgencySchemas.region
        case .upload: UploadSchemas.upload
        case .itemResult: UploadSchemas.itemResult
        case .check: CatalogueSchemas.check
        case .indicator: CatalogueSchemas.indicator
        case .form: CatalogueSchemas.form
        case .year: .integer(ReportYear.first...lastYear).described("A year, up to next year.")
        case .yearBegun: .integer(ReportYear.first...lastYear - 1).described("A year that has begun.")
        case .figureConditions: Parameter.figureConditions
        case .numberCondition: Parameter.numberCondition
        case .measurePath: Parameter.measurePath
        case .problem: CatalogueSchemas.problem
        case .formTotal: StatisticsSchemas.formTotal
        }
    }
}
