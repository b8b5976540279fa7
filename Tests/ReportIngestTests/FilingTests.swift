import Reports
import Testing

@testable import ReportIngest

@Suite struct FilingTests {
    /// 2026-05-28 in China.
    private let now: Int64 = 1_780_000_000

    private func identity(_ agency: String?, _ year: Int?) -> Upload.Identity {
        Upload.Identity(agency: agency, year: year.flatMap { ReportYear($0) })
    }

    private func file(
        _ stated: (String?, Int?), supplied: (String?, Int?) = (nil, nil), address: (String?, Int?) = (nil, nil),
        now: Int64? = nil
    ) throws(IngestError) -> Filing {
        var upload = Upload(bytes: [])
        upload.supplied = identity(supplied.0, supplied.1)
        upload.address = identity(address.0, address.1)
        return try Filing(stated: identity(stated.0, stated.1), upload: upload, now: now ?? self.now)
    }

    @Test func `what the document says is enough`() throws {
        let filing = try file(("清禾县教育局", 2023))
        #expect(filing.agency == "清禾县教育局" && filing.year.value == 2023 && filing.findings.isEmpty)
    }

    @Test func `the upload supplies what the document does not say`() throws {
        let filing = try file((nil, nil), supplied: ("清禾县教育局", 2023))
        #expect(filing.agency == "清禾县教育局" && filing.year.value == 2023 && filing.findings.isEmpty)
    }

    @Test func `the address supplies what the document does not say`() throws {
        let filing = try file((nil, nil), address: ("清禾县教育局", 2023))
        #expect(filing.agency == "清禾县教育局" && filing.year.value == 2023)
    }

    @Test func `the longer name is taken where the document's is the end of it`() throws {
        #expect(try file(("教育局", 2023), supplied: ("清禾县教育局", nil)).agency == "清禾县教育局")
        #expect(try file(("教育局", 2023), address: ("清禾县教育局", 2023)).agency == "清禾县教育局")
        #expect(try file(("清禾县教育局", 2023), supplied: ("教育局", nil)).agency == "清禾县教育局")
        #expect(try file(("教育局", 2023), supplied: ("清禾县教育局", nil)).findings.isEmpty)
    }

    @Test func `spellings of one name agree`() throws {
        #expect(try file(("清禾县 ＡＢ局", 2023), address: ("清禾县AB局", 2023)).findings.isEmpty)
    }

    @Test func `what is stored at an address is found there`() throws {
        #expect(try file(("清禾县教育局", 2023), address: ("教育局", 2023)).agency == "教育局")
        #expect(try file(("清禾县 ＡＢ局", 2023), address: ("清禾县AB局", 2023)).agency == "清禾县AB局")
    }

    @Test func `another agency or year beside the document is a finding, and the document counts`() throws {
        let filing = try file(("清禾县教育局", 2023), supplied: ("清禾县卫生局", 2022))
        #expect(filing.agency == "清禾县教育局" && filing.year.value == 2023)
        #expect(filing.findings.map(\.check) == [.identityAgency, .identityYear])
        #expect(filing.findings[0].message.contains("清禾县教育局") && filing.findings[0].message.contains("清禾县卫生局"))
        #expect(filing.findings[1].left == 2023 && filing.findings[1].right == 2022)
    }

    @Test func `another agency or year in the address is refused`() {
        #expect(throws: IngestError.otherAgency(stated: "甲局", address: "乙局")) {
            try file(("甲局", 2023), address: ("乙局", 2023))
        }
        #expect(throws: IngestError.self) { try file(("甲局", 2023), address: ("甲局", 2022)) }
    }

    @Test(arguments: ["", " ", "\u{3000}", "\u{200B}\n"])
    func `a name without a character is none`(name: String) {
        #expect(throws: IngestError.agencyMissing) { try file((nil, 2023), supplied: (name, nil)) }
        #expect(throws: IngestError.agencyMissing) { try file((name, 2023)) }
        #expect((try? file((name, 2023), supplied: ("甲局", nil)))?.agency == "甲局")
        let filing = try? file(("甲局", 2023), supplied: (name, nil))
        #expect(filing?.agency == "甲局" && filing?.findings.isEmpty == true)
    }

    @Test func `white space round a name is not part of it`() throws {
        #expect(try file((nil, 2023), supplied: (" 清禾县教育局\u{3000}", nil)).agency == "清禾县教育局")
    }

    @Test(arguments: ["17", "１７"])
    func `a number is no name, for it would be taken for an agency's id`(name: String) {
        #expect(throws: IngestError.agencyMissing) { try file((nil, 2023), supplied: (name, nil)) }
        #expect(throws: IngestError.agencyMissing) { try file((nil, 2023), address: (name, 2023)) }
    }

    @Test(arguments: [".", "..", "清禾县\n教育局", "清禾县\u{0}教育局", "清禾县\t教育局"])
    func `what cannot stand in an address or in one line is no name`(name: String) {
        #expect(throws: IngestError.agencyMissing) { try file((nil, 2023), supplied: (name, nil)) }
        #expect(throws: IngestError.agencyMissing) { try file((name, 2023)) }
    }

    @Test func `agency and year have to be said by someone`() {
        #expect(throws: IngestError.agencyMissing) { try file((nil, 2023)) }
        #expect(throws: IngestError.yearMissing) { try file(("甲局", nil)) }
    }

    @Test func `a year that has not begun in China is refused`() throws {
        #expect(try file(("甲局", 2026)).year.value == 2026)
        #expect(throws: IngestError.self) { try file(("甲局", 2027)) }
        // 2026-12-31T15:59:59Z and a second later, when it is midnight in Beijing.
        #expect(throws: IngestError.self) { try file(("甲局", 2027), now: 1_798_732_799) }
        #expect(try file(("甲局", 2027), now: 1_798_732_800).year.value == 2027)
    }
}
