/// What a server with the sample reports answers: the examples of the description. Lists are cut to two items, texts to
/// 400 characters.
///
/// `SampleAnswerTests` hold each line to the running server, and write this file anew with `WRITE_SAMPLE_ANSWERS=1`.
enum SampleAnswers {
    /// The names, in the order of the file.
    static let names = lines.map(\.name)

    /// The JSON of each.
    static let all = Dictionary(lines.map { ($0.name, $0.json) }) { first, _ in first }

    private static let lines = text.split(separator: "\n").map { line in
        let parts = line.split(separator: " ", maxSplits: 1)
        return (name: String(parts[0]), json: parts.count > 1 ? Array(parts[1].utf8) : [])
    }

    private static let text = #"""
        """#
}
