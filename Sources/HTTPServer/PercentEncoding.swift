/// Percent-encoding, bytes to bytes (RFC 3986 §2.1).
public enum PercentEncoding {
    /// A `%` that two hexadecimal digits do not follow, or text that is not UTF-8.
    public enum Failure: Error, Sendable, Hashable {
        /// A `%` without two hexadecimal digits.
        case malformed
        /// The decoded bytes are not UTF-8.
        case notUTF8
    }

    /// The bytes with every `%xx` replaced by the byte it stands for; all others, raw UTF-8 among them, stay.
    ///
    /// - Parameter plusIsSpace: Whether `+` stands for a space, as forms write queries.
    /// - Throws: `malformed`.
    public static func decode(_ bytes: ArraySlice<UInt8>, plusIsSpace: Bool = false) throws(Failure) -> [UInt8] {
        guard bytes.contains(where: { $0 == Byte.percent || plusIsSpace && $0 == Byte.plus }) else {
            return Array(bytes)
        }
        var decoded: [UInt8] = []
        decoded.reserveCapacity(bytes.count)
        var index = bytes.startIndex
        while index < bytes.endIndex {
            let byte = bytes[index]
            index += 1
            if byte == Byte.percent {
                guard bytes.endIndex - index >= 2, let high = Byte.hexadecimal(bytes[index]),
                    let low = Byte.hexadecimal(bytes[index + 1])
                else { throw .malformed }
                decoded.append(high << 4 | low)
                index += 2
            } else {
                decoded.append(plusIsSpace && byte == Byte.plus ? Byte.space : byte)
            }
        }
        return decoded
    }

    /// The decoded bytes as text.
    ///
    /// - Throws: `malformed`, or `notUTF8`.
    public static func decodeText(_ bytes: ArraySlice<UInt8>, plusIsSpace: Bool = false) throws(Failure) -> String {
        let decoded = try decode(bytes, plusIsSpace: plusIsSpace)
        guard let text = String(validating: decoded, as: UTF8.self) else { throw .notUTF8 }
        return text
    }

    /// The text with every byte but the unreserved ones of RFC 3986 §2.3 encoded: safe as a path segment, and as a name
    /// or value of a query.
    public static func encode(_ text: String) -> String {
        var encoded: [UInt8] = []
        for byte in text.utf8 {
            if isUnreserved(byte) {
                encoded.append(byte)
            } else {
                encoded += [Byte.percent, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: encoded, as: UTF8.self)
    }

    private static let digits = Array("0123456789ABCDEF".utf8)

    private static func isUnreserved(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x2D, Byte.period, 0x5F, 0x7E: true
        default: Byte.isDigit(byte) || Byte.lowercased(byte) &- 0x61 < 26
        }
    }
}
