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
    let format: Format
    let csv: CSVOptions

    init(_ call: Call, _ service: Service) throws {
        guard let measure = Measure(call.query["measure"] ?? "indicators.disclosureRate") else {
            throw Problem.path("measure", call.query["measure"] ?? "", [])
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
        format = try Format(call, of: Self.formats)
        csv = try CSVOptions(call.query, format)
        limit =
            try call.query.integer("limit", 1...(format == .json ? PageRequest.limitMax : Int.max))
            ?? (format == .json ? PageRequest.limitDefault : Int.max)
        after = try call.query["cursor"].map { text throws(Problem) in
            let parts = text.split(separator: "_", maxSplits: 1)
            guard parts.count == 2, let value = Double(parts[0]), value.isFinite else {
                throw .cursor
            }
            return Cursor(value: value, key: String(parts[1]))
        }
    }

    private static let formats: [Format] = [.json, .csv, .ndjson, .xlsx]

    enum Direction: String, CaseIterable { case desc, asc }
}

/// The groups of a statistic in the order of one measure; those that are equal have the same place.
struct Ranking {
    /// What is shown of a group; it takes a tenth of the group's own memory.
    struct Item {
        var rank = 0
        let value: Double
        /// The number of the agency; nil where divisions are ranked.
        let agency: Int?
        let region: String?
        let reports: Int
        let reported: Int
        /// The sum of a figure; nil for a rate.
        let sum: Quantity?
        let rate: IndicatorValue?

        /// The number of the agency, or the code of the division.
        var key: String { agency.map(String.init) ?? region ?? "" }

        fileprivate func precedes(_ value: Double, _ agency: Int?, _ region: String?, isAscending: Bool) -> Bool {
            guard self.value == value else { return (self.value < value) == isAscending }
            if let own = self.agency, let agency { return own < agency }
            return (self.region ?? "").precedes(region ?? "")
        }
    }

    private let request: RankingRequest
    private var ranked: [Item] = []
    /// How many state nothing, how many nothing but amounts without a unit, and how many too little to be ranked.
    private(set) var blank = 0, unitless = 0, small = 0
    /// How many reports state an amount without a unit.
    private(set) var withoutUnit = 0
    /// How many reports are of agencies without a division, and of those of a division above the ranked ones.
    private(set) var unplaced = 0, above = 0
    /// The reports whose figures cannot be compared with those of the newest form, by form.
    private(set) var incomparable: [ReportForm: Int] = [:]
    /// How many reports are of the other scope.
    private(set) var otherScope = 0
    /// The numbers of the consolidated reports that others have in them.
    private(set) var nested: [Int] = []

    init(_ request: RankingRequest) { self.request = request }

    /// Adds divisions, or agencies with what they say of their divisions.
    mutating func add(_ statistics: Statistics) {
        otherScope += statistics.otherScope
        nested += statistics.nested
        for group in statistics.groups {
            guard let summary = group.measures.first else { continue }
            incomparable.merge(summary.incomparable, uniquingKeysWith: +)
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
            add(
                agency: group.key.agency, region: group.key.region, reports: group.reports, reported: summary.reported,
                withoutUnit: summary.withoutUnit, sum: summary.amounts?.sum, rate: summary.rate)
        }
    }

    /// Adds agencies.
    mutating func add(_ agencies: AgencyTotals) {
        otherScope += agencies.otherScope
        incomparable.merge(agencies.incomparable, uniquingKeysWith: +)
        for total in agencies.totals {
            add(
                agency: total.agency, region: nil, reports: total.reports, reported: total.reported,
                withoutUnit: total.withoutUnit, sum: total.sum, rate: total.rate)
        }
    }

    private mutating func add(
        agency: Int?, region: String?, reports: Int, reported: Int, withoutUnit: Int, sum: Quantity?,
        rate: IndicatorValue?
    ) {
        self.withoutUnit += withoutUnit
        guard reported > 0, let value = rate.map(\.value) ?? sum?.doubleValue else {
            if withoutUnit > 0 { unitless += 1 } else { blank += 1 }
            return
        }
        guard (rate.map { $0.denominator ?? 0 } ?? reported) >= request.least else {
            small += 1
            return
        }
        ranked.append(
            Item(
                value: value, agency: agency, region: region, reports: reports, reported: reported, sum: sum, rate: rate
            ))
    }

    /// How many are ranked.
    var count: Int { ranked.count }

    /// The page asked for, and one item more where there is a next one. O(n log n).
    mutating func page() -> ArraySlice<Item> {
        let isAscending = request.isAscending
        ranked.sort { $0.precedes($1.value, $1.agency, $1.region, isAscending: isAscending) }
        var rank = 0
        for index in ranked.indices {
            if index == 0 || ranked[index].value != ranked[index - 1].value { rank = index + 1 }
            ranked[index].rank = rank
        }
        var rest = ranked[...]
        if let after = request.after {
            let agency = request.query.dimensions == [.agency] ? Int(after.key) : nil
            // The item itself and those before it are behind the reader.
            rest = rest.drop { item in
                item.key == after.key && item.value == after.value
                    || item.precedes(after.value, agency, after.key, isAscending: isAscending)
            }
        }
        return request.limit < rest.count ? rest.prefix(request.limit + 1) : rest
    }
}

extension String {
    /// The order of numbers written without zeros before them, and of codes of one length.
    fileprivate func precedes(_ other: String) -> Bool {
        utf8.count == other.utf8.count ? self < other : utf8.count < other.utf8.count
    }
}

extension Reading {
    /// `GET /rankings`
    func listRankings(_ call: Call) throws -> Response {
        let request = try RankingRequest(call, service)
        var ranking = Ranking(request)
        if request.query.scope == .own, request.query.dimensions == [.agency] {
            ranking.add(try store.agencyTotals(of: request.measure, request.query.filter))
        } else if try store.isLong(request.query) {
            for part in try store.parts(of: request.query) { ranking.add(try store.statistics(part: part)) }
        } else {
            ranking.add(try store.statistics(request.query))
        }
        let items = ranking.page()
        let view = RankingRepresentation(
            request: request, ranking: ranking, items: items, names: try names(of: items),
            nested: try nested(ranking.nested),
            regions: service.store.regions)
        let bytes: [UInt8]
        switch request.format {
        case .csv: bytes = CSVWriter.bytes([view.header] + view.rows, request.csv)
        case .xlsx: bytes = try sheet(view.header, named: "排名") { append in for row in view.rows { try append(row) } }
        case .ndjson: bytes = JSONWriter.lines(view.shown) { view.write($0, to: &$1) }
        case .json, .html:
            return try service.list(
                call, limit: request.limit, Array(items), cursor: { "\($0.value)_\($0.key)" }, count: nil,
                lastModified: try changedAt(),
                write: { view.write($0, to: &$1) }, behind: { view.writeBehind(&$0) })
        }
        return try Entity(request.format, named: "rankings", bytes: bytes, lastModified: try changedAt())
            .response(to: call.request, cacheControl: settings.cacheControl)
    }

    private func names(of items: ArraySlice<Ranking.Item>) throws -> StatisticsNames {
        try names(
            in: items.map { item in
                var key = StatisticsKey()
                key.agency = item.agency
                key.region = item.region
                return key
            })
    }
}
