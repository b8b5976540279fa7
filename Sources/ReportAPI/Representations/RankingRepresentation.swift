internal import ReportStore
internal import Reports

/// A ranking as it is shown.
struct RankingRepresentation {
    let request: RankingRequest
    let ranking: Ranking
    /// The page, and one item more where there is a next one.
    let items: ArraySlice<Ranking.Item>
    let names: StatisticsNames
    let nested: NestedReports
    let regions: RegionDirectory

    func write(_ item: Ranking.Item, to json: inout JSONWriter) {
        json.beginObject()
        json.member("rank", item.rank)
        if let id = item.agency {
            json.object("agency") { json in
                json.member("id", id)
                json.member("name", names.agencies[id])
            }
        } else {
            json.member("region", item.region)
            json.member("regionName", item.region.flatMap { names.regions[$0] })
        }
        json.key("value")
        if let sum = item.sum {
            json.raw(sum.number.utf8)
        } else {
            json.double(item.value)
        }
        if let rate = item.rate {
            json.member("numerator", rate.numerator)
            json.member("denominator", rate.denominator)
            json.key("smallN")
            json.boolean(rate.smallN)
        }
        json.member("reports", item.reports)
        json.member("reported", item.reported)
        json.endObject()
    }

    /// What stands behind the items.
    func writeBehind(_ json: inout JSONWriter) {
        json.member("measure", request.measure.description)
        json.member("ranked", ranking.count)
        json.member("least", request.least)
        json.object("unranked") { json in
            json.member("blank", ranking.blank)
            json.member("withoutUnit", ranking.unitless)
            json.member("small", ranking.small)
            json.member("unplaced", ranking.unplaced)
            json.member("above", ranking.above)
        }
        json.array("excluded") { json in
            StatisticsRepresentation.writeExcluded(scope: ranking.otherScope, to: &json)
            nested.write(regions, to: &json)
            StatisticsRepresentation.writeExcluded(request.measure, ranking.incomparable, to: &json)
            StatisticsRepresentation.writeExcluded(request.measure, withoutUnit: ranking.withoutUnit, to: &json)
        }
    }

    private var isOfAgencies: Bool { request.query.dimensions == [.agency] }

    /// The page as it is shown.
    var shown: ArraySlice<Ranking.Item> { items.prefix(request.limit) }

    /// The row with the names.
    var header: [CSVWriter.Field] {
        let columns =
            [("rank", "名次")]
            + (isOfAgencies
                ? [("agency.id", "机关编号"), ("agency.name", "机关名称")] : [("region", "行政区划代码"), ("regionName", "行政区划")])
            + [
                ("value", request.measure.label), ("numerator", "分子"), ("denominator", "分母"),
                ("smallN", "样本过小"), ("reports", "报告数"), ("reported", "已填报数"),
            ]
        return columns.map { .text(request.csv.hasChineseHeader ? $0.1 : $0.0) }
    }

    /// A row for each item.
    var rows: [[CSVWriter.Field]] {
        shown.map { item in
            let key: [CSVWriter.Field] =
                isOfAgencies
                ? [.integer(item.agency), .text(item.agency.flatMap { names.agencies[$0] } ?? "")]
                : [.text(item.region ?? ""), .text(item.region.flatMap { names.regions[$0] } ?? "")]
            return [.integer(item.rank)] + key + [
                item.sum.map { .number($0.number) } ?? .double(item.value), .integer(item.rate?.numerator),
                .integer(item.rate?.denominator), request.csv.flag(item.rate?.smallN), .integer(item.reports),
                .integer(item.reported),
            ]
        }
    }
}
