/// Joins the lines of running text into paragraphs.
struct PDFProse {
    /// A paragraph while its lines come in.
    struct Paragraph {
        var text: PDFText
        let line: Int
        let page: Int
        /// Whether its last line runs to the edge, so that the next one may go on with it.
        var isOpen: Bool
    }

    private(set) var paragraphs: [Paragraph] = []
    private var last: PDFText?

    /// Adds the lines of one page; `left` and `right` are where full lines begin and end.
    mutating func add(_ lines: [PDFLine], page: Int, left: Double, right: Double) {
        for line in lines {
            let box = line.box
            if continues(box, page: page, left: left) {
                paragraphs[paragraphs.count - 1].text.appendLine(box)
            } else {
                paragraphs.append(Paragraph(text: box, line: line.number, page: page, isOpen: false))
            }
            paragraphs[paragraphs.count - 1].isOpen = box.x1 > right - 2 * box.em && !isHeading(box)
            last = box
        }
    }

    /// Ends the paragraph that is open.
    mutating func close() {
        last = nil
    }

    private func continues(_ box: PDFText, page: Int, left: Double) -> Bool {
        guard let last, let open = paragraphs.last, open.isOpen, box.x0 < left + 0.6 * box.em else { return false }
        guard abs(last.em - box.em) < 0.15 * box.em || abs(last.height - box.height) < 0.1 * box.height else {
            return false
        }
        // Between pages there is no distance to go by: a sentence that has not ended goes on.
        if open.page != page { return !last.endsSentence }
        return box.y0 - last.y1 < 1.2 * box.em && !(last.endsSentence && box.ordinal != nil)
    }

    private func isHeading(_ box: PDFText) -> Bool {
        box.ordinal == .chapter && box.text.count < 30 && !box.text.contains("，")
    }
}
