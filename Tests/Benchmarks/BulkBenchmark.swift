import ArgumentParser
import Foundation
import ReportIngest
import Support

/// What it costs to take a bulk upload apart: `benchmarks bulk make zip 2048 /tmp/x.zip`, then
/// `benchmarks bulk read /tmp/x.zip`.
struct BulkBenchmark: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bulk", subcommands: [MakeBulk.self, ReadBulk.self])

    /// As curl writes one.
    static let boundary = "------------------------63fe5a2788039b40"
}

/// Writes an upload of so many mebibytes.
struct MakeBulk: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "make")

    @Argument(help: "ndjson, tar, zip or form.")
    var kind: String
    @Argument var mebibytes: Int
    @Argument var path: String

    func run() throws {
        _ = FileManager.default.createFile(atPath: path, contents: nil)
        let file = try FileHandle(forWritingTo: URL(filePath: path))
        var random = SeededGenerator(seed: 1)
        let digits = Array("0123456789abcdef".utf8)
        let text = random.bytes(1 << 16).map { digits[Int($0 & 15)] }
        var zip = ZIPWriter()
        let checksum = ZIPWriter.checksum(text)
        for index in 0..<(mebibytes * 16) {
            let name = "县/年报\(index).txt"
            switch kind {
            case "ndjson": try file.write(contentsOf: Array("{\"text\":\"".utf8) + text + Array("\"}\n".utf8))
            case "tar": try file.write(contentsOf: TARWriter.member(name, text))
            case "form":
                let head =
                    "\r\n--\(BulkBenchmark.boundary)\r\nContent-Disposition: form-data; name=f; filename=\"\(name)\"\r\n\r\n"
                try file.write(contentsOf: Array(head.utf8) + text)
            default:
                zip.add(Array(name.utf8), text, .init(isDeflated: index % 4 == 0), checksum: checksum)
                try file.write(contentsOf: zip.take())
            }
        }
        switch kind {
        case "tar": try file.write(contentsOf: TARWriter.end)
        case "form": try file.write(contentsOf: Array("\r\n--\(BulkBenchmark.boundary)--\r\n".utf8))
        case "zip": try file.write(contentsOf: zip.finished())
        default: break
        }
        try file.close()
    }
}

/// Reads an upload and says what it took.
struct ReadBulk: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "read")

    @Argument var path: String

    func run() throws {
        let first = try FileHandle(forReadingFrom: URL(filePath: path)).read(upToCount: BulkKind.firstBytesCount)
        let form = path.hasSuffix(".form") ? "multipart/form-data; boundary=\(BulkBenchmark.boundary)" : nil
        guard let kind = BulkKind.of(mediaType: form, firstBytes: Array(first ?? Data()), fileName: path) else {
            throw ValidationError("a single document")
        }
        let before = anonymousKilobytes()
        let start = ContinuousClock.now
        let reader = try BulkReader(path: path, kind: kind)
        var (items, refused, bytes, peak) = (0, 0, 0, before)
        do {
            while let item = try reader.next() {
                items += 1
                switch item.content {
                case .success(let content): bytes += content.bytes.count
                case .failure: refused += 1
                }
                if items % 16 == 0 { peak = max(peak, anonymousKilobytes()) }
            }
        } catch {
            print("error: \(error)")
        }
        peak = max(peak, anonymousKilobytes())
        let took = (ContinuousClock.now - start) / .milliseconds(1)
        print("items \(items) refused \(refused) bytes \(bytes) milliseconds \(Int(took)) grown \(peak - before) KiB")
    }

    /// Memory that is neither shared nor a file's.
    private func anonymousKilobytes() -> Int {
        let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
        return status.firstMatch(of: /RssAnon:\s+(\d+)/).flatMap { Int($0.output.1) } ?? 0
    }
}
