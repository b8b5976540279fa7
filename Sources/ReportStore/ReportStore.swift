// ReportStore
