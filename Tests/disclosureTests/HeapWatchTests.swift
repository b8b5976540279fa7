import HTTPServer
import Testing

@testable import disclosure

@Suite struct HeapWatchTests {
    @Test func `memory is given back where much more of it is there than after the last time`() {
        var watch = HeapWatch()
        var isDue = [10, 20, 33, 34].map { watch.isDue($0 << 20) }
        #expect(isDue == [false, false, false, true], "24 more than the least")
        watch.gaveBack(leaving: 30 << 20)
        // In the end what is in use by itself has become less.
        isDue = [53, 54, 12, 36].map { watch.isDue($0 << 20) }
        #expect(isDue == [false, true, false, true])
    }

    @Test func `the system says how much there is`() {
        #expect(Heap.residentBytes() > 1 << 20)
        Heap.giveBack()
        #expect(Heap.residentBytes() > 1 << 20)
    }
}
