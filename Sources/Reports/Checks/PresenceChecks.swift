/// Whether a report has the tables, rows, sections and cells that its form asks for.
struct PresenceChecks: Sendable {
    /// What is missing or remarkable.
    private(set) var findings: [Finding] = []

    /// Makes the checks.
    ///
    /// - Parameter cells: the cells that the report was read from; empty for a report that never was a document.
    init(_ report: AnnualReport, cells: [PrintedCell]) {
        checkTables(report, cells)
        checkFamily(report)
        checkSections(report)
        checkCells(cells)
    }

    private mutating func checkTables(_ report: AnnualReport, _ cells: [PrintedCell]) {
        if report.form == .form2014 {
            // Before, a report was its narrative.
            if report.statistics2014 == nil, report.year.value >= firstStatisticsYear { missing("统计表", report) }
        } else {
            if report.proactive == nil { missing("table 二", report) }
            if report.requests == nil { missing("table 三", report) }
            if report.reviews == nil { missing("table 四", report) }
        }
        guard !cells.isEmpty else { return }
        var isPrinted = Array(repeating: false, count: FigurePath.count)
        for cell in cells { isPrinted[cell.path.index] = true }
        let expected = report.figurePaths + otherRows(report, cells)
        let absent = expected.filter { !isPrinted[$0.index] && has($0, report) }
        guard !absent.isEmpty else { return }
        let labels = absent.prefix(3).map(\.label).joined(separator: ", ")
        findings.append(
            Finding(
                .formTables, message: "\(absent.count) cells were not found or could not be read: \(labels) …",
                paths: absent))
    }

    /// The rows of （六）其他处理 that the report was not read with, where those that it was read with hold no figure: of
    /// which kind they are is not known then.
    private func otherRows(_ report: AnnualReport, _ cells: [PrintedCell]) -> [FigurePath] {
        guard report.form != .form2014, let isOneRow = report.requests?.otherIsOneRow else { return [] }
        let printed = cells.filter { $0.path.isOther }
        // As the form has them, the rows may be blank.
        let areBlank = !printed.isEmpty && isOneRow == (report.form == .form2019)
        guard !areBlank, printed.allSatisfy({ $0.value == nil }) else { return [] }
        return FigurePath.all(in: report.form, otherIsOneRow: !isOneRow).filter(\.isOther)
    }

    /// The first year that the 统计表 was asked for (国办发〔2014〕12号 and its form, sent out for the reports of that year).
    private var firstStatisticsYear: Int { 2014 }

    private mutating func missing(_ table: String, _ report: AnnualReport) {
        findings.append(
            Finding(
                .formTables, message: "\(table) was not found",
                paths: report.figurePaths.filter { $0.table == table }))
    }

    private func has(_ path: FigurePath, _ report: AnnualReport) -> Bool {
        switch path {
        case .proactive: report.proactive != nil
        case .request: report.requests != nil
        case .review: report.reviews != nil
        case .statistic: report.statistics2014 != nil
        }
    }

    private mutating func checkFamily(_ report: AnnualReport) {
        let year = report.year.value
        let expected: ReportForm = year >= 2021 ? .form2021 : year >= 2019 ? .form2019 : .form2014
        guard report.form != expected else { return }
        findings.append(
            Finding(
                .formFamily,
                message: "a report for \(year) in the form of \(report.form.source); \(expected.source) was in force"))
    }

    private mutating func checkSections(_ report: AnnualReport) {
        guard report.form != .form2014, !report.narrative.sections.isEmpty else { return }
        let kinds = report.narrative.sections.map(\.kind)
        let missing = SectionKind.allCases.filter { !kinds.contains($0) }
        if !missing.isEmpty {
            findings.append(
                Finding(.formSections, message: "missing: " + missing.map(\.label).joined(separator: ", ")))
        }
        // A section that stands again, of a page that holds the report twice, says nothing of the order.
        let order = SectionKind.allCases.compactMap(kinds.firstIndex)
        if order != order.sorted() {
            findings.append(Finding(.formSections, message: "the sections do not stand in the form's order"))
        }
    }

    private mutating func checkCells(_ cells: [PrintedCell]) {
        let blank = cells.indices.filter { cells[$0].value == nil }
        if !blank.isEmpty {
            findings.append(
                Finding(
                    .blankCells, .notice, message: "\(blank.count) cells are blank or hold a placeholder",
                    paths: blank.map { cells[$0].path }, places: blank.prefix(8).map { cells[$0].place }))
        }
        let inferred = cells.indices.filter { cells[$0].inferredBy != nil }
        if let first = inferred.first {
            // A few names, in as many cells as the report has.
            var names: [String] = []
            for index in inferred {
                for name in cells[index].inferredBy ?? [] where !names.contains(name) { names.append(name) }
            }
            let identities = names.sorted().joined(separator: ", ")
            findings.append(
                Finding(
                    .inferredCells, message: "\(inferred.count) cells were placed by \(identities)",
                    paths: inferred.map { cells[$0].path }, places: [cells[first].place]))
        }
        for index in cells.indices {
            // The form's own unit leaves none in the value.
            guard let unit = cells[index].value?.unit, cells[index].path.moneyUnit != nil else { continue }
            let cell = cells[index]
            findings.append(
                Finding(
                    .moneyScale, message: "\(cell.path.label) is printed in \(unit.rawValue): \(cell.place.text)",
                    paths: [cell.path], places: [cell.place]))
        }
        for index in cells.indices {
            guard let remark = cells[index].remark else { continue }
            let cell = cells[index]
            findings.append(
                Finding(
                    .remarkedCells, .notice, message: "\(cell.path.label): “\(remark)”", paths: [cell.path],
                    places: [cell.place]))
        }
    }
}

extension FigurePath {
    /// Whether it is one of （六）其他处理.
    fileprivate var isOther: Bool {
        if case .request(let line, _) = self { line.group == .other } else { false }
    }

    /// The table that the figure stands in, as findings name it.
    fileprivate var table: String {
        switch self {
        case .proactive: "table 二"
        case .request: "table 三"
        case .review: "table 四"
        case .statistic: "统计表"
        }
    }
}
