extension CanonicalJSON {
    /// An agency wherever it is named: its number, its name there, and its division.
    public struct NamedAgency: Sendable, Hashable {
        /// The store's number of it.
        public let id: Int
        /// The name to show: in a report, that of its year.
        public let name: String
        /// Its division; nil where it is not known.
        public let region: NamedRegion?

        /// Makes it.
        public init(id: Int, name: String, region: NamedRegion?) {
            self.id = id
            self.name = name
            self.region = region
        }
    }

    /// A division of GB/T 2260 as it is shown.
    public struct NamedRegion: Sendable, Hashable {
        /// Six digits.
        public let code: String
        /// The full name, from the province down: `河南省南阳市镇平县`.
        public let name: String

        /// Makes it.
        public init(code: String, name: String) {
            self.code = code
            self.name = name
        }
    }

    /// What the store adds to a report: its agency, its revision.
    public struct Filed: Sendable {
        /// The agency, by the name that it had in the report's year.
        public let agency: NamedAgency
        /// The agency's name in addresses: the current one.
        public let currentName: String
        /// The year.
        public let year: Int
        /// The number of the revision, from 1.
        public let revision: Int
        /// When it was stored, in seconds since 1970.
        public let at: Int64
        /// Why.
        public let reason: String?
        /// The digest of its source.
        public let sha256: [UInt8]

        /// Makes it.
        public init(
            agency: NamedAgency, currentName: String, year: Int, revision: Int, at: Int64,
            reason: String?, sha256: [UInt8]
        ) {
            self.agency = agency
            self.currentName = currentName
            self.year = year
            self.revision = revision
            self.at = at
            self.reason = reason
            self.sha256 = sha256
        }
    }

    /// The report document as it is served. O(length).
    ///
    /// - Parameters:
    ///   - members: what ``writeMembers(of:to:)`` wrote, without braces; ``ReportDocumentParts`` gives it back.
    ///   - quality: the outcome of the checks, which changes without the report where other reports are compared.
    public static func document(_ filed: Filed, members: some Collection<UInt8>, quality: Quality) -> [UInt8] {
        var json = JSONWriter(reserving: members.count + 1024)
        json.beginObject()
        json.key("agency")
        write(filed.agency, to: &json)
        json.raw(members)
        writeQuality(quality, to: &json)
        writeRevisionAndLinks(filed, to: &json)
        json.endObject()
        return json.bytes
    }

    /// Writes an agency wherever it is named.
    public static func write(_ agency: NamedAgency, to json: inout JSONWriter) {
        json.beginObject()
        json.member("id", agency.id)
        json.member("name", agency.name)
        json.key("region")
        write(agency.region, to: &json)
        json.endObject()
    }

    /// Writes a division, or null.
    public static func write(_ region: NamedRegion?, to json: inout JSONWriter) {
        guard let region else { return json.null() }
        json.beginObject()
        json.member("code", region.code)
        json.member("name", region.name)
        json.endObject()
    }

    /// Writes the members `revision` and `links`.
    public static func writeRevisionAndLinks(_ filed: Filed, to json: inout JSONWriter) {
        json.object("revision") { json in
            json.member("number", filed.revision)
            json.key("at")
            json.timestamp(filed.at)
            json.member("reason", filed.reason)
            json.key("sha256")
            json.hexadecimal(filed.sha256)
        }
        // Nothing in an address has to be escaped.
        let path = pathBytes(agency: filed.currentName, year: filed.year, after: "\"")
        json.object("links") { json in
            for (name, end) in links {
                json.key(name)
                json.raw(path, end)
            }
        }
    }

    /// The address of a report: the name percent-encoded (RFC 3986).
    public static func path(agency name: String, year: Int) -> String {
        String(decoding: pathBytes(agency: name, year: year, after: ""), as: UTF8.self)
    }

    /// The links of a report, with what stands behind its address.
    private static let links: [(name: String, end: [UInt8])] = [
        ("self", Array("\"".utf8)), ("source", Array("/source\"".utf8)), ("findings", Array("/findings\"".utf8)),
        ("narrative", Array("/narrative\"".utf8)), ("revisions", Array("/revisions\"".utf8)),
    ]

    private static func pathBytes(agency name: String, year: Int, after start: String) -> [UInt8] {
        let (name, digits) = (name.utf8, hexDigits.span)
        var path: [UInt8] = []
        path.reserveCapacity(start.utf8.count + 15 + 3 * name.count)
        path += start.utf8
        path += "/reports/".utf8
        path.append(addingCapacity: 3 * name.count) { output in
            for byte in name {
                if isUnreserved(byte) {
                    output.append(byte)
                } else {
                    output.append(UInt8(ascii: "%"))
                    output.append(digits[Int(byte >> 4)])
                    output.append(digits[Int(byte & 15)])
                }
            }
        }
        path.append(UInt8(ascii: "/"))
        path += String(year).utf8
        return path
    }

    private static let hexDigits = Array("0123456789ABCDEF".utf8)

    private static func isUnreserved(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
            UInt8(ascii: "~"):
            true
        default: false
        }
    }

    /// Bytes in lower-case hexadecimal digits.
    public static func hex(_ bytes: [UInt8]) -> String {
        String(
            decoding: bytes.flatMap { [JSONWriter.hexDigits[Int($0 >> 4)], JSONWriter.hexDigits[Int($0 & 15)]] },
            as: UTF8.self)
    }
}
