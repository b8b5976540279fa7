/// Collects the text of a page, white space collapsed as a browser does, one run (a paragraph or a cell) at a time.
struct FlowText {
    /// A paragraph or cell that is being collected.
    struct Run {
        /// Where its text begins.
        var start: Int
        /// Where its current line begins.
        var lineStart: Int
        /// White space was met and not yet written.
        var hasSpace = false
        /// That white space held a line end.
        var hasLineEnd = false
        /// A line break was met inside a cell and not yet written.
        var hasBreak = false
        /// The line of its first character in the source.
        var line: Int?
    }

    /// The text of all runs end to end.
    private(set) var text: [UInt8] = []
    private(set) var run = Run(start: 0, lineStart: 0)

    /// Whether nothing stands on the line that is being collected.
    var isAtLineStart: Bool { run.hasBreak || text.count == run.lineStart }

    /// Adds characters; `line` is the line of the source after the last of them.
    mutating func append(_ characters: Span<UInt8>, lineAfter line: Int) {
        var index = 0
        while index < characters.count {
            if characters[index] <= 0x20 {
                run.hasSpace = true
                if characters[index] == 0x0A { run.hasLineEnd = true }
                index += 1
            } else {
                index = appendWord(characters, from: index, lineAfter: line)
            }
        }
    }

    /// Ends the current line of a run; what follows begins a new one, unless nothing does.
    mutating func breakLine() {
        trimLine()
        run.hasSpace = false
        run.hasLineEnd = false
        run.hasBreak = text.count > run.start
        run.lineStart = text.count
    }

    /// Ends the run and begins the next; returns its text and first line, nil when it is empty.
    mutating func endRun() -> (span: TextSpan, line: Int?)? {
        trimLine()
        defer { run = Run(start: text.count, lineStart: text.count) }
        return text.count > run.start ? (TextSpan(start: run.start, end: text.count), run.line) : nil
    }

    /// Writes U+FFFC, which stands for what is no text, between two runs.
    mutating func appendObjectMark() -> TextSpan {
        let start = text.count
        text += [0xEF, 0xBF, 0xBC]
        run = Run(start: text.count, lineStart: text.count)
        return TextSpan(start: start, end: text.count)
    }

    /// Sets the run aside, so that another can be collected.
    mutating func suspend() -> (run: Run, end: Int) {
        trimLine()
        defer { run = Run(start: text.count, lineStart: text.count) }
        return (run, text.count)
    }

    /// Adds the text of another collection, whose runs have all ended; gives the offset at which it begins here.
    mutating func append(finished other: FlowText) -> Int {
        let offset = text.count
        text += other.text
        run = Run(start: text.count, lineStart: text.count)
        return offset
    }

    /// Takes up a run again, of which the text that was written last becomes a line.
    mutating func resume(_ run: Run, with last: TextSpan, line: Int) {
        let bytes = Array(text[last.start..<last.end])
        text.removeLast(text.count - last.start)
        resume(run)
        append(bytes.span, lineAfter: line)
        breakLine()
    }

    /// Takes up a run again, right behind whose text nothing was written since.
    mutating func resume(_ run: Run) {
        self.run = run
        breakLine()
    }
}

extension FlowText {
    private mutating func appendWord(_ characters: Span<UInt8>, from start: Int, lineAfter line: Int) -> Int {
        writePending(before: characters[start])
        if run.line == nil {
            run.line = line
            for index in start..<characters.count where characters[index] == 0x0A { run.line? -= 1 }
        }
        var end = start
        while end < characters.count, characters[end] > 0x20 { end &+= 1 }
        let word = characters.extracting(start..<end)
        text.append(addingCapacity: word.count) { text in
            for index in word.indices { text.append(word[index]) }
        }
        return end
    }

    private mutating func writePending(before next: UInt8) {
        if run.hasBreak {
            text.append(0x0A)
            run.lineStart = text.count
        } else if run.hasSpace, text.count > run.lineStart, !joinsLines(next) {
            text.append(0x20)
        }
        run.hasBreak = false
        run.hasSpace = false
        run.hasLineEnd = false
    }

    /// Whether a line end between two Chinese characters means nothing (CSS Text 3, 4.1.3): Word wraps its source there.
    private func joinsLines(_ next: UInt8) -> Bool {
        guard run.hasLineEnd, text.count >= run.lineStart + 3 else { return false }
        return FlowText.isWideLead(next) && FlowText.isWideLead(text[text.count - 3])
    }

    /// Whether the byte begins a character of U+3000…9FFF or a full-width form.
    private static func isWideLead(_ byte: UInt8) -> Bool {
        (0xE3...0xE9).contains(byte) || byte == 0xEF
    }

    /// Takes the no-break and other spaces away from the ends of the current line.
    private mutating func trimLine() {
        let span = WhiteSpace.trim(text, run.lineStart, text.count)
        text.removeLast(text.count - span.end)
        if span.isEmpty { text.removeLast(text.count - run.lineStart) }
        if !span.isEmpty, span.start > run.lineStart { text.removeSubrange(run.lineStart..<span.start) }
        // A line of nothing takes the break before it along.
        if text.count == run.lineStart, text.count > run.start, text.last == 0x0A { text.removeLast() }
        run.lineStart = min(run.lineStart, text.count)
    }
}
