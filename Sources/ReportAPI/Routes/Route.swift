internal import HTTPServer
internal import HTTPTypes

/// One resource and method: the parameters of its query, and what answers it.
struct Route: Sendable {
    /// What answers a route.
    enum Action: Sendable {
        /// A read by key, on the event loop.
        case now(@Sendable (Service, Call) throws -> Response)
        /// Anything longer.
        case later(@Sendable (Service, Call) async throws -> Response)
    }

    /// The parameters that the query may have.
    let parameters: Set<String>
    /// What answers it.
    let action: Action
    /// Whether a call that could be answered at once has too much to do for the event loop.
    var isLong: @Sendable (Call) -> Bool = { _ in false }

    static func now(
        _ parameters: Set<String> = [], unless isLong: @escaping @Sendable (Call) -> Bool = { _ in false },
        _ action: @escaping @Sendable (Service, Call) throws -> Response
    ) -> Route {
        Route(parameters: parameters, action: .now(action), isLong: isLong)
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
        (.get, "/reports", .later(ReportFilter.parameters) { try await $0.listReports($1) }),
        (.post, "/reports", .later(UploadParameters.names) { try await $0.createReport($1) }),
        (
            .get, "/reports/{agency}/{year}",
            // Cells are read from the document anew.
            .now(ReportView.parameters, unless: { $0.query["include"] != nil }) { try $0.showReport($1) }
        ),
        (.put, "/reports/{agency}/{year}", .later(UploadParameters.namesAtAddress) { try await $0.replaceReport($1) }),
        (.get, "/reports/{agency}/{year}/source", .later { try $0.showSource($1) }),
        (.get, "/reports/{agency}/{year}/findings", .now { try $0.showFindings($1) }),
        (.get, "/reports/{agency}/{year}/narrative", .now { try $0.showNarrative($1) }),
        (.post, "/check", .later(UploadParameters.names) { try await $0.checkDocument($1) }),
        (.get, "/agencies", .later(["limit", "cursor", "count"]) { try await $0.listAgencies($1) }),
        (.get, "/agencies/{agency}", .now { try $0.showAgency($1) }),
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
