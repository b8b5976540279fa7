import Foundation
import ReportParsing
import Reports
import Support
import Testing

/// Documents with known figures.
@Suite struct AccuracyTests {
    @Test func `every figure of the sample reports is read right`() throws {
        let accuracy = try Accuracy(folder: Samples.folder) { _, _ in true }
        #expect(accuracy.outcomes.count == 16)
        for outcome in accuracy.outcomes {
            #expect(outcome.error == nil, "\(outcome.file)")
            #expect(outcome.right == outcome.figures && outcome.right == 200, "\(outcome.file)")
            #expect(outcome.identity.isEmpty, "\(outcome.file)")
            #expect(outcome.unseenContradictions.isEmpty, "\(outcome.file)")
        }
        #expect(accuracy.rightShare == 1)
    }

    @Test func `one sample contradicts itself as its README says, and no other does`() throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: Samples.folder.path)
        for name in names.sorted() where name.hasSuffix(".txt") || name.hasSuffix(".html") {
            let bytes = try [UInt8](Data(contentsOf: Samples.folder.appending(path: name)))
            let found = try read(bytes, name: name).findings.filter { $0.state != .notice }
            guard name == "qinghe-market-regulation-2024.html" else {
                #expect(found.isEmpty, "\(name)")
                continue
            }
            #expect(Set(found.map(\.check)) == [.rowTotal, .processedTotal, .balance, .narrativeRequests])
            #expect(found.count == 4)
            #expect(found.allSatisfy { $0.state == .fail && $0.paths.contains(.request(.totalProcessed, .total)) })
            #expect(found.first { $0.check == .rowTotal }?.left == 66)
            #expect(found.first { $0.check == .rowTotal }?.right == 65)
        }
    }

    @Test(.enabled(if: Samples.hasShared), arguments: ["2021", "2019", "2014"])
    func `shared documents are read right or with a finding`(form: String) throws {
        let accuracy = try Accuracy(folder: Samples.shared) { own, layout in
            own == form && !["pdf", "docx"].contains(layout)
        }
        print(accuracy.table)
        #expect(!accuracy.outcomes.isEmpty)
        for outcome in accuracy.outcomes {
            #expect(outcome.error == nil, "\(outcome.file)")
            #expect(outcome.wrongSilent.isEmpty, "\(outcome.file)")
            #expect(outcome.missingSilent.isEmpty, "\(outcome.file)")
            #expect(outcome.identity.isEmpty, "\(outcome.file)")
            #expect(Double(outcome.right) >= 0.95 * Double(outcome.figures), "\(outcome.file)")
        }
        #expect(accuracy.rightShare >= 0.995)
    }
}
