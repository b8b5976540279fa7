import Testing

@testable import ReportStore

@Suite struct KeptValuesTests {
    @Test func `those that were not used for longest make room`() {
        let kept = KeptValues<String, Int>(bytesMax: 100)
        kept.keep(1, bytes: 40, for: "a")
        kept.keep(2, bytes: 40, for: "b")
        #expect(kept.value(for: "a") == 1)
        kept.keep(3, bytes: 40, for: "c")
        #expect(kept.value(for: "b") == nil && kept.value(for: "a") == 1 && kept.value(for: "c") == 3)
        kept.keep(4, bytes: 100, for: "d")
        #expect(kept.value(for: "a") == nil && kept.value(for: "c") == nil && kept.value(for: "d") == 4)
    }

    @Test func `what takes more than there is room for is not kept, and pushes nothing out`() {
        let kept = KeptValues<String, Int>(bytesMax: 100)
        kept.keep(1, bytes: 40, for: "a")
        kept.keep(2, bytes: 101, for: "b")
        #expect(kept.value(for: "a") == 1 && kept.value(for: "b") == nil)
    }

    @Test func `what is taken out leaves its room, and a newer value takes the place of an older one`() {
        let kept = KeptValues<String, Int>(bytesMax: 100)
        kept.keep(1, bytes: 80, for: "a")
        #expect(kept.take("a") == 1 && kept.take("a") == nil)
        kept.keep(2, bytes: 80, for: "b")
        kept.keep(3, bytes: 90, for: "b")
        #expect(kept.value(for: "b") == 3)
    }
}
