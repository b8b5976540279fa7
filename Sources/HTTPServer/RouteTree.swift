import HTTPTypes

/// The templates of a `Router`, each route a number.
///
/// Apart from it because it is not generic: generic code of another module is not specialised, and takes ten times as long.
struct RouteTree: Sendable {
    private struct Node {
        var fixed: [(segment: [UInt8], node: Int)] = []
        var parameter: Int?
        var routes: [(method: HTTPRequest.Method, number: Int)] = []
    }

    private var nodes = [Node()]

    mutating func add(_ method: HTTPRequest.Method, _ template: String, number: Int) {
        precondition(template.hasPrefix("/"), "A template begins with a slash: \(template)")
        var current = 0
        for segment in Self.segments(Array(template.utf8)[...]) { current = child(of: current, for: Array(segment)) }
        precondition(
            !nodes[current].routes.contains { $0.method == method }, "\(method) \(template) has a route already.")
        nodes[current].routes.append((method, number))
    }

    func match(_ method: HTTPRequest.Method, _ path: ArraySlice<UInt8>) -> Router<Int>.Match {
        let match = matchKnown(method, path)
        if case .found = match { return match }
        return Self.methodsOfHTTP.contains(method) || allMethods.contains(method) ? match : .notImplemented
    }

    /// Those of RFC 9110 §9.3 and RFC 5789, and QUERY (draft-ietf-httpbis-safe-method-w-body).
    private static let methodsOfHTTP: Set<HTTPRequest.Method> = [
        .get, .head, .post, .put, .delete, .connect, .options, .trace, .patch, .query,
    ]

    private func matchKnown(_ method: HTTPRequest.Method, _ path: ArraySlice<UInt8>) -> Router<Int>.Match {
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
        _ method: HTTPRequest.Method, among routes: [(method: HTTPRequest.Method, number: Int)],
        _ parameters: [[UInt8]]
    ) -> Router<Int>.Match {
        if let exact = routes.first(where: { $0.method == method }) { return .found(exact.number, parameters) }
        if method == .head, let get = routes.first(where: { $0.method == .get }) {
            return .found(get.number, parameters)
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
