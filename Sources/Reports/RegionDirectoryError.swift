/// Why a list of divisions was refused, and the first line that is to blame.
public struct RegionDirectoryError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What is wrong with a line.
    public enum Reason: Error, Hashable {
        /// The bytes are not UTF-8.
        case encoding
        /// The first line is not code,name,parent,from,until,successor.
        case header
        /// More lines than a list of divisions can have.
        case tooLong
        /// Not six columns but this many.
        case columns(Int)
        /// Not six digits, or not in order.
        case code(String)
        /// No name, or a quoted one.
        case name(String)
        /// Not the code one level up, or a code that has no line.
        case parent(String)
        /// Not a year, or an end before the beginning.
        case year(String)
        /// A code that has no line, or a successor of what is in force.
        case successor(String)
        /// The code bears another name in the same years.
        case overlap(String)
    }

    /// The number of the line, from 1.
    public let line: Int
    /// What is wrong with it.
    public let reason: Reason

    /// Makes an error.
    public init(line: Int, reason: Reason) {
        self.line = line
        self.reason = reason
    }

    /// A sentence for the operator.
    public var description: String {
        let what =
            switch reason {
            case .encoding: "the text is not UTF-8"
            case .header: "the columns are not \(RegionLines.header)"
            case .tooLong: "there are more than \(RegionLines.linesMax) lines"
            case .columns(let count): "\(count) columns instead of 6"
            case .code(let text): "the code “\(text)” is not six digits, or not in order"
            case .name(let text): "the name “\(text)” is empty or quoted"
            case .parent(let text): "the parent “\(text)” is not the code one level up, or has no line"
            case .year(let text): "the year “\(text)” is not a year, or the end is before the beginning"
            case .successor(let text): "the successor “\(text)” has no line, or the division is in force"
            case .overlap(let text): "the code \(text) bears two names in the same years"
            }
        return "line \(line): \(what)"
    }
}

/// The lines of a list of divisions, each checked by itself and then against the others.
enum RegionLines {
    static let header = "code,name,parent,from,until,successor"
    /// Five times what GB/T 2260 has.
    static let linesMax = 20_000

    static func read(_ csv: [UInt8]) throws(RegionDirectoryError) -> [Region] {
        guard let text = String(validating: csv, as: UTF8.self) else {
            throw RegionDirectoryError(line: 1, reason: .encoding)
        }
        var regions: [(line: Int, region: Region)] = []
        var number = 0
        for line in text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false) {
            number += 1
            guard number <= linesMax else { throw RegionDirectoryError(line: number, reason: .tooLong) }
            // A spreadsheet may have put a byte order mark before the first line and CR before each end.
            let plain = String(line.drop { $0 == "\u{feff}" && number == 1 }.prefix { $0 != "\r" })
            guard number > 1 else {
                guard plain == header else { throw RegionDirectoryError(line: 1, reason: .header) }
                continue
            }
            guard !plain.isEmpty else { continue }
            let region: Region
            do throws(RegionDirectoryError.Reason) {
                region = try read(plain, after: regions.last?.region)
            } catch {
                throw RegionDirectoryError(line: number, reason: error)
            }
            regions.append((number, region))
        }
        try check(regions)
        return regions.map(\.region)
    }

    private static func read(
        _ line: String, after last: Region?
    ) throws(RegionDirectoryError.Reason) -> Region {
        let cells = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        guard cells.count == 6 else { throw .columns(cells.count) }
        let code = cells[0]
        guard code.utf8.count == 6, code.utf8.allSatisfy({ 0x30...0x39 ~= $0 }), code >= last?.code ?? "" else {
            throw .code(code)
        }
        guard !cells[1].isEmpty, !cells[1].contains("\"") else { throw .name(cells[1]) }
        let prefix = code.prefixOfDivision
        let zeros = String(repeating: "0", count: 8 - prefix.utf8.count)
        let parent = prefix.utf8.count == 2 ? "" : prefix.dropLast(2) + zeros
        guard cells[2] == parent else { throw .parent(cells[2]) }
        let from = try year(cells[3])
        let until = try year(cells[4])
        guard (from ?? 0) <= (until ?? Int.max) else { throw .year(cells[4]) }
        guard cells[5].isEmpty || until != nil else { throw .successor(cells[5]) }
        // In the year of a renaming both names are in force.
        if let last, last.code == code, (last.validUntil ?? Int.max) > (from ?? 0) { throw .overlap(code) }
        return Region(
            code: code, name: cells[1], parent: parent.isEmpty ? nil : parent, validFrom: from, validUntil: until,
            successor: cells[5].isEmpty ? nil : cells[5])
    }

    private static func year(_ cell: String) throws(RegionDirectoryError.Reason) -> Int? {
        guard !cell.isEmpty else { return nil }
        guard let year = Int(cell), 1900...2099 ~= year else { throw .year(cell) }
        return year
    }

    private static func check(_ regions: [(line: Int, region: Region)]) throws(RegionDirectoryError) {
        let codes = Set(regions.map(\.region.code))
        for (line, region) in regions {
            if let parent = region.parent, !codes.contains(parent) {
                throw RegionDirectoryError(line: line, reason: .parent(parent))
            }
            if let successor = region.successor, !codes.contains(successor) {
                throw RegionDirectoryError(line: line, reason: .successor(successor))
            }
        }
    }
}
