import ReportParsing
import Reports
import Support
import Testing

/// The threshold of ``NarrativeSignature``, held against the sample reports.
@Suite struct NarrativeLikenessTests {
    private func signature(_ bytes: [UInt8], _ sample: SampleReport) throws -> NarrativeSignature {
        try #require(NarrativeSignature(try read(bytes, name: sample.file).report.narrative))
    }

    @Test(arguments: SampleReport.all.filter { $0.file != "qinghe-liuquan-town-2023.html" })
    func `a copy under another name with other numbers is nearly the same`(sample: SampleReport) throws {
        let copy = String(decoding: try sample.bytes(renamed: "乐陵市住房和城乡建设局"), as: UTF8.self)
            .replacing(/[0-9]+/) { "\($0.output.count * 7)" }
        let one = try signature(sample.bytes, sample)
        let other = try signature(Array(copy.utf8), sample)
        #expect(one.likeness(to: other) >= NarrativeSignature.nearlySame)
        #expect(!Set(one.bands).isDisjoint(with: other.bands))
    }

    @Test func `no two sample reports are nearly the same, nor have the same figures`() throws {
        let all = try SampleReport.all.map { sample in
            let report = try read(sample.bytes, name: sample.file).report
            return (try signature(sample.bytes, sample), FiguresDigest(report))
        }
        for (index, one) in all.enumerated() {
            for other in all[(index + 1)...] {
                #expect(one.0.likeness(to: other.0) < 0.7)
                #expect(one.1?.hash != other.1?.hash)
            }
        }
    }

    @Test func `the years of the sample reports go on from each other`() throws {
        let reports = try SampleReport.all.map { try read($0.bytes, name: $0.file).report }
        var pairs = 0
        for report in reports {
            let before = reports.first { $0.agency == report.agency && $0.year.value == report.year.value - 1 }
            guard let before else { continue }
            pairs += 1
            let checks = YearChecks(report, previous: before)
            #expect(checks.findings.isEmpty, "\(report.agency) \(report.year.value)")
            #expect(checks.tally.notAssessable == 0)
        }
        #expect(pairs >= 8)
    }
}
