import Foundation
import Reports
import Testing

/// One case to look at: `DAMAGE_CASE="tab;dropCell;0;2" swift test --filter DamageCaseTests` writes it to
/// `DAMAGE_OUT`.
@Suite struct DamageCaseTests {
    private static let words = ProcessInfo.processInfo.environment["DAMAGE_CASE"]?.split(separator: ";").map(
        String.init)

    @Test(.enabled(if: words?.count == 4))
    func `a damaged document is written out with what is read of it`() throws {
        let words = try #require(Self.words)
        let variant = try #require((Variant.samples + Variant.shared).first { $0.name == words[0] })
        let document = try #require(Int(words[2]))
        let damaged =
            try Damage(rawValue: words[1]).map {
                variant.damaged(by: $0, document: document, round: try #require(Int(words[3])))
            } ?? Damaged(variant.sheets[document].sheet)
        let checked = try read(damaged.sheet.text, name: damaged.sheet.name)
        let lines =
            checked.findings.map { "\($0.check) \($0.state) \($0.message) \($0.paths)" }
            + checked.cells.map { "\($0.path) = \($0.value?.number ?? "nil") \($0.inferredBy ?? []) \($0.place.line)" }
        let out = ProcessInfo.processInfo.environment["DAMAGE_OUT"] ?? "/dev/stdout"
        try (damaged.sheet.text + "\n----\n" + lines.joined(separator: "\n"))
            .write(to: URL(filePath: out), atomically: false, encoding: .utf8)
    }
}
