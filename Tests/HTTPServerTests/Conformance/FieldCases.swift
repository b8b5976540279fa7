/// RFC 9112 §5 and RFC 9110 §5 and §7.2: field lines, and `Host`.
extension WireCase {
    static let fields = [
        WireCase("9112 §5", "white space around a value", get("X: \t a \t \r\n"), .answers("GET /\n")),
        WireCase("9112 §5", "none before it", get("X:a\r\n"), .answers("GET /\n")),
        WireCase("9110 §5.5", "an empty value", get("X:\r\n"), .answers("GET /\n")),
        WireCase("9110 §5.5", "obs-text in a value", get("X: é镇\r\n"), .answers("GET /\n")),
        WireCase(
            "9110 §5.5", "obs-text that is no UTF-8",
            bytes: Array("GET / HTTP/1.1\r\nHost: a\r\nX: ".utf8) + [0xFF, 13, 10, 13, 10],
            .answers("GET /\n")),
        WireCase("9110 §5.1", "names in any case", "GET / HTTP/1.1\r\nhOSt: a\r\n\r\n", .answers("GET /\n")),
        WireCase("9112 §5.1", "white space before the colon", get("X : a\r\n"), .refused(400)),
        WireCase("9112 §5.1", "a tab before the colon", get("X\t: a\r\n"), .refused(400)),
        WireCase("9112 §5.1", "also of a field that frames", post("Content-Length : 3\r\n", "abc"), .refused(400)),
        WireCase("9112 §5.2", "a folded line", get("X: a\r\n b\r\n"), .refused(400)),
        WireCase("9112 §5.2", "a line folded with a tab", get("X: a\r\n\tb\r\n"), .refused(400)),
        WireCase(
            "9112 §2.2", "white space before the first field", "GET / HTTP/1.1\r\n Host: a\r\n\r\n", .refused(400)),
        WireCase("9112 §5", "no name", get(": a\r\n"), .refused(400)),
        WireCase("9112 §5", "no colon", get("X\r\n"), .refused(400)),
        WireCase("9110 §5.6.2", "a name that is no token", get("X(: a\r\n"), .refused(400)),
        WireCase("9110 §5.6.2", "a name beyond ASCII", get("é: a\r\n"), .refused(400)),
        WireCase("9110 §5.5", "a bare CR in a value", get("X: a\rb\r\n"), .refused(400)),
        WireCase("9110 §5.5", "a bare LF in a value", get("X: a\nY: b\r\n"), .refused(400)),
        WireCase("9112 §2.2", "two CRs at its end", get("X: a\r\r\n"), .refused(400)),
        WireCase("9112 §2.2", "a bare LF for the empty line", "GET / HTTP/1.1\r\nHost: a\r\n\n", .refused(400)),
        WireCase("9110 §5.5", "NUL in a value", get("X: a\0b\r\n"), .refused(400)),
        WireCase("9110 §5.5", "a control character in a value", get("X: a\u{1}b\r\n"), .refused(400)),
        WireCase("9110 §5.5", "a vertical tab in a value", get("X: a\u{B}b\r\n"), .refused(400)),
        WireCase("9110 §5.5", "DEL in a value", get("X: a\u{7F}\r\n"), .refused(400)),
        WireCase(
            "9110 §5.6.1", "empty members of a list", post("Expect: ,100-continue,\r\nContent-Length: 0\r\n"),
            .answers("POST /\n")),
        WireCase("9110 §10.1.1", "an expectation that nobody knows", get("Expect: x\r\n"), .refused(417)),
        WireCase(
            "9110 §10.1.1", "and one in a list", post("Expect: 100-continue, x\r\nContent-Length: 0\r\n"), .refused(417)
        ),
    ]

    static let hosts = [
        WireCase("9110 §7.2", "a name", "GET / HTTP/1.1\r\nHost: example.com\r\n\r\n", .answers("GET /\n")),
        WireCase("9110 §7.2", "a port", "GET / HTTP/1.1\r\nHost: a:8080\r\n\r\n", .answers("GET /\n")),
        WireCase("3986 §3.2.2", "an IPv6 address", "GET / HTTP/1.1\r\nHost: [::1]:8080\r\n\r\n", .answers("GET /\n")),
        WireCase(
            "9112 §3.2", "empty, when there is no authority", "GET / HTTP/1.1\r\nHost:\r\n\r\n", .answers("GET /\n")),
        WireCase(
            "9112 §3.2.2", "another than in the target, which wins", get("", "http://b/"), .answers("GET http://b/\n")),
        WireCase("9112 §3.2", "HTTP/1.0 does without", "GET / HTTP/1.0\r\n\r\n", .answersAndCloses(["GET /\n"])),
        WireCase("9112 §3.2", "missing", "GET / HTTP/1.1\r\n\r\n", .refused(400)),
        WireCase("9112 §3.2", "missing beside an absolute target", "GET http://a/ HTTP/1.1\r\n\r\n", .refused(400)),
        WireCase("9112 §3.2", "repeated", get("Host: b\r\n"), .refused(400)),
        WireCase("9112 §3.2", "repeated with the same value", get("Host: a\r\n"), .refused(400)),
        WireCase("9112 §3.2", "repeated in HTTP/1.0", "GET / HTTP/1.0\r\nHost: a\r\nHost: a\r\n\r\n", .refused(400)),
        WireCase("9112 §3.2", "with a path", "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n", .refused(400)),
        WireCase("9112 §3.2", "with a space", "GET / HTTP/1.1\r\nHost: a b\r\n\r\n", .refused(400)),
        WireCase("9112 §3.2", "a list", "GET / HTTP/1.1\r\nHost: a, b\r\n\r\n", .refused(400)),
        WireCase("9110 §4.2.4", "with user information", "GET / HTTP/1.1\r\nHost: u@a\r\n\r\n", .refused(400)),
        WireCase(
            "3986 §3.2.3", "with a port written with zeros", "GET / HTTP/1.1\r\nHost: a:0000080\r\n\r\n",
            .answers("GET /\n")),
        WireCase("3986 §3.2.3", "with a port of letters", "GET / HTTP/1.1\r\nHost: a:b\r\n\r\n", .refused(400)),
        WireCase("3986 §3.2.2", "an address that is not closed", "GET / HTTP/1.1\r\nHost: [::1\r\n\r\n", .refused(400)),
    ]

    static let hostNames =
        names.map { WireCase("3986 §3.2.2", "a host as it should be: \($0)", host($0), .answers("GET /\n")) }
        + noNames.map { WireCase("3986 §3.2.2", "no host: \($0)", host($0), .refused(400)) }

    private static func host(_ value: String) -> String { "GET / HTTP/1.1\r\nHost: \(value)\r\n\r\n" }

    private static let names = [
        "a%2Eb", "镇平.example", "[::]", "[1::]", "[::1]", "[1:2:3:4:5:6:7:8]", "[1:2:3:4:5:6:7::]", "[::2:3:4:5:6:7:8]",
        "[fe80::A:b]:80", "[::ffff:192.0.2.1]", "[1:2:3:4:5:6:0.0.0.255]", "[::]:",
    ]

    private static let noNames = [
        "a%", "a%4", "a%zz", "[]", "[:]", "[:::]", "[::1::]", "[1:2:3:4:5:6:7]", "[1:2:3:4:5:6:7:8:9]", "[12345::]",
        "[1:2:3:4:5:6:7:8::]", "[1:]", "[:1]", "[::g]", "[::1.2.3]", "[::1.2.3.4.5]", "[::1.2.3.256]", "[::01.2.3.4]",
        "[::1.2.3.4:5]", "[1:2:3:4:5:6:7:1.2.3.4]", "[::1]a", "[[::1]]", "[::1%25eth0]",
    ]
}
