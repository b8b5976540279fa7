import Testing

@testable import ReportIngest

@Suite struct BulkPaceTests {
    @Test func `groups grow while reading is quick, and are as small as it takes where it is slow`() {
        var pace = BulkPace(itemsMax: 512)
        #expect(pace.items == 32)
        for expected in [128, 512, 512] {
            pace.read(pace.items, in: .milliseconds(1))
            #expect(pace.items == expected)
        }
        // 80 ms each, as a PDF takes.
        pace.read(512, in: .milliseconds(512 * 80))
        #expect(pace.items == 3)
        pace.read(3, in: .seconds(60))
        #expect(pace.items == 1)
        pace.read(1, in: .zero)
        #expect(pace.items == 4)
        // An end of the upload that was shorter than it might have been.
        pace.read(0, in: .zero)
        #expect(pace.items == 4)
    }
}
