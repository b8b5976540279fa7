extension CanonicalJSON {
    /// Writes findings as an array of objects, in their order.
    public static func write(_ findings: [Finding], to json: inout JSONWriter) {
        json.beginArray()
        for finding in findings { write(finding, to: &json) }
        json.endArray()
    }

    private static func write(_ finding: Finding, to json: inout JSONWriter) {
        json.beginObject()
        json.member("check", finding.check.rawValue)
        json.member("state", finding.state.rawValue)
        json.member("severity", finding.severity.name)
        json.member("fingerprint", finding.fingerprint)
        json.member("message", finding.message)
        json.array("paths") { json in
            for path in finding.paths { json.string(path.description) }
        }
        json.member("left", finding.left)
        json.member("right", finding.right)
        json.array("places") { json in
            for place in finding.places {
                json.beginObject()
                write(place, to: &json)
                json.endObject()
            }
        }
        json.key("acknowledged")
        json.null()
        json.endObject()
    }

    /// Writes the printed cells as an object by path.
    public static func write(_ cells: [PrintedCell], to json: inout JSONWriter) {
        json.beginObject()
        for cell in cells {
            json.object(cell.path.description) { json in
                json.key("value")
                write(cell.value, to: &json)
                json.member("remark", cell.remark)
                write(cell.place, to: &json)
                json.key("inferredBy")
                guard let identities = cell.inferredBy else { return json.null() }
                json.beginArray()
                for identity in identities { json.string(identity) }
                json.endArray()
            }
        }
        json.endObject()
    }

    /// Writes the narrative: the opening and the sections with their headings.
    public static func write(_ narrative: Narrative, to json: inout JSONWriter) {
        json.beginObject()
        json.array("opening") { json in
            for paragraph in narrative.opening { json.string(paragraph) }
        }
        json.array("sections") { json in
            for section in narrative.sections {
                json.beginObject()
                json.member("key", section.kind.key)
                json.member("heading", section.heading)
                json.array("paragraphs") { json in
                    for paragraph in section.paragraphs { json.string(paragraph) }
                }
                json.endObject()
            }
        }
        json.array("statements") { json in
            for statement in narrative.statements {
                json.beginObject()
                json.member("subject", statement.subject.rawValue)
                json.member("count", statement.count)
                write(statement.place, to: &json)
                json.endObject()
            }
        }
        json.endObject()
    }

    private static func write(_ place: DocumentPlace, to json: inout JSONWriter) {
        json.member("line", place.line)
        json.member("character", place.column)
        json.member("page", place.page)
        json.member("table", place.table)
        json.member("row", place.row)
        json.member("column", place.cell)
        json.member("text", place.text)
    }
}
