internal import ReportStore
internal import Reports

/// The reports of one agency as a series.
struct SeriesRepresentation {
    let agency: Agency
    let measures: [Measure]
    /// The oldest first.
    let points: [SeriesPoint]
    let regions: RegionDirectory

    var json: [UInt8] {
        var json = JSONWriter(reserving: 2_048 * (points.count + 1))
        json.beginObject()
        json.key("agency")
        // As it was called in the last year that is shown.
        let region = points.last.map { regions.named(agency.region, in: $0.head.year) } ?? regions.named(agency.region)
        CanonicalJSON.write(
            CanonicalJSON.NamedAgency(id: agency.id, name: agency.name, region: region), to: &json)
        json.array("items") { json in for point in points { write(point, to: &json) } }
        json.endObject()
        return json.bytes
    }

    /// A line for each year.
    var lines: [UInt8] { JSONWriter.lines(points) { write($0, to: &$1) } }

    private func write(_ point: SeriesPoint, to json: inout JSONWriter) {
        let head = point.head
        json.beginObject()
        json.member("year", head.year)
        json.member("form", head.form.rawValue)
        json.member("scope", head.scope.rawValue)
        json.member("title", head.title)
        json.member("published", head.publishedOn)
        json.object("findings") { json in
            json.member("error", head.errors)
            json.member("warning", head.warnings)
        }
        json.object("measures") { json in
            for (index, reading) in point.readings.enumerated() {
                json.object(measures[index].description) { json in write(reading, index, head, to: &json) }
            }
        }
        json.member("href", CanonicalJSON.path(agency: agency.name, year: head.year))
        json.endObject()
    }

    private func write(_ reading: SeriesPoint.Reading, _ index: Int, _ head: ReportHead, to json: inout JSONWriter) {
        json.key("value")
        if let rate = reading.rate {
            json.double(rate.value)
            json.member("numerator", rate.numerator)
            json.member("denominator", rate.denominator)
            json.key("smallN")
            json.boolean(rate.smallN)
        } else {
            CanonicalJSON.write(reading.amount, to: &json)
        }
        json.key("comparable")
        if let isComparable = isComparable(index, head) { json.boolean(isComparable) } else { json.null() }
        if let standing = reading.standing {
            json.key("percentile")
            json.double(standing.percentile)
            json.member("peers", standing.peers)
        }
    }

    /// Whether a point may stand in one line with the newest one whose form has the measure: never an agency's own figures
    /// with those of a division. Nil where the form of the point has no such measure.
    private func isComparable(_ index: Int, _ head: ReportHead) -> Bool? {
        let measure = measures[index]
        let forms = Crosswalk.forms(of: measure)
        guard forms.contains(head.form), let newest = points.last(where: { forms.contains($0.head.form) })?.head else {
            return nil
        }
        return head.scope == newest.scope
            && Crosswalk.base(of: measure, in: head.form) == Crosswalk.base(of: measure, in: newest.form)
    }

    /// One row for each year and measure.
    func rows(_ options: CSVOptions) -> [[CSVWriter.Field]] {
        let columns = [
            ("agency.name", "机关名称"), ("year", "年度"), ("form", "格式"), ("scope", "范围"), ("measure", "指标"),
            ("value", "数值"), ("numerator", "分子"), ("denominator", "分母"), ("smallN", "样本过小"),
            ("comparable", "与最近年度可比"), ("percentile", "同类机关百分位"), ("peers", "同类机关数"),
        ]
        return [columns.map { .text(options.hasChineseHeader ? $0.1 : $0.0) }]
            + points.flatMap { point in
                zip(measures.indices, point.readings).map { index, reading in
                    let measure = measures[index]
                    let isComparable = isComparable(index, point.head)
                    return [
                        .text(point.head.agencyName), .integer(point.head.year), options.word(point.head.form),
                        options.word(point.head.scope),
                        .text(options.hasChineseHeader ? measure.label : measure.description),
                        reading.rate.map { .double($0.value) } ?? .number(reading.amount?.number),
                        .integer(reading.rate?.numerator), .integer(reading.rate?.denominator),
                        options.flag(reading.rate?.smallN), options.flag(isComparable),
                        .double(reading.standing?.percentile),
                        .integer(reading.standing?.peers),
                    ]
                }
            }
    }
}
