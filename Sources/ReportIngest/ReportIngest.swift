// ReportIngest
