internal import ReportIngest
internal import ReportStore
internal import Reports

/// Uploads of many documents.
enum UploadSchemas {
    private static let numbers: [(String, Schema)] = [
        ("stored", .count), ("revised", .count), ("unchanged", .count), ("rejected", .count),
    ]

    static let itemResult = Schema.object(
        [
            "index": Schema.count.described("Its place in the upload, from 0."),
            "name": Schema.string.orNull.described(
                "Its path in the upload: `outer.zip/县/inner.docx`; null for a line."),
            "line": Schema.count.orNull.described("The number of its line, from 1, where it is one of NDJSON."),
            "status": .words(of: ItemResult.Status.self),
            "agency": .string.orNull, "year": Schema.component(.year).orNull, "location": Schema.href.orNull,
            "findings": Schema.component(.findingCounts).orNull, "problem": .component(.problem),
        ], optional: ["problem"])

    static let summary = Schema.object(
        numbers + [
            ("items", .array(of: .component(.itemResult))),
            ("problem", Schema.component(.problem).described("What ended the upload before its end.")),
        ], optional: ["items", "problem"])

    private static let states: [StoredUpload.State] = [.waiting, .running, .done, .cancelled, .failed]

    static let upload = Schema.object([
        "id": .string, "state": .words(states.map(\.rawValue)), "dryRun": .boolean, "atomic": .boolean,
        "createdAt": .time,
        "startedAt": Schema.time.orNull, "endedAt": Schema.time.orNull,
        "bytes": .object(["done": .count, "total": .count]),
        "items": .object([("done", .count)] + numbers),
        "rate": .object(["itemsPerSecond": .number.orNull, "bytesPerSecond": .number.orNull]),
        "secondsLeft": Schema.integer.orNull,
        "delayed": Schema.component(.problem).orNull.described(
            "What it waits for at this moment, such as for room on the disk: it goes on by itself. Null while it gets on."
        ),
        "failure": Schema.component(.problem).orNull.described(
            "What ended it before its end, in the language of whoever sent it; what was stored before stays."),
        "links": .object(["self": .href, "results": .href]),
    ])
}
