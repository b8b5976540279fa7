internal import ReportStore
internal import Reports

/// A ranking as it is shown.
struct RankingRepresentation {
    let request: RankingRequest
    let ranking: Ranking
    /// How many reports are of the other scope.
    let otherScope: Int
    let names: StatisticsNames
    let regions: RegionDirectory

    func write(_ item: Ranking.Item, to json: inout JSONWriter) {
        json.beginObject()
        json.member("rank", item.rank)
        if let id = item.group.key.agency {
            json.object("agency") { json in
                json.member("id", id)
                json.member("name", names.agencies[id])
            }
        } else {
            json.member("region", item.group.key.region)
            json.member("regionName", item.group.key.region.flatMap { names.regions[$0] })
        }
        json.key("value")
        if let sum = item.summary.amounts?.sum {
            json.raw(sum.number.utf8)
        } else {
            json.double(item.value)
        }
        if let rate = item.summary.rate {
            json.member("numerator", rate.numerator)
            json.member("denominator", rate.denominator)
            json.key("smallN")
            json.boolean(rate.smallN)
        }
        json.member("reports", item.group.reports)
        json.member("reported", item.summary.reported)
        json.endObject()
    }

    /// What stands behind the items.
    func writeBehind(_ json: inout JSONWriter) {
        json.member("measure", request.measure.description)
        json.member("ranked", ranking.count)
        json.member("least", request.least)
        json.object("unranked") { json in
            json.member("blank", ranking.blank)
            json.member("small", ranking.small)
            json.member("unplaced", ranking.unplaced)
            json.member("above", ranking.above)
        }
        json.array("excluded") { json in
            StatisticsRepresentation.writeExcluded(scope: otherScope, to: &json)
            StatisticsRepresentation.writeExcluded(request.measure, ranking.incomparable, to: &json)
        }
    }

    func rows(_ options: CSVOptions) -> [[CSVWriter.Field]] {
        let isOfAgencies = request.query.dimensions == [.agency]
        let columns =
            [("rank", "名次")]
            + (isOfAgencies
                ? [("agency.id", "机关编号"), ("agency.name", "机关名称")] : [("region", "行政区划代码"), ("regionName", "行政区划")])
            + [
                ("value", request.measure.label), ("numerator", "分子"), ("denominator", "分母"),
                ("smallN", "样本过小"), ("reports", "报告数"), ("reported", "已填报数"),
            ]
        let head: [CSVWriter.Field] = columns.map { .text(options.hasChineseHeader ? $0.1 : $0.0) }
        return [head]
            + ranking.items.prefix(request.limit).map { item in
                let key: [CSVWriter.Field] =
                    isOfAgencies
                    ? [
                        .integer(item.group.key.agency),
                        .text(item.group.key.agency.flatMap { names.agencies[$0] } ?? ""),
                    ]
                    : [
                        .text(item.group.key.region ?? ""),
                        .text(item.group.key.region.flatMap { names.regions[$0] } ?? ""),
                    ]
                let sum = item.summary.amounts?.sum
                return [.integer(item.rank)] + key + [
                    sum.map { .number($0.number) } ?? .double(item.value), .integer(item.summary.rate?.numerator),
                    .integer(item.summary.rate?.denominator), .boolean(item.summary.rate?.smallN),
                    .integer(item.group.reports),
                    .integer(item.summary.reported),
                ]
            }
    }
}
