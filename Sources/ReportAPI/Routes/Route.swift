internal import HTTPServer
internal import HTTPTypes

/// One resource and method: the parameters of its query, and what answers it.
struct Route: Sendable {
    /// What answers a route.
    enum Action: Sendable {
        /// What needs no waiting, on the event loop.
        case now(@Sendable (Service, Call) throws -> Response)
        /// Reads by key, on the event loop.
        case read(@Sendable (Reading, Call) throws -> Response)
        /// Reads that may take seconds: they run one after another, beside those that take less.
        case heavyRead(@Sendable (Reading, Call) throws -> Response)
        /// Reads that may be at hand, on the event loop, and else are heavy: the first gives nil for those.
        case quickRead(
            @Sendable (Reading, Call) throws -> Response?, else: @Sendable (Reading, Call) throws -> Response)
        /// Reads that take longer.
        case longRead(@Sendable (Reading, Call) throws -> Response)
        /// Anything longer.
        case later(@Sendable (Service, Call) async throws -> Response)
    }

    /// What people and programs are told of it.
    let operation: Operation
    /// The parameters that the query may have: those that the operation describes.
    let parameters: Set<String>
    /// The conditions that it may have beside figures and indicators; empty where there is no filter.
    let filters: Set<String>
    /// What answers it.
    let action: Action
    /// What answers calls that ask for more than the event loop can give.
    var longer: Longer?

    /// A second way to answer a route.
    struct Longer: Sendable {
        /// Whether a call asks for it.
        let asks: @Sendable (Call) -> Bool
        /// What answers it.
        let action: Action
    }

    init(_ operation: Operation, _ action: Action, longer: Longer? = nil) {
        self.operation = operation
        parameters = operation.queryNames
        filters = operation.filters
        self.action = action
        self.longer = longer
    }

    static func now(
        _ operation: Operation, _ action: @escaping @Sendable (Service, Call) throws -> Response
    ) -> Route {
        Route(operation, .now(action))
    }

    static func read(
        _ operation: Operation, _ action: @escaping @Sendable (Reading, Call) throws -> Response
    ) -> Route {
        Route(operation, .read(action))
    }

    static func longRead(
        _ operation: Operation, _ action: @escaping @Sendable (Reading, Call) throws -> Response
    ) -> Route {
        Route(operation, .longRead(action))
    }

    static func later(
        _ operation: Operation, _ action: @escaping @Sendable (Service, Call) async throws -> Response
    ) -> Route {
        Route(operation, .later(action))
    }

    /// A line of the table.
    typealias Entry = (method: HTTPRequest.Method, template: String, route: Route)

    /// Every route of the surface, as one table; each with the operation that describes it.
    static let table: [Entry] = [
        (.get, "/", .now(.index) { try $0.index($1) }),
        (.get, "/openapi.json", .later(.showDescription) { try await $0.showDescription($1) }),
        (.get, "/docs", .later(.showDocumentation) { try await $0.showDocumentation($1) }),
        (.get, "/health", .now(.health) { try $0.health($1) }),
        (.get, "/ready", .now(.ready) { try $0.ready($1) }),
        (
            .get, "/reports",
            Route(
                .listReports, .longRead { try $0.listReports($1) },
                longer: Longer(
                    asks: { ReportListRequest.isTable($0) }, action: .later { try await $0.streamReports($1) }))
        ),
        (.post, "/reports", .later(.createReport) { try await $0.createReport($1) }),
        (
            .get, "/reports/{agency}",
            Route(
                .showSeries, .read { try $0.showSeries($1) },
                longer: Longer(asks: { SeriesRequest.isLong($0) }, action: .heavyRead { try $0.showSeries($1) }))
        ),
        (
            .get, "/reports/{agency}/{year}",
            Route(
                .showReport, .read { try $0.showReport($1) },
                // Cells are read from the document anew, and pages and workbooks are made of it.
                longer: Longer(
                    asks: { ReportView.isLong($0) },
                    action: .later { try await $0.showReportAtLength($1) { try $0.shown($1) } }))
        ),
        (.put, "/reports/{agency}/{year}", .later(.replaceReport) { try await $0.replaceReport($1) }),
        (.delete, "/reports/{agency}/{year}", .later(.withdrawReport) { try await $0.withdrawReport($1) }),
        (.get, "/reports/{agency}/{year}/source", .longRead(.showSource) { try $0.showSource($1) }),
        (.get, "/reports/{agency}/{year}/findings", .read(.showFindings) { try $0.showFindings($1) }),
        (
            .post, "/reports/{agency}/{year}/findings/{fingerprint}/acknowledgement",
            .later(.acknowledgeFinding) { try await $0.acknowledgeFinding($1) }
        ),
        (
            .delete, "/reports/{agency}/{year}/findings/{fingerprint}/acknowledgement",
            .later(.withdrawAcknowledgement) { try await $0.withdrawAcknowledgement($1) }
        ),
        (.get, "/reports/{agency}/{year}/narrative", .read(.showNarrative) { try $0.showNarrative($1) }),
        (.get, "/reports/{agency}/{year}/revisions", .read(.listRevisions) { try $0.listRevisions($1) }),
        (
            .get, "/reports/{agency}/{year}/revisions/{number}",
            Route(
                .showRevision, .read { try $0.showRevision($1) },
                longer: Longer(
                    asks: { ReportView.isLong($0) },
                    action: .later { try await $0.showReportAtLength($1) { try $0.shownRevision($1) } }))
        ),
        (
            .get, "/reports/{agency}/{year}/revisions/{number}/source",
            .longRead(.showRevisionSource) { try $0.showSource(of: try $0.shownRevision($1), $1) }
        ),
        (
            .get, "/reports/{agency}/{year}/revisions/{number}/findings",
            .read(.showRevisionFindings) { try $0.showFindings(of: try $0.shownRevision($1), $1) }
        ),
        (
            .get, "/reports/{agency}/{year}/revisions/{number}/narrative",
            .read(.showRevisionNarrative) { try $0.showNarrative(of: try $0.shownRevision($1), $1) }
        ),
        (.get, "/reports/{agency}/{year}/diff", .longRead(.showDiff) { try $0.showDiff($1) }),
        (.get, "/uploads/{id}", .now(.showUpload) { try $0.showUpload($1) }),
        (
            .get, "/uploads/{id}/results",
            Route(
                .listUploadResults, .now { try $0.listUploadResults($1) },
                longer: Longer(
                    asks: { Service.asksForAllResults($0) }, action: .later { try await $0.streamUploadResults($1) }))
        ),
        (.delete, "/uploads/{id}", .later(.cancelUpload) { try await $0.cancelUpload($1) }),
        (.post, "/check", .later(.checkDocument) { try await $0.checkDocument($1) }),
        (.get, "/agencies", .later(.listAgencies) { try await $0.listAgencies($1) }),
        (.get, "/agencies/{agency}", .read(.showAgency) { try $0.showAgency($1) }),
        (.patch, "/agencies/{agency}", .later(.editAgency) { try await $0.editAgency($1) }),
        (.post, "/agencies/{agency}/merge", .later(.mergeAgency) { try await $0.mergeAgency($1) }),
        (.get, "/regions", .later(.listRegions) { try await $0.listRegions($1) }),
        (.get, "/regions/{code}", .later(.showRegion) { try await $0.showRegion($1) }),
        (
            .get, "/statistics",
            Route(
                .showStatistics, .quickRead({ try $0.showStatisticsQuickly($1) }, else: { try $0.showStatistics($1) }))
        ),
        (.get, "/rankings", Route(.listRankings, .heavyRead { try $0.listRankings($1) })),
        (
            .get, "/changes",
            Route(
                .listChanges, .now { try $0.listChanges($1) },
                longer: Longer(asks: { ChangeStream.isWanted($0) }, action: .later { try await $0.streamChanges($1) }))
        ),
        (.get, "/checks", .now(.listChecks) { try $0.listChecks($1) }),
        (.get, "/indicators", .now(.listIndicators) { try $0.listIndicators($1) }),
        (.get, "/forms", .now(.listForms) { try $0.listForms($1) }),
        (.get, "/problems/{code}", .now(.showProblem) { try $0.showProblem($1) }),
    ]

    static func router() -> Router<Route> {
        var router = Router<Route>()
        for entry in table { router.add(entry.method, entry.template, entry.route) }
        return router
    }
}
