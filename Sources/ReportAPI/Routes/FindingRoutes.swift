internal import HTTPServer
internal import HTTPTypes
internal import ReportStore
internal import Reports

extension Service {
    /// `POST /reports/{agency}/{year}/findings/{fingerprint}/acknowledgement`
    func acknowledgeFinding(_ call: Call) async throws -> Response {
        try requireWrites(call)
        let body = try await BodyMembers(call, bytesMax: 65_536, known: ["reason", "author"])
        let acknowledgement = Acknowledgement(
            at: settings.clock(), author: try body.text("author"), reason: try body.text("reason"))
        let head = try reading { reading in try reading.reportToChange(call) }
        guard Self.isFingerprint(call.path[2]), try await store.acknowledge(call.path[2], of: head, acknowledgement)
        else { throw findingNotFound(call) }
        var json = JSONWriter()
        json.beginObject()
        json.member("fingerprint", call.path[2])
        json.key("acknowledged")
        CanonicalJSON.write(acknowledgement, to: &json)
        json.endObject()
        return answer(json.bytes, .ok)
    }

    /// `DELETE /reports/{agency}/{year}/findings/{fingerprint}/acknowledgement`
    func withdrawAcknowledgement(_ call: Call) async throws -> Response {
        try requireWrites(call)
        let head = try reading { reading in try reading.reportToChange(call) }
        let isDone = try await store.withdrawAcknowledgement(call.path[2], of: head, now: settings.clock())
        guard isDone else { throw findingNotFound(call) }
        return Response(.noContent)
    }

    /// Whether a text can be a fingerprint: anything else might look like one beside what follows it in the findings.
    private static func isFingerprint(_ text: String) -> Bool {
        text.utf8.count == 16
            && text.utf8.allSatisfy {
                UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 || UInt8(ascii: "a")...UInt8(ascii: "f") ~= $0
            }
    }

    private func findingNotFound(_ call: Call) -> Problem {
        Problem(
            .findingNotFound,
            "The report has no finding, or no acknowledgement, with the fingerprint “\(call.path[2])”.",
            chinese: "报告中没有指纹为“\(call.path[2])”的问题或其确认。")
    }
}

extension Reading {
    /// The report of a path that is about to be changed: at any of its agency's names.
    func reportToChange(_ call: Call) throws -> ReportHead {
        let year = try service.year(call.path[1]).value
        let agency = try agency(call.path[0])
        for candidate in try [agency] + store.successors(of: agency) {
            guard let stored = try store.report(of: candidate, year: year) else { continue }
            guard !stored.head.isWithdrawn else { throw Problem.withdrawn(stored.head, stored.head.reason) }
            return stored.head
        }
        throw try reportNotFound(agency, year)
    }
}
