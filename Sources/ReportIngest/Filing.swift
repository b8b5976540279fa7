internal import Foundation
internal import Reports

/// The agency and year that an upload is filed under.
///
/// The document's own word counts; the upload supplies what it does not say, and the longer name where the document's
/// is the end of it (`农业农村局`, `北岫县农业农村局`). What contradicts the document is a finding, and for an address a
/// refusal; a document that agrees with its address is filed there.
struct Filing: Sendable {
    /// The agency: the name that the report goes by.
    let agency: String
    /// The year.
    let year: ReportYear
    /// Contradictions between the document and the upload.
    let findings: [Finding]

    /// Decides.
    ///
    /// - Parameters:
    ///   - stated: what the document says.
    ///   - upload: what came beside it.
    ///   - now: the time, in seconds since 1970; a report for a year that has not begun is refused.
    init(stated: Upload.Identity, upload: Upload, now: Int64) throws(IngestError) {
        let stated = Self.named(stated)
        let supplied = Self.named(upload.supplied)
        let address = Self.named(upload.address)
        let isOtherName = stated.agency.map { Self.isName($0, of: upload.target) } ?? false
        if let name = stated.agency, let other = address.agency, !isOtherName, !Self.agree(name, other) {
            throw .otherAgency(stated: name, address: other)
        }
        if let year = stated.year, let other = address.year, year != other {
            throw .otherYear(stated: year, address: other)
        }
        // What is put at an address has to be found there; a report under a former name keeps the name of its year.
        let named = isOtherName ? stated.agency : address.agency ?? Self.fuller(stated.agency, supplied.agency)
        guard let agency = named else { throw .agencyMissing }
        // It stands in addresses and lists.
        guard agency.unicodeScalars.count <= Self.agencyCharactersMax else {
            throw .limitExceeded("characters of the agency's name", maximum: Self.agencyCharactersMax)
        }
        guard let year = stated.year ?? address.year ?? supplied.year else { throw .yearMissing }
        guard year.value <= CivilDate.year(at: now) else { throw .yearInFuture(year) }
        self.agency = agency
        self.year = year
        findings = Self.contradictions(stated, supplied)
    }

    private static let agencyCharactersMax = 200

    /// An identity without a name that is none.
    private static func named(_ identity: Upload.Identity) -> Upload.Identity {
        var identity = identity
        if let agency = identity.agency, !agency.isTight {
            identity.agency = agency.trimmingCharacters(in: .whitespacesAndNewlines)
        }
        if let agency = identity.agency, !Upload.Identity.isName(agency) { identity.agency = nil }
        return identity
    }

    /// Whether two names can be those of one agency: the same, or one the end of the other.
    private static func agree(_ left: String, _ right: String) -> Bool {
        let left = AgencyKey(left).text
        let right = AgencyKey(right).text
        return left.hasSuffix(right) || right.hasSuffix(left)
    }

    private static func isName(_ name: String, of target: Upload.Target?) -> Bool {
        let key = AgencyKey(name)
        return target?.otherNames.contains { AgencyKey($0) == key } ?? false
    }

    private static func fuller(_ stated: String?, _ supplied: String?) -> String? {
        guard let stated else { return supplied }
        guard let supplied, agree(stated, supplied), supplied.count > stated.count else { return stated }
        return supplied
    }

    private static func contradictions(_ stated: Upload.Identity, _ supplied: Upload.Identity) -> [Finding] {
        var findings: [Finding] = []
        if let name = stated.agency, let other = supplied.agency, !agree(name, other) {
            findings.append(
                Finding(
                    .identityAgency,
                    message: "the document names \(name), the upload \(other); it is filed under \(name)"))
        }
        if let year = stated.year, let other = supplied.year, year != other {
            findings.append(
                Finding(
                    .identityYear,
                    message:
                        "the document is for \(year.value), the upload says \(other.value); it is filed under \(year.value)",
                    left: year.value, right: other.value))
        }
        return findings
    }
}

extension String {
    /// Whether a text begins and ends with Chinese characters, as most names do, and so with no white space.
    fileprivate var isTight: Bool {
        let ends = [unicodeScalars.first, unicodeScalars.last]
        return ends.allSatisfy { scalar in scalar.map { "\u{4e00}"..."\u{9fff}" ~= $0 } ?? true }
    }
}
