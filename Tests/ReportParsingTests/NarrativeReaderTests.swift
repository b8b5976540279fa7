import Reports
import Testing

@testable import ReportParsing

@Suite struct NarrativeReaderTests {
    @Test func `prose is kept by section, tables and figures left out`() throws {
        let tape = try tape("题\n引言。\n一、总体情况\n甲。\n（一）主动公开\n乙。\n二、主动公开政府信息情况\n规章\t0\t1\n丙。\n")
        let reader = NarrativeReader(tape)
        #expect(reader.firstHeading == 2)
        #expect(reader.narrative.opening == ["题", "引言。"])
        #expect(reader.narrative[.overview]?.paragraphs == ["甲。", "（一）主动公开", "乙。"])
        #expect(reader.narrative[.proactiveDisclosure]?.paragraphs == ["丙。"])
        #expect(reader.narrative.sections.map(\.heading) == ["一、总体情况", "二、主动公开政府信息情况"])
    }

    @Test func `a text without headings is all opening`() throws {
        let reader = NarrativeReader(try tape("甲。\n乙。\n"))
        #expect(reader.firstHeading == 2)
        #expect(reader.narrative.opening.count == 2)
        #expect(reader.narrative.sections.isEmpty)
    }
}
