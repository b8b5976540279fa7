import Support
import Testing

@testable import ReportStore

@Suite struct KeptDocumentsTests {
    private func document(_ report: Int64, _ tag: UInt64, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: Int64($0) &+ report &+ Int64(bitPattern: tag)) }
    }

    @Test func `a document is found by its report and its tag alone`() {
        let kept = KeptDocuments(bytesMax: 4 << 20)
        #expect(kept.document(of: 1, 7) == nil && kept.byteCount == 0)
        kept.keep(of: 1, 7) { [1, 2, 3] }
        kept.keep(of: 2, 7) { [4] }
        #expect(kept.document(of: 1, 7) == [1, 2, 3] && kept.document(of: 2, 7) == [4])
        #expect(kept.document(of: 1, 8) == nil && kept.document(of: 3, 7) == nil)
        // No slot in use has these numbers, but all empty ones do.
        #expect(kept.document(of: 0, 0) == nil)
    }

    @Test(arguments: 0..<4) func `what is found is what was kept, in no more room than there is`(_ seed: Int) {
        var random = SeededGenerator(seed: seed)
        let bytesMax = 3 << 20
        let kept = KeptDocuments(bytesMax: bytesMax)
        var found = 0
        for step in 0..<20_000 {
            let report = Int64.random(in: 1...5_000, using: &random)
            let tag = UInt64(bitPattern: report) &* 0x9e37_79b9_7f4a_7c15
            let expected = document(report, tag, 300 + Int(report % 700))
            if let read = kept.document(of: report, tag) {
                guard read == expected else {
                    Issue.record("seed \(seed), step \(step): another document")
                    return
                }
                found += 1
            } else {
                kept.keep(of: report, tag) { expected }
                #expect(kept.document(of: report, tag) == expected, "the newest is always there")
            }
        }
        #expect(kept.byteCount <= bytesMax)
        #expect(found > 3_000, "some half of 5,000 find room")
    }

    @Test func `what is too long or has no room is not kept`() {
        let kept = KeptDocuments(bytesMax: 4 << 20)
        kept.keep(of: 1, 1) { [] }
        kept.keep(of: 2, 2) { [UInt8](repeating: 1, count: 1 << 15) }
        #expect(kept.byteCount == 0)
        let none = KeptDocuments(bytesMax: 0)
        none.keep(of: 1, 1) { [1] }
        #expect(none.document(of: 1, 1) == nil && none.byteCount == 0)
    }

    @Test func `a kept document is given for as long as it is the current one`() async throws {
        let fixture = try await Fixture()
        try await fixture.save(Draft("甲局") { $0.received = 1 })
        func place() throws -> Store.Place {
            try #require(try fixture.store.places(agency: "甲局", reader: 0).first).place
        }
        let before = try place()
        let read = try #require(try fixture.store.document(at: before, reader: 0))
        #expect(fixture.store.documents.byteCount > 0, "it is kept")
        #expect(try fixture.store.document(at: before, reader: 0)?.bytes == read.bytes)
        // Another report changes nothing in it, but the place has to be found anew.
        try await fixture.save(Draft("乙局"))
        #expect(try fixture.store.document(at: before, reader: 0) == nil)
        #expect(try fixture.store.document(at: place(), reader: 0)?.bytes == read.bytes)
        try await fixture.save(Draft("甲局") { $0.received = 2 })
        #expect(try fixture.store.document(at: before, reader: 0) == nil)
        let after = try #require(try fixture.store.document(at: place(), reader: 0))
        #expect(after.bytes != read.bytes && after.tag != read.tag)
    }
}
