/// The six sections of a report.
public enum SectionKind: Int, Sendable, Hashable, CaseIterable {
    /// 一、总体情况
    case overview
    /// 二、主动公开政府信息情况
    case proactiveDisclosure
    /// 三、收到和处理政府信息公开申请情况
    case requests
    /// 四、政府信息公开行政复议、行政诉讼情况
    case reviewsAndLitigation
    /// 五、存在的主要问题及改进情况
    case issuesAndImprovements
    /// 六、其他需要报告的事项
    case otherMatters

    /// The key in the report document.
    public var key: String { Self.keys[rawValue] }

    /// Named once: the name of a case is found by reflection, which takes microseconds.
    private static let keys = allCases.map { "\($0)" }

    /// The form's own words, with the ordinal.
    public var label: String {
        switch self {
        case .overview: "一、总体情况"
        case .proactiveDisclosure: "二、主动公开政府信息情况"
        case .requests: "三、收到和处理政府信息公开申请情况"
        case .reviewsAndLitigation: "四、政府信息公开行政复议、行政诉讼情况"
        case .issuesAndImprovements: "五、存在的主要问题及改进情况"
        case .otherMatters: "六、其他需要报告的事项"
        }
    }
}

/// One section that a report has: its heading as printed and its prose, tables left out.
public struct Section: Sendable, Hashable {
    /// Which of the six it is.
    public let kind: SectionKind
    /// The heading as printed.
    public let heading: String
    /// The paragraphs, in order.
    public let paragraphs: [String]

    /// Makes a section.
    public init(kind: SectionKind, heading: String, paragraphs: [String]) {
        self.kind = kind
        self.heading = heading
        self.paragraphs = paragraphs
    }
}

/// The prose of a report.
public struct Narrative: Sendable, Hashable {
    /// What stands between the title and the first section.
    public var opening: [String]
    /// The sections, in the order of the document.
    public var sections: [Section]
    /// The counts that the prose states of what the tables state, in the order of the document.
    public var statements: [Statement]

    /// Makes a narrative, empty unless given.
    public init(opening: [String] = [], sections: [Section] = [], statements: [Statement] = []) {
        self.opening = opening
        self.sections = sections
        self.statements = statements
    }

    /// The section of a kind; nil when the report has none.
    public subscript(kind: SectionKind) -> Section? {
        sections.first { $0.kind == kind }
    }
}

extension Narrative {
    /// Reads the opening and the sections of what ``CanonicalJSON`` wrote; what does not fit is left out, and the
    /// statements are not read.
    public init(json: JSONValue) {
        self.init(
            opening: Self.paragraphs(json["opening"]),
            sections: Self.items(json["sections"]).compactMap { item in
                guard let kind = SectionKind.allCases.first(where: { $0.key == item["key"]?.string }) else {
                    return nil
                }
                return Section(
                    kind: kind, heading: item["heading"]?.string ?? "", paragraphs: Self.paragraphs(item["paragraphs"]))
            })
    }

    private static func items(_ json: JSONValue?) -> [JSONValue] {
        guard case .array(let items)? = json else { return [] }
        return items
    }

    private static func paragraphs(_ json: JSONValue?) -> [String] {
        items(json).compactMap(\.string)
    }
}
