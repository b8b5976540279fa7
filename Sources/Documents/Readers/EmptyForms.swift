/// The sheets of a workbook that are forms to be filled in, and not filled in: beside the one that is they say nothing.
struct EmptyForms {
    private var sheets: Set<Int> = []

    /// Finds them: no cell of such a sheet is a number, and what it says another sheet with numbers says as well, unless it is
    /// said to be a pattern. O(cells × sheets), of the first few sheets.
    init(_ all: [SheetReader]) {
        let texts = all.prefix(Self.sheetsMax).map { Set($0.cells.map(\.text)) }
        let filled = texts.filter { $0.contains(where: Self.isNumber) }
        guard !filled.isEmpty, filled.count < texts.count else { return }
        for (index, own) in texts.enumerated() where own.count >= Self.textsMin && !own.contains(where: Self.isNumber) {
            let isCopy = filled.contains { other in own.allSatisfy { other.contains($0) || Self.saysPattern($0) } }
            if isCopy { sheets.insert(index) }
        }
    }

    /// Whether a sheet, by its place among all, is one of them.
    func contains(_ index: Int) -> Bool { sheets.contains(index) }

    private static func isNumber(_ text: [UInt8]) -> Bool {
        text.contains { (0x30...0x39).contains($0) } && text.allSatisfy { (0x2B...0x39).contains($0) }
    }

    private static func saysPattern(_ text: [UInt8]) -> Bool {
        let text = String(decoding: text.prefix(bytesMax), as: UTF8.self)
        return patterns.contains { text.contains($0) }
    }

    private static let patterns = ["表样", "样表", "模板", "空表", "__", "××", "XX"]
    private static let bytesMax = 400
    /// A form has dozens of labels: a sheet of a few words is none.
    private static let textsMin = 12
    private static let sheetsMax = 32
}
