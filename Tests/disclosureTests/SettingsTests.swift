import Foundation
import Support
import Testing

@testable import disclosure

@Suite struct SettingsTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func config(
        _ yaml: String?, environment: [String: String] = [:], _ flags: [String] = []
    ) async throws -> CommandRun {
        var arguments = ["serve", "--print-config"] + flags
        if let yaml { arguments += ["--config", try folder.write(Array(yaml.utf8), to: "\(UUID().uuidString).yaml")] }
        return try await CommandRun.of(arguments, environment: environment, in: folder.url)
    }

    private func settings(_ run: CommandRun) -> [String: String] {
        Dictionary(
            run.text.split(separator: "\n").map { line in
                let parts = line.split(separator: ":", maxSplits: 1)
                return (String(parts[0]), parts.count > 1 ? parts[1].trimmingCharacters(in: .whitespaces) : "")
            }, uniquingKeysWith: { first, _ in first })
    }

    @Test func `the file of the repository states every setting, with its default`() async throws {
        let yaml = try String(contentsOf: SampleReport.root.appending(path: "Config/disclosure.yaml"), encoding: .utf8)
        let with = try await config(yaml)
        let without = try await config(nil)
        #expect(with.end == .exit(0) && without.end == .exit(0) && with.errors.isEmpty)
        #expect(with.text == without.text)
        #expect(Set(settings(without).keys) == Settings.keys)
        #expect(Self.keys(of: yaml) == Settings.keys)
    }

    /// The paths of the leaves of a YAML file of nested maps.
    private static func keys(of yaml: String) -> Set<String> {
        var path: [String] = []
        var keys: Set<String> = []
        for line in yaml.split(separator: "\n") {
            guard let match = line.wholeMatch(of: /( *)(\w+):(.*)/) else { continue }
            path = path.prefix(match.output.1.count / 2) + [String(match.output.2)]
            if !match.output.3.allSatisfy(\.isWhitespace) { keys.insert(path.joined(separator: ".")) }
        }
        return keys
    }

    @Test func `each kind of setting is taken from the file`() async throws {
        let run = try await config(
            """
            http:
              host: "::1"
              port: 1234
              lanes: 3
              cacheControl: "max-age=60"
              corsOrigins: ["https://a.example", "https://b.example"]
              limits:
                bodyBytes: 1000
                idleSeconds: 0.5
                requestsPerConnection: 7
            database:
              path: "elsewhere.sqlite"
              readers: 5
              busySeconds: 1.5
              mmapBytes: 0
              migrateOnStart: false
            documents:
              bytesMax: 2048
            log:
              level: "debug"
              format: "json"
            """)
        #expect(run.end == .exit(0), "\(run.errors)")
        let expected = [
            "http.host": "::1", "http.port": "1234", "http.lanes": "3", "http.cacheControl": "max-age=60",
            "http.corsOrigins": "https://a.example,https://b.example", "http.limits.bodyBytes": "1000",
            "http.limits.idleSeconds": "0.5", "http.limits.requestsPerConnection": "7",
            "database.path": "elsewhere.sqlite", "database.readers": "5", "database.busySeconds": "1.5",
            "database.mmapBytes": "0", "database.migrateOnStart": "false", "documents.bytesMax": "2048",
            "log.level": "debug", "log.format": "json",
        ]
        let found = settings(run)
        for (key, value) in expected { #expect(found[key] == value, "\(key)") }
    }

    @Test func `a flag goes before the environment, the environment before the file`() async throws {
        let yaml = "http:\n  port: 1\n  host: \"127.0.0.1\"\ndatabase:\n  path: \"file\"\n"
        let environment = ["HTTP_PORT": "2", "DATABASE_PATH": "environment", "HTTP_LIMITS_BODY_BYTES": "77"]
        let file = settings(try await config(yaml))
        #expect(file["http.port"] == "1" && file["database.path"] == "file")
        let both = settings(try await config(yaml, environment: environment))
        #expect(both["http.port"] == "2" && both["database.path"] == "environment")
        #expect(both["http.limits.bodyBytes"] == "77")
        let all = settings(try await config(yaml, environment: environment, ["--port", "3", "--database", "flag"]))
        #expect(all["http.port"] == "3" && all["database.path"] == "flag" && all["http.host"] == "127.0.0.1")
        let host = settings(try await config(yaml, environment: ["HTTP_HOST": "::1"], ["--host", "127.0.0.2"]))
        #expect(host["http.host"] == "127.0.0.2")
    }

    @Test func `every setting has its name in the environment`() async throws {
        // The name as the file's head explains it: capitals, words apart.
        for key in Settings.keys.sorted() where !key.hasPrefix("log.") {
            let name = key.replacing(/([a-z])([A-Z])/) { "\($0.output.1)_\($0.output.2)" }.replacing(".", with: "_")
                .uppercased()
            let value = ["database.migrateOnStart": "false", "http.corsOrigins": "https://a.example"][key] ?? "2500"
            let run = try await config(nil, environment: [name: value])
            let printed = settings(run)[key] ?? run.errors
            #expect(printed == value || printed == value + ".0" || run.errors.contains(key), "\(name): \(printed)")
        }
    }

    @Test(arguments: [
        ("http:\n  prot: 1\n", "http.prot"), ("htpp:\n  port: 1\n", "htpp.port"), ("port: 1\n", "port"),
        ("http:\n  port: \"abc\"\n", "http.port"), ("http:\n  port: 70000\n", "http.port"),
        ("http:\n  port: -1\n", "http.port"), ("http:\n  port: 80.5\n", "http.port"),
        ("http:\n  port: [1]\n", "http.port"), ("http:\n  limits:\n    idleSeconds: 0\n", "http.limits.idleSeconds"),
        ("http:\n  limits:\n    idleSeconds: soon\n", "http.limits.idleSeconds"),
        ("http:\n  limits:\n    idleSeconds: .nan\n", "http.limits.idleSeconds"),
        ("http:\n  limits:\n    headerBytes: 1\n", "http.limits.headerBytes"),
        ("database:\n  migrateOnStart: maybe\n", "database.migrateOnStart"),
        ("database:\n  readers: 1000\n", "database.readers"), ("log:\n  level: loud\n", "log.level"),
        ("log:\n  format: xml\n", "log.format"), ("documents:\n  cellsMax: 0\n", "documents.cellsMax"),
        ("http:\n  port: 99999999999999999999\n", "http.port"), ("http: 5\n", "http"), ("- a\n- b\n", ""),
        ("http:\n\tport: 1\n", ""), ("http: {port: 1\n", ""), ("http:\n  port:\n", "http.port"),
        ("http:\n  host: \"\"\n", "http.host"), ("database:\n  path: \"\"\n", "database.path"),
    ])
    func `a wrong setting ends with 2 and names the key`(yaml: String, key: String) async throws {
        let run = try await config(yaml)
        #expect(run.end == .exit(2), "\(run.end): \(run.text.prefix(100))")
        #expect((key.isEmpty || run.errors.contains(key)) && run.output.isEmpty, "\(run.errors)")
        #expect(run.errors.split(separator: "\n").count == 1, "\(run.errors)")
    }

    @Test(arguments: [
        ("HTTP_PORT", "abc", "http.port"), ("HTTP_PORT", "70000", "http.port"),
        ("DATABASE_MIGRATE_ON_START", "maybe", "database.migrateOnStart"), ("LOG_LEVEL", "loud", "log.level"),
        ("HTTP_LIMITS_IDLE_SECONDS", "-1", "http.limits.idleSeconds"),
    ])
    func `a wrong variable ends with 2 and names the setting`(name: String, value: String, key: String) async throws {
        let run = try await config(nil, environment: [name: value])
        #expect(run.end == .exit(2) && run.errors.contains(key) && run.errors.split(separator: "\n").count == 1)
    }

    @Test func `a file that is missing is told of in one line`() async throws {
        let run = try await CommandRun.of(["serve", "--config", folder.path("none.yaml")])
        #expect(run.end == .exit(2) && run.errors.split(separator: "\n").count == 1)
        #expect(run.errors.contains("none.yaml"))
    }

    @Test func `an empty file leaves the defaults`() async throws {
        for yaml in ["", "# nothing\n", "---\n"] {
            let run = try await config(yaml)
            #expect(run.end == .exit(0), "\(run.errors)")
            #expect(run.text == (try await config(nil)).text)
        }
    }
}
