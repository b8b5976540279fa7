// ReportAPI
