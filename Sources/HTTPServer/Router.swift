public import HTTPTypes

/// Finds what a method and a path stand for, over routes of any kind (closures, enum cases).
///
/// Templates are paths with parameters: `/reports/{agency}/{year}`. A fixed segment goes before a parameter. Segments
/// are told apart on the raw bytes and decoded afterwards, so that `%2F` within a name splits nothing.
public struct Router<Route> {
    /// What a path and a method led to.
    public enum Match {
        /// A route and the decoded segments for its parameters, in the template's order.
        case found(Route, [[UInt8]])
        /// No template fits the path: 404.
        case notFound
        /// The path exists, the method does not: 405, with these methods in `Allow`.
        case methodNotAllowed([HTTPRequest.Method])
        /// A method that is none of HTTP's own and that no route has: 501 (RFC 9110 §9.1).
        case notImplemented
        /// OPTIONS for a path that has no route of its own for it: these methods are allowed.
        case options([HTTPRequest.Method])
        /// A segment is wrongly percent-encoded: 400.
        case malformedPath
    }

    private var tree = RouteTree()
    private var routes: [Route] = []

    /// A router without routes.
    public init() {}

    /// Adds a route. GET routes answer HEAD, too.
    ///
    /// - Precondition: The template begins with `/`, and it has no route for this method yet.
    public mutating func add(_ method: HTTPRequest.Method, _ template: String, _ route: Route) {
        tree.add(method, template, number: routes.count)
        routes.append(route)
    }

    /// Finds the route for a request's raw path.
    public func match(_ method: HTTPRequest.Method, _ path: ArraySlice<UInt8>) -> Match {
        switch tree.match(method, path) {
        case .found(let number, let parameters): .found(routes[number], parameters)
        case .notFound: .notFound
        case .methodNotAllowed(let methods): .methodNotAllowed(methods)
        case .notImplemented: .notImplemented
        case .options(let methods): .options(methods)
        case .malformedPath: .malformedPath
        }
    }
}

extension Router: Sendable where Route: Sendable {}
extension Router.Match: Sendable where Route: Sendable {}
