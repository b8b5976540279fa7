/// How a cell looks.
struct CellStyle: Hashable {
    var size: Double = 10
    var isBold = false
    var hasBorder = false
    var isShaded = false
    var isWrapped = false
    /// Whether the text begins at the left edge; else it is centred; nil leaves it to Excel: texts left, numbers right.
    var isLeading: Bool?
    /// The digits shown after the point of a number; nil for texts.
    var places: Int?
}
