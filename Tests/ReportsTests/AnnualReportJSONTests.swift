import Reports
import Testing

@Suite struct AnnualReportJSONTests {
    private func error(_ text: String) throws -> ReportDocumentError? {
        do {
            _ = try AnnualReport(document: JSONDocument(Array(text.utf8)))
            return nil
        } catch let error as ReportDocumentError {
            return error
        }
    }

    @Test(arguments: [
        (#"{}"#, "year"), (#"{"year":2007}"#, "year"), (#"{"year":"2023"}"#, "year"), (#"{"year":2023.0}"#, "year"),
        (#"[]"#, "year"), (#"{"year":2023,"form":"2020"}"#, "form"), (#"{"year":2023,"form":2021}"#, "form"),
        (#"{"year":2023,"scope":"all"}"#, "scope"), (#"{"year":2023,"requests":[]}"#, "requests"),
        (#"{"year":2023,"proactiveDisclosure":1}"#, "proactiveDisclosure"),
        (#"{"year":2023,"reviewsAndLitigation":"x"}"#, "reviewsAndLitigation"),
        (#"{"year":2023,"requests":{"granted":{"total":"5"}}}"#, "requests.granted.total"),
        (#"{"year":2023,"requests":{"denied":{"stateSecret":{"total":1.5}}}}"#, "requests.denied.stateSecret.total"),
        (
            #"{"year":2023,"reviewsAndLitigation":{"litigation":{"direct":{"upheld":true}}}}"#,
            "reviewsAndLitigation.litigation.direct.upheld"
        ),
        (#"{"year":2023,"proactiveDisclosure":{"rules":{"issued":[]}}}"#, "proactiveDisclosure.rules.issued"),
        (
            #"{"year":2023,"proactiveDisclosure":{"administrativeFees":{"amountWan":"12"}}}"#,
            "proactiveDisclosure.administrativeFees.amountWan"
        ),
        (
            #"{"year":2023,"proactiveDisclosure":{"administrativeFees":{"amountWan":1e3}}}"#,
            "proactiveDisclosure.administrativeFees.amountWan"
        ),
    ])
    func `an error names the member at fault`(text: String, path: String) throws {
        let error = try error(text)
        #expect(error?.path == path)
        #expect(error?.reason.isEmpty == false)
    }

    @Test func `what is missing or null is nil, and the form of 2021 is meant`() throws {
        let report = try AnnualReport(
            document: JSONDocument(Array(#"{"year":2023,"requests":{"granted":{"total":null}},"scope":null}"#.utf8)))
        #expect(report.form == .form2021)
        #expect(report.agency.isEmpty)
        #expect(report.requests?[.granted, .total] == nil)
        #expect(report.proactive == nil)
    }

    @Test func `the agency is a name or an object with one`() throws {
        for text in [#"{"year":2023,"agency":"甲"}"#, #"{"year":2023,"agency":{"name":"甲"}}"#] {
            #expect(try AnnualReport(document: JSONDocument(Array(text.utf8))).agency == "甲")
        }
    }

    @Test func `one row of （六） is told by its name`() throws {
        let text = #"{"year":2023,"requests":{"otherTotal":{"total":4}}}"#
        let report = try AnnualReport(document: JSONDocument(Array(text.utf8)))
        #expect(report.requests?.otherIsOneRow == true)
        #expect(report.requests?[.otherTotal, .total] == 4)
    }
}
