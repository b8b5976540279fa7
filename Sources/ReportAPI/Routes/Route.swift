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
        /// Reads that may be at hand, on the event loop, and else take longer: the first gives nil for those.
        case quickRead(
            @Sendable (Reading, Call) throws -> Response?, else: @Sendable (Reading, Call) throws -> Response)
        /// Reads that take longer.
        case longRead(@Sendable (Reading, Call) throws -> Response)
        /// Anything longer.
        case later(@Sendable (Service, Call) async throws -> Response)
    }

    /// The parameters that the query may have.
    let parameters: Set<String>
    /// The conditions that it may have beside figures and indicators; empty where there is no filter.
    var filters: Set<String> = []
    /// What answers it.
    let action: Action
    /// What answers calls that ask for more than the event loop can give.
    var longer: Longer?

    /// A second way to answer a route.
    struct Longer: Sendable {
        /// Whether a call asks for it.
        let asks: @Sendable (Call) -> Bool
        /// What answers it.
        let action: @Sendable (Service, Call) async throws -> Response
    }

    static func now(
        _ parameters: Set<String> = [], _ action: @escaping @Sendable (Service, Call) throws -> Response
    ) -> Route {
        Route(parameters: parameters, action: .now(action))
    }

    static func read(
        _ parameters: Set<String> = [], _ action: @escaping @Sendable (Reading, Call) throws -> Response
    ) -> Route {
        Route(parameters: parameters, action: .read(action))
    }

    static func longRead(
        _ parameters: Set<String> = [], _ action: @escaping @Sendable (Reading, Call) throws -> Response
    ) -> Route {
        Route(parameters: parameters, action: .longRead(action))
    }

    static func later(
        _ parameters: Set<String> = [], _ action: @escaping @Sendable (Service, Call) async throws -> Response
    ) -> Route {
        Route(parameters: parameters, action: .later(action))
    }

    /// Every route of the surface, as one table.
    static let table: [(method: HTTPRequest.Method, template: String, route: Route)] = [
        (.get, "/", .now { try $0.index($1) }),
        (.get, "/health", .now { try $0.health($1) }),
        (.get, "/ready", .now { try $0.ready($1) }),
        (
            .get, "/reports",
            Route(
                parameters: ReportListRequest.parameters, filters: FilterParameters.names,
                action: .longRead { try $0.listReports($1) },
                longer: Longer(asks: { ReportListRequest.isTable($0) }, action: { try await $0.streamReports($1) }))
        ),
        (.post, "/reports", .later(UploadParameters.namesOfMany) { try await $0.createReport($1) }),
        (
            .get, "/reports/{agency}/{year}",
            Route(
                parameters: ReportView.parameters, action: .read { try $0.showReport($1) },
                // Cells are read from the document anew.
                longer: Longer(asks: { $0.query["include"] != nil }, action: { try await $0.showReportWithCells($1) }))
        ),
        (.put, "/reports/{agency}/{year}", .later(UploadParameters.namesAtAddress) { try await $0.replaceReport($1) }),
        (
            .delete, "/reports/{agency}/{year}",
            .later(UploadParameters.namesOfWithdrawal) { try await $0.withdrawReport($1) }
        ),
        (.get, "/reports/{agency}/{year}/source", .longRead(["as_of"]) { try $0.showSource($1) }),
        (.get, "/reports/{agency}/{year}/findings", .read(["as_of"]) { try $0.showFindings($1) }),
        (
            .post, "/reports/{agency}/{year}/findings/{fingerprint}/acknowledgement",
            .later { try await $0.acknowledgeFinding($1) }
        ),
        (
            .delete, "/reports/{agency}/{year}/findings/{fingerprint}/acknowledgement",
            .later { try await $0.withdrawAcknowledgement($1) }
        ),
        (.get, "/reports/{agency}/{year}/narrative", .read(["as_of"]) { try $0.showNarrative($1) }),
        (.get, "/reports/{agency}/{year}/revisions", .read { try $0.listRevisions($1) }),
        (.get, "/reports/{agency}/{year}/revisions/{number}", .read { try $0.showRevision($1) }),
        (.get, "/reports/{agency}/{year}/diff", .longRead(["from", "to", "against"]) { try $0.showDiff($1) }),
        (.get, "/uploads/{id}", .now { try $0.showUpload($1) }),
        (.get, "/uploads/{id}/results", .now(["limit", "cursor"]) { try $0.listUploadResults($1) }),
        (.delete, "/uploads/{id}", .later { try await $0.cancelUpload($1) }),
        (.post, "/check", .later(UploadParameters.names) { try await $0.checkDocument($1) }),
        (.get, "/agencies", .later(Service.agencyListParameters) { try await $0.listAgencies($1) }),
        (.get, "/agencies/{agency}", .read { try $0.showAgency($1) }),
        (.patch, "/agencies/{agency}", .later { try await $0.editAgency($1) }),
        (.post, "/agencies/{agency}/merge", .later { try await $0.mergeAgency($1) }),
        (.get, "/regions", .later(Service.regionListParameters) { try await $0.listRegions($1) }),
        (.get, "/regions/{code}", .later { try await $0.showRegion($1) }),
        (
            .get, "/statistics",
            Route(
                parameters: StatisticsRequest.parameters, filters: StatisticsRequest.filters,
                action: .quickRead({ try $0.showStatisticsQuickly($1) }, else: { try $0.showStatistics($1) }))
        ),
        (
            .get, "/changes",
            Route(
                parameters: ["since", "limit"], action: .now { try $0.listChanges($1) },
                longer: Longer(asks: { ChangeStream.isWanted($0) }, action: { try await $0.streamChanges($1) }))
        ),
        (.get, "/checks", .now { try $0.listChecks($1) }),
        (.get, "/indicators", .now { try $0.listIndicators($1) }),
        (.get, "/forms", .now { try $0.listForms($1) }),
        (.get, "/problems/{code}", .now { try $0.showProblem($1) }),
    ]

    static func router() -> Router<Route> {
        var router = Router<Route>()
        for entry in table { router.add(entry.method, entry.template, entry.route) }
        return router
    }
}
