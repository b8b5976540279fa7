import Codecs
import SQLite
import Testing

/// The text of a column that may be packed, by what `json_shape` and the first bytes say: read a second way, so that the
/// form of what is stored cannot change unnoticed.
func unpacked(_ bytes: [UInt8], _ connection: Connection) throws -> [UInt8] {
    guard bytes.first == 1 else { return bytes }
    var rest = bytes.dropFirst()
    func number() -> Int {
        var (number, factor) = (0, 1)
        while let byte = rest.popFirst() {
            number += Int(byte % 128) * factor
            factor *= 128
            if byte < 128 { break }
        }
        return number
    }
    let (id, count) = (number(), number())
    let pattern = try connection.queryOne("SELECT pattern FROM json_shape WHERE id = ?1", [Value(id)]) { $0.blob(0) }
    let values = Array(rest)
    return try JSONShape(pattern: try #require(pattern)).text(values: values.span, count: count)
}
