internal import ReportStore
internal import Reports

/// What `GET /statistics` answers.
enum StatisticsSchemas {
    private static let forms = ReportForm.allCases.map { ($0.rawValue, Schema.count) }
    private static let countsByForm = Schema.object(forms, optional: Set(forms.map(\.0)))
    private static let number = Schema.number.orNull

    static let answer = Schema.object([
        "groups": .array(of: group),
        "excluded": Schema.array(
            of: .object(
                [
                    "reason": .words(["scope", "form"]), "reports": .count, "measure": .string,
                    "form": .words(of: ReportForm.self),
                ], optional: ["measure", "form"])
        ).described("What was left out: reports of the other scope, and figures of forms that cannot be compared."),
    ])

    private static let group = Schema.object([
        "key": key, "reports": .count, "agencies": .count,
        "expectedAgencies": Schema.count.described(
            "Those that have reports for any year and are expected for this one."),
        "forms": countsByForm, "measures": .map(of: measure),
    ])

    private static let key = Schema.object(
        [
            "year": .component(.year), "region": Schema.string.orNull, "regionName": Schema.string.orNull,
            "level": Schema.words(of: AgencyLevel.self).orNull, "kind": Schema.words(of: AgencyKind.self).orNull,
            "form": .words(of: ReportForm.self),
            "agency": .object(["id": Schema.integer.orNull, "name": Schema.string.orNull]),
        ], optional: ["year", "region", "regionName", "level", "kind", "form", "agency"])

    private static let measure = Schema.object(
        [
            "reported": Schema.count.described("The reports that state a value."), "sum": .number, "mean": number,
            "value": number, "numerator": Schema.integer.orNull, "denominator": Schema.integer.orNull,
            "smallN": .boolean, "median": number, "p10": number, "p90": number, "min": number, "max": number,
            "forms": .array(of: .words(of: ReportForm.self)), "incomparable": countsByForm,
        ], optional: ["sum", "mean", "value", "numerator", "denominator", "smallN", "incomparable"])
}
