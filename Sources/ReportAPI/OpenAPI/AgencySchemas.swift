internal import Reports

/// Agencies and divisions.
enum AgencySchemas {
    private static let identity: [(String, Schema)] = [("id", .integer(1...)), ("name", .string)]
    private static let place: [(String, Schema)] = [
        ("region", Schema.component(.namedRegion).orNull),
        ("level", Schema.words(of: AgencyLevel.self).orNull),
        ("kind", Schema.words(of: AgencyKind.self).orNull),
    ]

    static let namedRegion = Schema.object([
        "code": code, "name": Schema.string.described("The full name, from the province down: 河南省南阳市镇平县."),
    ])

    /// A code of GB/T 2260.
    static let code = Schema.string(pattern: "^[0-9]{6}$")

    static let inReport = Schema.object(identity + [("region", Schema.component(.namedRegion).orNull)])
        .described("The agency by the name that it had in the report's year.")

    static let link = Schema.object(identity + [("href", .href)])

    static let agency = Schema.object(
        identity + place + [
            ("aliases", .array(of: .string)), ("formerNames", .array(of: .string)),
            ("successor", Schema.component(.agencyLink).orNull),
            ("predecessors", .array(of: .component(.agencyLink))),
            (
                "regionCandidates",
                Schema.array(of: .component(.namedRegion)).described(
                    "Where it may be, as long as nobody has placed it.")
            ),
            ("reports", .array(of: .object(["year": .component(.year), "href": .href]))),
        ])

    static let summary = Schema.object(
        identity + place + [
            ("reports", .count), ("firstYear", Schema.component(.year).orNull),
            ("lastYear", Schema.component(.year).orNull),
            ("due", Schema.date.described("With `missing` and `late`: the day by which the report was due.")),
            ("published", Schema.date.orNull.described("With `missing` and `late`: the day of publication.")),
            ("overdue", Schema.boolean.described("With `missing` and `late`: whether that day went by before.")),
            ("href", .href),
        ], optional: ["due", "published", "overdue"])

    private static let name = Schema.nonBlank.with("maxLength", 200)
    private static let names = Schema.array(of: name).with("maxItems", .integer(Service.namesMax))

    static let edit = Schema.object(
        [
            "name": name.described("The old one becomes a former name."),
            "aliases": names, "formerNames": names,
            "successor": Schema.nonBlank.orNull.described("The agency that took over, by name or number."),
            "region": code.orNull, "level": Schema.words(of: AgencyLevel.self).orNull,
            "kind": Schema.words(of: AgencyKind.self).orNull,
        ], optional: Service.editedMembers
    ).closed.described("A JSON merge patch (RFC 7396).")

    static let merged = Schema.object([
        "moved": Schema.array(of: .component(.year)).described("Years whose reports are the other agency's now."),
        "kept": Schema.array(of: .component(.year)).described("Years that both have: they stay where they were."),
        "agency": .component(.agency),
    ])

    private static let regionMembers: [(String, Schema)] = [
        ("code", code), ("name", .string), ("fullName", .string), ("level", .words(of: RegionLevel.self)),
        ("parent", code.orNull), ("validFrom", .integer.orNull), ("validUntil", .integer.orNull),
        ("successor", Schema.string.orNull),
        ("agencies", Schema.count.described("With those of the divisions below.")),
        ("reports", Schema.count.described("With those of the divisions below.")), ("href", .href),
    ]

    static let region = Schema.object(regionMembers)
    static let regionWithChildren = Schema.object(regionMembers + [("children", .array(of: .component(.region)))])
}
