internal import HTTPServer
internal import ReportIngest
internal import ReportStore
internal import Reports

/// What became of the items of an upload, as the API shows it.
enum ItemRepresentation {
    static func json(_ result: ItemResult, _ language: Language) -> [UInt8] {
        var json = JSONWriter(reserving: 384)
        json.beginObject()
        json.member("index", result.number)
        json.member("name", result.name)
        json.member("line", result.line)
        json.member("status", result.status.rawValue)
        json.member("agency", result.head?.agency.name)
        json.member("year", result.head?.year)
        json.member(
            "location", result.head.map { CanonicalJSON.path(agency: $0.agency.name, year: $0.year) })
        json.key("findings")
        if let head = result.head {
            json.beginObject()
            json.member("error", head.errors)
            json.member("warning", head.warnings)
            json.endObject()
        } else {
            json.null()
        }
        if let error = result.error {
            json.key("problem")
            json.raw(Problem(error).body(language))
        }
        json.endObject()
        return json.bytes
    }

    /// Results as they are answered one after another: elements of an array, or a line each.
    struct List {
        let isLines: Bool
        let language: Language
        private(set) var tally = UploadTally()
        private(set) var bytes: [UInt8] = []
        /// Those that a problem tells of: it is no list of thousands.
        private(set) var first: [ItemResult] = []
        private static let firstMax = 1_000

        init(isLines: Bool, _ language: Language) {
            self.isLines = isLines
            self.language = language
        }

        mutating func add(_ results: [ItemResult]) {
            tally.add(UploadTally(results))
            if first.count < Self.firstMax { first += results.prefix(Self.firstMax - first.count) }
            for result in results {
                if !isLines, !bytes.isEmpty { bytes.append(UInt8(ascii: ",")) }
                bytes += json(result, language)
                if isLines { bytes.append(UInt8(ascii: "\n")) }
            }
        }

        /// The whole answer: in lines, the summary is the last one.
        ///
        /// - Parameter problem: what kept further items from being looked at.
        func answer(_ problem: Problem?) -> [UInt8] {
            let summary = summary(tally, items: isLines ? nil : bytes, problem: problem, language: language)
            return isLines ? bytes + summary + [UInt8(ascii: "\n")] : summary
        }
    }

    static func value(_ result: ItemResult, _ language: Language) -> JSONValue {
        (try? JSONValue(json(result, language))) ?? .null
    }

    /// The numbers, and the items where they are given as the elements of an array.
    static func summary(
        _ tally: UploadTally, items: [UInt8]? = nil, problem: Problem? = nil, language: Language = .english
    ) -> [UInt8] {
        var json = JSONWriter(reserving: 256 + (items?.count ?? 0))
        json.beginObject()
        writeTally(tally, to: &json)
        if let items {
            // They may be tens of mebibytes: written as they are, without a copy of them before.
            json.array("items") { json in if !items.isEmpty { json.raw(items) } }
        }
        if let problem {
            json.key("problem")
            json.raw(problem.body(language))
        }
        json.endObject()
        return json.bytes
    }

    static func writeTally(_ tally: UploadTally, to json: inout JSONWriter) {
        json.member("stored", tally.stored)
        json.member("revised", tally.revised)
        json.member("unchanged", tally.unchanged)
        json.member("rejected", tally.rejected)
    }
}
