import Documents
import Reports
import Testing

@testable import ReportParsing

@Suite struct AgencyFindingsTests {
    private static func parse(_ text: String) throws -> ParsedReport {
        ReportParser.parse(try Document.read(Array(text.utf8)))
    }

    @Test func `what an agency calls itself is no name`() throws {
        let text = "我局2023年政府信息公开工作年度报告\n\n丰源县统计局2023年情况如下。\n\n一、总体情况\n\n无。\n"
        #expect(try Self.parse(text).agency == "丰源县统计局")
        #expect(try Self.parse(text.replacing("丰源县统计局", with: "本局")).agency == nil)
    }

    @Test func `the digits of a short year are no part of the name`() throws {
        let text = "丰源县教育局23年政府信息公开工作年度报告\n\n统计期限自2023年1月1日起至2023年12月31日止。\n\n一、总体情况\n\n无。\n"
        #expect(try Self.parse(text).agency == "丰源县教育局")
    }

    @Test(arguments: [("丰源县发展和改革局 丰源县粮食和物资储备局", 1), ("丰源县丰源镇人民政府", 0), ("江北市江北区人民政府", 0)])
    func `two agencies in one name are a finding`(name: String, findings: Int) throws {
        let text = "\(name)2023年政府信息公开工作年度报告\n\n一、总体情况\n\n无。\n"
        #expect(try Self.parse(text).findings.count { $0.check == .identityAgency } == findings)
    }

    @Test func `a second report in the document is a finding`() throws {
        let first = "柳林镇2023年政府信息公开工作年度报告\n\n一、总体情况\n\n无。\n\n五、存在的主要问题及改进情况\n\n无。\n\n"
        let second = first.replacing("柳林镇", with: "河口镇")
        #expect(try Self.parse(first + second).findings.map(\.check) == [.identityAgency])
        #expect(try Self.parse(first + "河口镇2023年政府信息公开工作年度报告\n").findings.isEmpty)
    }

    @Test(
        arguments: [
            "丰源县统计局关于2023年政府信息公开工作年度报告的公示", "丰源县统计局关于报送2023年度政府信息公开工作年度报告的函",
            "丰源县统计局关于印发《2023年政府信息公开工作年度报告》的通知",
        ])
    func `the title of a letter names agency and year`(line: String) throws {
        let title = try #require(Title(line: line.slice))
        #expect(title.agency == "丰源县统计局")
        #expect(title.year?.value == 2023)
    }

    @Test(
        arguments: [
            "丰源县人民政府关于转发《丰源县统计局2023年政府信息公开工作年度报告》的通知", "关于做好2023年政府信息公开工作年度报告的通知",
            "丰源县统计局2023年政府信息公开工作年度报告的公示",
        ])
    func `a letter about the reports of others is no title`(line: String) { #expect(Title(line: line.slice) == nil) }

    @Test func `an opening names the agency that the title does not`() throws {
        let text = "2023年政府信息公开工作年度报告\n\n根据《条例》规定，丰源县林业局编制了2023年度政府信息公开工作年度报告。\n\n一、总体情况\n\n无。\n"
        #expect(try Self.parse(text).agency == "丰源县林业局")
    }
}
