import Foundation
import ReportIngest
import ReportStore
import Reports

/// Tells of what is imported: rejected items, how far it is, and the numbers in the end.
struct ImportProgress {
    private(set) var tally = UploadTally()

    private let printsLines: Bool
    private let isTerminal = isatty(STDERR_FILENO) == 1
    private let start = ContinuousClock.now
    /// The size of all files, to know how far it is; nil where nobody looks.
    private let bytesTotal: Int?
    private var lastLine = ContinuousClock.now
    /// Whether the terminal's last line is one that will be written over.
    private var hasLine = false

    /// Into a file or a pipe, a line comes after so long.
    private static let lineEvery = Duration.seconds(2)
    private static let barColumns = 20
    /// A longer line would wrap in a narrow terminal, and could not be written over.
    private static let columnsMax = 79

    /// Begins.
    ///
    /// - Parameters:
    ///   - printsLines: whether each item becomes a line of JSON on standard output.
    ///   - paths: the files and folders to be read.
    init(printsLines: Bool, paths: [String]) {
        self.printsLines = printsLines
        bytesTotal = isTerminal ? paths.reduce(0) { $0 + Self.bytes(of: $1) } : nil
        if isTerminal { writeLine(paths.first, 0) }
    }

    /// The size of a file, or of all in a folder.
    private static func bytes(of path: String) -> Int {
        let url = URL(filePath: path)
        func size(_ url: URL) -> Int { (try? url.resourceValues(forKeys: [.fileSizeKey]))?.fileSize ?? 0 }
        let files = FileManager.default.enumerator(
            at: url, includingPropertiesForKeys: [.fileSizeKey], options: .skipsHiddenFiles)
        var sum = size(url)
        while let file = files?.nextObject() as? URL { sum += size(file) }
        return sum
    }

    /// Tells of items that are done.
    ///
    /// - Parameter bytesDone: how much of the files has been read; nil for all.
    mutating func tell(_ results: [ItemResult], bytesDone: Int?) {
        if printsLines { Output.bytes(results.flatMap { Self.json($0) + [0x0a] }) }
        tally.add(UploadTally(results))
        for result in results {
            guard let error = result.error else { continue }
            clearLine()
            let place = (result.name ?? "item \(result.number)") + (result.line.map { ":\($0)" } ?? "")
            Output.message("\(place): error: \(error)".printable)
        }
        if isTerminal {
            writeLine(results.last?.name, bytesDone ?? bytesTotal ?? 0)
        } else if .now - lastLine >= Self.lineEvery {
            lastLine = .now
            Output.message(speed)
        }
    }

    /// Tells the numbers.
    ///
    /// - Parameter isWhole: whether it came to its end.
    mutating func end(isTrial: Bool, isWhole: Bool) {
        clearLine()
        let numbers =
            "stored \(tally.stored), revised \(tally.revised), unchanged \(tally.unchanged), "
            + "rejected \(tally.rejected)"
        Output.message(isTrial ? "dry run, nothing is stored: \(numbers)" : numbers)
        if !isWhole { Output.message("not all was read; what was told of is stored: the same command again goes on") }
    }

    /// `12800 items, 1340 a second`
    private var speed: String {
        let seconds = max((ContinuousClock.now - start) / .seconds(1), 0.001)
        return "\(tally.items) item\(tally.items == 1 ? "" : "s"), \(Int(Double(tally.items) / seconds)) a second"
    }

    /// `[##########----------]  50 %, 0:07 left, `
    private func bar(_ bytesDone: Int) -> String {
        guard let bytesTotal, bytesTotal > 0 else { return "" }
        let part = min(1, Double(bytesDone) / Double(bytesTotal))
        let full = Int(part * Double(Self.barColumns))
        let bar = String(repeating: "#", count: full) + String(repeating: "-", count: Self.barColumns - full)
        let percent = String(format: "%3d %%", Int(part * 100))
        guard part > 0, part < 1 else { return "[\(bar)] \(percent), " }
        let left = Int((ContinuousClock.now - start) / .seconds(1) / part * (1 - part))
        return "[\(bar)] \(percent), \(left / 60):\(String(format: "%02d", left % 60)) left, "
    }

    private mutating func writeLine(_ name: String?, _ bytesDone: Int) {
        let line = bar(bytesDone) + speed
        let file = name.map { Self.end(of: $0.printable, columns: Self.columnsMax - line.count - 2) }
        clearLine()
        FileHandle.standardError.write(Data((line + (file.map { ", \($0)" } ?? "")).utf8))
        hasLine = true
    }

    private mutating func clearLine() {
        guard hasLine else { return }
        FileHandle.standardError.write(Data("\r\u{1B}[K".utf8))
        hasLine = false
    }
}

extension ImportProgress {
    /// An item as a line of JSON.
    private static func json(_ result: ItemResult) -> [UInt8] {
        var json = JSONWriter(reserving: 256)
        json.beginObject()
        json.member("index", result.number)
        json.member("name", result.name)
        json.member("line", result.line)
        json.member("status", result.status.rawValue)
        json.member("agency", result.head?.agency.name)
        json.member("year", result.head?.year)
        json.member("errors", result.head?.errors)
        json.member("warnings", result.head?.warnings)
        json.member("problem", result.error.map { "\($0)" })
        json.endObject()
        return json.bytes
    }

    /// The end of a text, as much as goes into so many columns; Chinese signs take two.
    private static func end(of text: String, columns: Int) -> String {
        var left = columns
        let end = text.reversed().prefix { character in
            left -= character.unicodeScalars.contains { $0.value >= 0x1100 } ? 2 : 1
            return left >= 0
        }
        return String(end.reversed())
    }
}
