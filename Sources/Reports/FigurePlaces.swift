/// Where figures stand in the document that a report was read from.
public struct FigurePlaces: Sendable {
    private var places: [DocumentPlace] = []
    /// By the number of a figure, where its place stands in `places`; −1 for none.
    private var indices = [Int16](repeating: -1, count: FigurePath.count)

    /// Whether there are none.
    public var isEmpty: Bool { places.isEmpty }

    /// None.
    public init() {}

    /// The places of cells; of a figure that is printed twice, the first. O(cells).
    public init(_ cells: [PrintedCell]) {
        places.reserveCapacity(cells.count)
        for cell in cells { add(cell.place, of: cell.path) }
    }

    /// The places of those of a report's cells that a check across reports may name: it is run again long after the
    /// document was read, so they are kept. O(cells).
    public init(ofComparedIn cells: [PrintedCell], _ form: ReportForm) {
        guard !cells.isEmpty else { return }
        let compared = YearChecks.paths(in: form)
        for cell in cells where compared.contains(cell.path) { add(cell.place, of: cell.path) }
    }

    /// Where a figure stands; nil where that is not known. O(1).
    public subscript(path: FigurePath) -> DocumentPlace? {
        let index = Int(indices[path.index])
        return index >= 0 ? places[index] : nil
    }

    /// Findings, each with the places of the figures that it names where it has none yet. O(findings).
    public func locating(_ findings: [Finding]) -> [Finding] {
        guard !isEmpty else { return findings }
        return findings.map { finding in
            guard finding.isUnplaced else { return finding }
            var finding = finding
            finding.places = Array(finding.paths.lazy.compactMap { self[$0] }.prefix(Finding.placesMax))
            return finding
        }
    }

    /// Every figure with its place, in the order of the figures' numbers (``FigurePath/index``).
    public var all: [(path: FigurePath, place: DocumentPlace)] {
        indices.indices.compactMap { figure in
            guard let path = FigurePath(index: figure), let place = self[path] else { return nil }
            return (path, place)
        }
    }

    /// Adds the place of a figure that has none yet.
    public mutating func add(_ place: DocumentPlace, of path: FigurePath) {
        guard indices[path.index] < 0, let index = Int16(exactly: places.count) else { return }
        indices[path.index] = index
        places.append(place)
    }
}
