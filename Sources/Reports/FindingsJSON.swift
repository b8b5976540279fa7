/// That a person has seen a finding and says why it may stand.
public struct Acknowledgement: Sendable, Hashable {
    /// When, in seconds since 1970.
    public let at: Int64
    /// Who.
    public let author: String
    /// Why.
    public let reason: String

    /// Makes an acknowledgement.
    public init(at: Int64, author: String, reason: String) {
        self.at = at
        self.author = author
        self.reason = reason
    }
}

/// Findings in the bytes that ``CanonicalJSON`` wrote, put together without reading them as JSON.
public enum FindingsJSON {
    /// The findings with `"acknowledged":null` filled in where an acknowledgement is given for the fingerprint; the very
    /// same bytes where none is. O(length).
    ///
    /// Names of members are told from words in strings by their quotes, which strings escape. Of bytes that are no
    /// findings it only promises not to crash.
    ///
    /// - Parameters:
    ///   - findings: an array as ``CanonicalJSON`` writes it.
    ///   - acknowledgements: by fingerprint, 16 hexadecimal digits.
    public static func withAcknowledgements(
        _ findings: [UInt8], _ acknowledgements: [String: Acknowledgement]
    ) -> [UInt8] {
        guard !acknowledgements.isEmpty else { return findings }
        var result: [UInt8] = []
        var copied = 0
        var acknowledgement: Acknowledgement?
        var rest = findings[...]
        while let quote = rest.firstIndex(of: UInt8(ascii: "\"")) {
            rest = findings[quote...]
            if rest.starts(with: fingerprintName) {
                rest = rest.dropFirst(fingerprintName.count)
                acknowledgement = acknowledgements[String(decoding: rest.prefix(fingerprintLength), as: UTF8.self)]
            } else if rest.starts(with: acknowledgedName), let found = acknowledgement {
                rest = rest.dropFirst(acknowledgedName.count)
                result += findings[copied..<rest.startIndex - null.count]
                result += bytes(of: found)
                copied = rest.startIndex
                acknowledgement = nil
            } else {
                rest = rest.dropFirst()
            }
        }
        guard copied > 0 else { return findings }
        result += findings[copied...]
        return result
    }

    /// The elements of two arrays in one, in their order. Bytes that are no array count as an empty one. O(length).
    public static func concatenate(_ first: [UInt8], _ second: [UInt8]) -> [UInt8] {
        let elements = [elements(of: first), elements(of: second)].filter { !$0.isEmpty }
        return [UInt8(ascii: "[")] + elements.joined(separator: [UInt8(ascii: ",")]) + [UInt8(ascii: "]")]
    }
}

extension FindingsJSON {
    private static let null = Array("null".utf8)
    private static let fingerprintName = Array("\"fingerprint\":\"".utf8)
    private static let fingerprintLength = 16
    private static let acknowledgedName = Array("\"acknowledged\":".utf8) + null

    private static func bytes(of acknowledgement: Acknowledgement) -> [UInt8] {
        var json = JSONWriter(reserving: 256)
        CanonicalJSON.write(acknowledgement, to: &json)
        return json.bytes
    }

    private static func elements(of array: [UInt8]) -> ArraySlice<UInt8> {
        guard array.count >= 2, array.first == UInt8(ascii: "["), array.last == UInt8(ascii: "]") else { return [] }
        return array[1..<array.count - 1]
    }
}

extension CanonicalJSON {
    /// Writes what someone said of a finding.
    public static func write(_ acknowledgement: Acknowledgement, to json: inout JSONWriter) {
        json.beginObject()
        json.member("at", CivilDate.timestamp(acknowledgement.at))
        json.member("author", acknowledgement.author)
        json.member("reason", acknowledgement.reason)
        json.endObject()
    }
}
