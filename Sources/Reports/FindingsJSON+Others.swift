/// A report that another one was held against.
public struct ComparedReport: Sendable, Hashable {
    /// The agency's name in that year.
    public let agency: String
    /// Its year.
    public let year: Int
    /// Its address.
    public let href: String

    /// Makes one.
    public init(agency: String, year: Int, href: String) {
        self.agency = agency
        self.year = year
        self.href = href
    }
}

/// The reports that the checks across reports held one report against.
public struct ComparedReports: Sendable, Hashable {
    /// The agency's own of the year before.
    public var yearBefore: ComparedReport?
    /// The one with the same figures.
    public var sameFigures: ComparedReport?
    /// The one with nearly the same narrative.
    public var sameNarrative: ComparedReport?

    /// None.
    public init() {}
}

extension FindingsJSON {
    /// Findings across reports, each with the member `other` where it is about one other report. O(length).
    ///
    /// - Parameter findings: an array as ``CanonicalJSON`` writes it, of checks across reports alone.
    public static func withOthers(_ findings: [UInt8], _ others: ComparedReports) -> [UInt8] {
        guard others != ComparedReports() else { return findings }
        var result: [UInt8] = []
        var copied = 0
        var other: ComparedReport?
        var isDuplicate = false
        var rest = findings[...]
        while let quote = rest.firstIndex(of: UInt8(ascii: "\"")) {
            rest = findings[quote...]
            if rest.starts(with: checkName) {
                let name = rest.dropFirst(checkName.count).prefix { $0 != UInt8(ascii: "\"") }
                let check = Check.ID(rawValue: String(decoding: name, as: UTF8.self))
                other = others[check]
                isDuplicate = check == .duplicateFigures
                rest = rest.dropFirst(checkName.count)
            } else if rest.starts(with: narrativeMessage) {
                if isDuplicate { other = others.sameNarrative }
                rest = rest.dropFirst(narrativeMessage.count)
            } else if rest.starts(with: acknowledgedName) {
                if let found = other {
                    result += findings[copied..<quote]
                    result += bytes(of: found)
                    copied = quote
                }
                other = nil
                rest = rest.dropFirst(acknowledgedName.count)
            } else {
                rest = rest.dropFirst()
            }
        }
        result += findings[copied...]
        return result
    }

    /// Whether any of the findings names another report, which may change its address without any change of the findings.
    public static func hasOthers(_ findings: [UInt8]) -> Bool {
        var rest = findings[...]
        while let quote = rest.firstIndex(of: UInt8(ascii: "\"")) {
            rest = findings[quote...]
            if rest.starts(with: otherName) { return true }
            rest = rest.dropFirst()
        }
        return false
    }

    private static let otherName = Array("\"other\":".utf8)
    private static let checkName = Array("\"check\":\"".utf8)
    private static let acknowledgedName = Array("\"acknowledged\":".utf8)
    /// What ``DuplicateCheck`` says of narratives: its check is that of figures, too.
    private static let narrativeMessage = Array("\"message\":\"\(DuplicateCheck.narrativeSubject)".utf8)

    private static func bytes(of other: ComparedReport) -> [UInt8] {
        var json = JSONWriter(reserving: 256)
        json.beginObject()
        json.member("agency", other.agency)
        json.member("year", other.year)
        json.member("href", other.href)
        json.endObject()
        return otherName + json.bytes + [UInt8(ascii: ",")]
    }
}

extension ComparedReports {
    /// The report that a check of reports against each other is about.
    fileprivate subscript(check: Check.ID?) -> ComparedReport? {
        switch check {
        case .duplicateFigures: sameFigures
        // They are about many reports, and about none.
        case .consolidatedSum, .identityRegion, nil: nil
        default: yearBefore
        }
    }
}
