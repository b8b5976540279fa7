internal import HTTPTypes
internal import Reports

// Agencies and divisions.

extension Operation {
    private static let yearOfDuty = Schema.component(.year)

    static let listAgencies = Operation(
        name: "listAgencies", group: .agencies, summary: "List agencies",
        details: "`missing` and `late` cannot stand beside each other.",
        query: [
            .region,
            Parameter(
                "level", .words(of: AgencyLevel.self), "Of the government that it belongs to.", example: "county"),
            Parameter("kind", .words(of: AgencyKind.self), "What sort of agency it is.", example: "department"),
            Parameter("name", .nonBlank, "A part of the name.", example: "教育"),
            Parameter(
                "missing", yearOfDuty, "Agencies that have published for other years, and not for this one.",
                example: 2024),
            Parameter("late", yearOfDuty, "Agencies whose report for this year came after it was due.", example: 2023),
            .limitOfAny, .cursor, .count,
            .format(Service.agencyFormats.map(\.rawValue)), .header, .byteOrderMark,
        ],
        answers: [
            .kept(
                "A page of agencies; in other formats all of them, without a tag. A workbook holds five million cells.",
                [
                    .json(.page(of: .component(.agencySummary))), .csv,
                    .lines("An agency a line, as in `items`."), .xlsx,
                ], fields: [.link])
        ],
        problems: [.invalidYear, .regionNotFound])

    static let showAgency = Operation(
        name: "showAgency", group: .agencies, summary: "One agency: its names, its division, its years",
        path: [.agency()],
        answers: [.kept("The agency.", .component(.agency), isDated: false), moved(.component(.agency))],
        problems: [.agencyNotFound, .severalAgencies])

    static let editAgency = Operation(
        name: "editAgency", group: .agencies, summary: "Change what is known of an agency",
        details: "A JSON merge patch: members that are not there stay as they are.",
        path: [.agency()], head: [.ifMatch],
        body: Body(
            text: "What is to be changed.",
            contents: [
                .json(.component(.agencyEdit), example: ["aliases": ["清禾教育"], "region": "411324"]),
                Content(mediaType: "application/merge-patch+json", schema: .component(.agencyEdit)),
            ]),
        answers: [.once("The agency as it is now.", .component(.agency))],
        problems: [.agencyNotFound, .severalAgencies, .invalidBody, .registryConflict, .unsupportedMediaType])

    static let mergeAgency = Operation(
        name: "mergeAgency", group: .agencies, summary: "Make its reports those of another agency",
        details: "Years that both have stay apart.",
        path: [.agency("清禾县自然资源局")],
        body: .json(
            .object(["into": .nonBlank]).closed, example: ["into": .string(Example.agency)]),
        answers: [.once("What was moved.", AgencySchemas.merged)],
        problems: [.agencyNotFound, .severalAgencies, .registryConflict])

    static let listRegions = Operation(
        name: "listRegions", group: .agencies, summary: "The divisions of GB/T 2260",
        details: "With the counts of agencies and reports of each, those of the divisions below it included.",
        query: [
            Parameter("parent", AgencySchemas.code, "The divisions one level below this one.", example: "411300"),
            Parameter("level", .words(of: RegionLevel.self), "Divisions of this level.", example: "province"),
            Parameter("name", .nonBlank, "A part of the name.", example: "镇平"),
            .flag("in_force", "`0` adds those that were abolished or renamed."),
        ] + Parameter.paging,
        answers: [.kept("A page of divisions.", .page(of: .component(.region)), fields: [.link])],
        problems: [.regionNotFound])

    static let showRegion = Operation(
        name: "showRegion", group: .agencies, summary: "One division, and those one level below it",
        path: [Parameter("code", AgencySchemas.code, "A code of GB/T 2260.", example: "411300")],
        answers: [.kept("The division.", AgencySchemas.regionWithChildren)], problems: [.regionNotFound])
}
