import Testing

/// Holds the floors of `Package.swift` and `Sources/README.md`.
///
/// The compiler does not: SwiftPM lets a target import a module that it reaches only through another.
@Suite struct FloorPlanTests {
    private let plan: FloorPlan

    /// The one module that may import each system library.
    private let importers = [
        "CSQLite": "SQLite", "CZlib": "Codecs", "CSodium": "Codecs", "CNettle": "Codecs", "CXML": "Documents",
        "CArchive": "Documents", "CXlsx": "Spreadsheets", "CEpoll": "HTTPServer",
    ]

    /// What a module must stay ignorant of even where its floor would allow it.
    private let neverKnows: [String: Set<String>] = [
        "Codecs": ["Documents", "SQLite", "HTTPServer", "HTTPTypes"],
        "Documents": ["SQLite", "HTTPServer", "HTTPTypes"],
        "Spreadsheets": ["Documents", "SQLite", "HTTPServer", "HTTPTypes"],
        "SQLite": ["Codecs", "Documents", "HTTPServer", "HTTPTypes"],
        "HTTPServer": ["Codecs", "Documents", "SQLite"],
        "ReportParsing": ["SQLite", "Migrations", "ReportStore", "HTTPServer", "HTTPTypes"],
        "ReportSheets": ["Documents", "SQLite", "Migrations", "ReportStore", "HTTPServer", "HTTPTypes"],
        "ReportStore": ["Documents", "ReportParsing", "HTTPServer", "HTTPTypes"],
        "ReportIngest": ["SQLite", "HTTPServer", "HTTPTypes"],
        "ReportAPI": ["SQLite", "Documents"],
    ]

    /// What only the command may use: no other module reads flags or files of settings.
    private let ofTheCommand: Set<String> = ["ArgumentParser", "Configuration"]

    init() throws {
        plan = try FloorPlan.ofThisHouse()
    }

    @Test func `every folder of Sources is a module on a floor, and the other way round`() throws {
        let folders = Set(try Repository.folders(in: "Sources"))
        #expect(folders.union(["Migrations"]) == plan.names)
        let floors = plan.modules.map(\.floor)
        #expect(floors.allSatisfy { $0 >= 0 })
        #expect(floors == floors.sorted())
    }

    @Test func `a module depends only on modules that the manifest names above it`() {
        var above: Set<String> = []
        for module in plan.modules {
            #expect(module.modules.subtracting(above) == [], "\(module.name)")
            above.insert(module.name)
        }
    }

    @Test func `a file imports only what the manifest gives its module`() throws {
        for module in plan.modules {
            for file in try Repository.swiftFiles(in: module.folder) {
                #expect(file.imports.intersection(plan.names).subtracting(module.modules) == [], "\(file.path)")
                #expect(file.imports.intersection(plan.products).subtracting(module.products) == [], "\(file.path)")
            }
        }
    }

    @Test func `only modules named Report and the command know reports`() {
        for module in plan.modules where !module.name.hasPrefix("Report") && module.name != "disclosure" {
            #expect(module.modules.filter { $0.hasPrefix("Report") } == [], "\(module.name)")
        }
    }

    @Test func `each system library has one importer`() throws {
        for library in plan.modules where library.apt != nil {
            let importer = try #require(importers[library.name], "who may import \(library.name)?")
            for module in plan.modules where module.name != importer {
                #expect(!module.modules.contains(library.name), "\(module.name) depends on \(library.name)")
            }
        }
    }

    @Test func `a module stays ignorant of what it must never know`() throws {
        for (name, unknown) in neverKnows {
            let module = try #require(plan[name], "\(name) is not in the manifest")
            #expect(module.modules.union(module.products).intersection(unknown) == [], "\(name)")
        }
        #expect(plan["Reports"]?.modules == [])
        for module in plan.modules where module.name != "disclosure" {
            #expect(module.products.intersection(ofTheCommand) == [], "\(module.name)")
        }
    }

    @Test func `the executor and the schema import nothing but the system`() throws {
        for name in ["QueueExecutor", "Migrations"] {
            let module = try #require(plan[name])
            for file in try Repository.swiftFiles(in: module.folder) {
                #expect(file.imports.subtracting(["Dispatch", "Foundation", "FoundationEssentials"]) == [])
            }
        }
    }
}
