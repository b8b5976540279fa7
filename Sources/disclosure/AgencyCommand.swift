import ArgumentParser
import Foundation
import Logging
import ReportStore
import Reports

/// `disclosure agency …`: the registry from the command line.
struct AgencyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "agency", abstract: "List, show, name, place and merge agencies.",
        discussion: """
            An agency is named by its name, an alias, a former name or its number.

            Examples:
              disclosure agency list --region 4113
              disclosure agency list --missing 2024
              disclosure agency show 镇平县自然资源局
              disclosure agency alias 镇平县自然资源局 镇平自然资源局
              disclosure agency rename 镇平县国土资源局 镇平县自然资源局
              disclosure agency place 朝阳区教育局 110105
              disclosure agency merge 镇平县政府办 --into 镇平县人民政府办公室
            """,
        subcommands: [List.self, Show.self, Alias.self, Rename.self, Place.self, Merge.self])
}

/// The database and the list of divisions, for the commands of the registry.
struct RegistryOptions: ParsableArguments {
    @OptionGroup var database: DatabaseOption

    @Option(help: "Configuration file; regions.csv stands beside it.")
    var config: String?

    /// The settings in force; flags go first.
    func settings() async throws -> Settings {
        var settings = try await Settings.load(file: config, environment: ProcessInfo.processInfo.environment)
        if let path = database.database { settings.databasePath = path }
        return settings
    }

    /// Runs a body with the store; a database that is not there is not made.
    func withStore(_ body: (Store) async throws -> Void) async throws {
        let settings = try await settings()
        guard FileManager.default.fileExists(atPath: settings.databasePath) else {
            Output.message("error: \(settings.databasePath): there is no database")
            throw ExitCode.found
        }
        try await Self.withStore(settings, body)
    }

    /// Runs a body with the store of settings, which is made where it is missing, and closes it. What the store has
    /// against it is told in one line.
    static func withStore(_ settings: Settings, _ body: (Store) async throws -> Void) async throws {
        do {
            let store = try await Program.open(settings, Logger.program(settings))
            do {
                try await body(store)
            } catch {
                try await store.close()
                throw error
            }
            try await store.close()
        } catch let error as StoreError {
            Output.message("error: \(error)")
            throw ExitCode.found
        } catch let failure as Program.Failure {
            Output.message("error: \(failure)")
            throw ExitCode.found
        }
    }
}

extension Store {
    /// The one agency of a name or number.
    fileprivate func known(_ name: String) async throws -> Agency {
        switch try snapshot({ try $0.resolve(name) }) {
        case .agency(let agency, _): return agency
        case .several(let agencies):
            let list = agencies.map { "\($0.id) \($0.name)" }.joined(separator: ", ")
            throw Program.Failure(description: "several agencies are called \(name): \(list)")
        case .unknown:
            let near = try await suggestions(for: name).map(\.name).joined(separator: ", ")
            throw Program.Failure(
                description: "no agency is called \(name)" + (near.isEmpty ? "" : "; the nearest: \(near)"))
        }
    }

    /// Prints what is known of an agency.
    fileprivate func show(_ agency: Agency) throws {
        guard let record = try snapshot({ try $0.record(of: agency) }) else { return }
        let lines: [(String, String)] = [
            ("id", "\(record.agency.id)"), ("name", record.agency.name),
            ("region", record.agency.region.map { line(of: $0) } ?? ""), ("level", record.level?.rawValue ?? ""),
            ("kind", record.kind?.rawValue ?? ""), ("aliases", record.aliases.joined(separator: ", ")),
            ("former names", record.formerNames.joined(separator: ", ")), ("successor", record.successor?.name ?? ""),
            ("predecessors", record.predecessors.map(\.name).joined(separator: ", ")),
            ("reports", record.years.map(String.init).joined(separator: ", ")),
        ]
        for (name, value) in lines where !value.isEmpty { Output.line("\(name): \(value)") }
    }

    private func line(of code: String) -> String {
        regions[code].map { "\(code) \(regions.fullName(of: $0))" } ?? code
    }
}

extension AgencyCommand {
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print the agencies that have reports, one a line: number, division, years, name.",
            discussion: """
                Examples:
                  disclosure agency list --region 4113
                  disclosure agency list --missing 2024 --name 教育
                """)

        @OptionGroup var options: RegistryOptions

        @Option(help: "Only those whose division's code begins so (GB/T 2260).")
        var region: String?

        @Option(help: "Only those that have no report for this year, though they have for others.")
        var missing: Int?

        @Option(help: "Only those whose report for this year came late.")
        var late: Int?

        @Option(help: "Only those whose name holds this.")
        var name: String?

        func validate() throws {
            guard missing == nil || late == nil else { throw ValidationError("Either --missing or --late.") }
        }

        func run() async throws {
            var filter = AgencyFilter()
            filter.region = region
            filter.name = name
            filter.duty = missing.map { .missing(year: $0) } ?? late.map { .late(year: $0) }
            try await options.withStore { store in
                var last = 0
                while true {
                    let page = try await store.agencies(filter, after: last, limit: 1_000)
                    guard let end = page.last else { return }
                    last = end.agency.id
                    for row in page {
                        // Nobody has a first year without a last one; of some all reports are withdrawn.
                        let years = [row.firstYear, row.lastYear].compactMap { $0.map(String.init) }
                        Output.line(
                            "\(row.agency.id)\t\(row.agency.region ?? "-")\t\(years.joined(separator: "–"))\t\(row.agency.name)"
                        )
                    }
                }
            }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print what is known of an agency.",
            discussion: """
                Examples:
                  disclosure agency show 镇平县自然资源局
                  disclosure agency show 17
                """)

        @OptionGroup var options: RegistryOptions

        @Argument(help: "The agency.")
        var agency: String

        func run() async throws {
            try await options.withStore { store in try store.show(try await store.known(agency)) }
        }
    }

    struct Alias: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Add names that lead to an agency, or take them away.",
            discussion: """
                Examples:
                  disclosure agency alias 镇平县自然资源局 镇平自然资源局 镇平县国土局
                  disclosure agency alias 镇平县自然资源局 镇平县国土局 --remove
                """)

        @OptionGroup var options: RegistryOptions

        @Argument(help: "The agency.")
        var agency: String

        @Argument(help: "The other names.")
        var names: [String]

        @Flag(help: "Take the names away instead.")
        var remove = false

        func run() async throws {
            try await options.withStore { store in
                let agency = try await store.known(agency)
                let keys = Set(names.map(AgencyKey.init))
                let aliases = try store.snapshot { try $0.record(of: agency) }?.aliases ?? []
                if remove, let unknown = names.first(where: { !aliases.map(AgencyKey.init).contains(AgencyKey($0)) }) {
                    throw Program.Failure(description: "\(agency.name) has no alias “\(unknown)”")
                }
                let kept = aliases.filter { !keys.contains(AgencyKey($0)) }
                var edit = AgencyEdit()
                edit.aliases = remove ? kept : kept + names
                try await store.edit(agency, edit, now: Program.clock())
                try store.show(agency)
            }
        }
    }

    struct Rename: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Give an agency another name; the one before becomes a former name.",
            discussion: """
                Example:
                  disclosure agency rename 镇平县国土资源局 镇平县自然资源局
                """)

        @OptionGroup var options: RegistryOptions

        @Argument(help: "The agency.")
        var agency: String

        @Argument(help: "The new name.")
        var name: String

        func run() async throws {
            try await options.withStore { store in
                let agency = try await store.known(agency)
                var edit = AgencyEdit()
                edit.name = name
                try await store.edit(agency, edit, now: Program.clock())
                try store.show(agency)
            }
        }
    }

    struct Place: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Say in which division an agency is.",
            discussion: """
                Example:
                  disclosure agency place 朝阳区教育局 110105
                """)

        @OptionGroup var options: RegistryOptions

        @Argument(help: "The agency.")
        var agency: String

        @Argument(help: "The division's code (GB/T 2260), six digits.")
        var region: String

        func run() async throws {
            try await options.withStore { store in
                guard store.regions[region] != nil else {
                    throw Program.Failure(description: "GB/T 2260 has no division \(region)")
                }
                let agency = try await store.known(agency)
                var edit = AgencyEdit()
                edit.region = .some(region)
                try await store.edit(agency, edit, now: Program.clock())
                try store.show(agency)
            }
        }
    }

    struct Merge: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make one agency of two: the reports of the first become the second's.",
            discussion: """
                Each report keeps the name of its year, and the old addresses lead to the new ones. Where both have a \
                report for a year, each keeps its own.

                Example:
                  disclosure agency merge 镇平县政府办 --into 镇平县人民政府办公室
                """)

        @OptionGroup var options: RegistryOptions

        @Argument(help: "The agency whose reports move.")
        var agency: String

        @Option(help: "The agency that they move to.")
        var into: String

        func run() async throws {
            try await options.withStore { store in
                let other = try await store.known(into)
                let merge = try await store.merge(
                    try await store.known(agency), into: other, now: Program.clock())
                for (word, years) in [("moved", merge.moved), ("kept", merge.kept)] where !years.isEmpty {
                    Output.line("\(word): " + years.map(String.init).joined(separator: ", "))
                }
                try store.show(other)
            }
        }
    }
}
