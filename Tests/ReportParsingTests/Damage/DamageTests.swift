import Foundation
import ReportParsing
import Reports
import Support
import Testing

/// Damaged documents: a figure may be lost, but never be wrong without a finding that names it.
@Suite struct DamageTests {
    /// More rounds find rarer faults: `DAMAGE_ROUNDS=100 swift test --filter DamageTests`.
    private static let rounds = ProcessInfo.processInfo.environment["DAMAGE_ROUNDS"].flatMap { Int($0) } ?? 2

    @Test(arguments: Variant.samples)
    func `what damage leaves of a sample is right or has a finding`(variant: Variant) throws {
        try check(variant)
    }

    @Test(.enabled(if: Samples.hasShared), arguments: Variant.shared)
    func `what damage leaves of a shared document is right or has a finding`(variant: Variant) throws {
        try check(variant)
    }

    @Test(arguments: Variant.samples)
    func `the same damaged bytes give the same report twice`(variant: Variant) throws {
        for (index, damage) in Damage.allCases.enumerated() {
            let text = variant.damaged(by: damage, document: 0, round: index).sheet.text
            #expect(try document(text) == document(text), "\(damage)")
        }
    }

    private func check(_ variant: Variant) throws {
        var faults: [String] = []
        for damage in Damage.allCases {
            for document in variant.sheets.indices {
                for round in 0..<Self.rounds {
                    let damaged = variant.damaged(by: damage, document: document, round: round)
                    let verdict = try verdict(damaged, variant.sheets[document].expected)
                    guard !verdict.isFine else { continue }
                    faults.append("\(damage) document \(document) round \(round): \(verdict)")
                }
            }
        }
        #expect(faults.isEmpty, "\(variant.name)")
    }

    private func verdict(_ damaged: Damaged, _ expected: [FigurePath: Quantity]) throws -> Verdict {
        let checked = try read(damaged.sheet.text, name: damaged.sheet.name)
        return Verdict(checked, expected: expected, edited: damaged.edited, lost: damaged.lost)
    }

    private func document(_ text: String) throws -> [UInt8] {
        let checked = try read(text, name: text.hasPrefix("<") ? "report.html" : "report.txt")
        var json = JSONWriter()
        json.beginObject()
        CanonicalJSON.writeMembers(of: checked.report, to: &json)
        CanonicalJSON.writeQuality(checked.quality, to: &json)
        json.key("findings")
        CanonicalJSON.write(checked.findings, to: &json)
        json.key("cells")
        CanonicalJSON.write(checked.cells, to: &json)
        json.endObject()
        return json.bytes
    }
}

extension Variant {
    /// One of its documents after damage that the numbers decide; every third round does it twice.
    func damaged(by damage: Damage, document: Int, round: Int) -> Damaged {
        var random = SeededGenerator(seed: document * 1000 + round)
        var damaged = Damaged(sheets[document].sheet)
        damaged.apply(damage, &random)
        if round % 3 == 2 { damaged.apply(damage, &random) }
        return damaged
    }
}
