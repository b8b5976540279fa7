import Reports

/// Rows of the form's tables that are another year's.
struct ForeignRows: Sendable {
    /// Rows of table 三.
    let requests: [Row<RequestLine>]
    /// Rows of table 二.
    let proactive: [Row<ProactiveLine>]
    /// Rows of table 四.
    let reviews: [ReviewRow]
    /// Rows of the 统计表 of 2014.
    let statistics: [Row<Statistic2014>]

    /// The figures that would stand in them, and the piece at which each row begins.
    func paths(in form: ReportForm?) -> [(piece: Int, paths: [FigurePath])] {
        var rows: [(piece: Int, paths: [FigurePath])] = []
        for row in proactive {
            let columns = form.map { row.line.columns(in: $0) } ?? []
            rows.append((row.label, columns.map { .proactive(row.line, $0) }))
        }
        for row in requests { rows.append((row.label, Applicant.allCases.map { .request(row.line, $0) })) }
        for row in reviews {
            rows.append((row.first, row.paths))
        }
        for row in statistics { rows.append((row.label, [.statistic(row.line)])) }
        return rows
    }
}

extension TableReader {
    /// Says of which tables the figures were not taken, as they are another year's: a table that stands in the report for
    /// that year only is there, and empty.
    mutating func report(_ rows: ForeignRows, _ captions: TableCaptions) {
        let rows = rows.paths(in: form)
        for stretch in captions.foreign {
            let paths = rows.filter { stretch.pieces.contains($0.piece) }.flatMap(\.paths)
            guard !paths.isEmpty else { continue }
            makeTables(for: paths)
            var seen: Set<FigurePath> = []
            let missing = paths.filter { !isRead($0) && seen.insert($0).inserted }
            let caption = tape.pieces[stretch.caption]
            findings.append(
                Finding(
                    .formLabels, severity: missing.isEmpty ? .info : nil,
                    message:
                        "“\(tape.text(caption))”: a table of \(stretch.year.map { "\($0.value)" } ?? "another period"), "
                        + "so none of its figures are taken and \(missing.count) are null",
                    paths: missing, places: [tape.place(caption)]))
        }
    }

    private mutating func makeTables(for paths: [FigurePath]) {
        let lines = paths.compactMap { path in if case .request(let line, _) = path { line } else { nil } }
        if requests == nil, !lines.isEmpty {
            requests = RequestTable(otherIsOneRow: lines.contains(.otherTotal) && !lines.contains(.otherOverdueFee))
        }
        for path in paths {
            switch path {
            case .proactive where proactive == nil: proactive = ProactiveDisclosure()
            case .review where reviews == nil: reviews = ReviewTable()
            case .statistic where statistics2014 == nil: statistics2014 = Statistics2014()
            default: break
            }
        }
    }
}
