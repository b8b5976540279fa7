import Configuration
import Foundation
import HTTPServer
import Logging
import ReportAPI
import ReportIngest
import ReportStore
import Synchronization
import SystemPackage

/// Every setting, from flags, then the environment, then the file, then the defaults. Read once at the start.
struct Settings: Sendable {
    var host = "127.0.0.1"
    var port = 8080
    var sharesPort = false
    var limits = Limits()
    var stopSeconds = 10.0
    var cacheControl = "no-cache"
    var corsOrigins = ["*"]
    var databasePath = "data/disclosure.sqlite"
    var store = Store.Options()
    /// The file that the settings were read from.
    var file: String?
    /// Bytes of ready answers, and of the places of reports, for each event loop.
    var answersBytes = 8 << 20, placesBytes = 64 << 20
    var documents = IngestLimits()
    /// Beside the database: one disk for both, and what is left there belongs to it.
    var uploadFolder: String { databasePath + ".uploads" }
    var uploadKeepDays = 30
    var uploads = BulkLimits()
    var logLevel = Logger.Level.info
    var logsJSON = false

    /// What is wrong with a setting, in a sentence that names it.
    struct Fault: Error, CustomStringConvertible {
        let description: String
    }

    /// Reads the file, where one is given, and the environment.
    ///
    /// - Throws: ``Fault`` for a file that cannot be read, an unknown key, or a value out of its range.
    static func load(file: String?, environment: [String: String]) async throws -> Settings {
        var providers: [any ConfigProvider] = [EnvironmentVariablesProvider(environmentVariables: environment)]
        if let file, let provider = try await read(file) { providers.append(provider) }
        let reader = SettingsReader(ConfigReader(providers: providers))
        var settings = Settings()
        settings.file = file
        try await settings.readHTTP(reader)
        try await settings.readLimits(reader)
        try await settings.readDatabase(reader)
        try await settings.readCaches(reader)
        try await settings.readRest(reader)
        return settings
    }

    /// The keys of the file; any other is an error, for a mistyped limit would protect nobody.
    static let keys: Set<String> = [
        "http.host", "http.port", "http.sharePort", "http.lanes", "http.cacheControl", "http.corsOrigins",
        "http.limits.requestLineBytes", "http.limits.headerBytes", "http.limits.headerCount", "http.limits.bodyBytes",
        "http.limits.connections", "http.limits.connectionsPerAddress", "http.limits.requestsPerConnection",
        "http.limits.headSeconds", "http.limits.bodySeconds", "http.limits.bodyBytesPerSecond",
        "http.limits.idleSeconds", "http.limits.writeSeconds", "http.limits.writeBytesPerSecond",
        "http.limits.handlerSeconds", "http.limits.stopSeconds", "database.path", "database.readers",
        "database.busySeconds", "database.mmapBytes", "database.migrateOnStart", "caches.answersBytes",
        "caches.placesBytes", "caches.documentsBytes", "caches.sumsBytes", "caches.listsBytes",
        "documents.bytesMax", "documents.cellsMax",
        "uploads.keepDays", "uploads.itemsMax", "uploads.unpackedBytesMax", "uploads.ratioMax",
        "uploads.depthMax", "log.level", "log.format",
    ]

    /// The settings of a file; nil where it states none.
    private static func read(_ file: String) async throws -> FileProvider<YAMLSnapshot>? {
        // The library takes a file of comments alone for a mistake.
        if let text = try? String(contentsOfFile: file, encoding: .utf8), isBlank(text) { return nil }
        let seen = Mutex<Set<String>>([])
        // The library asks of every key whether it is secret: the one place where it names them all.
        let collect = SecretsSpecifier<String, Void>.dynamic { key, _ in
            seen.withLock { _ = $0.insert(key) }
            return false
        }
        let provider: FileProvider<YAMLSnapshot>
        do {
            provider = try await FileProvider(
                parsingOptions: YAMLSnapshot.ParsingOptions(secretsSpecifier: collect), filePath: FilePath(file))
        } catch {
            throw Fault(description: "\(file): \(oneLine(error))")
        }
        let unknown = seen.withLock { $0 }.subtracting(keys).sorted()
        guard unknown.isEmpty else {
            throw Fault(
                description: "\(file): unknown key \(unknown.joined(separator: ", ")); see Config/disclosure.yaml")
        }
        return provider
    }
}

extension Settings {
    /// Whether a YAML text holds nothing but comments.
    private static func isBlank(_ text: String) -> Bool {
        text.split(whereSeparator: \.isNewline).allSatisfy { line in
            let line = line.drop(while: \.isWhitespace)
            return line.isEmpty || line.hasPrefix("#") || line == "---"
        }
    }

    /// The words of an error without the excerpt that YAML's parser draws below them.
    private static func oneLine(_ error: any Error) -> String {
        "\(error)".split(whereSeparator: \.isNewline).map { $0.trimmingCharacters(in: .whitespaces) }
            .filter { $0 != "^" }.joined(separator: " ")
    }

    private mutating func readHTTP(_ reader: SettingsReader) async throws {
        host = try await reader.text("http.host") ?? host
        port = try await reader.integer("http.port", 0...65_535) ?? port
        sharesPort = try await reader.flag("http.sharePort") ?? sharesPort
        cacheControl = try await reader.text("http.cacheControl") ?? cacheControl
        corsOrigins = try await reader.texts("http.corsOrigins") ?? corsOrigins
        let lanes = try await reader.integer("http.lanes", 0...256) ?? 0
        limits.eventLoopsMax = lanes == 0 ? nil : lanes
    }

    private mutating func readLimits(_ reader: SettingsReader) async throws {
        func integer(_ name: String, _ range: ClosedRange<Int>, _ value: inout Int) async throws {
            value = try await reader.integer("http.limits.\(name)", range) ?? value
        }
        func seconds(_ name: String, _ value: inout Double) async throws {
            value = try await reader.seconds("http.limits.\(name)") ?? value
        }
        try await integer("requestLineBytes", 256...1 << 20, &limits.requestLineBytesMax)
        try await integer("headerBytes", 1024...1 << 24, &limits.headerBytesMax)
        try await integer("headerCount", 8...10_000, &limits.headerFieldsMax)
        try await integer("bodyBytes", 0...Int.max, &limits.bodyBytesMax)
        try await integer("connections", 1...1 << 20, &limits.connectionsMax)
        try await integer("connectionsPerAddress", 1...1 << 20, &limits.connectionsPerAddressMax)
        var requests = 0
        try await integer("requestsPerConnection", 0...Int.max, &requests)
        limits.requestsPerConnectionMax = requests == 0 ? .max : requests
        try await seconds("headSeconds", &limits.headSeconds)
        try await seconds("bodySeconds", &limits.bodyStallSeconds)
        try await integer("bodyBytesPerSecond", 0...1 << 30, &limits.bodyBytesPerSecondMin)
        try await integer("writeBytesPerSecond", 0...1 << 30, &limits.writeBytesPerSecondMin)
        try await seconds("idleSeconds", &limits.idleSeconds)
        try await seconds("writeSeconds", &limits.writeStallSeconds)
        try await seconds("handlerSeconds", &limits.handlerSeconds)
        try await seconds("stopSeconds", &stopSeconds)
    }

    private mutating func readDatabase(_ reader: SettingsReader) async throws {
        databasePath = try await reader.text("database.path") ?? databasePath
        let readers = try await reader.integer("database.readers", 0...256) ?? 0
        store.longReaders = readers == 0 ? max(2, ProcessInfo.processInfo.activeProcessorCount) : readers
        store.busyMilliseconds = Int((try await reader.seconds("database.busySeconds") ?? 5) * 1000)
        store.mmapBytes = Int64(try await reader.integer("database.mmapBytes", 0...Int.max) ?? Int(store.mmapBytes))
        store.migrates = try await reader.flag("database.migrateOnStart") ?? store.migrates
    }

    private mutating func readCaches(_ reader: SettingsReader) async throws {
        func bytes(_ name: String, _ value: inout Int) async throws {
            value = try await reader.integer("caches.\(name)", 0...1 << 40) ?? value
        }
        try await bytes("answersBytes", &answersBytes)
        try await bytes("placesBytes", &placesBytes)
        try await bytes("documentsBytes", &store.documentsBytesMax)
        try await bytes("sumsBytes", &store.sumsBytesMax)
        try await bytes("listsBytes", &store.listsBytesMax)
    }

    private mutating func readRest(_ reader: SettingsReader) async throws {
        documents.bytesMax = try await reader.integer("documents.bytesMax", 1024...1 << 32) ?? documents.bytesMax
        documents.cellsMax = try await reader.integer("documents.cellsMax", 1...100_000_000) ?? documents.cellsMax
        uploadKeepDays = try await reader.integer("uploads.keepDays", 1...36_500) ?? uploadKeepDays
        uploads.itemsMax = try await reader.integer("uploads.itemsMax", 1...100_000_000) ?? uploads.itemsMax
        uploads.totalBytesMax =
            try await reader.integer("uploads.unpackedBytesMax", 1024...Int.max) ?? uploads.totalBytesMax
        uploads.ratioMax = try await reader.integer("uploads.ratioMax", 1...1_000_000) ?? uploads.ratioMax
        uploads.depthMax = try await reader.integer("uploads.depthMax", 0...16) ?? uploads.depthMax
        if let name = try await reader.text("log.level") {
            guard let level = Logger.Level(rawValue: name) else {
                let names = Logger.Level.allCases.map(\.rawValue).joined(separator: ", ")
                throw Fault(description: "log.level: one of \(names) is needed, not “\(name)”")
            }
            logLevel = level
        }
        switch try await reader.text("log.format") {
        case nil, "text": logsJSON = false
        case "json": logsJSON = true
        case let name?: throw Fault(description: "log.format: text or json is needed, not “\(name)”")
        }
    }
}

/// Values with their types and ranges.
struct SettingsReader {
    private let config: ConfigReader

    init(_ config: ConfigReader) {
        self.config = config
    }

    func text(_ key: String) async throws -> String? {
        let text = try await fault(key, "a text") { try await config.fetchString(forKey: ConfigKey(key)) }
        guard text?.isEmpty != true else { throw Settings.Fault(description: "\(key): a text is needed") }
        return text
    }

    func texts(_ key: String) async throws -> [String]? {
        try await fault(key, "a list of texts") { try await config.fetchStringArray(forKey: ConfigKey(key)) }
    }

    func flag(_ key: String) async throws -> Bool? {
        try await fault(key, "true or false") { try await config.fetchBool(forKey: ConfigKey(key)) }
    }

    func integer(_ key: String, _ range: ClosedRange<Int>) async throws -> Int? {
        let value = try await fault(key, "a whole number") { try await config.fetchInt(forKey: ConfigKey(key)) }
        guard let value else { return nil }
        guard range.contains(value) else {
            throw Settings.Fault(
                description: "\(key): a number from \(range.lowerBound) to \(range.upperBound) is needed, not \(value)")
        }
        return value
    }

    func seconds(_ key: String) async throws -> Double? {
        let value = try await fault(key, "a number of seconds") { try await config.fetchDouble(forKey: ConfigKey(key)) }
        guard let value else { return nil }
        guard value > 0, value <= 86_400 else {
            throw Settings.Fault(description: "\(key): more than 0 and at most 86400 seconds are needed, not \(value)")
        }
        return value
    }

    private func fault<Value>(
        _ key: String, _ expected: String, _ fetch: () async throws -> Value?
    ) async throws -> Value? {
        do {
            return try await fetch()
        } catch {
            throw Settings.Fault(description: "\(key): \(expected) is needed")
        }
    }
}
