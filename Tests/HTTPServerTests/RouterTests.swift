import HTTPServer
import HTTPTypes
import Testing

struct RouterTests {
    private let router: Router<String> = {
        var router = Router<String>()
        router.add(.get, "/", "index")
        router.add(.get, "/reports", "list")
        router.add(.post, "/reports", "create")
        router.add(.get, "/reports/{agency}", "agency")
        router.add(.get, "/reports/{agency}/{year}", "report")
        router.add(.delete, "/reports/{agency}/{year}", "withdraw")
        router.add(.get, "/reports/latest/{year}", "latest")
        router.add(.get, "/reports/{agency}/{year}/source", "source")
        return router
    }()

    private func match(_ method: HTTPRequest.Method, _ path: String) -> String {
        switch router.match(method, Array(path.utf8)[...]) {
        case .found(let route, let parameters):
            ([route] + parameters.map { String(decoding: $0, as: UTF8.self) }).joined(separator: " ")
        case .notFound: "404"
        case .methodNotAllowed(let methods): "405 \(methods.map(\.rawValue).joined(separator: ","))"
        case .notImplemented: "501"
        case .options(let methods): "204 \(methods.map(\.rawValue).joined(separator: ","))"
        case .malformedPath: "400"
        }
    }

    @Test(arguments: [
        ("GET", "/", "index"), ("GET", "/reports", "list"), ("POST", "/reports", "create"),
        ("GET", "/reports/%E9%95%87%2F/2023", "report 镇/ 2023"), ("GET", "/reports/镇/2023", "report 镇 2023"),
        ("HEAD", "/reports/a/2023", "report a 2023"), ("DELETE", "/reports/a/2023", "withdraw a 2023"),
        ("GET", "/reports/latest/2023", "latest 2023"), ("GET", "/reports/latest/2023/source", "source latest 2023"),
        ("GET", "/%72eports", "list"), ("GET", "/reports/", "404"), ("GET", "/reports//2023", "404"),
        ("GET", "/nothing", "404"), ("GET", "nothing", "404"), ("GET", "/reports/a/2023/x", "404"),
        ("PUT", "/reports", "405 GET,HEAD,OPTIONS,POST"), ("DELETE", "/reports/latest/1", "405 GET,HEAD,OPTIONS"),
        ("TRACE", "/reports", "405 GET,HEAD,OPTIONS,POST"), ("PATCH", "/nothing", "404"),
        ("QUERY", "/reports", "405 GET,HEAD,OPTIONS,POST"),
        ("BREW", "/reports", "501"), ("get", "/reports", "501"), ("BREW", "/nothing", "501"), ("BREW", "*", "501"),
        ("OPTIONS", "/reports/a/1", "204 DELETE,GET,HEAD,OPTIONS"),
        ("OPTIONS", "*", "204 DELETE,GET,HEAD,OPTIONS,POST"),
        ("GET", "/reports/%zz/2023", "400"), ("GET", "/reports/%4", "400"),
    ])
    func `a method and a path lead to a route`(method: String, path: String, expected: String) throws {
        #expect(match(try #require(HTTPRequest.Method(method)), path) == expected)
    }
}
