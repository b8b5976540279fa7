/// All divisions of GB/T 2260 that a service knows, read once from `Config/regions.csv`.
public struct RegionDirectory: Sendable {
    /// All regions, by code and then by years.
    public let all: [Region]
    /// What their names begin with, for ``place(agencyNamed:within:year:)``.
    let names: RegionNames
    private let byCode: [String: [Int]]
    private let byParent: [String: [Int]]

    /// A directory without regions: every agency is unknown to it.
    public static let empty = RegionDirectory(checked: [])

    /// Reads the columns code, name, parent, from, until, successor. O(bytes).
    ///
    /// Throws a ``RegionDirectoryError`` that names the first line that is not as it should be.
    public init(csv: [UInt8]) throws(RegionDirectoryError) {
        self.init(checked: try RegionLines.read(csv))
    }

    private init(checked regions: [Region]) {
        all = regions
        byCode = Dictionary(grouping: regions.indices) { regions[$0].code }
        byParent = Dictionary(grouping: regions.indices) { regions[$0].parent ?? "" }
        names = RegionNames(regions)
    }

    /// The region with a code: the one in force, else the last that bore the code. O(1).
    public subscript(code: String) -> Region? {
        byCode[code]?.last.map { all[$0] }
    }

    /// The region that bore a code in a year; nil when there was none. O(1).
    ///
    /// In the year of a change it is the new one.
    public func region(_ code: String, in year: Int) -> Region? {
        byCode[code]?.last { all[$0].isInForce(in: year) }.map { all[$0] }
    }

    /// Whether a code, or the beginning of one, is that of a division or of any below it. O(1) for a whole code.
    public func hasDivision(beginning code: String) -> Bool {
        if byCode[code] != nil { return true }
        let prefix = code.prefixOfDivision
        return all.contains { $0.code.hasPrefix(prefix) }
    }

    /// The regions whose parent is a code, by code; the provinces for nil. O(their number).
    public func children(of code: String?) -> [Region] {
        byParent[code ?? ""]?.map { all[$0] } ?? []
    }

    /// The divisions that a region lies in, the province first. Codes that are no divisions (市辖区) are left out. O(1).
    ///
    /// For a region that is no longer in force they are those of the year before its end.
    public func ancestors(of region: Region) -> [Region] {
        var found: [Region] = []
        var next = region.parent
        // A parent's code is always shorter by its zeros (`RegionLines` checks it): there is no circle to run in.
        while let code = next {
            // The year before its end: in the year of the change the parent may bear its new name.
            let then = region.validUntil.flatMap { self.region(code, in: $0 - 1) }
            guard let parent = then ?? self[code] else { break }
            if !parent.isFiller { found.append(parent) }
            next = parent.parent
        }
        return found.reversed()
    }

    /// The names from the province down, such as 河南省南阳市镇平县. Codes that are no divisions are left out. O(1).
    public func fullName(of region: Region) -> String {
        let parents = ancestors(of: region).map(\.name).joined()
        return region.isFiller ? parents : parents + region.name
    }
}
