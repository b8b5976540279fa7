internal import HTTPServer
internal import HTTPTypes
internal import ReportStore
internal import Reports

/// What a call asks of `GET /rankings`.
struct RankingRequest {
    /// What is ranked.
    enum Subject: String, CaseIterable {
        case agency, region, province, prefecture, county
    }

    /// Where the page before ended.
    struct Cursor {
        let value: Double
        let key: String
    }

    let query: StatisticsQuery
    let measure: Measure
    let isAscending: Bool
    /// The least that a ranked value rests on: the denominator of a rate, the reports that state a figure.
    let least: Int
    let limit: Int
    let after: Cursor?

    init(_ call: Call, _ service: Service) throws {
        guard let measure = Measure(call.query["measure"] ?? "indicators.disclosureRate") else {
            throw Problem.parameter(
                "measure", "the path of a figure or indicator, as GET /forms and GET /indicators list them")
        }
        self.measure = measure
        let region = call.query.conditions.first { $0.name == "region" }?.value
        let dimension: StatisticsQuery.Dimension =
            switch try call.query.word("by", Subject.self) ?? .agency {
            case .agency: .agency
            case .region: .region(digits: StatisticsRequest.digits(below: region))
            case .province: .region(digits: 2)
            case .prefecture: .region(digits: 4)
            case .county: .region(digits: 6)
            }
        query = StatisticsQuery(
            filter: try FilterParameters.filter(call, service), scope: try call.query.word("scope") ?? .own,
            dimensions: [dimension], measures: [measure])
        isAscending = try call.query.word("order", Direction.self) == .asc
        least = try call.query.integer("least", 1...1_000_000_000) ?? (measure.isRate ? IndicatorValue.smallNBelow : 1)
        let format = try Format(call, of: RankingRequest.formats)
        limit =
            try call.query.integer("limit", 1...(format == .json ? PageRequest.limitMax : Int.max))
            ?? (format == .json ? PageRequest.limitDefault : Int.max)
        after = try call.query["cursor"].map { text throws(Problem) in
            let parts = text.split(separator: "_", maxSplits: 1)
            guard parts.count == 2, let value = Double(parts[0]), value.isFinite else {
                throw .parameter("cursor", "what “next” of the page before says")
            }
            return Cursor(value: value, key: String(parts[1]))
        }
    }

    static let formats: [Format] = [.json, .csv, .xlsx]

    enum Direction: String, CaseIterable { case desc, asc }
}

/// The groups of a statistic in the order of one measure; those that are equal have the same place.
struct Ranking {
    struct Item {
        let rank: Int
        let value: Double
        let group: StatisticsGroup
        let summary: MeasureSummary

        /// The number of the agency, or the code of the division.
        var key: String { group.key.agency.map(String.init) ?? group.key.region ?? "" }
    }

    /// The page asked for, and one item more where there is a next one.
    let items: ArraySlice<Item>
    /// How many are ranked.
    let count: Int
    /// How many state nothing, and how many too little to be ranked.
    let blank: Int, small: Int
    /// How many reports are of agencies without a division, and of those of a division above the ranked ones.
    let unplaced: Int, above: Int
    /// The reports whose figures cannot be compared with those of the newest form, by form.
    let incomparable: [ReportForm: Int]

    init(_ statistics: Statistics, _ request: RankingRequest) {
        var ranked: [Item] = []
        var (blank, small, unplaced, above) = (0, 0, 0, 0)
        var incomparable: [ReportForm: Int] = [:]
        for group in statistics.groups {
            guard let summary = group.measures.first else { continue }
            incomparable.merge(summary.incomparable) { $0 + $1 }
            if case .region(let digits)? = request.query.dimensions.first {
                guard let region = group.key.region else {
                    unplaced += group.reports
                    continue
                }
                guard region.utf8.count == digits, digits < 6 || !region.hasSuffix("00") else {
                    above += group.reports
                    continue
                }
            }
            guard let value = summary.value else {
                blank += 1
                continue
            }
            guard summary.weight >= request.least else {
                small += 1
                continue
            }
            ranked.append(Item(rank: 0, value: value, group: group, summary: summary))
        }
        let isAscending = request.isAscending
        // The order of small things: groups are costly to move.
        var order = ranked.enumerated().map { (value: $1.value, key: $1.key, item: $0) }
        order.sort { left, right in
            left.value == right.value
                ? left.key.precedes(right.key) : (left.value < right.value) == isAscending
        }
        var rank = 0
        ranked = order.indices.map { index in
            if index == 0 || order[index].value != order[index - 1].value { rank = index + 1 }
            let item = ranked[order[index].item]
            return Item(rank: rank, value: item.value, group: item.group, summary: item.summary)
        }
        let start = request.after.map { after in
            ranked.firstIndex { item in
                item.value == after.value
                    ? after.key.precedes(item.key) : (after.value < item.value) == isAscending
            } ?? ranked.endIndex
        }
        let rest = ranked[(start ?? 0)...]
        items = request.limit < rest.count ? rest.prefix(request.limit + 1) : rest
        count = ranked.count
        self.blank = blank
        self.small = small
        self.unplaced = unplaced
        self.above = above
        self.incomparable = incomparable
    }
}

extension String {
    /// The order of numbers written without zeros before them, and of codes of one length.
    fileprivate func precedes(_ other: String) -> Bool {
        utf8.count == other.utf8.count ? self < other : utf8.count < other.utf8.count
    }
}

extension MeasureSummary {
    /// The sum of a figure, or the pooled rate.
    fileprivate var value: Double? {
        reported > 0 ? rate.map(\.value) ?? amounts.map(\.sum.doubleValue) : nil
    }

    /// What the value rests on.
    fileprivate var weight: Int { rate.map { $0.denominator ?? 0 } ?? reported }
}

extension Reading {
    /// `GET /rankings`
    func listRankings(_ call: Call) throws -> Response {
        let request = try RankingRequest(call, service)
        let statistics = try store.statistics(request.query)
        let ranking = Ranking(statistics, request)
        let view = RankingRepresentation(
            request: request, ranking: ranking, otherScope: statistics.otherScope,
            names: try names(in: ranking.items.map(\.group.key)), regions: service.store.regions)
        let options = try CSVOptions(call.query)
        let format = try Format(call, of: RankingRequest.formats)
        guard format == .json else {
            let rows = view.rows(options)
            let bytes = try format == .csv ? CSVWriter.bytes(rows, options) : sheet(rows, named: "排名")
            return try Entity(format, named: "rankings", bytes: bytes)
                .response(to: call.request, cacheControl: settings.cacheControl)
        }
        return try service.list(
            call, limit: request.limit, Array(ranking.items), cursor: { "\($0.value)_\($0.key)" }, count: nil,
            write: { view.write($0, to: &$1) }, behind: { view.writeBehind(&$0) })
    }
}
