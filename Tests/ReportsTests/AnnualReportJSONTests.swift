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

    @Test(arguments: [
        (#""requests":{"newReceived":{"total":3,"compny":9}}"#, "requests.newReceived.compny"),
        (#""requests":{"newReceived":5}"#, "requests.newReceived"),
        (#""requests":{"foo":{"total":0}}"#, "requests.foo.total"),
        (#""requests":{"other":4,"granted":{"total":1}}"#, "requests.other"),
        (#""requests":{"otherTotal":{"total":1},"other":{"other":{"total":1}}}"#, "requests.other.other.total"),
        (#""proactiveDisclosure":{"rules":{"issued":1,"newlyMade":1}}"#, "proactiveDisclosure.rules.newlyMade"),
        (
            #""reviewsAndLitigation":{"administrativeReview":{"total":1},"lawsuit":{}, "x":{"y":[]}}"#,
            "reviewsAndLitigation.x.y"
        ),
        (#""statistics2014":{"proactive":{"total":1}}"#, "statistics2014.proactive.total"),
    ])
    func `a member of a table that is no figure of the form is named`(table: String, path: String) throws {
        let document = try JSONDocument(Array("{\"year\":2023,\"form\":\"2021\",\(table)}".utf8))
        let report = try AnnualReport(document: document)
        let error = #expect(throws: ReportDocumentError.self) { try report.requireAll(of: document) }
        #expect(error?.path == path)
    }

    @Test(arguments: [
        (#""requests":{"newReceived":{"total":3,"total":4}}"#, "requests.newReceived.total"),
        (#""requests":{"newReceived":{"total":3},"newReceived":{"total":3}}"#, "requests.newReceived.total"),
        (#""requests":{},"title":"a","requests":{"newReceived":{"total":3}}"#, "requests"),
        (#""agency":"甲","\u0061gency":{"name":"乙"}"#, "agency"),
    ])
    func `a member that stands there twice is named`(members: String, path: String) throws {
        let document = try JSONDocument(Array("{\"year\":2023,\"form\":\"2021\",\(members)}".utf8))
        let report = try AnnualReport(document: document)
        let error = #expect(throws: ReportDocumentError.self) { try report.requireAll(of: document) }
        #expect(error?.path == path && error?.reason.contains("twice") == true)
    }

    @Test(arguments: [
        #""year":2023,"requests":{"newReceived":{"total":3,"compny":null},"foo":null,"bar":{}}"#,
        #""year":2023,"requests":{"newReceived":{"total":3,"x":null,"x":null}},"other":1"#,
        #""year":2023,"form":"2019","requests":{"otherTotal":{"total":1}},"reviewsAndLitigation":null"#,
        #""year":2015,"form":"2014","statistics2014":{"proactive":{"total":1},"foreignRows":[{"label":"x","cells":["1"]}]}"#,
    ])
    func `what states nothing, or what is known, may stand in a table`(members: String) throws {
        let document = try JSONDocument(Array("{\(members)}".utf8))
        try AnnualReport(document: document).requireAll(of: document)
    }
}
