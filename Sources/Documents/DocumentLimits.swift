/// How much of a document a reader takes before it refuses.
///
/// Every loop over input ends at one of these: a document of a few bytes can name a million columns.
public struct DocumentLimits: Sendable, Hashable {
    /// One limit, by the name that errors give it.
    public enum Limit: String, Sendable, Hashable, CaseIterable {
        /// Bytes of the source, before and after decoding.
        case bytes
        /// Paragraphs and grids.
        case blocks
        /// Cells of all grids together.
        case cells
        /// Rows times columns of all grids together, spans expanded.
        case expandedCells
        /// Elements open at one point of a page.
        case nestingDepth
        /// Steps that the mark-up parser would take to compare attributes.
        case markupCost
        /// Bytes that `pdftotext` writes.
        case toolOutputBytes
    }

    /// Bytes of the source, before and after decoding.
    public var bytesMax: Int
    /// Paragraphs and grids.
    public var blocksMax: Int
    /// Cells of all grids together.
    public var cellsMax: Int
    /// Rows times columns of all grids together, spans expanded: what a caller may safely lay out in a matrix.
    public var expandedCellsMax: Int
    /// Elements open at one point of a page.
    public var nestingDepthMax: Int
    /// Steps that the mark-up parser would take to compare attributes: each element costs their number times their length.
    public var markupCostMax: Int
    /// Bytes that `pdftotext` writes: about a hundred a word.
    public var toolOutputBytesMax: Int
    /// Seconds that `pdftotext` may take, by the clock and of the processor.
    public var toolSeconds: Int
    /// Bytes of memory that `pdftotext` may map.
    public var toolMemoryBytesMax: Int

    /// Makes limits; the defaults hold a hundred times the largest published report.
    public init(
        bytesMax: Int = 16 << 20, blocksMax: Int = 100_000, cellsMax: Int = 200_000,
        expandedCellsMax: Int = 1_000_000, nestingDepthMax: Int = 512, markupCostMax: Int = 500_000_000,
        toolOutputBytesMax: Int = 64 << 20, toolSeconds: Int = 10, toolMemoryBytesMax: Int = 512 << 20
    ) {
        self.bytesMax = bytesMax
        self.blocksMax = blocksMax
        self.cellsMax = cellsMax
        self.expandedCellsMax = expandedCellsMax
        self.nestingDepthMax = nestingDepthMax
        self.markupCostMax = markupCostMax
        self.toolOutputBytesMax = toolOutputBytesMax
        self.toolSeconds = toolSeconds
        self.toolMemoryBytesMax = toolMemoryBytesMax
    }
}
