/// A Swift file as the rules of the house see it.
struct SwiftFile {
    /// The path from the root of the repository.
    let path: String
    /// What stands in the file.
    let text: String
    /// The same without comments and without what stands in string literals; interpolations stay.
    let code: String

    init(path: String, text: String) {
        self.path = path
        self.text = text
        var stripper = Stripper(bytes: Array(text.utf8))
        stripper.code(inInterpolation: false)
        code = String(decoding: stripper.output, as: UTF8.self)
    }

    /// The modules that the file imports, whole or in part.
    var imports: Set<String> {
        // Attributes and an access level may stand before `import`, the kind of one declaration after it.
        let statement = /^[ \t]*(?:@\w+(?:\([^)\n]*\))?[ \t]+)*(?:\w+[ \t]+)?import[ \t]+(?:[a-z]+[ \t]+)?(\w+)/
        return Set(code.matches(of: statement.anchorsMatchLineEndings()).map { String($0.output.1) })
    }

    /// The number of lines, a last one without line end counted.
    var lineCount: Int {
        let ends = text.utf8.count { $0 == UInt8(ascii: "\n") }
        return text.isEmpty || text.hasSuffix("\n") ? ends : ends + 1
    }
}

/// Copies code and leaves out comments and the text of string literals.
private struct Stripper {
    let bytes: [UInt8]
    var position = 0
    var output: [UInt8] = []

    init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// Copies code to the end of the file, or up to the parenthesis that closes an interpolation.
    mutating func code(inInterpolation: Bool) {
        var depth = 0
        while position < bytes.count {
            let byte = bytes[position]
            if starts("//") {
                skipLine()
            } else if starts("/*") {
                skipComment()
            } else if let hashes = hashesBeforeQuote() {
                string(hashes: hashes)
            } else {
                if byte == UInt8(ascii: "(") { depth += 1 }
                if byte == UInt8(ascii: ")") {
                    if inInterpolation && depth == 0 { return }
                    depth -= 1
                }
                output.append(byte)
                position += 1
            }
        }
    }

    private mutating func string(hashes: Int) {
        position += hashes
        let quotes = starts("\"\"\"") ? 3 : 1
        let fence = String(repeating: "#", count: hashes)
        let end = String(repeating: "\"", count: quotes) + fence
        position += quotes
        output.append(UInt8(ascii: "\""))
        while position < bytes.count, !starts(end) {
            if starts("\\\(fence)(") {
                position += hashes + 2
                output.append(UInt8(ascii: "("))
                code(inInterpolation: true)
                output.append(UInt8(ascii: ")"))
                position += 1
            } else if starts("\\\(fence)") {
                position += hashes + 2
            } else {
                if bytes[position] == UInt8(ascii: "\n") {
                    // A lone quote, as a regular expression may have one, opens no string: go on with the next line.
                    if quotes == 1 { return }
                    output.append(UInt8(ascii: "\n"))
                }
                position += 1
            }
        }
        position += end.utf8.count
        output.append(UInt8(ascii: "\""))
    }

    private mutating func skipLine() {
        while position < bytes.count, bytes[position] != UInt8(ascii: "\n") { position += 1 }
    }

    private mutating func skipComment() {
        var depth = 0
        repeat {
            if starts("/*") {
                depth += 1
                position += 2
            } else if starts("*/") {
                depth -= 1
                position += 2
            } else {
                if bytes[position] == UInt8(ascii: "\n") { output.append(UInt8(ascii: "\n")) }
                position += 1
            }
        } while depth > 0 && position < bytes.count
    }

    /// How many `#` stand before the quote that opens a literal here; nil where none opens.
    private func hashesBeforeQuote() -> Int? {
        var next = position
        while next < bytes.count, bytes[next] == UInt8(ascii: "#") { next += 1 }
        return next < bytes.count && bytes[next] == UInt8(ascii: "\"") ? next - position : nil
    }

    private func starts(_ token: String) -> Bool {
        position < bytes.count && bytes[position...].starts(with: token.utf8)
    }
}
