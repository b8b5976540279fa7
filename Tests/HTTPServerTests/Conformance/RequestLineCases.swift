/// RFC 9112 §2 and §3: where a message begins, and its first line.
extension WireCase {
    static let requestLines = [
        WireCase("9112 §3", "method, space, target, space, version", get(), .answers("GET /\n")),
        WireCase("9112 §2.2", "an empty line before it is skipped", "\r\n" + get(), .answers("GET /\n")),
        WireCase("9112 §2.2", "several empty lines, too", "\r\n\r\n\r\n" + get(), .answers("GET /\n")),
        WireCase(
            "9112 §2.2", "an empty line behind a body, as old clients send",
            post("Content-Length: 1\r\n", "a\r\n") + get(),
            .answers(["POST /\na", "GET /\n"])),
        WireCase("9110 §9.1", "a method is any token", "BREW-2 / HTTP/1.1\r\nHost: a\r\n\r\n", .answers("BREW-2 /\n")),
        WireCase("9110 §9.1", "and case-sensitive", "get / HTTP/1.1\r\nHost: a\r\n\r\n", .answers("get /\n")),
        WireCase("9110 §9.3.6", "CONNECT asks for a tunnel", "CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n", .refused(501)),
        WireCase("9112 §3", "two spaces before the target", "GET  / HTTP/1.1\r\nHost: a\r\n\r\n", .refused(400)),
        WireCase("9112 §3", "two spaces before the version", "GET /  HTTP/1.1\r\nHost: a\r\n\r\n", .refused(400)),
        WireCase("9112 §3", "a tab for a space", "GET\t/ HTTP/1.1\r\nHost: a\r\n\r\n", .refused(400)),
        WireCase("9112 §3", "a tab behind the target", "GET /\tHTTP/1.1\r\nHost: a\r\n\r\n", .refused(400)),
        WireCase("9112 §3", "a space before the method", " GET / HTTP/1.1\r\nHost: a\r\n\r\n", .refused(400)),
        WireCase("9112 §3", "a space behind the version", "GET / HTTP/1.1 \r\nHost: a\r\n\r\n", .refused(400)),
        WireCase("9112 §3", "no method", " / HTTP/1.1\r\nHost: a\r\n\r\n", .refused(400)),
        WireCase("9110 §5.6.2", "a method that is no token", "G@T / HTTP/1.1\r\nHost: a\r\n\r\n", .refused(400)),
        WireCase("9112 §2.2", "a bare LF behind it", "GET / HTTP/1.1\nHost: a\r\n\r\n", .refused(400)),
        WireCase("9112 §2.2", "a bare CR behind it", "GET / HTTP/1.1\rHost: a\r\n\r\n", .refused(400)),
        WireCase("9112 §2.2", "a bare LF before it", "\n" + get(), .refused(400)),
        WireCase("9112 §2.3", "no version, as in HTTP/0.9", "GET /\r\n\r\n", .refused(400)),
        WireCase("9112 §2.3", "a version in lower case", "GET / http/1.1\r\nHost: a\r\n\r\n", .refused(400)),
        WireCase("9112 §2.3", "a minor version of two digits", "GET / HTTP/1.10\r\nHost: a\r\n\r\n", .refused(400)),
        WireCase("9112 §2.3", "a major version of two digits", "GET / HTTP/11.1\r\nHost: a\r\n\r\n", .refused(400)),
        WireCase("9112 §2.3", "a version without a point", "GET / HTTP/1\r\nHost: a\r\n\r\n", .refused(400)),
        WireCase("9112 §2.3", "a version of letters", "GET / HTTP/x.y\r\nHost: a\r\n\r\n", .refused(400)),
        WireCase("9112 §2.3", "another protocol", "GET / ICAP/1.1\r\nHost: a\r\n\r\n", .refused(400)),
        WireCase("9110 §15.6.6", "a major version we do not speak", "GET / HTTP/2.0\r\nHost: a\r\n\r\n", .refused(505)),
        WireCase("9110 §15.6.6", "an old one", "GET / HTTP/0.9\r\nHost: a\r\n\r\n", .refused(505)),
        WireCase(
            "9110 §2.5", "a later minor version is understood", "GET / HTTP/1.2\r\nHost: a\r\n\r\n", .answers("GET /\n")
        ),
        WireCase("9113 §3.4", "the HTTP/2 preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", .refused(505)),
        WireCase(
            "8446 §5.1", "a TLS hello", bytes: [0x16, 3, 1, 2, 0, 1, 0, 1, 0xFC, 3, 3, 0x2A, 13, 10], .refused(400)),
        WireCase("9112 §8", "a head that ends early", "GET / HTTP/1.1\r\nHost", .cutShort(400)),
        WireCase("9112 §8", "a line that ends early", "GET /", .cutShort(400)),
    ]

    static let targets = [
        WireCase("9112 §3.2.1", "origin-form with a query", get("", "/a/b?c=d&e"), .answers("GET /a/b?c=d&e\n")),
        WireCase(
            "3986 §2.1", "percent-encoding is left as it is", get("", "/%E9%95%87%2F"), .answers("GET /%E9%95%87%2F\n")),
        WireCase(
            "9112 §3.2", "raw UTF-8, as curl sends it", get("", "/reports/镇平县/2023"),
            .answers("GET /reports/镇平县/2023\n")),
        WireCase("9112 §3.2.2", "absolute-form", get("", "http://b/c?d"), .answers("GET http://b/c?d\n")),
        WireCase("9112 §3.2.2", "absolute-form without a path", get("", "HTTPS://b"), .answers("GET HTTPS://b\n")),
        WireCase("9112 §3.2.4", "asterisk-form", "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n", .answers("OPTIONS *\n")),
        WireCase("9112 §3.2.4", "an asterisk is for OPTIONS alone", get("", "*"), .refused(400)),
        WireCase("9112 §3.2", "a target of no form", get("", "a"), .refused(400)),
        WireCase("9112 §3.2", "an unknown scheme", get("", "ftp://a/"), .refused(400)),
        WireCase("9112 §3.2.2", "absolute-form without a host", get("", "http:///a"), .refused(400)),
        WireCase("9110 §4.2.1", "a port alone", get("", "http://:80/a"), .refused(400)),
        WireCase("9110 §4.2.4", "user information", get("", "http://u:p@a/"), .refused(400)),
        WireCase("9112 §3.2", "a fragment is never sent", get("", "/#a"), .refused(400)),
        WireCase("9112 §3.2", "NUL in it", get("", "/\0"), .refused(400)),
        WireCase("9112 §3.2", "a control character in it", get("", "/\u{1}"), .refused(400)),
        WireCase("9112 §3.2", "DEL in it", get("", "/\u{7F}"), .refused(400)),
        WireCase("9112 §3.2", "a bare CR in it", get("", "/\r/"), .refused(400)),
    ]
}
