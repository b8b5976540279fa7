/// A character set that documents come in.
public enum TextEncoding: Sendable, Hashable, CaseIterable {
    /// UTF-8.
    case utf8
    /// UTF-16, low byte first.
    case utf16LittleEndian
    /// UTF-16, high byte first.
    case utf16BigEndian
    /// GB18030, and with it GBK and GB2312, which are parts of it.
    case gb18030
    /// Big5 with the Hong Kong supplement.
    case big5
    /// Windows-1252, and with it Latin-1 and ASCII, as the labels are understood on the web.
    case windows1252

    /// The IANA name.
    public var name: String {
        switch self {
        case .utf8: "UTF-8"
        case .utf16LittleEndian: "UTF-16LE"
        case .utf16BigEndian: "UTF-16BE"
        case .gb18030: "GB18030"
        case .big5: "Big5"
        case .windows1252: "windows-1252"
        }
    }

    /// Finds the character set of a label such as `gb2312`, in any case and with white space around it.
    ///
    /// - Throws: `unknownCharset`.
    public init(label: String) throws(CodecError) {
        let lower = label.lowercased().filter { !$0.isWhitespace && $0 != "\"" && $0 != "'" }
        guard let encoding = TextEncoding.labels[lower] else { throw .unknownCharset(label: label) }
        self = encoding
    }

    // encoding.spec.whatwg.org, 4.2 "Names and labels": those of the sets above.
    private static let labels: [String: TextEncoding] = {
        let groups: [(TextEncoding, [String])] = [
            (.utf8, ["utf-8", "utf8", "unicode-1-1-utf-8", "unicode11utf8", "unicode20utf8", "x-unicode20utf8"]),
            (
                .utf16LittleEndian,
                ["utf-16", "utf-16le", "utf16", "utf16le", "unicode", "ucs-2", "iso-10646-ucs-2", "csunicode"]
            ),
            (.utf16BigEndian, ["utf-16be", "utf16be", "unicodefffe"]),
            (
                .gb18030,
                [
                    "gb18030", "gb-18030", "gbk", "x-gbk", "gb2312", "gb-2312", "gb_2312", "gb_2312-80", "gb2312-80",
                    "csgb2312", "iso-ir-58", "csiso58gb231280", "chinese", "cp936", "ms936", "windows-936", "936",
                    "euc-cn", "euccn", "cn-gb", "gb18030-2000", "gb18030-2005", "gb18030-2022",
                ]
            ),
            (.big5, ["big5", "big5-hkscs", "cn-big5", "csbig5", "x-x-big5", "cp950", "windows-950"]),
            (
                .windows1252,
                [
                    "windows-1252", "cp1252", "x-cp1252", "iso-8859-1", "iso8859-1", "iso88591", "iso_8859-1", "latin1",
                    "l1", "us-ascii", "ascii", "ansi_x3.4-1968", "cp819", "ibm819", "csisolatin1", "iso-ir-100",
                ]
            ),
        ]
        var labels: [String: TextEncoding] = [:]
        for (encoding, names) in groups {
            for name in names { labels[name] = encoding }
        }
        return labels
    }()
}
