/// What one check says of one report.
public struct Finding: Sendable, Hashable {
    /// The outcome of a check.
    public enum State: String, Sendable, Hashable {
        /// The rule is broken.
        case fail
        /// A blank stands in the way.
        case uncertain
        /// Nothing is wrong; the reader should know it.
        case notice
    }

    /// The check that speaks.
    public let check: Check.ID
    /// The outcome.
    public let state: State
    /// How much it matters.
    public let severity: Severity
    /// What was found, for people, in English with the form's own words.
    public let message: String
    /// The figures concerned, the one most to blame first.
    public let paths: [FigurePath]
    /// The left side of the rule, such as the printed total.
    public let left: Int?
    /// The right side of the rule, such as the computed sum.
    public let right: Int?
    /// Where it stands in the document.
    public var places: [DocumentPlace]
    /// So many places are told of a finding, those of the figures most to blame.
    static let placesMax = 8
    /// Whether it names figures and does not say where they stand.
    var isUnplaced: Bool { places.isEmpty && !paths.isEmpty }
    /// What the fingerprint is made of beside figures and sides, where the message will not do.
    private let subject: String?

    /// Makes a finding.
    ///
    /// - Parameters:
    ///   - severity: how much it matters; if nil, that of its check for a failure, at most a warning for a doubt, and
    ///     info for a notice.
    ///   - subject: what the finding is about, where figures and sides do not say it and the message changes more often;
    ///     it takes the place of the message in the fingerprint.
    public init(
        _ check: Check.ID, _ state: State = .fail, severity: Severity? = nil, message: String,
        paths: [FigurePath] = [], left: Int? = nil, right: Int? = nil, places: [DocumentPlace] = [],
        subject: String? = nil
    ) {
        self.check = check
        self.state = state
        self.severity = severity ?? Self.severity(of: check, state)
        self.message = message
        self.paths = paths
        self.left = left
        self.right = right
        self.places = places
        self.subject = subject
    }

    private static func severity(of check: Check.ID, _ state: State) -> Severity {
        switch state {
        case .fail: check.severity
        case .uncertain: min(check.severity, .warning)
        case .notice: .info
        }
    }

    /// A name for this very finding that stays the same from run to run: check, figures, both sides and subject (the
    /// message where there is neither figure nor subject); 16 hex digits.
    public var fingerprint: String {
        var hash = StableHash()
        hash.add(check.rawValue)
        hash.add(state.rawValue)
        for path in paths { hash.add(path.description) }
        hash.add(left.map(String.init) ?? "")
        hash.add(right.map(String.init) ?? "")
        if let subject {
            hash.add(subject)
        } else if paths.isEmpty {
            hash.add(message)
        }
        return hash.hex
    }
}

/// How much a finding matters.
public enum Severity: Int, Sendable, Hashable, Comparable, CaseIterable {
    /// Good to know.
    case info
    /// Probably wrong, or not certain.
    case warning
    /// The report contradicts itself or could not be read in full.
    case error

    /// The word that the API and the command line use.
    public var name: String {
        switch self {
        case .info: "info"
        case .warning: "warning"
        case .error: "error"
        }
    }

    /// Errors are the greatest.
    public static func < (left: Severity, right: Severity) -> Bool {
        left.rawValue < right.rawValue
    }
}
