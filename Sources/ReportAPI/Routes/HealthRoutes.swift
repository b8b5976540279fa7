internal import HTTPServer
internal import HTTPTypes
internal import ReportStore

extension Service {
    /// `GET /health`: the process answers.
    func health(_ call: Call) throws -> Response {
        status(#"{"status":"ok"}"#)
    }

    /// `GET /ready`: the database answers, too.
    func ready(_ call: Call) throws -> Response {
        try store.ping()
        return status(#"{"status":"ready"}"#)
    }

    private func status(_ json: String) -> Response {
        answer(Array(json.utf8), .ok)
    }
}
