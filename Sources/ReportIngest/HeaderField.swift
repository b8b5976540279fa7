/// The value of a field such as `form-data; name="file"; filename*=UTF-8''%E5%B9%B4.txt`, read generously.
struct HeaderField {
    /// What stands before the first semicolon, in lower case.
    let value: String
    /// The parameters, names in lower case; the first of equal names counts.
    let parameters: [String: String]

    private static let parametersMax = 32

    init(_ text: String) {
        var rest = Substring(text).unicodeScalars[...]
        value = String(rest.prefix { $0 != ";" }).trimmed.lowercased()
        rest = rest.drop { $0 != ";" }.dropFirst()
        var found: [String: String] = [:]
        for _ in 0..<HeaderField.parametersMax where !rest.isEmpty {
            let name = String(rest.prefix { $0 != "=" && $0 != ";" })
            rest = rest.dropFirst(name.unicodeScalars.count)
            guard rest.first == "=" else {
                rest = rest.dropFirst()
                continue
            }
            rest = rest.dropFirst().drop { $0 == " " || $0 == "\t" }
            let value = rest.first == "\"" ? HeaderField.quoted(&rest) : String(rest.prefix { $0 != ";" }).trimmed
            rest = rest.drop { $0 != ";" }.dropFirst()
            let key = name.trimmed.lowercased()
            if found[key] == nil { found[key] = value }
        }
        parameters = found
    }

    /// A quoted string. Browsers put a backslash before quotes only, and leave those of a Windows path alone.
    private static func quoted(_ rest: inout Substring.UnicodeScalarView.SubSequence) -> String {
        rest = rest.dropFirst()
        var text = String.UnicodeScalarView()
        while let scalar = rest.popFirst(), scalar != "\"" {
            let next = rest.first
            if scalar == "\\", next == "\"" || next == "\\" {
                text.append(next ?? scalar)
                rest = rest.dropFirst()
            } else {
                text.append(scalar)
            }
        }
        return String(text)
    }

    /// The name of a file: `filename*` (RFC 5987) before `filename`, raw or percent-encoded; nil where there is none.
    var fileName: String? {
        if let extended = parameters["filename*"] {
            let parts = extended.split(separator: "'", maxSplits: 2, omittingEmptySubsequences: false)
            if parts.count == 3, parts[0].lowercased() == "utf-8", let name = HeaderField.percentDecoded(parts[2]) {
                return name
            }
        }
        guard let name = parameters["filename"] else { return nil }
        return HeaderField.percentDecoded(name[...]) ?? name
    }

    /// Text whose every per cent sign stands before two digits, and that is UTF-8 when they are bytes; else nil.
    private static func percentDecoded(_ text: Substring) -> String? {
        var bytes: [UInt8] = []
        var rest = text.utf8
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard let high = rest.popFirst().flatMap(digit), let low = rest.popFirst().flatMap(digit) else {
                return nil
            }
            bytes.append(high << 4 | low)
        }
        return String(validating: bytes, as: UTF8.self)
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        Character(UnicodeScalar(byte)).hexDigitValue.flatMap { UInt8(exactly: $0) }
    }
}

extension String {
    /// Without spaces and tabs at both ends.
    fileprivate var trimmed: String {
        let scalars = unicodeScalars.drop { $0 == " " || $0 == "\t" }
        guard let end = scalars.lastIndex(where: { $0 != " " && $0 != "\t" }) else { return "" }
        return String(scalars[...end])
    }
}
