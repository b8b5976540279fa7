internal import HTTPServer
internal import HTTPTypes
internal import ReportStore
internal import Reports

extension Service {
    /// `GET /agencies/{agency}`
    func showAgency(_ call: Call) throws -> Response {
        _ = try Format(call, of: [.json])
        guard let agency = try store.agency(call.path[0]) else { throw UnknownAgency(name: call.path[0]) }
        let years = try store.years(of: agency)
        var json = JSONWriter()
        json.beginObject()
        json.member("id", agency.id)
        json.member("name", agency.name)
        json.member("region", nil as String?)
        json.array("reports") { json in
            for year in years {
                json.beginObject()
                json.member("year", year)
                json.member("href", "/reports/\(PercentEncoding.encode(agency.name))/\(year)")
                json.endObject()
            }
        }
        json.endObject()
        return try Entity(mediaType: Format.json.mediaType, bytes: json.bytes)
            .response(to: call.request, cacheControl: settings.cacheControl)
    }
}
