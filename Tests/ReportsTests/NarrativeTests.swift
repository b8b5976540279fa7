import Reports
import Testing

@Suite struct NarrativeTests {
    @Test func `a section is found by its kind, the first of several`() {
        let sections = ["甲", "乙"].map { Section(kind: .requests, heading: $0, paragraphs: []) }
        #expect(Narrative(sections: sections)[.requests]?.heading == "甲")
        #expect(Narrative(sections: sections)[.overview] == nil)
    }

    @Test func `the six sections have keys and labels in order`() {
        #expect(SectionKind.allCases.map { String($0.label.prefix(1)) } == ["一", "二", "三", "四", "五", "六"])
        #expect(SectionKind.allCases.map(\.key).first == "overview")
    }
}
