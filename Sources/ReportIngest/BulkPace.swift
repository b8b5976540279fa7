/// How many items are read ahead before they are stored, such that what has been read is soon on the disk: a server that is
/// killed again and again gets on all the same, and results do not keep those waiting who watch them.
struct BulkPace {
    private static let firstItems = 32
    /// Fewer are not worth a transaction of their own, however long they take.
    private static let itemsMin = 16
    private static let target = Duration.milliseconds(250)

    private let itemsMax: Int
    /// For the next group.
    private(set) var items: Int

    /// - Parameter itemsMax: the most of a group.
    init(itemsMax: Int) {
        self.itemsMax = itemsMax
        items = min(Self.firstItems, itemsMax)
    }

    /// Takes in how long the reading of a group took: the next one is as large as would take a quarter of a second, but no
    /// fewer than ``itemsMin`` and at most four times as many as this one.
    mutating func read(_ count: Int, in duration: Duration) {
        guard count > 0 else { return }
        let fitting = Double(count) * (Self.target / max(duration, .microseconds(1)))
        items = min(itemsMax, max(Self.itemsMin, min(4 * count, Int(min(fitting, Double(itemsMax))))))
    }
}
