import Reports
import Testing

@Suite struct DuplicatesTests {
    @Test func `the digest stays what it was`() throws {
        // It is stored: a change asks for all of them to be made anew.
        #expect(FiguresDigest(try Example.balanced())?.hash == 16_724_645_418_653_853_336)
    }

    @Test(arguments: 0..<50)
    func `figures decide, words, agency and year do not`(seed: Int) throws {
        let report = try Example.random(seed: seed)
        let digest = FiguresDigest(report)
        var other = report
        other.agency = "乙县财政局"
        other.year = try Example.year(2010)
        other.title = "另一份"
        #expect(FiguresDigest(other) == digest)
        for path in [FigurePath.request(.granted, .total), .request(.carriedForward, .naturalPerson)] {
            guard case .request(let line, let applicant) = path, let count = report.requests?[line, applicant] else {
                continue
            }
            other = report
            other.requests?[line, applicant] = count + 1
            #expect(FiguresDigest(other)?.hash != digest?.hash)
            other.requests?[line, applicant] = nil
            #expect(FiguresDigest(other)?.hash != digest?.hash)
        }
    }

    @Test func `a blank is not a zero, and a figure stands in its own place`() throws {
        let report = try Example.balanced()
        var blank = report
        blank.requests?[.deniedStateSecret, .total] = nil
        var moved = report
        moved.requests?[.granted, .total] = 0
        moved.requests?[.partiallyGranted, .total] = 2
        #expect(Set([report, blank, moved].map { FiguresDigest($0)?.hash }).count == 3)
    }

    @Test func `zeros at the end of a fraction do not matter, units do`() throws {
        let hashes = try ["1.5", "1.50", "1.500000", "1.5元", "15"].map { text in
            var report = try Example.balanced()
            report.proactive?[.administrativeFees, .amountWan] = Quantity(text)
            return FiguresDigest(report)?.hash
        }
        #expect(Set(hashes.prefix(3)).count == 1)
        #expect(Set(hashes).count == 3)
    }

    @Test func `a report without a figure above zero has no digest`() throws {
        var report = try Example.balanced()
        report.requests = Example.zeros()
        #expect(FiguresDigest(report) == nil)
        report.requests = nil
        report.reviews = nil
        report.proactive = nil
        #expect(FiguresDigest(report) == nil)
    }

    @Test func `four different figures above one tell something`() throws {
        var report = try Example.balanced()
        #expect(FiguresDigest(report)?.isTelling == false)
        report.proactive?[.normativeDocuments, .inForce] = Quantity(40)
        #expect(FiguresDigest(report)?.isTelling == false)
        report.proactive?[.administrativeFees, .amountWan] = Quantity("40.5")
        #expect(FiguresDigest(report)?.isTelling == true)
    }

    @Test func `the two kinds and the other reports have fingerprints of their own`() {
        let all = [
            DuplicateCheck.figures(sameAs: "甲", year: 2023, isTelling: true),
            DuplicateCheck.figures(sameAs: "甲", year: 2022, isTelling: true),
            DuplicateCheck.figures(sameAs: "乙", year: 2023, isTelling: true),
            DuplicateCheck.narrative(like: "甲", year: 2023, likeness: 0.9),
            DuplicateCheck.narrative(like: "乙", year: 2023, likeness: 0.9),
        ]
        #expect(Set(all.map(\.fingerprint)).count == all.count)
        #expect(all.allSatisfy { $0.check == .duplicateFigures && $0.severity == .warning && $0.state == .fail })
        #expect(all[0].message == "every figure is the same as in the report of 甲 for 2023")
    }

    @Test func `what may be chance is a notice`() {
        let found = DuplicateCheck.figures(sameAs: "甲", year: 2023, isTelling: false)
        #expect(found.state == .notice)
        #expect(found.severity == .info)
    }

    @Test(arguments: [0.85, 1, 0, -3, 1e300, .infinity, .nan])
    func `the likeness is said and does not change the fingerprint`(likeness: Double) {
        let found = DuplicateCheck.narrative(like: "甲", year: 2023, likeness: likeness)
        #expect(found.fingerprint == DuplicateCheck.narrative(like: "甲", year: 2023, likeness: 0.9).fingerprint)
        #expect(found.message.contains(likeness == 0.85 ? "about 85 %" : "of its passages"))
    }
}
