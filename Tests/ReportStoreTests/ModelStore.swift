import ReportStore
import Reports

/// A submission with all that follows from it alone.
final class ModelSubmission: Sendable {
    let draft: Draft
    let submission: Submission
    let members: [UInt8]
    let figures: FiguresDigest?
    let signature: NarrativeSignature?
    let remarks: [FigurePath: String]

    var report: AnnualReport { submission.checked.report }

    init(_ draft: Draft) throws {
        self.draft = draft
        submission = try draft.submission
        let report = submission.checked.report
        var json = JSONWriter()
        CanonicalJSON.writeMembers(of: report, published: draft.published, to: &json)
        members = json.bytes
        figures = FiguresDigest(report)
        signature = NarrativeSignature(report.narrative)
        let remarked = submission.checked.findings.filter { $0.check == .remarkedCells }
        remarks = Dictionary(remarked.map { ($0.paths[0], $0.message) }) { first, _ in first }
    }
}

/// What the store should do, said as plainly as can be: everything is in memory, and after each change everything that
/// follows from something else is computed anew.
struct ModelStore {
    struct Agency {
        let id: Int
        var name: String
        var region: String?
        var level: AgencyLevel?
        var kind: AgencyKind?
        var names: [String: (name: String, isFormer: Bool)] = [:]
        var successor: Int?

        var key: String { AgencyKey(name).text }
        var value: ReportStore.Agency { ReportStore.Agency(id: id, name: name, region: region) }
    }

    struct Entry {
        let number: Int
        let at: Int64
        let kind: Revision.Kind
        let note: Note
        let submission: ModelSubmission?
        /// The document when the next revision came.
        var document: [UInt8]?
        /// What the checks across reports said of it then.
        var cross: [Finding] = []
    }

    struct Report {
        let id: Int
        var agency: Int
        let year: Int
        var history: [Entry] = []
        /// The last submission, withdrawn or not.
        var last: ModelSubmission
        var isWithdrawn = false
        /// Whether it leaves open which division is meant, and others have placed its agency.
        var isUnsaid = false
        var modifiedAt: Int64 = 0
        var document: [UInt8] = []
        var cross: [Finding] = []
        var acknowledgements: [String: Acknowledgement] = [:]

        var revision: Entry { history[history.count - 1] }
        var findings: [Finding] { isWithdrawn ? [] : last.submission.checked.findings + cross }
    }

    struct Entered: Hashable, Comparable {
        let report: Int
        let kind: Change.Kind
        let revision: Int
        let at: Int64

        private var text: String { "\(report) \(kind) \(revision) \(at)" }
        static func < (left: Entered, right: Entered) -> Bool { left.text < right.text }
    }

    let regions: RegionDirectory
    let memory: ModelMemory
    var agencies: [Agency] = []
    var reports: [Report] = []
    var changes: [Entered] = []

    init(regions: RegionDirectory, memory: ModelMemory) {
        self.regions = regions
        self.memory = memory
    }
}

extension ModelStore {
    func resolve(_ name: String) -> AgencyResolution {
        if !name.isEmpty, name.utf8.allSatisfy({ 0x30...0x39 ~= $0 }), let id = Int(name) {
            return agencies.first { $0.id == id }.map { .agency($0.value, isFormer: false) } ?? .unknown
        }
        let key = AgencyKey(name).text
        if let current = agencies.first(where: { $0.key == key }) { return .agency(current.value, isFormer: false) }
        let others = agencies.filter { $0.names[key] != nil }
        guard let first = others.first else { return .unknown }
        return others.count == 1
            ? .agency(first.value, isFormer: first.names[key]?.isFormer == true) : .several(others.map(\.value))
    }

    func successors(of id: Int) -> [Int] {
        var chain: [Int] = []
        var next = agencies[id - 1].successor
        while let one = next {
            chain.append(one)
            next = agencies[one - 1].successor
        }
        return chain
    }

    private func agency(for submission: ModelSubmission, _ now: Int64) throws -> (Int, isNew: Bool) {
        var found: Int
        if let id = submission.draft.agencyID, id <= agencies.count {
            found = id
        } else {
            switch resolve(submission.report.agency) {
            case .agency(let agency, _): found = agency.id
            case .several(let agencies):
                let prefix = submission.draft.region.map { code in
                    code.hasSuffix("0000") ? code.prefix(2) : code.hasSuffix("00") ? code.prefix(4) : code[...]
                }
                let inside = agencies.filter { agency in
                    prefix.map { agency.region?.hasPrefix($0) == true } ?? false
                }
                guard inside.count == 1 else { throw StoreError.ambiguousAgency(agencies) }
                found = inside[0].id
            case .unknown: return (agencies.count + 1, true)
            }
        }
        let last = reports.filter { $0.agency == found }.map(\.year).max()
        let year = submission.draft.year
        let known = agencies[found - 1]
        let names = Set([known.key, AgencyKey(submission.report.agency).text] + known.names.keys)
        let holders = ([found] + successors(of: found)).compactMap { id in
            reports.first { $0.agency == id && $0.year == year }
        }
        if let holder = holders.first(where: {
            $0.agency == found || names.contains(AgencyKey($0.last.report.agency).text)
        }) {
            found = holder.agency
        } else if !holders.isEmpty {
            // A successor has a report of its own, or another predecessor's: they stay apart.
        } else if last.map({ year > $0 }) ?? true {
            found = successors(of: found).last ?? found
        }
        return (found, false)
    }

    /// The predecessor whose report a merge has moved to where an agency's own comes now.
    private func displaced(_ report: Report, by draft: Draft, of agency: Int) -> Int? {
        let (old, new) = (AgencyKey(report.last.draft.agency), AgencyKey(draft.agency))
        let names = Set([agencies[agency - 1].key] + agencies[agency - 1].names.keys)
        guard old != new, names.contains(new.text), !names.contains(old.text),
            case .agency(let owner, _) = resolve(report.last.draft.agency), successors(of: owner.id).contains(agency),
            !reports.contains(where: { $0.agency == owner.id && $0.year == report.year })
        else { return nil }
        return owner.id
    }

    private func place(_ draft: Draft) -> String? {
        switch regions.place(agencyNamed: draft.agency, within: draft.region, year: draft.year) {
        case .placed(let region): region.code
        case .ambiguous: nil
        case .unknown: draft.region
        }
    }

    /// - Parameter time: when it came, where that is known from elsewhere.
    mutating func save(_ submission: ModelSubmission, now: Int64, at time: Int64? = nil) throws -> SaveOutcome {
        let draft = submission.draft
        let (agency, isNew) = try agency(for: submission, now)
        if isNew {
            agencies.append(
                Agency(
                    id: agency, name: draft.agency, region: place(draft),
                    level: regions.classify(agencyNamed: draft.agency).level,
                    kind: regions.classify(agencyNamed: draft.agency).kind))
        } else if agencies[agency - 1].region == nil, let region = place(draft) {
            agencies[agency - 1].region = region
            for index in reports.indices where reports[index].agency == agency {
                let report = reports[index]
                if case .ambiguous = regions.place(agencyNamed: report.last.draft.agency, year: report.year) {
                    reports[index].isUnsaid = true
                }
            }
            settle(now)
        }
        var known = reports.firstIndex { $0.agency == agency && $0.year == draft.year }
        if let index = known, let owner = displaced(reports[index], by: draft, of: agency) {
            reports[index].agency = owner
            known = nil
        }
        if let known, !reports[known].isWithdrawn, reports[known].last.submission.sha256 == submission.submission.sha256
        {
            if reports[known].isUnsaid, draft.region != nil, !draft.leavesRegionOpen {
                reports[known].isUnsaid = false
                settle(now)
            }
            return .unchanged
        }
        let index = known ?? reports.count
        if known == nil {
            reports.append(Report(id: index + 1, agency: agency, year: draft.year, last: submission))
        } else {
            putAside(index)
        }
        let at = time ?? max(now, known.map { reports[$0].revision.at } ?? now)
        let modifiedAt = max(time ?? now, known.map { reports[$0].modifiedAt + 1 } ?? now)
        let number = reports[index].history.count + 1
        reports[index].history.append(
            Entry(
                number: number, at: at, kind: known == nil ? .stored : .corrected, note: submission.submission.note,
                submission: submission))
        reports[index].last = submission
        reports[index].isWithdrawn = false
        reports[index].isUnsaid = draft.leavesRegionOpen && agencies[agency - 1].region != nil
        reports[index].modifiedAt = modifiedAt
        enter(index, known == nil ? .stored : .corrected, at)
        settle(now, fresh: index)
        return known == nil ? .stored : .revised
    }

    mutating func withdraw(_ index: Int, _ note: Note, now: Int64, at time: Int64? = nil) -> Bool {
        guard !reports[index].isWithdrawn else { return false }
        putAside(index)
        let at = time ?? max(now, reports[index].revision.at)
        reports[index].history.append(
            Entry(number: reports[index].history.count + 1, at: at, kind: .withdrawn, note: note, submission: nil))
        reports[index].isWithdrawn = true
        reports[index].modifiedAt = max(time ?? now, reports[index].modifiedAt + 1)
        reports[index].cross = []
        enter(index, .withdrawn, at)
        settle(now)
        return true
    }

    private mutating func putAside(_ index: Int) {
        let last = reports[index].history.count - 1
        if reports[index].history[last].kind != .withdrawn {
            reports[index].history[last].document = reports[index].document
            reports[index].history[last].cross = reports[index].cross
        }
    }

    mutating func enter(_ index: Int, _ kind: Change.Kind, _ at: Int64) {
        changes.append(
            Entered(report: reports[index].id, kind: kind, revision: reports[index].history.count, at: at))
    }
}

extension ModelStore {
    mutating func edit(_ id: Int, _ edit: AgencyEdit, now: Int64) throws {
        var agency = agencies[id - 1]
        func requireFree(_ key: String) throws {
            if let other = agencies.first(where: { $0.key == key && $0.id != id }) {
                throw StoreError.nameTaken(other.value)
            }
        }
        for (names, isFormer) in [(edit.aliases, false), (edit.formerNames, true)] {
            guard let names else { continue }
            agency.names = agency.names.filter { $0.value.isFormer != isFormer }
            for name in names {
                let key = AgencyKey(name).text
                try requireFree(key)
                if key != agency.key { agency.names[key] = (name, isFormer) }
            }
        }
        if let name = edit.name {
            let key = AgencyKey(name).text
            try requireFree(key)
            if key != agency.key {
                agency.names[key] = nil
                agency.names[agency.key] = (agency.name, true)
            }
            agency.name = name
        }
        if let successor = edit.successor {
            if let successor, ([successor] + successors(of: successor)).contains(id) {
                throw StoreError.successorCycle
            }
            agency.successor = successor
        }
        agency.level = edit.level ?? agency.level
        agency.kind = edit.kind ?? agency.kind
        agency.region = edit.region ?? agency.region
        if edit.region != nil {
            for index in reports.indices where reports[index].agency == id { reports[index].isUnsaid = false }
        }
        agencies[id - 1] = agency
        settle(now)
    }

    mutating func merge(_ id: Int, into target: Int, now: Int64) throws -> (moved: [Int], kept: [Int]) {
        if ([target] + successors(of: target)).contains(id) { throw StoreError.successorCycle }
        agencies[id - 1].successor = target
        let taken = Set(reports.filter { $0.agency == target }.map(\.year))
        var moved: [Int] = []
        var kept: [Int] = []
        for index in reports.indices where reports[index].agency == id {
            if taken.contains(reports[index].year) {
                kept.append(reports[index].year)
            } else {
                moved.append(reports[index].year)
                reports[index].agency = target
            }
        }
        settle(now)
        return (moved.sorted(), kept.sorted())
    }

    mutating func acknowledge(_ fingerprint: String, _ index: Int, _ word: Acknowledgement) -> Bool {
        guard reports[index].findings.contains(where: { $0.fingerprint == fingerprint }) else { return false }
        reports[index].acknowledgements[fingerprint] = word
        touch(index, word.at)
        return true
    }

    mutating func takeBack(_ fingerprint: String, _ index: Int, now: Int64) -> Bool {
        guard reports[index].acknowledgements.removeValue(forKey: fingerprint) != nil else { return false }
        touch(index, now)
        return true
    }

    private mutating func touch(_ index: Int, _ now: Int64) {
        reports[index].modifiedAt = max(now, reports[index].modifiedAt + 1)
        enter(index, .reassessed, max(now, reports[index].revision.at))
    }

    mutating func reindex(now: Int64) {
        for index in agencies.indices {
            let agency = agencies[index]
            agencies[index].level = agency.level ?? regions.classify(agencyNamed: agency.name).level
            agencies[index].kind = agency.kind ?? regions.classify(agencyNamed: agency.name).kind
            let year = reports.filter { $0.agency == agency.id }.map(\.year).max()
            if agency.region == nil, case .placed(let region) = regions.place(agencyNamed: agency.name, year: year) {
                agencies[index].region = region.code
            }
        }
        settle(now)
    }
}
