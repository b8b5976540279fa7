import Reports
import Testing

@Suite struct MeasureTests {
    @Test func `every measure has a path of its own, which is read back`() {
        let paths = Measure.all.map(\.description)
        #expect(Set(paths).count == paths.count && paths.count > 250)
        for measure in Measure.all { #expect(Measure(measure.description) == measure) }
        for text in ["", "requests", "indicators.refusalMix", "indicators.refusalMix.granted", "crosswalk.none"] {
            #expect(Measure(text) == nil, "\(text)")
        }
    }

    @Test func `every measure says what it is, where it is, and what it rests on`() {
        for measure in Measure.all {
            #expect(!measure.label.isEmpty && measure.source.contains("条例"), "\(measure)")
            #expect(!Crosswalk.forms(of: measure).isEmpty, "\(measure)")
        }
        for measure in Measure.computed { #expect(measure.formula != nil && measure.unit != nil, "\(measure)") }
        #expect(Measure("indicators.refusalMix.stateSecret")?.label == "不予公开理由占比 1.属于国家秘密")
    }

    @Test func `merged figures are printed by every form, and comparable in all`() {
        for figure in MergedFigure.allCases {
            for form in ReportForm.allCases {
                let printed = Set(FigurePath.all(in: form, otherIsOneRow: nil))
                let parts = figure.parts(in: form)
                #expect(!parts.isEmpty && printed.isSuperset(of: parts), "\(figure) \(form)")
                #expect(Crosswalk.base(of: .merged(figure), in: form) == .form2021)
            }
        }
        #expect(RequestLine.refusals.count == 8)
    }
}
