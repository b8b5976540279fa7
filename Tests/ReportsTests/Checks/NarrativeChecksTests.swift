import Reports
import Testing

@Suite struct NarrativeChecksTests {
    private func findings(_ statements: [(Statement.Subject, Int)], new: Int, carried: Int = 0, open: Int = 0) throws
        -> [Finding]
    {
        var report = try Example.balanced()
        report.requests?[.newReceived, .total] = new
        report.requests?[.carriedOver, .total] = carried
        report.requests?[.carriedForward, .total] = open
        report.narrative.statements = statements.map { subject, count in
            Statement(subject: subject, count: count, place: DocumentPlace(line: 7, text: "收到\(count)件"))
        }
        return CheckedReport(report).findings.filter { $0.check.rawValue.hasPrefix("narrative.") }
    }

    @Test func `received may count the year alone or with what was carried over`() throws {
        #expect(try findings([(.received, 10)], new: 10, carried: 3).isEmpty)
        #expect(try findings([(.received, 13)], new: 10, carried: 3).isEmpty)
        let found = try findings([(.received, 11)], new: 10, carried: 3)
        #expect(found.map(\.check) == [.narrativeRequests])
        #expect(found.first?.left == 11 && found.first?.right == 10)
        #expect(found.first?.paths == [.request(.newReceived, .total)])
        #expect(found.first?.places.first?.line == 7)
    }

    @Test func `figures at the limit of an integer are compared without a trap`() throws {
        #expect(try findings([(.received, 11)], new: .max, carried: 3).map(\.check) == [.narrativeRequests])
    }

    @Test func `nothing received and a count contradict each other either way`() throws {
        #expect(try findings([(.received, 0)], new: 4).map(\.check) == [.narrativeZero])
        #expect(try findings([(.received, 4)], new: 0).map(\.check) == [.narrativeZero])
        #expect(try findings([(.received, 0)], new: 0).isEmpty)
    }

    @Test func `requests of natural persons and decisions are held against their cells`() throws {
        var report = try Example.balanced()
        report.requests?[.newReceived, .naturalPerson] = 4
        report.requests?[.carriedOver, .naturalPerson] = 1
        report.proactive?[.administrativeLicensing, .decisions] = Quantity(47)
        func found(_ subject: Statement.Subject, _ count: Int) -> [Check.ID] {
            report.narrative.statements = [
                Statement(subject: subject, count: count, place: DocumentPlace(line: 1, text: ""))
            ]
            return CheckedReport(report).findings.map(\.check).filter { $0.rawValue.hasPrefix("narrative.") }
        }
        #expect(found(.naturalPersons, 4).isEmpty && found(.naturalPersons, 5).isEmpty)
        #expect(found(.naturalPersons, 9) == [.narrativeRequests])
        #expect(found(.licensing, 47).isEmpty)
        #expect(found(.licensing, 12) == [.narrativeDocuments])
    }

    @Test func `all answered is noted while requests are carried forward`() throws {
        #expect(try findings([(.allAnswered, 0)], new: 4, open: 1).map(\.check) == [.narrativeAllAnswered])
        #expect(try findings([(.allAnswered, 0)], new: 4).isEmpty)
    }

    @Test func `a count of what the table leaves blank says nothing`() throws {
        var report = try Example.balanced()
        report.requests = nil
        report.narrative.statements = [
            Statement(subject: .granted, count: 3, place: DocumentPlace(line: 1, text: "予以公开3件"))
        ]
        #expect(CheckedReport(report).findings.allSatisfy { $0.check != .narrativeRequests })
    }
}
