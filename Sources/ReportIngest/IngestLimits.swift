internal import Documents

/// How large a document may be.
public struct IngestLimits: Sendable, Hashable {
    /// Bytes of one document, before and after inflating and decoding.
    public var bytesMax: Int
    /// Cells of all its tables together.
    public var cellsMax: Int

    /// Makes limits; the defaults hold a hundred times the largest published report.
    public init(bytesMax: Int = 16 << 20, cellsMax: Int = 200_000) {
        self.bytesMax = bytesMax
        self.cellsMax = cellsMax
    }

    var document: DocumentLimits {
        DocumentLimits(bytesMax: bytesMax, cellsMax: cellsMax)
    }
}
