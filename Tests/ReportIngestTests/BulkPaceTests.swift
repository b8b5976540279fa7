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
        #expect(pace.items == 16)
        pace.read(16, in: .milliseconds(125))
        #expect(pace.items == 32)
        // An end of the upload that was shorter than it might have been.
        pace.read(0, in: .zero)
        #expect(pace.items == 32)
        #expect(BulkPace(itemsMax: 8).items == 8)
    }
}
