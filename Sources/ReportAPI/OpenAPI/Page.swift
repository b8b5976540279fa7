internal import Codecs

/// A page of the server: one style, no script, nothing from elsewhere.
struct Page: Sendable {
    let language: Language
    let title: String
    /// What stands in its body, as HTML.
    let content: String

    static let mediaType = "text/html; charset=utf-8"

    /// What keeps a browser from loading or running anything but the style.
    static let policy =
        "default-src 'none'; style-src 'sha256-\(Base64.encode(Digest(of: Array(style.utf8)).bytes))'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

    /// The page.
    var bytes: [UInt8] {
        Array(
            """
            <!doctype html>
            <html lang="\(language.rawValue)">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>\(HTMLText.escaped(title))</title>
            <style>\(Self.style)</style>
            </head>
            <body>
            \(content)
            </body>
            </html>

            """.utf8)
    }

    private static let style = """
        :root { color-scheme: light dark; --ink: #1b1f24; --paper: #fff; --soft: #59636e; --line: #d1d9e0; --shade: #f4f6f8; --link: #0a58ca }
        @media (prefers-color-scheme: dark) {
          :root { --ink: #e6e9ed; --paper: #14171b; --soft: #9aa4af; --line: #363d46; --shade: #1e2329; --link: #79b0ff }
        }
        * { box-sizing: border-box }
        body { margin: 0 auto; max-width: 60rem; padding: 1rem; background: var(--paper); color: var(--ink);
          font: 1rem/1.55 system-ui, "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif; overflow-wrap: break-word }
        a { color: var(--link) }
        h1 { line-height: 1.2 } h2 { margin-top: 2.5rem; border-bottom: 1px solid var(--line) }
        h3 { margin: 2rem 0 .25rem; font-size: 1.05rem }
        code, pre { font: .875em/1.5 ui-monospace, "SF Mono", Menlo, Consolas, monospace }
        pre { overflow-x: auto; padding: .6rem .8rem; background: var(--shade); border: 1px solid var(--line); border-radius: .4rem }
        .wide { overflow-x: auto }
        table { border-collapse: collapse; width: 100%; font-size: .925rem }
        th, td { padding: .3rem .6rem .3rem 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top }
        th { color: var(--soft); font-weight: 600 } td:first-child { white-space: nowrap }
        .soft { color: var(--soft) } .method { font-weight: 700 }
        nav ul { columns: 18rem; padding-left: 1.2rem }
        summary { cursor: pointer; color: var(--link) }
        """
}

/// Base64 (RFC 4648 §4).
enum Base64 {
    private static let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")

    static func encode(_ bytes: [UInt8]) -> String {
        var text = ""
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            let bits = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
            for place in 0..<4 {
                text.append(place <= group.count ? digits[bits >> (18 - 6 * place) & 63] : "=")
            }
        }
        return text
    }
}
