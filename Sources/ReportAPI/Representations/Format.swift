internal import HTTPServer
internal import HTTPTypes

/// The formats in which figures are served.
enum Format: String, Sendable, CaseIterable {
    case json
    case csv
    case ndjson
    case xlsx
    case html

    /// The media type of the answer.
    var mediaType: String {
        switch self {
        case .json: "application/json"
        case .csv: "text/csv; charset=utf-8; header=present"
        case .ndjson: "application/x-ndjson"
        case .xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        case .html: "text/html; charset=utf-8"
        }
    }

    private var offer: MediaType {
        switch self {
        case .json: MediaType("application", "json")
        case .csv: MediaType("text", "csv", parameters: ["header": "present"])
        case .ndjson: MediaType("application", "x-ndjson")
        case .xlsx: MediaType("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet")
        case .html: MediaType("text", "html")
        }
    }

    /// The client's choice: `?format=` where it is given, else `Accept`. A page is for those who take nothing else:
    /// browsers ask for one wherever they go.
    init(_ call: Call, of formats: [Format] = [.json, .csv]) throws(Problem) {
        if let name = call.query["format"] {
            guard let format = Format(rawValue: name), formats.contains(format) else {
                throw .parameter("format", oneOf: formats.map(\.rawValue))
            }
            self = format
            return
        }
        let figures = formats.filter { $0 != .html }
        let liked = Accept(call.request.bytes(of: .accept)).best(of: figures.map(\.offer))
        let best = liked == nil ? try Self.best(call, of: formats.map(\.offer)) : liked
        self = formats.first { $0.offer == best } ?? .json
    }

    /// Whether a page is what `Accept` likes best, beside another format or alone.
    static func isPage(_ call: Call, beside format: Format? = nil) throws(Problem) -> Bool {
        let page = MediaType("text", "html")
        return try best(call, of: (format.map { [$0.offer] } ?? []) + [page]) == page
    }

    private static func best(_ call: Call, of offers: [MediaType]) throws(Problem) -> MediaType {
        if let best = Accept(call.request.bytes(of: .accept)).best(of: offers) { return best }
        throw Problem(
            .notAcceptable, "Here is \(offers.map(\.essence).joined(separator: " or ")).",
            chinese: "此处提供 \(offers.map(\.essence).joined(separator: " 或 "))。")
    }
}
