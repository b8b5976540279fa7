import Reports
import Testing

/// Documents of one layout: as they are, or brought into another one.
struct Variant: Sendable, CustomTestStringConvertible {
    let name: String
    let sheets: [(sheet: Sheet, expected: [FigurePath: Quantity])]

    var testDescription: String { name }

    /// The sample reports by layout, each also with blanks for zeros, those with bars also one cell a line.
    static let samples: [Variant] = {
        let layouts = (try? byLayout(Samples.all(in: Samples.folder) { _, _ in true })) ?? []
        return layouts.flatMap { layout -> [Variant] in
            let lines = [("lines", ""), ("lines-blank", "\n"), ("lines-pipe", "\n|")].map { name, ending in
                Variant(
                    name: "\(layout.name) as \(name)",
                    sheets: layout.sheets.map { ($0.sheet.oneCellALine(ending: ending), $0.expected) })
            }
            let all = layout.name.hasPrefix("pipe") ? [layout] + lines : [layout]
            return all + all.map { $0.withBlankZeros() }
        }
    }()

    /// The shared documents by layout.
    static let shared: [Variant] = {
        let documents = try? Samples.all(in: Samples.shared) { form, layout in
            form != "2014" && !["pdf", "docx", "glued"].contains(layout)
        }
        return byLayout(documents ?? [])
    }()

    private static func byLayout(_ samples: [Samples.Sample]) -> [Variant] {
        let layouts = Dictionary(grouping: samples) { $0.layout }
        return layouts.sorted { $0.key < $1.key }.map { layout, samples in
            Variant(
                name: layout,
                sheets: samples.compactMap { sample in
                    (try? Sheet(sample.text)).map { ($0, sample.expected) }
                })
        }
    }

    private func withBlankZeros() -> Variant {
        Variant(
            name: name + ", zeros blank",
            sheets: sheets.map { sheet, expected in
                (sheet.replacingZeros(by: ""), expected.filter { !$0.value.isZero })
            })
    }
}

extension Quantity {
    fileprivate var isZero: Bool { digits == 0 && unit == nil }
}
