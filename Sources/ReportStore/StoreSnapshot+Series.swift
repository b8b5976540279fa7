public import Reports
internal import SQLite

/// A report of an agency as a point of its series.
public struct SeriesPoint: Sendable {
    /// What is known of the report.
    public let head: ReportHead
    /// What it states of each measure that was asked about.
    public let readings: [Reading]

    /// What a report states of a measure.
    public struct Reading: Sendable, Hashable {
        /// A figure, or what takes its place in the report's form; nil where it is blank, and for a rate.
        public var amount: Quantity?
        /// A rate; nil for a figure.
        public var rate: IndicatorValue?
        /// Where it stands among its peers; nil where it has none, and where that was not asked.
        public var standing: Standing?
    }

    /// Where a value stands among those of agencies of the same level and kind in the same year, itself included.
    public struct Standing: Sendable, Hashable {
        /// How many there are.
        public let peers: Int
        /// How many of them are not greater.
        public let notGreater: Int

        /// How many in a hundred are not greater, above 0 to 100; nil among fewer than ``peersMin``, where it would say
        /// nothing.
        public var percentile: Double? {
            peers < Self.peersMin ? nil : 100 * Double(notGreater) / Double(peers)
        }

        /// The least number among which a value has a place: with five, one step is a fifth.
        public static let peersMin = 5
    }
}

extension StoreSnapshot {
    /// The reports of an agency, the oldest first, with what they state of some measures.
    ///
    /// - Parameter ranksPeers: whether each value is compared with those of the agency's peers: agencies of its level and
    ///   kind in that year, whose reports have the same scope and a form that can be compared. A rate counts where it rests
    ///   on ``Reports/IndicatorValue/smallNBelow`` cases or more. It takes a look at every fact of each year.
    public func series(
        of agency: Agency, _ measures: [Measure], ranksPeers: Bool
    ) throws(StoreError) -> [SeriesPoint] {
        try StoreError.mapping {
            let readers = measures.map { MeasureReader($0) }
            let points = try connection.query(
                """
                SELECT a.id, a.name, a.region, r.id, r.agency_name, r.year, r.form, r.scope, r.title, r.revision,
                    r.revised_at, r.modified_at, r.withdrawn, r.reason, r.sha256, r.published_on, r.errors, r.warnings,
                    f.figures, f.level, f.kind
                FROM report r JOIN agency a ON a.id = r.agency_id JOIN fact f ON f.year = r.year AND f.report_id = r.id
                WHERE r.agency_id = ?1 AND r.withdrawn = 0 ORDER BY r.year, r.id
                """, [Value(agency.id)]
            ) { row throws(SQLiteError) in
                let head = try Store.head(row)
                let values = row.withBytes(18) { figures in readers.map { $0.value(in: figures, head.form) } }
                return (head: head, values: values, level: row.optionalText(19), kind: row.optionalText(20))
            }
            return try points.map { point in
                var readings = zip(measures, point.values).map { $1.reading(of: $0) }
                if ranksPeers, let level = point.level, let kind = point.kind {
                    let standings = try standings(point.head, level, kind, point.values, measures, readers)
                    for index in readings.indices { readings[index].standing = standings[index] }
                }
                return SeriesPoint(head: point.head, readings: readings)
            }
        }
    }

    private func standings(
        _ head: ReportHead, _ level: String, _ kind: String, _ values: [MeasureValue?], _ measures: [Measure],
        _ readers: [MeasureReader]
    ) throws(SQLiteError) -> [SeriesPoint.Standing?] {
        var counts = values.map { (own: $0?.ranked, peers: 0, notGreater: 0) }
        let bases = measures.map { measure in
            Dictionary(uniqueKeysWithValues: ReportForm.allCases.map { ($0, Crosswalk.base(of: measure, in: $0)) })
        }
        try connection.forEachRow(
            SQL("SELECT \(FactReader.columns) FROM fact WHERE year = ? AND level = ? AND kind = ? AND scope = ?"),
            [Value(head.year), .text(level), .text(kind), .text(head.scope.rawValue)]
        ) { row throws(SQLiteError) in
            let form = try FactReader.form(row)
            FactReader.withFigures(row) { figures in
                for index in counts.indices {
                    guard let own = counts[index].own, bases[index][form] == bases[index][head.form],
                        let other = readers[index].value(in: figures, form)?.ranked
                    else { continue }
                    counts[index].peers += 1
                    if other <= own { counts[index].notGreater += 1 }
                }
            }
        }
        return counts.map { count in
            count.own == nil ? nil : SeriesPoint.Standing(peers: count.peers, notGreater: count.notGreater)
        }
    }
}

extension MeasureValue? {
    func reading(of measure: Measure) -> SeriesPoint.Reading {
        switch self {
        case .amount(let amount)?:
            return SeriesPoint.Reading(amount: measure.quantity(of: amount))
        case .rate(let numerator, let denominator, _)?:
            return SeriesPoint.Reading(rate: IndicatorValue(numerator, over: denominator, per: measure.per))
        case .withoutUnit?: return SeriesPoint.Reading()
        case nil:
            return SeriesPoint.Reading(rate: measure.isRate ? IndicatorValue(nil, over: nil) : nil)
        }
    }
}

extension MeasureValue {
    /// What it is ranked by; nil for a rate that rests on too little.
    fileprivate var ranked: Double? {
        switch self {
        case .withoutUnit: nil
        case .amount(let amount): Double(nearest: amount)
        case .rate(_, let denominator, let value): denominator >= IndicatorValue.smallNBelow ? value : nil
        }
    }
}
