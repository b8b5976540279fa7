internal import Codecs
internal import Reports

extension FigurePlaces {
    /// Reads what ``packed`` has written; nil for anything else. O(length).
    init?(packed bytes: Span<UInt8>) {
        self.init()
        var index = 0
        while index < bytes.count {
            guard let (path, place) = Self.next(bytes, &index) else { return nil }
            add(place, of: path)
        }
    }

    /// The places in some 15 bytes each: figure (``FigurePath/index``), line, column, page, table, row and cell, 0 for what
    /// is not known, and the text behind its length.
    var packed: [UInt8] {
        var bytes: [UInt8] = []
        for (path, place) in all {
            VariableLength.append(path.index, to: &bytes)
            for number in [place.line, place.column, place.page, place.table, place.row, place.cell] {
                VariableLength.append(max(number ?? 0, 0), to: &bytes)
            }
            VariableLength.append(place.text.utf8.count, to: &bytes)
            bytes += place.text.utf8
        }
        return bytes
    }

    private static func next(_ bytes: Span<UInt8>, _ index: inout Int) -> (FigurePath, DocumentPlace)? {
        func number() -> Int? { VariableLength.read(bytes, at: &index) }
        guard let figure = number(), let path = FigurePath(index: figure), let line = number(), let column = number(),
            let page = number(), let table = number(), let row = number(), let cell = number(), let length = number(),
            length <= bytes.count - index
        else { return nil }
        let text = (index..<index + length).map { bytes[$0] }
        index += length
        func known(_ number: Int) -> Int? { number == 0 ? nil : number }
        let place = DocumentPlace(
            line: line, column: known(column), page: known(page), table: known(table), row: known(row),
            cell: known(cell), text: String(decoding: text, as: UTF8.self))
        return (path, place)
    }
}
