internal import Reports

/// Where a document and what came beside it say different things of the division and the day of publication. The
/// document's own word counts.
enum Contradictions {
    static func findings(
        _ report: AnnualReport, published: DocumentDate?, _ upload: Upload, _ regions: RegionDirectory
    ) -> [Finding] {
        var findings: [Finding] = []
        if let region = upload.region,
            case .placed(let placed) = regions.place(agencyOf: report, within: region),
            !regions.agree(placed.code, region)
        {
            findings.append(
                Finding(
                    .identityRegion,
                    message:
                        "\(report.agency) is in \(placed.code) \(regions.fullName(of: placed)) by what the document "
                        + "says; the upload says \(region)"))
        }
        if let published, let supplied = upload.published, published.description != supplied.description {
            findings.append(
                Finding(
                    .timingDue, .notice,
                    message: "the document says it was published on \(published), the upload on \(supplied)"))
        }
        return findings
    }

    /// Where the code that a report document gives is none, or says another place than the agency's name or the upload.
    static func findings(
        _ report: AnnualReport, region code: String?, _ upload: Upload, _ regions: RegionDirectory
    ) -> [Finding] {
        guard let code, !regions.all.isEmpty else { return [] }
        guard let region = regions[code] else {
            return [Finding(.identityRegion, .uncertain, message: "GB/T 2260 has no division \(code)")]
        }
        let said = "the document says \(code) \(regions.fullName(of: region))"
        if case .placed(let placed) = regions.place(agencyNamed: report.agency, within: code, year: report.year.value),
            !regions.agree(placed.code, code)
        {
            let name = "\(report.agency) is in \(placed.code) \(regions.fullName(of: placed)) by its name"
            return [Finding(.identityRegion, message: "\(name); \(said)")]
        }
        guard let supplied = upload.region, !regions.agree(code, supplied) else { return [] }
        return [Finding(.identityRegion, message: "\(said), the upload says \(supplied)")]
    }
}

extension RegionDirectory {
    /// Whether one of two divisions lies within the other, or they are the same.
    fileprivate func agree(_ code: String, _ other: String) -> Bool {
        self[code]?.lies(within: other) == true || self[other]?.lies(within: code) == true
    }
}
