import HTTPServer
import HTTPTypes
import Reports
import Support
import Testing

@testable import ReportAPI

/// A surface with the sample reports, held to its own description.
struct DescribedSurface {
    let surface: Surface
    let document: JSONValue
    let schema: JSONSchema
    /// The number of an upload that has ended.
    let upload: String

    /// Runs a body with a live server that has the samples.
    static func run(_ body: (DescribedSurface) async throws -> Void) async throws {
        try await Surface.run(.wire, regions: SampleReport.regions) { surface in
            for sample in SampleReport.all { try await surface.upload(sample) }
            let upload = try await surface.acceptedUpload([("a.txt", try SampleReport.text.bytes)])
            _ = try await surface.ended(upload)
            let document = try await surface.get("/openapi.json").json
            try await body(
                DescribedSurface(
                    surface: surface, document: document, schema: JSONSchema(document: document),
                    upload: String(upload.dropFirst("/uploads/".count))))
        }
    }

    /// The table, what reads first, what withdraws last.
    static let entries: [Route.Entry] = {
        let methods: [HTTPRequest.Method] = [.get, .post, .put, .patch, .delete]
        return methods.flatMap { method in Route.table.filter { $0.method == method } }
    }()

    /// The address of an operation's example.
    func target(_ entry: Route.Entry) -> String {
        let template = entry.template.replacing("/uploads/{id}", with: "/uploads/\(upload)")
        return entry.route.operation.exampleTarget(template)
    }

    /// Holds an answer to what the description says of it.
    func expect(
        _ answer: RawResponse, of entry: Route.Entry, _ comment: String = "",
        at location: SourceLocation = #_sourceLocation
    ) throws {
        let place = "\(entry.method) \(entry.template) \(comment) \(answer.status)"
        let operation = document["paths"]?[entry.template]?[entry.method.rawValue.lowercased()]
        let described = try #require(
            operation?["responses"]?["\(answer.status)"], "\(place) is not described: \(answer.text.prefix(300))",
            sourceLocation: location)
        for name in (described["headers"] ?? .object([:])).names {
            let isRequired = document["components"]?["headers"]?[name]?["required"] == .boolean(true)
            if isRequired { #expect(answer[name] != nil, "\(place): \(name)", sourceLocation: location) }
        }
        guard let contents = described["content"] else {
            #expect(answer.body.isEmpty, "\(place)", sourceLocation: location)
            return
        }
        let essence = String((answer["Content-Type"] ?? "").prefix { $0 != ";" })
        let content = try #require(contents[essence], "\(place): \(essence)", sourceLocation: location)
        guard essence.hasSuffix("json"), essence != "application/x-ndjson", !answer.body.isEmpty else { return }
        let faults = schema.faults(of: try answer.json, try #require(content["schema"]))
        #expect(faults.isEmpty, "\(place): \(faults.prefix(3).joined(separator: "\n"))", sourceLocation: location)
    }
}
