internal import Reports

extension RegionDirectory {
    /// The full name of the division with a code, from the province down, as it was called in a year; the code itself
    /// where the list does not have it.
    func fullName(of code: String, in year: Int) -> String {
        (region(code, in: year) ?? self[code]).map { fullName(of: $0) } ?? code
    }
}

/// The codes that begin with a prefix, as bounds for an index: from the first one to before the second one.
struct RegionCodes {
    let lowerBound: String
    let upperBound: String

    /// All codes of a division: those that begin with `code` without its pairs of zeros at the end, so 4113 for 411300.
    init(below code: String) {
        var prefix = code[...]
        while prefix.utf8.count > 2, prefix.utf8.count.isMultiple(of: 2), prefix.hasSuffix("00") {
            prefix = prefix.dropLast(2)
        }
        lowerBound = String(prefix)
        // In ASCII a colon comes right after the digits: no code that begins with the prefix is beyond it.
        upperBound = prefix + ":"
    }

    /// Whether a code is one of them.
    func holds(_ code: String) -> Bool { lowerBound <= code && code < upperBound }

    /// The codes of a division and of all above it, the lowest first: what `init(below:)` holds it for. They need not
    /// stand in any list.
    static func upwards(from code: String) -> [String] {
        var codes = [code]
        for length in [4, 2] {
            let above = code.prefix(length) + String(repeating: "0", count: max(0, code.utf8.count - length))
            if codes.last != String(above) { codes.append(String(above)) }
        }
        return codes
    }
}
