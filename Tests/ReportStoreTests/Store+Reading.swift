import ReportStore
import Reports

/// One read a snapshot, which is what most tests need.
extension Store {
    func reports(
        _ filter: ReportFilter = ReportFilter(), after: ReportListQuery.Position? = nil, limit: Int
    ) async throws -> [ReportHead] {
        try await longSnapshot {
            try $0.reports(ReportListQuery(filter: filter), after: after, limit: limit).map(\.head)
        }
    }

    func report(of agency: Agency, year: Int) throws -> StoredReport? {
        try snapshot { try $0.report(of: agency, year: year) }
    }

    func document(agency name: String, year: Int) throws -> Document? {
        try snapshot { try $0.document(agency: name, year: year) }
    }

    func document(of report: ReportHead, revision: Int) throws -> [UInt8]? {
        try snapshot { try $0.document(of: report, revision: revision) }
    }

    func years(of agency: Agency) throws -> [Int] {
        try snapshot { try $0.years(of: agency) }
    }

    func findings(of report: ReportHead) throws -> [UInt8] {
        try snapshot { try $0.findings(of: report) }
    }

    func findings(of report: ReportHead, revision: Int) throws -> [UInt8] {
        try snapshot { try $0.findings(of: report, revision: revision) }
    }

    func narrative(of report: ReportHead, revision: Int) throws -> [UInt8] {
        try snapshot { try $0.narrative(of: report, revision: revision) }
    }

    func source(of report: ReportHead, revision: Int) throws -> StoredSource {
        try snapshot { try $0.source(of: report, revision: revision) }
    }

    func revisions(of report: ReportHead) throws -> [Revision] {
        try snapshot { try $0.revisions(of: report) }
    }

    func resolve(_ nameOrID: String) throws -> AgencyResolution {
        try snapshot { try $0.resolve(nameOrID) }
    }

    func agency(_ nameOrID: String) throws -> Agency? {
        try snapshot { try $0.agency(nameOrID) }
    }

    func successors(of agency: Agency) throws -> [Agency] {
        try snapshot { try $0.successors(of: agency) }
    }

    func record(of agency: Agency) throws -> AgencyRecord? {
        try snapshot { try $0.record(of: agency) }
    }
}
