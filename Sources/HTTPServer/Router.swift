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
        /// OPTIONS for a path that has no route of its own for it: these methods are allowed.
        case options([HTTPRequest.Method])
        /// A segment is wrongly percent-encoded: 400.
        case malformedPath
    }

    fileprivate struct Node {
        var fixed: [(segment: [UInt8], node: Int)] = []
        var parameter: Int?
        var routes: [(method: HTTPRequest.Method, route: Route)] = []
    }

    private var nodes = [Node()]

    /// A router without routes.
    public init() {}

    /// Adds a route. GET routes answer HEAD, too.
    ///
    /// - Precondition: The template begins with `/`, and it has no route for this method yet.
    public mutating func add(_ method: HTTPRequest.Method, _ template: String, _ route: Route) {
        precondition(template.hasPrefix("/"), "A template begins with a slash: \(template)")
        var current = 0
        for segment in Self.segments(Array(template.utf8)[...]) { current = child(of: current, for: Array(segment)) }
        precondition(
            !nodes[current].routes.contains { $0.method == method }, "\(method) \(template) has a route already.")
        nodes[current].routes.append((method, route))
    }

    /// Finds the route for a request's raw path.
    public func match(_ method: HTTPRequest.Method, _ path: ArraySlice<UInt8>) -> Match {
        if path.elementsEqual(CollectionOfOne(Byte.asterisk)) { return .options(allMethods) }
        guard path.first == Byte.slash else { return .notFound }
        var segments: [[UInt8]] = []
        for segment in Self.segments(path) {
            guard let decoded = try? PercentEncoding.decode(segment) else { return .malformedPath }
            segments.append(decoded)
        }
        var parameters: [[UInt8]] = []
        guard let node = find(segments[...], from: 0, &parameters) else { return .notFound }
        return choose(method, among: nodes[node].routes, parameters)
    }

    private func choose(
        _ method: HTTPRequest.Method, among routes: [(method: HTTPRequest.Method, route: Route)],
        _ parameters: [[UInt8]]
    ) -> Match {
        if let exact = routes.first(where: { $0.method == method }) { return .found(exact.route, parameters) }
        if method == .head, let get = routes.first(where: { $0.method == .get }) {
            return .found(get.route, parameters)
        }
        let allowed = Self.allowed(routes.map(\.method))
        return method == .options ? .options(allowed) : .methodNotAllowed(allowed)
    }

    /// Depth first, fixed segments before parameters; a node without routes is no match.
    private func find(_ segments: ArraySlice<[UInt8]>, from node: Int, _ parameters: inout [[UInt8]]) -> Int? {
        guard let segment = segments.first else { return nodes[node].routes.isEmpty ? nil : node }
        if let fixed = nodes[node].fixed.first(where: { $0.segment == segment })?.node,
            let found = find(segments.dropFirst(), from: fixed, &parameters)
        {
            return found
        }
        guard let parameter = nodes[node].parameter, !segment.isEmpty else { return nil }
        parameters.append(segment)
        if let found = find(segments.dropFirst(), from: parameter, &parameters) { return found }
        parameters.removeLast()
        return nil
    }

    private mutating func child(of node: Int, for segment: [UInt8]) -> Int {
        if segment.first == 0x7B, segment.last == 0x7D {
            if let parameter = nodes[node].parameter { return parameter }
            nodes.append(Node())
            nodes[node].parameter = nodes.count - 1
        } else {
            if let fixed = nodes[node].fixed.first(where: { $0.segment == segment }) { return fixed.node }
            nodes.append(Node())
            nodes[node].fixed.append((segment, nodes.count - 1))
        }
        return nodes.count - 1
    }

    /// The segments behind the first slash; `/` has one, which is empty.
    private static func segments(_ path: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
        path.dropFirst().split(separator: Byte.slash, omittingEmptySubsequences: false)
    }

    private var allMethods: [HTTPRequest.Method] {
        var methods: [HTTPRequest.Method] = []
        for method in nodes.flatMap({ $0.routes.map(\.method) }) where !methods.contains(method) {
            methods.append(method)
        }
        return Self.allowed(methods)
    }

    private static func allowed(_ methods: [HTTPRequest.Method]) -> [HTTPRequest.Method] {
        var allowed = methods
        if methods.contains(.get), !methods.contains(.head) { allowed.append(.head) }
        if !methods.contains(.options) { allowed.append(.options) }
        return allowed.sorted { $0.rawValue < $1.rawValue }
    }
}

extension Router: Sendable where Route: Sendable {}
extension Router.Node: Sendable where Route: Sendable {}
extension Router.Match: Sendable where Route: Sendable {}
