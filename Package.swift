// swift-tools-version: 6.2
// The floor plan. A target imports only targets of lower floors; HouseTests/FloorPlanTests holds it.
import PackageDescription

let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .strictMemorySafety(),
    .treatAllWarnings(as: .error),
]

let testSettings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .treatAllWarnings(as: .error),
]

let httpTypes: Target.Dependency = .product(name: "HTTPTypes", package: "swift-http-types")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let argumentParser: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let configuration: Target.Dependency = .product(name: "Configuration", package: "swift-configuration")

func floor(
    _ name: String, _ dependencies: [Target.Dependency], path: String? = nil, resources: [Resource] = []
) -> Target {
    .target(name: name, dependencies: dependencies, path: path, resources: resources, swiftSettings: settings)
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .testTarget(name: name, dependencies: dependencies, swiftSettings: testSettings)
}

/// A program for developers, beside the tests.
func tool(_ name: String, _ dependencies: [Target.Dependency], path: String) -> Target {
    .executableTarget(name: name, dependencies: dependencies, path: path, swiftSettings: testSettings)
}

func system(_ name: String, pkgConfig: String? = nil, apt: String) -> Target {
    .systemLibrary(name: name, pkgConfig: pkgConfig, providers: [.apt([apt])])
}

let package = Package(
    name: "disclosure",
    products: [
        .executable(name: "disclosure", targets: ["disclosure"]),
        .library(name: "HTTPServer", targets: ["HTTPServer"]),
        .library(name: "SQLite", targets: ["SQLite"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-configuration", from: "1.4.0", traits: ["YAML"]),
    ],
    targets: [
        // Floor 0, ground: system C libraries, the schema, an executor.
        system("CSQLite", pkgConfig: "sqlite3", apt: "libsqlite3-dev"),
        system("CZlib", pkgConfig: "zlib", apt: "zlib1g-dev"),
        system("CXML", pkgConfig: "libxml-2.0", apt: "libxml2-dev"),
        system("CArchive", pkgConfig: "libarchive", apt: "libarchive-dev"),
        system("CSodium", pkgConfig: "libsodium", apt: "libsodium-dev"),
        system("CNettle", pkgConfig: "nettle", apt: "nettle-dev"),
        system("CXlsx", pkgConfig: "xlsxwriter", apt: "libxlsxwriter-dev"),
        system("CEpoll", apt: "libc6-dev"),
        floor("QueueExecutor", []),
        floor(
            "Migrations", [], path: "Migrations",
            resources: [
                .embedInCode("0001-reports.sql"), .embedInCode("0002-history.sql"), .embedInCode("0003-uploads.sql"),
                .embedInCode("0004-same-figures.sql"), .embedInCode("0005-facts.sql"), .embedInCode("0006-search.sql"),
                .embedInCode("0007-shapes.sql"), .embedInCode("0008-past.sql"), .embedInCode("0009-signatures.sql"),
                .embedInCode("0010-regions.sql"),
                .embedInCode("0011-totals.sql"),
                .embedInCode("0012-last-write.sql"),
            ]),

        // Floor 1, values and tools: the domain, and tools that have never heard of a report.
        floor("Reports", []),
        floor("Codecs", ["CZlib", "CSodium", "CNettle"]),
        floor("Documents", ["Codecs", "CXML", "CArchive"]),
        floor("Spreadsheets", ["CXlsx"]),
        floor("SQLite", ["CSQLite", "QueueExecutor"]),
        floor("HTTPServer", ["CEpoll", "QueueExecutor", httpTypes]),

        // Floor 2, domain work: bytes to values, values to SQLite and back, values to the printed form.
        floor("ReportParsing", ["Reports", "Documents"]),
        floor("ReportSheets", ["Reports", "Spreadsheets"]),
        floor("ReportStore", ["Reports", "SQLite", "Codecs", "Migrations"]),

        // Floor 3, pipeline: the one way a document enters the store.
        floor("ReportIngest", ["ReportParsing", "ReportStore", "Reports", "Documents", "Codecs"]),

        // Floor 4, surface: REST.
        floor(
            "ReportAPI",
            [
                "HTTPServer", "ReportIngest", "ReportParsing", "ReportSheets", "ReportStore", "Reports", "Spreadsheets",
                "Codecs", httpTypes, logging,
            ]),

        // Floor 5, command: wiring.
        .executableTarget(
            name: "disclosure",
            dependencies: [
                "ReportAPI", "ReportIngest", "ReportParsing", "ReportStore", "Reports", "Documents", "Codecs", "SQLite",
                "HTTPServer", httpTypes, logging, argumentParser, configuration,
            ],
            swiftSettings: settings),

        // Tests mirror sources.
        .target(
            name: "Support", dependencies: ["HTTPServer", "Codecs", "Documents", "ReportParsing", "Reports"],
            path: "Tests/Support",
            swiftSettings: testSettings),
        tool("accuracy", ["Support", argumentParser], path: "Tests/Accuracy"),
        tool(
            "benchmarks",
            [
                "Codecs", "Documents", "ReportIngest", "ReportParsing", "ReportStore", "Reports", "Support",
                argumentParser,
            ],
            path: "Tests/Benchmarks"),
        tests("QueueExecutorTests", ["QueueExecutor"]),
        tests("CodecsTests", ["Codecs", "Support"]),
        tests("DocumentsTests", ["Documents", "Support"]),
        tests("SpreadsheetsTests", ["Spreadsheets", "Documents", "Support"]),
        tests("SQLiteTests", ["SQLite", "Support"]),
        tests("HTTPServerTests", ["HTTPServer", "Support", httpTypes]),
        tests("ReportsTests", ["Reports", "Support"]),
        tests("ReportParsingTests", ["ReportParsing", "Reports", "Documents", "Support"]),
        tests(
            "ReportSheetsTests", ["ReportSheets", "Spreadsheets", "ReportParsing", "Reports", "Documents", "Support"]),
        tests("ReportStoreTests", ["ReportStore", "Reports", "SQLite", "Codecs", "Migrations", "Support"]),
        tests(
            "ReportIngestTests",
            ["ReportIngest", "ReportStore", "Reports", "Documents", "Codecs", "Support", "benchmarks"]),
        tests(
            "ReportAPITests",
            [
                "ReportAPI", "ReportIngest", "ReportStore", "Reports", "HTTPServer", "Codecs", "Support", httpTypes,
                logging,
            ]),
        tests("disclosureTests", ["disclosure", "SQLite", "Reports", "Codecs", "HTTPServer", "Support"]),
        tests("HouseTests", ["Support"]),
    ]
)
