internal import Reports

/// An invented report as the API writes it, for the description.
enum ReportExample {
    static let report: JSONTree = {
        guard let year = ReportYear(Example.year) else { return .null }
        var report = AnnualReport(
            agency: Example.agency, year: year, title: "\(Example.agency)\(Example.year)年政府信息公开工作年度报告",
            form: .form2021)
        var proactive = ProactiveDisclosure()
        proactive[.normativeDocuments, .issued] = Quantity(0)
        proactive[.normativeDocuments, .repealed] = Quantity(2)
        proactive[.normativeDocuments, .inForce] = Quantity(9)
        proactive[.administrativeLicensing, .decisions] = Quantity(52)
        var requests = RequestTable()
        for (line, count) in [
            (RequestLine.newReceived, 1), (.carriedOver, 0), (.granted, 1), (.totalProcessed, 1), (.carriedForward, 0),
        ] {
            requests[line, .naturalPerson] = count
            requests[line, .total] = count
        }
        var reviews = ReviewTable()
        for outcome in ReviewOutcome.allCases { reviews[.administrativeReview, outcome] = 0 }
        report.proactive = proactive
        report.requests = requests
        report.reviews = reviews
        var members = JSONWriter()
        members.beginObject()
        CanonicalJSON.writeMembers(of: report, to: &members)
        members.endObject()
        let filed = CanonicalJSON.Filed(
            agency: .init(id: 2, name: Example.agency, region: .init(code: "411324", name: "河南省南阳市镇平县")),
            currentName: Example.agency, year: Example.year, revision: 1, at: 1_706_688_000, reason: nil,
            sha256: [UInt8](repeating: 0xa5, count: 32))
        return .raw(CanonicalJSON.document(filed, members: members.bytes.dropFirst().dropLast(), quality: Quality()))
    }()
}
