import ReportStore
import Testing

@Suite struct UploadTests {
    private func step(_ numbers: Range<Int>) -> UploadStep {
        var tally = UploadTally()
        tally.stored = numbers.count
        return UploadStep(items: numbers.map { ($0, Array("{\"index\":\($0)}".utf8)) }, tally: tally, bytesDone: 7)
    }

    private func upload(_ fixture: Fixture) async throws -> Int {
        let id = try await fixture.store.createUpload(name: "u", request: "{}", file: "u", bytes: 9, now: 1)
        #expect(try await fixture.store.beginUpload(id, now: 2))
        return id
    }

    @Test func `what is noted of reports that are stored together stays or goes with them`() async throws {
        let fixture = try await Fixture()
        let id = try await upload(fixture)
        for isKept in [false, true] {
            let batch = try (0..<3).map { try submission("第\($0)局", 2023) }
            _ = try await fixture.store.saveTogether(now: 3, keeps: { $0 }) { open in
                _ = try open.save(batch)
                #expect(try open.note(step(0..<3), of: id))
                return isKept
            }
            #expect(try fixture.store.upload(named: "u")?.tally.items == (isKept ? 3 : 0))
            #expect(try fixture.store.uploadResults(id, after: -1, limit: 9).count == (isKept ? 3 : 0))
            #expect(try await fixture.store.reportCount(.init()) == (isKept ? 3 : 0))
        }
    }

    @Test func `nothing is noted of an upload that has ended`() async throws {
        let fixture = try await Fixture()
        let id = try await upload(fixture)
        #expect(try await fixture.store.endUpload(id, .cancelled, now: 3))
        let isNoted = try await fixture.store.saveTogether(now: 4, keeps: { $0 }) { open in
            _ = try open.save([try submission("甲局", 2023)])
            return try open.note(step(0..<1), of: id)
        }
        #expect(!isNoted)
        #expect(try await fixture.store.reportCount(.init()) == 0)
    }
}
