import Foundation
import Testing

/// Holds the rules of the house that a machine can hold.
@Suite struct HouseRulesTests {
    private let files: [SwiftFile]

    init() throws {
        files = try Repository.swiftFiles(in: "Sources") + Repository.swiftFiles(in: "Migrations")
    }

    /// Where C's memory is touched; a queue as an executor is made of unsafe references by its nature.
    private func mayBeUnsafe(_ path: String) -> Bool {
        ["SQLite", "Codecs", "Documents", "Spreadsheets", "HTTPServer/System"].contains {
            path.hasPrefix("Sources/\($0)/")
        }
            || path == "Sources/QueueExecutor/QueueExecutor.swift"
    }

    @Test func `unsafe expressions stand where C is called, and nowhere else`() {
        for file in files where !mayBeUnsafe(file.path) {
            // An actor has no other way to name its executor.
            let code = file.code.replacing(/unsafe\s+[\w.]*asUnownedSerialExecutor\(/, with: "")
            #expect(code.firstMatch(of: /(?:^|[^@.\w`])unsafe\s+[^\s=:,)]/) == nil, "\(file.path)")
        }
    }

    @Test(arguments: ["try!", "as!", "fatalError", "@unchecked Sendable", "nonisolated(unsafe)"])
    func `nothing traps on input or hides from the compiler`(construct: String) {
        let words = construct.split(separator: " ").map { NSRegularExpression.escapedPattern(for: String($0)) }
        let pattern = "(?<![\\w`.])" + words.joined(separator: "\\s+") + "(?![\\w`])"
        for file in files {
            #expect(file.code.range(of: pattern, options: .regularExpression) == nil, "\(file.path)")
        }
    }

    @Test func `no work is left as a note in the code`() {
        for file in files {
            #expect(!file.text.contains(/\b(?:TODO|FIXME)\b/), "\(file.path)")
        }
    }

    @Test func `no file is longer than 400 lines`() {
        for file in files {
            #expect(file.lineCount <= 400, "\(file.path)")
        }
    }

    @Test func `the code map names every module`() throws {
        let map = try Repository.text("Sources/README.md")
        for module in try FloorPlan.ofThisHouse().names {
            #expect(map.contains("`\(module)`"), "\(module)")
        }
    }

    @Test func `migrations are numbered from 1 without a gap, embedded and listed`() throws {
        let scripts = try Repository.names(in: "Migrations").filter { $0.hasSuffix(".sql") }
        let list = try SwiftFile(path: "Migrations.swift", text: Repository.text("Migrations/Migrations.swift"))
        let manifest = try Repository.text("Package.swift")
        #expect(!scripts.isEmpty)
        for (index, script) in scripts.enumerated() {
            let match = try #require(script.wholeMatch(of: /(\d{4})-[a-z0-9]+(?:-[a-z0-9]+)*\.sql/), "\(script)")
            #expect(Int(match.output.1) == index + 1, "\(script)")
            #expect(manifest.contains("\"\(script)\""), "\(script) is not embedded")
            // A list without any script is the placeholder of a house that has no store yet.
            guard list.code.contains("PackageResources") else { continue }
            // The leading digit and every sign of the name turn into `_`.
            let constant = "_" + script.dropFirst().replacing(/[^A-Za-z0-9]/, with: "_")
            #expect(list.code.contains("PackageResources.\(constant)"), "\(script) is not listed")
        }
    }

    @Test func `every setting is commented and has a default`() throws {
        let text = try Repository.text("Config/disclosure.yaml")
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated() where !line.isEmpty && !line.contains(/^ *#/) {
            let match = try #require(line.wholeMatch(of: /( *)(\w+):(.*)/), "line \(index + 1) is no setting")
            let (_, indent, key, value) = match.output
            let commentAbove = index > 0 && lines[index - 1].hasPrefix("\(indent)# ")
            #expect(commentAbove || value.contains(" # "), "\(key) in line \(index + 1)")
            let next = lines[(index + 1)...].first { !$0.isEmpty && !$0.contains(/^ *#/) }
            let holdsSettings = next?.hasPrefix("\(indent)  ") == true
            #expect(holdsSettings == value.allSatisfy(\.isWhitespace), "\(key) in line \(index + 1)")
        }
    }

    @Test func `the Debian packages of the manifest are installed by make and by the image`() throws {
        let list = try Repository.text("Config/apt-packages.txt").split(separator: "\n")
            .map { $0.prefix { $0 != "#" }.trimmingCharacters(in: .whitespaces) }
        let image = try Repository.text("Dockerfile")
        for package in try FloorPlan.ofThisHouse().modules.compactMap(\.apt) {
            #expect(list.contains(package), "\(package)")
            #expect(image.contains("\(package) "), "\(package)")
        }
    }

    @Test func `every sample report is described and has its figures`() throws {
        let samples = try Repository.names(in: "Config/samples").filter { $0.contains(/\.(?:txt|html)$/) }
        let readme = try Repository.text("Config/samples/README.md")
        let expected = try Repository.text("Config/samples/expected.jsonl")
            .matches(of: /"file": "([^"]+)"/).map { String($0.output.1) }
        #expect(expected.sorted() == samples)
        for sample in samples {
            #expect(readme.contains("`\(sample)`"), "\(sample)")
        }
    }
}
