import Reports
import Testing

@Suite struct FigurePlacesTests {
    private static let figures: [FigurePath] = [
        .request(.carriedOver, .total), .request(.newReceived, .total), .proactive(.rules, .inForce),
        .review(.direct, .total),
    ]

    private func cell(_ path: FigurePath, _ place: DocumentPlace) -> PrintedCell {
        PrintedCell(path: path, place: place, value: Quantity(1))
    }

    private func cells() -> [PrintedCell] {
        Self.figures.enumerated().map { number, path in
            cell(
                path,
                DocumentPlace(
                    line: 1_000 * number, column: number == 0 ? nil : number, page: number == 1 ? 200 : nil, table: 3,
                    row: number + 1, cell: 130, text: number == 2 ? "" : "\(number)件"))
        }
    }

    @Test func `only figures that are compared are kept, and the first of two`() {
        let other = FigurePath.request(.granted, .naturalPerson)
        let place = DocumentPlace(line: 1, text: "1")
        let again = cell(Self.figures[0], DocumentPlace(line: 9, text: "9"))
        let places = FigurePlaces(ofComparedIn: cells() + [cell(other, place), again], .form2021)
        #expect(places.all.count == Self.figures.count && FigurePlaces().isEmpty)
        #expect(places[other] == nil)
        #expect(places[Self.figures[0]]?.line == 0)
        #expect(FigurePlaces([cell(other, place)])[other] == place)
    }

    @Test func `a finding is located by its figures, unless it says itself where it is`() {
        let places = FigurePlaces(cells())
        let paths = [Self.figures[1], .request(.granted, .total), Self.figures[0]]
        let own = Finding(.carryRequests, message: "", paths: paths, places: [DocumentPlace(line: 7, text: "")])
        let found = places.locating([Finding(.carryRequests, message: "", paths: paths), own])
        #expect(found[0].places.map(\.line) == [1_000, 0])
        #expect(found[0].fingerprint == own.fingerprint)
        #expect(found[1].places.map(\.line) == [7])
    }

    @Test func `every figure that a check across reports can name is kept`() throws {
        for form in ReportForm.allCases {
            let paths = YearChecks.paths(in: form)
            var named: Set<FigurePath> = []
            for figures in [(0, 40_000_000), (40_000_000, 0), (700, 7_000_000)] {
                let before = try Self.report(form, 2022, figures.0)
                let now = try Self.report(form, 2023, figures.1)
                let found = YearChecks(now, previous: before).findings
                for finding in found { named.formUnion(finding.paths) }
            }
            #expect(!named.isEmpty && named.isSubset(of: paths))
            for figure in ConsolidatedFigure.allCases { #expect(figure.paths(in: form).allSatisfy(paths.contains)) }
        }
    }

    /// A report all of whose figures are the same.
    private static func report(_ form: ReportForm, _ year: Int, _ figure: Int) throws -> AnnualReport {
        var report = AnnualReport(agency: "", year: try #require(ReportYear(year)), title: "", form: form, scope: .own)
        report.proactive = ProactiveDisclosure()
        report.requests = RequestTable()
        report.reviews = ReviewTable()
        report.statistics2014 = Statistics2014()
        for path in FigurePath.all(in: form, otherIsOneRow: false) { report[path] = Quantity(figure) }
        return report
    }
}
