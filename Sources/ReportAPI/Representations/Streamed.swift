internal import Codecs
internal import HTTPServer
internal import HTTPTypes
internal import Reports

/// Takes the next piece of an answer that is made while the client reads it.
typealias Send = ([UInt8]) async throws -> Void

extension Service {
    /// An answer of any length, made while the client reads it; compressed piece by piece where that is welcome.
    func streamed(
        _ format: Format, _ call: Call, _ write: @escaping @Sendable (Send) async throws -> Void
    ) -> Response {
        var fields: HTTPFields = [
            .contentType: format.mediaType, .cacheControl: settings.cacheControl, .vary: "Accept, Accept-Encoding",
        ]
        guard call.request.acceptedCodings.gzip else {
            return Response(
                .ok, fields: fields,
                body: .stream(length: nil) { writer in try await write { try await writer.write($0) } })
        }
        fields[.contentEncoding] = "gzip"
        return Response(
            .ok, fields: fields,
            body: .stream(length: nil) { writer in
                let compressor = try Compressor(format: .gzip, level: 5)
                try await write { try await writer.write(compressor.push($0)) }
                try await writer.write(compressor.finish())
            })
    }
}

extension JSONWriter {
    /// A line for each item, as NDJSON has them.
    static func lines<Item>(_ items: some Sequence<Item>, _ write: (Item, inout JSONWriter) -> Void) -> [UInt8] {
        var lines: [UInt8] = []
        for item in items {
            var json = JSONWriter(reserving: 512)
            write(item, &json)
            lines += json.bytes
            lines.append(UInt8(ascii: "\n"))
        }
        return lines
    }
}
