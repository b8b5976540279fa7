import ReportStore
import Reports

/// Outcomes of pure functions that are asked for again and again.
final class ModelMemory {
    private struct Pair: Hashable {
        let one: ObjectIdentifier
        let other: ObjectIdentifier?
    }

    private var submissions: [Draft: ModelSubmission] = [:]
    private var years: [Pair: YearChecks] = [:]
    private var likenesses: [Pair: Double] = [:]

    /// One value for each draft: it lives as long as this, so that its identity is its own.
    func submission(_ draft: Draft) throws -> ModelSubmission {
        if let known = submissions[draft] { return known }
        let submission = try ModelSubmission(draft)
        submissions[draft] = submission
        return submission
    }

    func yearChecks(_ current: ModelSubmission, _ previous: ModelSubmission?) -> YearChecks {
        let pair = Pair(one: ObjectIdentifier(current), other: previous.map { ObjectIdentifier($0) })
        if let known = years[pair] { return known }
        let checks = YearChecks(current.report, previous: previous?.report, remarks: current.remarks)
        years[pair] = checks
        return checks
    }

    /// How alike two narratives are, if they are worth a comparison; 0 if not.
    func likeness(_ one: ModelSubmission, _ other: ModelSubmission) -> Double {
        guard let left = one.signature, let right = other.signature else { return 0 }
        let pair = Pair(one: ObjectIdentifier(one), other: ObjectIdentifier(other))
        if let known = likenesses[pair] { return known }
        let likeness = Set(left.bands).isDisjoint(with: right.bands) ? 0 : left.likeness(to: right)
        likenesses[pair] = likeness
        return likeness
    }
}

extension ModelStore {
    /// Runs every check across reports anew and notes what changed by it.
    ///
    /// - Parameter fresh: the report that has just come: its own change is noted already.
    mutating func settle(_ now: Int64, fresh: Int? = nil) {
        for index in reports.indices where !reports[index].isWithdrawn {
            let (findings, tally) = crossChecks(index)
            let document = document(index, tally)
            guard document != reports[index].document || findings != reports[index].cross else { continue }
            reports[index].document = document
            reports[index].cross = findings
            guard index != fresh else { continue }
            reports[index].modifiedAt = max(now, reports[index].modifiedAt + 1)
            enter(index, .reassessed, max(now, reports[index].revision.at))
        }
    }

    private func crossChecks(_ index: Int) -> ([Finding], CheckTally) {
        let subject = reports[index]
        let standing = reports.filter { !$0.isWithdrawn }
        let others = standing.filter { $0.id != subject.id }
        let previous = standing.first { $0.agency == subject.agency && $0.year == subject.year - 1 }
        let years = memory.yearChecks(subject.last, previous?.last)
        var findings = years.findings
        var tally = years.tally
        func add(_ finding: Finding?) {
            guard let finding else { return tally.passed += 1 }
            findings.append(finding)
            switch finding.state {
            case .fail: tally.failed += 1
            case .uncertain: tally.uncertain += 1
            case .notice: tally.passed += 1
            }
        }
        if subject.last.draft.scope == .consolidated, let region = agencies[subject.agency - 1].region {
            let check = ConsolidatedCheck(subject.last.report, covered: covered(by: region, subject.year))
            findings += check.findings
            tally.add(check.tally)
        }
        if let digest = subject.last.figures {
            let same = others.first { $0.last.figures?.hash == digest.hash }
            add(
                same.map {
                    DuplicateCheck.figures(sameAs: $0.last.draft.agency, year: $0.year, isTelling: digest.isTelling)
                })
        }
        if subject.last.signature != nil {
            let near = others.lazy.map { ($0, memory.likeness(subject.last, $0.last)) }
                .first { $0.1 >= NarrativeSignature.nearlySame }
            add(
                near.map {
                    DuplicateCheck.narrative(like: $0.0.last.draft.agency, year: $0.0.year, likeness: $0.1)
                })
        }
        if let finding = regionFinding(subject) { add(finding) }
        return (findings, tally)
    }

    /// The own reports that a division's consolidated report covers.
    func covered(by region: String, _ year: Int) -> CoveredReports {
        var prefix = region[...]
        while prefix.hasSuffix("00"), prefix.count.isMultiple(of: 2), prefix.count > 2 { prefix = prefix.dropLast(2) }
        var covered = CoveredReports()
        for report in reports
        where !report.isWithdrawn && report.year == year && report.last.draft.scope == .own
            && agencies[report.agency - 1].region?.hasPrefix(prefix) == true
        {
            covered.add(report.last.report)
        }
        return covered
    }

    private func regionFinding(_ subject: Report) -> Finding? {
        let name = subject.last.draft.agency
        let agency = agencies[subject.agency - 1]
        guard agency.region == nil || subject.isUnsaid,
            case .ambiguous(let candidates) = regions.place(agencyNamed: name, year: subject.year)
        else { return nil }
        let list = candidates.map { "\($0.code) \(regions.fullName(of: $0))" }.joined(separator: ", ")
        let filed = agency.region.map { code in
            let region = (regions.region(code, in: subject.year) ?? regions[code]).map { regions.fullName(of: $0) }
            return
                "; it does not say which, and stands with the reports of agency \(agency.id), \(code) \(region ?? code)"
        }
        return Finding(
            .identityRegion, .uncertain,
            message:
                "\(name) may be in: \(list)\(filed ?? ""); ?region= with the upload, or the agency's entry, says which")
    }

    private func document(_ index: Int, _ tally: CheckTally) -> [UInt8] {
        let report = reports[index]
        let agency = agencies[report.agency - 1]
        var quality = report.last.submission.checked.quality
        quality.checks.passed += tally.passed
        quality.checks.failed += tally.failed
        quality.checks.uncertain += tally.uncertain
        quality.checks.notAssessable += tally.notAssessable
        let region = agency.region.map { code in
            let region = regions.region(code, in: report.year) ?? regions[code]
            return CanonicalJSON.NamedRegion(code: code, name: region.map { regions.fullName(of: $0) } ?? code)
        }
        let filed = CanonicalJSON.Filed(
            agency: .init(id: agency.id, name: report.last.draft.agency, region: region), currentName: agency.name,
            year: report.year, revision: report.history.count, at: report.revision.at,
            reason: report.revision.note.reason, sha256: report.last.submission.sha256)
        return CanonicalJSON.document(filed, members: report.last.members, quality: quality)
    }
}
