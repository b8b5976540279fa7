/// RFC 9112 §9: how long a connection lasts, and what is too large.
extension WireCase {
    static let connections = [
        WireCase("9112 §9.3", "HTTP/1.1 persists", get() + get("", "/b"), .answers(["GET /\n", "GET /b\n"])),
        WireCase("9112 §9.3", "HTTP/1.0 does not", "GET / HTTP/1.0\r\n\r\n", .answersAndCloses(["GET /\n"])),
        WireCase(
            "9112 §9.3", "HTTP/1.0 with keep-alive does", "GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n" + get(),
            .answers(["GET /\n", "GET /\n"])),
        WireCase(
            "9112 §9.6", "Connection: close ends it", get("Connection: close\r\n"), .answersAndCloses(["GET /\n"])),
        WireCase(
            "9112 §9.6", "in a list, in any case", get("Connection: x, CLOSE\r\n"), .answersAndCloses(["GET /\n"])),
        WireCase(
            "9112 §9.3", "close wins over keep-alive", get("Connection: keep-alive\r\nConnection: close\r\n"),
            .answersAndCloses(["GET /\n"])),
        WireCase(
            "9110 §7.8", "an upgrade that is not wanted is ignored",
            get("Connection: upgrade\r\nUpgrade: h2c\r\n") + get(),
            .answers(["GET /\n", "GET /\n"])),
        WireCase(
            "9112 §9.3.2", "a request with a body among others",
            get() + post("Content-Length: 1\r\n", "a") + chunked("1\r\nb\r\n0\r\n\r\n")
                + get(), .answers(["GET /\n", "POST /\na", "POST /\nb", "GET /\n"])),
        WireCase(
            "9112 §9.3.2", "what stands before a bad request is answered", get() + get("", "/b") + get("X : a\r\n"),
            .refused(400, after: ["GET /\n", "GET /b\n"])),
        WireCase(
            "9112 §9.3.2", "a body that was too long is a bad request", post("Content-Length: 1\r\n", "abc /\r\n\r\n"),
            .refused(400, after: ["POST /\na"])),
    ]

    static let sizes = [
        WireCase(
            "9110 §15.5.15", "a request line of 8 KiB", get("", "/" + letters(8 * 1024 - 14)),
            .answers("GET /\(letters(8 * 1024 - 14))\n")),
        WireCase("9110 §15.5.15", "a longer one", get("", "/" + letters(8 * 1024 - 13)), .refused(414)),
        WireCase("6585 §5", "a field section of 32 KiB", get("X: \(letters(32 * 1024 - 16))\r\n"), .answers("GET /\n")),
        WireCase("6585 §5", "a larger one", get("X: \(letters(32 * 1024))\r\n"), .refused(431)),
        WireCase("6585 §5", "a hundred fields", get(String(repeating: "X: a\r\n", count: 99)), .answers("GET /\n")),
        WireCase("6585 §5", "more", get(String(repeating: "X: a\r\n", count: 100)), .refused(431)),
        WireCase(
            "9112 §7.1.1", "a chunk extension without end", chunked("3;\(letters(33 * 1024))\r\nabc\r\n0\r\n\r\n"),
            .refused(400)),
        WireCase(
            "9112 §7.1.1", "extensions without end, a few bytes at a time",
            chunked(String(repeating: "1;\(letters(500))\r\na\r\n", count: 80) + "0\r\n\r\n"), .refused(400)),
        WireCase(
            "9112 §7.1.1", "as many that their data make up for",
            chunked(String(repeating: "1F4;\(letters(400))\r\n\(letters(500))\r\n", count: 80) + "0\r\n\r\n"),
            .answers("POST /\n" + letters(40_000))),
        WireCase("6585 §5", "trailers without end", chunked("0\r\nX: \(letters(33 * 1024))\r\n\r\n"), .refused(431)),
    ]

    private static func letters(_ count: Int) -> String { String(repeating: "a", count: count) }
}
