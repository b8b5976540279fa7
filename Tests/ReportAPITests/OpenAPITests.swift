import HTTPTypes
import Reports
import Support
import Testing

@testable import ReportAPI

@Suite struct OpenAPITests {
    private let entries = DescribedSurface.entries

    @Test func `every template's parameters are described, in their order and with examples`() {
        for entry in Route.table {
            let names = entry.template.matches(of: /\{(\w+)\}/).map { String($0.output.1) }
            let operation = entry.route.operation
            #expect(operation.path.map(\.name) == names, "\(entry.template)")
            #expect(operation.path.allSatisfy { $0.example != nil }, "\(entry.template)")
            #expect(operation.query.count == Set(operation.query.map(\.name)).count, "\(entry.template)")
        }
        let names = Route.table.map(\.route.operation.name)
        #expect(Set(names).count == names.count)
    }

    @Test func `an unknown parameter is told of the described ones`() async throws {
        try await DescribedSurface.run { described in
            for entry in entries {
                let target = described.target(entry)
                let answer = try await described.surface.send(
                    entry.method.rawValue, target + (target.contains("?") ? "&" : "?") + "nosuch=1")
                try described.expect(answer, of: entry, "with an unknown parameter")
                let known = try answer.json.items("known").compactMap(\.string)
                let operation = described.document["paths"]?[entry.template]?[entry.method.rawValue.lowercased()]
                let query = operation?.items("parameters").filter { $0["in"]?.string == "query" }
                #expect(known == query?.compactMap { $0["name"]?.string }.sorted(), "\(entry.template)")
                // Figures and indicators are parameters, too.
                let isFiltered = operation?.items("parameters").contains {
                    $0["$ref"]?.string == "#/components/parameters/figures"
                }
                #expect(isFiltered == !entry.route.filters.isEmpty)
            }
        }
    }

    @Test func `every operation answers its example as described`() async throws {
        try await DescribedSurface.run { described in
            for entry in entries {
                let target = described.target(entry)
                guard let body = entry.route.operation.body else {
                    try await expectExample(described, entry, target)
                    continue
                }
                for content in body.contents {
                    guard let bytes = try document(content) else { continue }
                    let answer = try await described.surface.send(
                        entry.method.rawValue, target, [("Content-Type", content.mediaType)], body: bytes)
                    #expect((200..<300).contains(answer.status), "\(entry.template): \(answer.text.prefix(300))")
                    try described.expect(answer, of: entry, content.mediaType)
                }
            }
            #expect(described.surface.failures.isEmpty)
        }
    }

    private func expectExample(_ described: DescribedSurface, _ entry: Route.Entry, _ target: String) async throws {
        let fine = try #require(entry.route.operation.answers.first { $0.status.code < 300 })
        let hasOneFormat = entry.template.hasSuffix("/source")
        for type in hasOneFormat || fine.contents.isEmpty ? ["*/*"] : fine.contents.map(\.mediaType) {
            // A stream has no end.
            let method = type == ChangeStream.mediaType ? "HEAD" : entry.method.rawValue
            let answer = try await described.surface.send(method, target, [("Accept", type)])
            try described.expect(answer, of: entry, type)
            // The upload of the example has ended.
            if entry.route.operation.name == "cancelUpload" { continue }
            #expect(answer.status == fine.status.code, "\(entry.template): \(answer.text.prefix(300))")
            if type != "*/*" { #expect(answer["Content-Type"]?.hasPrefix(type) == true, "\(target)") }
        }
    }

    /// A document of a format; nil where none is at hand.
    private func document(_ content: Content) throws -> [UInt8]? {
        if let example = content.example { return example.text.map { Array($0.utf8) } ?? example.bytes }
        let sample = try SampleReport.named("qinghe-office-2021.txt")
        switch content.mediaType {
        case "application/zip": return zip([("a.txt", try sample.bytes)])
        case "application/merge-patch+json": return Array("{}".utf8)
        default: return nil
        }
    }

    @Test func `every parameter of a query answers its example and its words as described`() async throws {
        try await DescribedSurface.run { described in
            for entry in entries where entry.method == .get {
                let path = described.target(entry).prefix { $0 != "?" }
                for parameter in entry.route.operation.query {
                    let words = parameter.schema.tree["enum"]?.items ?? []
                    for value in words + [parameter.example].compactMap({ $0 }) {
                        let comment = parameter.query(value) + (parameter.beside.map { "&" + $0 } ?? "")
                        let answer = try await described.surface.get("\(path)?\(comment)")
                        try described.expect(answer, of: entry, comment)
                        #expect(answer.status == 200, "\(path) \(comment): \(answer.text.prefix(300))")
                    }
                }
            }
        }
    }

    @Test func `every GET has the ETag that is described, answers 304, and HEAD the same without a body`() async throws
    {
        try await DescribedSurface.run { described in
            for entry in entries where entry.method == .get {
                let target = described.target(entry)
                let answer = try await described.surface.get(target)
                let tag = answer["ETag"]
                #expect((tag != nil) == entry.route.operation.isKept, "\(target)")
                let head = try await described.surface.send("HEAD", target)
                #expect(head.status == answer.status && head.body.isEmpty, "\(target)")
                for name in ["ETag", "Content-Type", "Content-Length", "Vary"] {
                    #expect(head[name] == answer[name], "\(target) \(name)")
                }
                guard let tag else { continue }
                #expect(tag.hasPrefix("\""), "\(target)")
                let again = try await described.surface.get(target, [("If-None-Match", tag)])
                #expect(again.status == 304 && again["ETag"] == tag, "\(target)")
                try described.expect(again, of: entry)
            }
        }
    }

    @Test func `what goes wrong is described, too`() async throws {
        try await DescribedSurface.run { described in
            for entry in entries where !entry.route.operation.path.isEmpty || entry.method != .get {
                let target = described.target(entry).replacing(/2023|2024|411300|\/1$/) { _ in "2009" }
                for fields in [[], [("If-Match", "\"none\"")], [("Accept", "image/png")], [("X-Real-IP", "192.0.2.1")]]
                {
                    let answer = try await described.surface.send(entry.method.rawValue, target, fields, body: [0x7b])
                    try described.expect(answer, of: entry, "\(fields)")
                }
            }
            #expect(described.surface.failures.isEmpty)
        }
    }

    @Test func `a former name answers as described`() async throws {
        try await DescribedSurface.run { described in
            let new = #"{"name": "清禾县教育体育局"}"#
            #expect(try await described.surface.send("PATCH", "/agencies/\(Example.agency)", json: new).status == 200)
            var count = 0
            for entry in entries where entry.route.operation.answers.contains(where: { $0.status == .movedPermanently })
            {
                let target = described.target(entry).replacing(Example.contradictory, with: Example.agency)
                let answer = try await described.surface.get(target)
                #expect(answer.status == 301, "\(target)")
                try described.expect(answer, of: entry)
                count += 1
            }
            #expect(count >= 8)
        }
    }

    @Test func `every reference leads somewhere, and every component is referred to`() async throws {
        try await DescribedSurface.run { described in
            let text = try await described.surface.get("/openapi.json").text
            let references = Set(
                text.matches(of: /"#\/components\/(\w+)\/([\w.-]+)"/).map { "\($0.output.1)/\($0.output.2)" })
            var named: Set<String> = []
            for kind in (described.document["components"] ?? .null).names {
                named.formUnion((described.document["components"]?[kind] ?? .null).names.map { "\(kind)/\($0)" })
            }
            // A method that a path, or no path, knows is no operation.
            #expect(
                references.symmetricDifference(named) == ["examples/method-not-allowed", "examples/not-implemented"])
        }
    }

    @Test func `every example is as its schema says`() async throws {
        try await DescribedSurface.run { described in
            func hold(_ value: JSONValue) {
                switch value {
                case .array(let items): items.forEach(hold)
                case .object(let members):
                    if let example = members["example"], let schema = members["schema"] {
                        let faults = described.schema.faults(of: example, schema)
                        #expect(faults.isEmpty, "\(faults.prefix(3))")
                    }
                    if let name = members["examples"]?["sample"]?["$ref"]?.string?.split(separator: "/").last,
                        let schema = members["schema"],
                        let example = described.document["components"]?["examples"]?[String(name)]?["value"]
                    {
                        let faults = described.schema.faults(of: example, schema)
                        #expect(faults.isEmpty, "\(name): \(faults.prefix(3))")
                    }
                    members.values.forEach(hold)
                default: break
                }
            }
            hold(described.document["paths"] ?? .null)
            let problem = try #require(described.document.at("components.schemas.Problem"))
            for code in Problem.Code.allCases {
                let example = described.document["components"]?["examples"]?[code.rawValue]?["value"]
                #expect(described.schema.faults(of: try #require(example), problem).isEmpty)
            }
        }
    }
}
