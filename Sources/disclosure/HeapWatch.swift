import HTTPServer

/// Sees to it that memory which was freed goes back to the system.
struct HeapWatch {
    /// So much more than after the last time is worth the work.
    private static let growthBytesMin = 24 << 20

    /// What was in use after the last time, or the least since.
    private var floor = Int.max

    /// Whether to give back what was freed.
    mutating func isDue(_ resident: Int) -> Bool {
        floor = min(floor, resident)
        return resident - floor >= Self.growthBytesMin
    }

    /// Takes in what is left in use.
    mutating func gaveBack(leaving resident: Int) {
        floor = resident
    }

    /// Looks once a second until it is cancelled.
    static func run() async {
        Heap.keepFreed()
        var watch = HeapWatch()
        while (try? await Task.sleep(for: .seconds(1))) != nil {
            guard watch.isDue(Heap.residentBytes()) else { continue }
            Heap.giveBack()
            watch.gaveBack(leaving: Heap.residentBytes())
        }
    }
}
