internal import Reports

/// Which forms' figures of a measure are added up, known before anything is read.
struct MeasureBases {
    private static let forms = ReportForm.allCases

    let isMoney: Bool
    /// For each form, the number of its base: figures of one base may be added.
    private let bases: [Int]
    /// For each form, whether it prints the measure, or what says the same.
    private let prints: [Bool]

    init(_ measure: Measure) {
        isMoney = measure.isMoney
        bases = Self.forms.map { Crosswalk.base(of: measure, in: $0).place }
        let printing = Crosswalk.forms(of: measure)
        prints = Self.forms.map(printing.contains)
    }

    /// The base of a form, by its place.
    subscript(form: Int) -> Int { bases[form] }

    /// The base whose figures are taken: that of the newest form of which a report states the measure, else that could.
    ///
    /// - Parameters:
    ///   - states: whether any report of a base states it.
    ///   - isThere: whether there are reports of a form.
    func taken(states: (Int) -> Bool, isThere: (Int) -> Bool) -> Int {
        let printing = Self.forms.indices.filter { prints[$0] }
        return Self.forms.indices.last(where: states) ?? (printing.last(where: isThere) ?? printing.last).map {
            bases[$0]
        }
            ?? Self.forms.count - 1
    }

    /// Whether reports of a form can be counted where a base is taken; those that do not print the measure could be taken for
    /// blanks.
    func takes(_ form: Int, base: Int) -> Bool { bases[form] == base && prints[form] }
}
