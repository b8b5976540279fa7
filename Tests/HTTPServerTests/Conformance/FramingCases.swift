/// RFC 9112 §6 and §7: where a message ends. Whatever two readers could see differently is refused.
extension WireCase {
    static let lengths = [
        WireCase("9112 §6.3", "a body by length", post("Content-Length: 3\r\n", "abc"), .answers("POST /\nabc")),
        WireCase("9112 §6.3", "of no bytes", post("Content-Length: 0\r\n"), .answers("POST /\n")),
        WireCase("9112 §6.3", "no body without either field", post(""), .answers("POST /\n")),
        WireCase("9110 §8.6", "leading zeros", post("Content-Length: 0003\r\n", "abc"), .answers("POST /\nabc")),
        WireCase(
            "9112 §6.3", "a body of GET", get("Content-Length: 3\r\n") + "abc" + get(),
            .answers(["GET /\nabc", "GET /\n"])),
        WireCase(
            "9112 §6.3", "the next request begins right behind", post("Content-Length: 3\r\n", "abc") + get(),
            .answers(["POST /\nabc", "GET /\n"])),
        WireCase("9110 §8.6", "a plus sign", post("Content-Length: +3\r\n", "abc"), .refused(400)),
        WireCase("9110 §8.6", "a minus sign", post("Content-Length: -3\r\n", "abc"), .refused(400)),
        WireCase("9110 §8.6", "empty", post("Content-Length:\r\n"), .refused(400)),
        WireCase("9110 §8.6", "hexadecimal", post("Content-Length: 0x3\r\n", "abc"), .refused(400)),
        WireCase("9110 §8.6", "a fraction", post("Content-Length: 3.0\r\n", "abc"), .refused(400)),
        WireCase("9110 §8.6", "digits of another script", post("Content-Length: ３\r\n", "abc"), .refused(400)),
        WireCase("9110 §8.6", "two numbers", post("Content-Length: 3 3\r\n", "abc"), .refused(400)),
        WireCase("9112 §6.3", "a list", post("Content-Length: 3, 3\r\n", "abc"), .refused(400)),
        WireCase(
            "9112 §6.3", "repeated with another value", post("Content-Length: 3\r\nContent-Length: 4\r\n", "abc"),
            .refused(400)),
        WireCase(
            "9112 §6.3", "repeated with the same", post("Content-Length: 3\r\nContent-Length: 3\r\n", "abc"),
            .refused(400)),
        WireCase(
            "9110 §8.6", "overflowing 64 bits", post("Content-Length: 18446744073709551617\r\n", "a"), .refused(400)),
        WireCase(
            "9110 §8.6", "overflowing a signed number", post("Content-Length: 9223372036854775808\r\n", "a"),
            .refused(400)),
        WireCase("9110 §15.5.14", "more than we take", post("Content-Length: 9223372036854775807\r\n"), .refused(413)),
        WireCase("9112 §8", "a body that ends early", post("Content-Length: 3\r\n", "ab"), .cutShort(400)),
    ]

    static let codings = [
        WireCase(
            "9112 §6.1", "chunked in any case", post("Transfer-Encoding: ChunKed\r\n", "0\r\n\r\n"),
            .answers("POST /\n")),
        WireCase(
            "9112 §6.1", "with Content-Length",
            post("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"), .refused(400)),
        WireCase(
            "9112 §6.1", "in the other order", post("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n", "0\r\n\r\n"),
            .refused(400)),
        WireCase(
            "9112 §6.1", "with Content-Length: 0",
            post("Transfer-Encoding: chunked\r\nContent-Length: 0\r\n", "0\r\n\r\n"), .refused(400)),
        WireCase(
            "9112 §6.1", "in HTTP/1.0", "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", .refused(400)),
        WireCase("9112 §6.3", "not ending in chunked", post("Transfer-Encoding: gzip\r\n"), .refused(400)),
        WireCase(
            "9112 §6.3", "chunked, but not last", post("Transfer-Encoding: chunked, gzip\r\n", "0\r\n\r\n"),
            .refused(400)),
        WireCase(
            "9112 §7", "identity, which is no coding any more", post("Transfer-Encoding: identity\r\n"), .refused(400)),
        WireCase(
            "9112 §6.1", "a coding like chunked", post("Transfer-Encoding: xchunked\r\n", "0\r\n\r\n"), .refused(400)),
        WireCase(
            "9112 §6.1", "chunked with a parameter", post("Transfer-Encoding: chunked;a=b\r\n", "0\r\n\r\n"),
            .refused(400)),
        WireCase(
            "9112 §6.1", "chunked in quotes", post("Transfer-Encoding: \"chunked\"\r\n", "0\r\n\r\n"), .refused(400)),
        WireCase(
            "9112 §6.1", "behind a vertical tab", post("Transfer-Encoding: \u{B}chunked\r\n", "0\r\n\r\n"),
            .refused(400)),
        WireCase("9112 §6.1", "empty", post("Transfer-Encoding:\r\n"), .refused(400)),
        WireCase(
            "9112 §6.1", "chunked twice", post("Transfer-Encoding: chunked, chunked\r\n", "0\r\n\r\n"), .refused(400)),
        WireCase(
            "9112 §6.1", "chunked in two lines",
            post("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"),
            .refused(400)),
        WireCase(
            "9112 §6.1", "another coding before chunked", post("Transfer-Encoding: gzip, chunked\r\n", "0\r\n\r\n"),
            .refused(501)),
    ]

    static let chunks = [
        WireCase("9112 §7.1", "chunks", chunked("3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"), .answers("POST /\nabcde")),
        WireCase(
            "9112 §7.1", "sizes in both cases", chunked("A\r\n0123456789\r\na\r\n0123456789\r\n0\r\n\r\n"),
            .answers("POST /\n01234567890123456789")),
        WireCase(
            "9112 §7.1", "leading zeros, and several of them at the end", chunked("003\r\nabc\r\n000\r\n\r\n"),
            .answers("POST /\nabc")),
        WireCase("9112 §7.1.1", "an extension", chunked("3;a=b\r\nabc\r\n0;c\r\n\r\n"), .answers("POST /\nabc")),
        WireCase(
            "9112 §7.1.1", "an extension behind white space", chunked("3 \t;a=\"b c\"\r\nabc\r\n0\r\n\r\n"),
            .answers("POST /\nabc")),
        WireCase("9112 §7.1.2", "trailers", chunked("3\r\nabc\r\n0\r\nT: u\r\nV: w\r\n\r\n"), .answers("POST /\nabc")),
        WireCase(
            "9112 §7.1.2", "trailers frame nothing", chunked("0\r\nContent-Length: 9\r\n\r\n") + get(),
            .answers(["POST /\n", "GET /\n"])),
        WireCase(
            "9112 §7.1", "a request behind the last chunk", chunked("1\r\na\r\n0\r\n\r\n") + get(),
            .answers(["POST /\na", "GET /\n"])),
        WireCase("9112 §7.1", "a size with a sign", chunked("+3\r\nabc\r\n0\r\n\r\n"), .refused(400)),
        WireCase("9112 §7.1", "a negative size", chunked("-3\r\nabc\r\n0\r\n\r\n"), .refused(400)),
        WireCase("9112 §7.1", "a size with a prefix", chunked("0x3\r\nabc\r\n0\r\n\r\n"), .refused(400)),
        WireCase("9112 §7.1", "a size with an underscore", chunked("1_0\r\nabc\r\n0\r\n\r\n"), .refused(400)),
        WireCase("9112 §7.1", "white space before a size", chunked(" 3\r\nabc\r\n0\r\n\r\n"), .refused(400)),
        WireCase("9112 §7.1", "white space behind a size", chunked("3 \r\nabc\r\n0\r\n\r\n"), .refused(400)),
        WireCase("9112 §7.1", "an empty size", chunked("\r\nabc\r\n0\r\n\r\n"), .refused(400)),
        WireCase("9112 §7.1", "an extension without a size", chunked(";a\r\nabc\r\n0\r\n\r\n"), .refused(400)),
        WireCase(
            "9112 §7.1", "a size that overflows 64 bits", chunked("10000000000000003\r\nabc\r\n0\r\n\r\n"),
            .refused(400)),
        WireCase(
            "9112 §7.1", "a size that overflows a signed number", chunked("8000000000000000\r\nabc\r\n0\r\n\r\n"),
            .refused(400)),
        WireCase("9112 §7.1", "a chunk longer than its size", chunked("3\r\nabcd\r\n0\r\n\r\n"), .refused(400)),
        WireCase("9112 §7.1", "a chunk shorter than its size", chunked("4\r\nabc\r\n0\r\n\r\n"), .refused(400)),
        WireCase("9112 §7.1", "a bare LF behind a size", chunked("3\nabc\r\n0\r\n\r\n"), .refused(400)),
        WireCase("9112 §7.1", "a bare CR behind a size", chunked("3\rabc\r\n0\r\n\r\n"), .refused(400)),
        WireCase("9112 §7.1", "a bare LF behind a chunk", chunked("3\r\nabc\n0\r\n\r\n"), .refused(400)),
        WireCase("9112 §7.1", "nothing behind a chunk", chunked("3\r\nabc0\r\n\r\n"), .refused(400)),
        WireCase(
            "9112 §7.1.1", "several extensions, white space around their signs",
            chunked("3;a ; b = c\t;d=\"e;\\\"\"\r\nabc\r\n0\r\n\r\n"), .answers("POST /\nabc")),
        WireCase("9112 §7.1.1", "an extension without a name", chunked("3;\r\nabc\r\n0\r\n\r\n"), .refused(400)),
        WireCase("9112 §7.1.1", "a value without a name", chunked("3;=a\r\nabc\r\n0\r\n\r\n"), .refused(400)),
        WireCase("9112 §7.1.1", "a name without its value", chunked("3;a=\r\nabc\r\n0\r\n\r\n"), .refused(400)),
        WireCase("9112 §7.1.1", "a value that is not closed", chunked("3;a=\"b\r\nabc\r\n0\r\n\r\n"), .refused(400)),
        WireCase("9112 §7.1.1", "white space behind an extension", chunked("3;a \r\nabc\r\n0\r\n\r\n"), .refused(400)),
        WireCase("9112 §7.1.1", "words behind an extension", chunked("3;a b\r\nabc\r\n0\r\n\r\n"), .refused(400)),
        WireCase("9112 §7.1.1", "a bare CR in an extension", chunked("3;a\rb\r\nabc\r\n0\r\n\r\n"), .refused(400)),
        WireCase("9112 §7.1.1", "a bare LF in an extension", chunked("3;a\nb\r\nabc\r\n0\r\n\r\n"), .refused(400)),
        WireCase("9112 §7.1.1", "NUL in an extension", chunked("3;\0\r\nabc\r\n0\r\n\r\n"), .refused(400)),
        WireCase("9112 §7.1.2", "a folded trailer", chunked("0\r\nT: u\r\n v\r\n\r\n"), .refused(400)),
        WireCase("9112 §7.1.2", "white space before a trailer's colon", chunked("0\r\nT : u\r\n\r\n"), .refused(400)),
        WireCase("9112 §7.1.2", "a bare LF behind a trailer", chunked("0\r\nT: u\n\r\n"), .refused(400)),
        WireCase("9112 §8", "a chunk that ends early", chunked("3\r\nab"), .cutShort(400)),
        WireCase("9112 §8", "no last chunk", chunked("3\r\nabc\r\n"), .cutShort(400)),
    ]
}
