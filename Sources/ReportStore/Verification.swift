internal import SQLite

/// What a look through a whole database came to; see ``Store/verify(_:uploadFolder:each:)``.
public struct Verification: Sendable, Hashable {
    /// How many reports were looked at.
    public internal(set) var reports = 0
    /// How many revisions.
    public internal(set) var revisions = 0
    /// How many uploads.
    public internal(set) var uploads = 0
    /// How many faults were found.
    public internal(set) var faults = 0

    /// One thing that is wrong.
    public struct Fault: Sendable, Hashable, CustomStringConvertible {
        /// The agency's name; nil where the fault is not in one report.
        public let agency: String?
        /// The report's year.
        public let year: Int?
        /// The number of the revision, where the fault is in one.
        public let revision: Int?
        /// What is wrong.
        public let message: String

        /// One line: `清禾县教育局 2023 revision 2: …`.
        public var description: String {
            guard let agency, let year else { return message }
            return "\(agency) \(year)" + (revision.map { " revision \($0)" } ?? "") + ": \(message)"
        }
    }
}

extension Store {
    /// Looks through a database file for anything that is not as it was stored: SQLite's own structures and foreign
    /// keys; every source against its digest; every document against its tag and the columns beside it; revisions,
    /// findings, sums and signatures; what lists, statistics and searches read; the feed of changes; uploads and what is noted of their items.
    ///
    /// It changes nothing and may run beside a server: reports are read a few at a time, each as it is at one moment.
    /// O(bytes of the file) in time; memory is that of one revision.
    ///
    /// - Parameters:
    ///   - path: the file.
    ///   - uploadFolder: where the bodies of unfinished uploads are; nil where they need not be there, as for a copy.
    ///   - each: told of each fault as it is found.
    /// - Throws: ``StoreError/olderSchema(database:program:)`` and others for a file of another program or version, and
    ///   what keeps it from being read at all. Damage is a fault, and the rest is looked at nevertheless.
    public static func verify(
        _ path: String, uploadFolder: String? = nil, each: @escaping (Verification.Fault) -> Void
    ) throws(StoreError) -> Verification {
        try StoreError.mapping {
            let connection = try Connection(path: path, access: .reading(path))
            try requireCurrentSchema(connection)
            var verifier = Verifier(connection: connection, uploadFolder: uploadFolder, each: each)
            try verifier.run()
            return verifier.result
        }
    }
}

/// Walks through a database and tells of what it finds.
struct Verifier {
    let connection: Connection
    let uploadFolder: String?
    let each: (Verification.Fault) -> Void
    var result = Verification()
    let shapes = ShapeBook()

    init(connection: Connection, uploadFolder: String?, each: @escaping (Verification.Fault) -> Void) {
        self.connection = connection
        self.uploadFolder = uploadFolder
        self.each = each
    }

    mutating func run() throws {
        try attempt { verifier in
            for fault in try verifier.connection.integrityFaults(limit: 100) { verifier.tell("SQLite: \(fault)") }
        }
        try attempt { verifier in
            for fault in try verifier.connection.foreignKeyFaults(limit: 100) { verifier.tell(fault) }
        }
        try attempt { try $0.verifyReports() }
        try attempt { try $0.verifyTexts() }
        try attempt { try $0.verifyRegionTotals() }
        try attempt { try $0.verifyChanges() }
        try attempt { try $0.verifyUploads() }
    }

    mutating func tell(_ message: String, agency: String? = nil, year: Int? = nil, revision: Int? = nil) {
        result.faults += 1
        each(Verification.Fault(agency: agency, year: year, revision: revision, message: message))
    }

    /// Does one part of the work. Where the file is damaged that is a fault, and the other parts are done.
    mutating func attempt(_ what: String = "", _ part: (inout Verifier) throws -> Void) throws {
        do {
            try part(&self)
        } catch {
            guard case .corrupt(let message) = StoreError(any: error) else { throw error }
            tell("the database is damaged\(what): \(message)")
        }
    }
}
