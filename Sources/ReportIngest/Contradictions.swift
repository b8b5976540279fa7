internal import Reports

/// Where a document and what came beside it say different things of the division and the day of publication. The
/// document's own word counts.
enum Contradictions {
    static func findings(
        _ report: AnnualReport, published: DocumentDate?, _ upload: Upload, _ regions: RegionDirectory
    ) -> [Finding] {
        var findings: [Finding] = []
        if let region = upload.region,
            case .placed(let placed) = regions.place(
                agencyNamed: report.agency, within: region, year: report.year.value),
            !placed.lies(within: region), regions[region]?.lies(within: placed.code) != true
        {
            findings.append(
                Finding(
                    .identityRegion,
                    message: "\(report.agency) is in \(placed.code) \(regions.fullName(of: placed)) by its name; "
                        + "the upload says \(region)"))
        }
        if let published, let supplied = upload.published, published.description != supplied.description {
            findings.append(
                Finding(
                    .timingDue, .notice,
                    message: "the document says it was published on \(published), the upload on \(supplied)"))
        }
        return findings
    }
}
