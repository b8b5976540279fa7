import Foundation
import Glibc
import Reports
import SQLite
import Support
import Testing

@Suite struct ImportTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        for name in ["in/2023/深", "db"] {
            try FileManager.default.createDirectory(
                at: folder.url.appending(path: name), withIntermediateDirectories: true)
        }
    }

    private var database: String { folder.path("db/new/reports.sqlite") }

    /// The samples in a folder, a folder in a folder, and a zip with names in GBK.
    private func fill() throws {
        var zip = ZIPWriter()
        for (index, sample) in SampleReport.all.enumerated() {
            switch index % 3 {
            case 0: try folder.write(sample.bytes, to: "in/\(sample.file)")
            case 1: try folder.write(sample.bytes, to: "in/2023/深/\(sample.file)")
            default: zip.add([0xCF, 0xD8] + Array("/\(sample.file)".utf8), try sample.bytes, .init(flags: 0))
            }
        }
        try folder.write(zip.finished(), to: "in/县.zip")
    }

    private func run(_ arguments: [String]) async throws -> CommandRun {
        let run = try await CommandRun.of(["import", "--database", database] + arguments)
        #expect(!run.errors.contains("Fatal error"), "\(run.errors)")
        return run
    }

    private func count(_ sql: SQL) throws -> Int? {
        try Connection(path: database, access: .readOnly).queryOne(sql) { row in row.int(0) }
    }

    private func lines(_ run: CommandRun) throws -> [JSONValue] {
        try run.text.split(separator: "\n").map { try JSONValue(Array($0.utf8)) }
    }

    @Test func `files with names in GBK are stored, in folders and as arguments that lost their bytes`() async throws {
        let names = [[0xBD, 0xCC, 0xD3, 0xFD], [0xB2, 0xC6, 0xD5, 0xFE]].map { $0 + Array(".txt".utf8) }
        for (index, name) in names.enumerated() {
            let path = (Array(folder.path("in").utf8) + [0x2f] + name).map { CChar(bitPattern: $0) } + [0]
            let file = fopen(path, "w")
            let bytes = try SampleReport.text.bytes(renamed: "第\(index)局")
            fwrite(bytes, 1, bytes.count, file)
            fclose(file)
        }
        let first = try await run([folder.path("in")])
        #expect(first.errors.hasSuffix("stored 2, revised 0, unchanged 0, rejected 0\n"), "\(first.errors)")
        #expect(try count("SELECT count(*) FROM revision WHERE file_name IN ('in/教育.txt', 'in/财政.txt')") == 2)
        // As the arguments of a command come here: the same text twice.
        let lossy = folder.path("in") + "/" + String(decoding: names[0], as: UTF8.self)
        let again = try await run([lossy, lossy])
        #expect(again.errors.hasSuffix("stored 0, revised 0, unchanged 2, rejected 0\n"), "\(again.errors)")
        let parsed = try await CommandRun.of(["parse", lossy])
        #expect(parsed.end == .exit(0) && parsed.text.split(separator: "\n").count == 2, "\(parsed.errors)")
    }

    @Test func `a line of a file that cannot be stored is named`() async throws {
        try folder.write(Array("{}\n\n{\"year\":2023}\n".utf8), to: "in/r.ndjson")
        let run = try await run([folder.path("in/r.ndjson")])
        #expect(run.end == .exit(1) && run.errors.contains("r.ndjson:1: error: year"), "\(run.errors)")
        #expect(run.errors.contains("r.ndjson:3: error: "), "\(run.errors)")
    }

    @Test func `folders and archives are stored, and the second time nothing is`() async throws {
        try fill()
        let count = SampleReport.all.count
        let first = try await run(["--reason", "年度报送", "--author", "李四", folder.path("in")])
        #expect(first.end == .exit(0) && first.output.isEmpty, "\(first.errors)")
        #expect(first.errors.hasSuffix("stored \(count), revised 0, unchanged 0, rejected 0\n"))
        let noted: SQL = "SELECT count(*) FROM report WHERE reason = '年度报送'"
        #expect(try self.count(noted) == count)
        // Where the files were on this machine is nobody's business.
        #expect(try self.count("SELECT count(*) FROM revision WHERE file_name LIKE 'in/%'") == count)
        let again = try await run(["--format", "ndjson", folder.path("in") + "/"])
        #expect(again.end == .exit(0))
        #expect(again.errors.hasSuffix("stored 0, revised 0, unchanged \(count), rejected 0\n"))
        let items = try lines(again)
        #expect(items.compactMap { $0["index"]?.integer } == Array(0..<count))
        #expect(items.allSatisfy { $0["status"]?.string == "unchanged" && $0["problem"] == .null })
        let names = items.compactMap { $0["name"]?.string }
        #expect(names.contains { $0.contains("/in/县.zip/县/qinghe-") && !$0.contains("//") }, "\(names)")
        let known = Set(SampleReport.all.map { "\($0.agency) \($0.year)" })
        #expect(Set(items.map { "\($0["agency"]?.string ?? "") \($0["year"]?.integer ?? 0)" }) == known)
        let contradictory = try SampleReport.contradictory
        let found = items.first { $0["agency"]?.string == contradictory.agency && $0["year"]?.integer == 2024 }
        #expect((found?["errors"]?.integer ?? 0) > 0)
        #expect(try self.count("SELECT count(*) FROM revision") == count)
    }

    @Test func `what cannot be stored is told of, and the rest is stored`() async throws {
        try fill()
        try folder.write(Array("PK\u{3}\u{4} broken".utf8), to: "in/2023/broken.zip")
        var zip = ZIPWriter()
        zip.add(Array("bell\u{1B}[31m.txt".utf8), Array("今天天气很好。".utf8))
        try folder.write(zip.finished(), to: "in/weather.zip")
        let run = try await run([folder.path("in"), folder.path("none")])
        #expect(run.end == .exit(1) && run.output.isEmpty)
        // Where the machine is busy, lines of progress stand between.
        let told = run.errors.split(separator: "\n").map(String.init)
            .filter { $0.wholeMatch(of: /\d+ items?, \d+ a second/) == nil }
        #expect(
            told.count == 4 && told.last == "stored \(SampleReport.all.count), revised 0, unchanged 0, rejected 3",
            "\(run.errors)")
        #expect(run.errors.contains("\(folder.path("in/2023/broken.zip")): error: "))
        #expect(run.errors.contains("\(folder.path("none")): error: it is not there, or may not be read\n"))
        #expect(!run.errors.contains("\u{1B}"), "a name does not speak to the terminal")
    }

    @Test func `a dry run tells the same and stores nothing`() async throws {
        try fill()
        let all = "stored \(SampleReport.all.count), revised 0, unchanged 0, rejected 0\n"
        let dry = try await run(["--dry-run", "--format", "ndjson", folder.path("in")])
        #expect(dry.end == .exit(0) && dry.errors.hasSuffix("dry run, nothing is stored: \(all)"), "\(dry.errors)")
        #expect(try lines(dry).count == SampleReport.all.count)
        #expect(!FileManager.default.fileExists(atPath: database))
        let one = folder.path("in/\(SampleReport.all[0].file)")
        #expect(try await run([one]).end == .exit(0))
        let trial = try await run(["--dry-run", folder.path("in")])
        #expect(trial.errors.contains("stored \(SampleReport.all.count - 1), revised 0, unchanged 1, rejected 0"))
        #expect(try count("SELECT count(*) FROM report") == 1)
    }

    @Test func `what a document does not say comes from outside`() async throws {
        // Neither an agency nor a year is left in the text.
        let sample = try SampleReport.text
        let text = String(decoding: try sample.bytes(renamed: ""), as: UTF8.self)
            .replacing(/20\d\d年?/, with: "").replacing("清禾县", with: "")
        let path = try folder.write(Array(text.utf8), to: "in/report.txt")
        #expect(try await run([path]).end == .exit(1))
        let named = try await run([
            "--agency", "甲局", "--year", "2023", "--region", "411324", "--scope", "consolidated", path,
        ])
        #expect(named.end == .exit(0), "\(named.errors)")
        let placed: SQL = "SELECT count(*) FROM agency WHERE name = '甲局' AND region = '411324'"
        #expect(try count(placed) == 1)
        #expect(try count("SELECT count(*) FROM report WHERE year = 2023 AND scope = 'consolidated'") == 1)
    }

    @Test func `wrong use makes no database`() async throws {
        let run = try await run(["--region", "999999", folder.path("in")])
        #expect(run.end == .exit(2) && run.errors.contains("999999"))
        #expect(!FileManager.default.fileExists(atPath: database))
    }

    @Test func `interrupted, it leaves what it told of, and goes on the next time`() async throws {
        let sample = try SampleReport.text
        let count = 2_500
        var zip = ZIPWriter()
        for number in 0..<count {
            zip.add(Array("\(number).txt".utf8), try sample.bytes(renamed: "清禾县第\(number)中学"))
        }
        let path = try folder.write(zip.finished(), to: "in/many.zip")
        let process = try CommandProcess(["import", "--database", database, "--format", "ndjson", path])
        // Its output fills the pipe before it is done: it cannot come to its end before the signal.
        #expect(await process.output.readLine() != nil)
        process.signal(SIGINT)
        async let errors = process.errors.readToEnd()
        let rest = await process.output.readToEnd()
        #expect(await process.end() == .exit(130))
        let told = 1 + rest.count { $0 == 0x0a }
        #expect(String(decoding: await errors, as: UTF8.self).contains("stored \(told), "))
        #expect(told < count)
        #expect(try self.count("SELECT count(*) FROM report") == told)
        let again = try await run([path])
        #expect(again.errors.hasSuffix("stored \(count - told), revised 0, unchanged \(told), rejected 0\n"))
    }
}
