extension CanonicalJSON {
    /// What the store adds to a report: its agency's number, its revision.
    public struct Filed: Sendable {
        /// The agency's number and name.
        public let agency: (id: Int, name: String)
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
            agency: (id: Int, name: String), year: Int, revision: Int, at: Int64, reason: String?, sha256: [UInt8]
        ) {
            self.agency = agency
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
        writeAgency(id: filed.agency.id, name: filed.agency.name, to: &json)
        json.raw(members)
        writeQuality(quality, to: &json)
        writeRevisionAndLinks(filed, to: &json)
        json.endObject()
        return json.bytes
    }

    /// Writes an agency wherever it is named.
    public static func writeAgency(id: Int, name: String, to json: inout JSONWriter) {
        json.beginObject()
        json.member("id", id)
        json.member("name", name)
        // Which division an agency belongs to is not known yet; the member is there, so that clients can rely on it.
        json.member("region", nil as String?)
        json.endObject()
    }

    /// Writes the members `revision` and `links`.
    public static func writeRevisionAndLinks(_ filed: Filed, to json: inout JSONWriter) {
        json.object("revision") { json in
            json.member("number", filed.revision)
            json.member("at", CivilDate.timestamp(filed.at))
            json.member("reason", filed.reason)
            json.member("sha256", hex(filed.sha256))
        }
        let path = path(agency: filed.agency.name, year: filed.year)
        json.object("links") { json in
            json.member("self", path)
            json.member("source", path + "/source")
            json.member("findings", path + "/findings")
            json.member("narrative", path + "/narrative")
        }
    }

    /// The address of a report: the name percent-encoded (RFC 3986).
    public static func path(agency name: String, year: Int) -> String {
        var path: [UInt8] = Array("/reports/".utf8)
        for byte in name.utf8 {
            if isUnreserved(byte) {
                path.append(byte)
            } else {
                path += [UInt8(ascii: "%"), hexDigits[Int(byte >> 4)], hexDigits[Int(byte & 15)]]
            }
        }
        return String(decoding: path, as: UTF8.self) + "/\(year)"
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

    private static func hex(_ bytes: [UInt8]) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
