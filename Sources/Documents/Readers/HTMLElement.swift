/// What an element means to the reader.
enum HTMLElement {
    /// Nothing: its text runs on.
    case inline
    /// A block of its own: text before and after it stands apart.
    case block
    /// A block whose line ends count.
    case preformatted
    /// `h1` to `h6`.
    case heading(Int)
    /// `br`.
    case lineBreak
    /// What no reader of the page sees, or sees struck out.
    case invisible
    /// Something that shows no text of the page: a picture, a field of a form, another page.
    case object
    /// `sup` and `sub`.
    case shifted(TextShift)
    /// `title`.
    case title
    /// `meta`.
    case meta
    /// `table`.
    case table
    /// `thead`, `tbody`, `tfoot`.
    case section
    /// `tr`.
    case row
    /// `td`, `th`.
    case cell

    /// The meaning of an element by its lower-case name; unknown ones, such as Word's `o:p`, mean nothing.
    init(name: String) {
        self = HTMLElement.named[name] ?? .inline
    }

    private static let named: [String: HTMLElement] = {
        var elements: [String: HTMLElement] = [
            "br": .lineBreak, "title": .title, "meta": .meta, "table": .table, "tr": .row, "td": .cell, "th": .cell,
            "thead": .section, "tbody": .section, "tfoot": .section, "pre": .preformatted, "listing": .preformatted,
            "sup": .shifted(.raised), "sub": .shifted(.lowered),
        ]
        for level in 1...6 { elements["h\(level)"] = .heading(level) }
        let blocks = [
            "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "dir",
            "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "frameset", "head", "header",
            "hgroup", "hr", "html", "legend", "li", "main", "menu", "nav", "ol", "optgroup", "p", "search", "section",
            "summary", "ul",
        ]
        for name in blocks { elements[name] = .block }
        // `rt` and `rp` are readings above the text; an `annotation` repeats a formula; `xml` is Word's own data.
        let invisible = [
            "annotation", "annotation-xml", "audio", "datalist", "del", "noembed", "noframes", "noscript", "option",
            "rp",
            "rt", "s", "script", "strike", "style", "template", "xml",
        ]
        for name in invisible { elements[name] = .invisible }
        let objects = [
            "applet", "canvas", "embed", "iframe", "img", "input", "object", "select", "svg", "textarea", "video",
        ]
        for name in objects { elements[name] = .object }
        return elements
    }()
}

/// The attributes that the reader looks at.
struct HTMLAttributes {
    /// The spans, of a cell.
    var cell = FlowCell()
    /// Whether an attribute hides the element: `hidden`, or the type of a field.
    var isHidden = false
    /// Whether its class is the one that Word gives to the numbers of notes.
    var isNoteMark = false
    /// Its own style.
    var style = HTMLStyle()
    /// What selectors ask for, where the page has a style sheet.
    var target: HTMLTarget?
    /// `name` and `content`, of a `meta` element only.
    var name: String?
    var content: String?

    /// A span as the HTML standard reads it: digits up to the first other character, 1 for anything senseless.
    ///
    /// Zero means "to the end of the section" for rows; the standard's upper bounds hold.
    static func span(_ digits: Span<UInt8>, zero: Int, maximum: Int) -> Int {
        var value = 0
        var hasDigit = false
        for index in digits.indices {
            let byte = digits[index]
            if byte <= 0x20, !hasDigit { continue }
            guard (0x30...0x39).contains(byte) else { break }
            hasDigit = true
            value = min(value * 10 + Int(byte - 0x30), maximum)
        }
        guard hasDigit else { return 1 }
        return value == 0 ? zero : value
    }
}
