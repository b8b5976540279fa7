internal import Reports

/// The tables of the forms, in the forms' own words.
enum FigureSchemas {
    /// A count as printed; null for a blank or a placeholder, never 0.
    private static let count = Schema.integer.orNull

    static let quantity = Schema.any(
        of: .number, .string(pattern: "^-?[0-9]+(\\.[0-9]+)?(元|万元|亿元)$"), .null
    ).described(
        "A figure as printed; a string with its unit where the cell names another than the form's; null for a blank.")

    static func proactive(_ form: ReportForm) -> Schema {
        let lines = ProactiveLine.allCases.filter { !$0.columns(in: form).isEmpty }
        return .object(
            lines.map { line in
                let columns = line.columns(in: form).map { column in
                    (column.key, Schema.component(.quantity).described(column.label))
                }
                return (line.key, Schema.object(columns).described(line.label))
            }
        ).described("二、主动公开政府信息情况, \(form.source)")
    }

    static let requestRow = Schema.object(Applicant.allCases.map { ($0.key, count.described($0.label)) })
        .described("The seven columns of table 三; null for a blank.")

    static let requests: Schema = {
        let rows = RequestLine.allCases.map { line in
            Entry(path: names(line.path), schema: Schema.component(.requestRow).described(line.label))
        }
        // The row （六）其他处理 is printed as one, or as three.
        return nested(rows, optional: ["other", "otherTotal"]).described("三、收到和处理政府信息公开申请情况")
    }()

    static let reviewBlock = Schema.object(ReviewOutcome.allCases.map { ($0.key, count.described($0.label)) })

    static let reviews = nested(
        ReviewRoute.allCases.map { route in
            Entry(path: names(route.path), schema: Schema.component(.reviewBlock).described(route.label))
        }
    ).described("四、政府信息公开行政复议、行政诉讼情况")

    static let statistics2014: Schema = {
        let figures = Statistic2014.allCases.map { statistic in
            Entry(path: names(statistic.path), schema: Schema.component(.quantity).described(statistic.label))
        }
        let row = Schema.object(["label": .string, "cells": .array(of: .string)])
        let foreign = Entry(
            path: ["foreignRows"],
            schema: .array(of: row).described(
                "Rows that the form does not have, as printed; left out where there are none."))
        return nested(figures + [foreign], optional: ["foreignRows"])
            .described("政府信息公开情况统计表, \(ReportForm.form2014.source)")
    }()

    static let indicators = Schema.object(
        Indicator.allCases.map { ($0.rawValue, Schema.component(.indicatorValue).described($0.label)) }
    ).described("Computed from the printed figures; `GET /indicators` has the formulas.")

    static let indicatorValue = Schema.object([
        "value": Schema.number.orNull.described("Null where a part is blank or the denominator is 0."),
        "numerator": .integer.orNull,
        "denominator": .integer.orNull,
        "smallN": Schema.boolean.described("Whether the denominator is below \(IndicatorValue.smallNBelow)."),
    ])

    static let quality = Schema.object([
        "checksPassed": .count, "checksFailed": .count, "uncertain": .count, "notAssessable": .count,
        "blankCells": Schema.count.described("Cells that are blank or hold a placeholder."),
        "inferredCells": Schema.count.described("Cells whose place the form's identities decided."),
    ])

    /// Where something stands in the uploaded document.
    static let place: KeyValuePairs<String, Schema> = [
        "line": Schema.count.described("From 1."), "character": .integer.orNull, "page": .integer.orNull,
        "table": .integer.orNull, "row": .integer.orNull, "column": .integer.orNull,
        "text": Schema.string.described("What stands there."),
    ]

    static let cell = Schema.object(
        [
            ("value", .component(.quantity)),
            ("remark", Schema.string.orNull.described("The words beside the figure.")),
        ] + place.map { ($0.key, $0.value) } + [
            (
                "inferredBy",
                Schema.array(of: .string).orNull.described("The identities that decided where the figure belongs.")
            )
        ])
}

extension FigureSchemas {
    /// A figure, or row of figures, and where it stands in its table.
    private struct Entry {
        let path: [String]
        let schema: Schema
    }

    private static func names(_ path: String) -> [String] { path.split(separator: ".").map(String.init) }

    /// The object of objects in which all entries stand.
    private static func nested(_ entries: [Entry], optional: Set<String> = []) -> Schema {
        var members: [(String, Schema)] = []
        for entry in entries {
            guard let name = entry.path.first, !members.contains(where: { $0.0 == name }) else { continue }
            let below = entries.filter { $0.path.first == name }.map {
                Entry(path: Array($0.path.dropFirst()), schema: $0.schema)
            }
            members.append((name, below.first { $0.path.isEmpty }?.schema ?? nested(below)))
        }
        return .object(members, optional: optional)
    }
}
