import Foundation
import ReportParsing
import Reports
import Support
import Testing

/// Damaged documents: a figure may be lost, but never be wrong without a finding that names it.
@Suite struct DamageTests {
    /// A layout of the sample documents, or one that they are brought into.
    struct Variant: Sendable, CustomTestStringConvertible {
        let name: String
        let sheets: [(sheet: Sheet, expected: [FigurePath: Quantity])]
        var testDescription: String { name }
    }

    static let variants: [Variant] = {
        let samples = (try? Samples.all(in: Samples.folder) { _, _ in true }) ?? []
        let sheets = samples.compactMap { sample in
            (try? Sheet(sample.text)).map { (layout: sample.layout, sheet: $0, expected: sample.expected) }
        }
        var variants: [Variant] = []
        for layout in Set(sheets.map(\.layout)).sorted() {
            let alike = sheets.filter { $0.layout == layout }.map { (sheet: $0.sheet, expected: $0.expected) }
            variants += Self.withZeros(layout, alike)
            guard layout.hasPrefix("pipe") else { continue }
            for (name, ending) in [("lines", "\n"), ("lines-blank", "\n\n"), ("lines-pipe", "\n|\n")] {
                variants += Self.withZeros(
                    "\(layout) as \(name)",
                    alike.map { ($0.sheet.oneCellALine(ending: String(ending.dropLast())), $0.expected) })
            }
        }
        return variants
    }()

    private static func withZeros(
        _ name: String, _ sheets: [(sheet: Sheet, expected: [FigurePath: Quantity])]
    ) -> [Variant] {
        let blank = sheets.map { sheet, expected in
            (sheet: sheet.replacingZeros(by: ""), expected: expected.filter { $0.value.digits != 0 })
        }
        return [Variant(name: name, sheets: sheets), Variant(name: name + ", zeros blank", sheets: blank)]
    }

    private static var rounds: Int {
        ProcessInfo.processInfo.environment["DAMAGE_ROUNDS"].flatMap { Int($0) } ?? 12
    }

    @Test(arguments: variants)
    func `what damage leaves is right or has a finding`(variant: Variant) throws {
        var table = ""
        var wrong: [String] = []
        for damage in Damage.allCases {
            var counts = (documents: 0, wrong: 0, missing: 0)
            for (index, (sheet, expected)) in variant.sheets.enumerated() {
                for round in 0..<Self.rounds {
                    var random = SeededGenerator(seed: index * 1000 + round)
                    var damaged = Damaged(sheet)
                    damaged.apply(damage, &random)
                    if round % 3 == 2 { damaged.apply(damage, &random) }
                    let checked = try read(damaged.sheet.text, name: damaged.sheet.name)
                    let verdict = Verdict(checked, expected: expected, edited: damaged.edited, lost: damaged.lost)
                    counts.documents += 1
                    counts.wrong += verdict.wrong.isEmpty ? 0 : 1
                    counts.missing += verdict.missing.isEmpty ? 0 : 1
                    if !verdict.wrong.isEmpty || !verdict.missing.isEmpty {
                        wrong.append("\(damage) document \(index) round \(round): wrong \(verdict.wrong.prefix(4)) missing \(verdict.missing.prefix(4))")
                    }
                }
            }
            if counts.wrong + counts.missing > 0 {
                table += "\(variant.name) \(damage): \(counts.wrong) wrong, \(counts.missing) missing of \(counts.documents)\n"
            }
        }
        if !table.isEmpty { print(table + wrong.joined(separator: "\n")) }
        #expect(wrong.isEmpty)
    }
}

extension DamageTests {
    /// `variant;damage;document;round` of a case to look at.
    private static let case_ = ProcessInfo.processInfo.environment["DAMAGE_CASE"]?.split(separator: ";").map(String.init)

    @Test(.enabled(if: case_ != nil))
    func `a case to look at`() throws {
        let words = Self.case_ ?? []
        let variant = try #require(Self.variants.first { $0.name == words[0] })
        let index = try #require(Int(words[2]))
        let round = try #require(Int(words[3]))
        var damaged = Damaged(variant.sheets[index].sheet)
        if let damage = Damage(rawValue: words[1]) {
            var random = SeededGenerator(seed: index * 1000 + round)
            damaged.apply(damage, &random)
            if round % 3 == 2 { damaged.apply(damage, &random) }
        }
        let checked = try read(damaged.sheet.text, name: damaged.sheet.name)
        print(damaged.sheet.text)
        for finding in checked.findings { print(finding.check, finding.state, finding.message, finding.paths.map(\.description).prefix(20)) }
        for cell in checked.cells { print(cell.path, cell.value?.number ?? "nil", cell.inferredBy ?? []) }
    }
}
