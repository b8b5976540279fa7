import Foundation
import HTTPTypes
import Reports
import Support
import Testing

@testable import ReportAPI

@Suite struct SampleAnswerTests {
    @Test func `the examples of answers are what the server answers`() async throws {
        var found: [(name: String, json: String)] = []
        try await DescribedSurface.run { described in
            func take(_ answer: RawResponse, _ entry: Route.Entry) throws {
                let essence = String((answer["Content-Type"] ?? "").prefix { $0 != ";" })
                let reply = entry.route.operation.answers.first { $0.status.code == answer.status }
                let content = try #require(
                    reply?.contents.first { $0.mediaType == essence }, "\(entry.template): \(answer.text)")
                guard content.example == nil, content.sample == nil, let reply else { return }
                let name = content.sampleName(entry.route.operation.name, reply.status)
                guard !found.contains(where: { $0.name == name }) else { return }
                var text = JSONWriter()
                text.string(answer.text)
                let json = essence.hasSuffix("/json") ? answer.body : text.bytes
                // Numbers of uploads are drawn by lot.
                let upload = name == "createReport-202" ? try answer.json["id"]?.string : nil
                let shortened = Shortened.json(json).replacing(described.upload, with: Example.upload)
                found.append((name, upload.map { shortened.replacing($0, with: Example.upload) } ?? shortened))
            }
            for entry in DescribedSurface.entries {
                for request in requests(entry) {
                    let target = described.target(entry)
                    let answer = try await described.surface.send(
                        entry.method.rawValue, target, request.fields, body: request.body)
                    if answer.status < 300, !answer.body.isEmpty { try take(answer, entry) }
                }
            }
        }
        if ProcessInfo.processInfo.environment["WRITE_SAMPLE_ANSWERS"] != nil { return try write(found) }
        #expect(found.map(\.name) == SampleAnswers.names)
        for (name, json) in found {
            #expect(String(decoding: SampleAnswers.all[name] ?? [], as: UTF8.self) == json, "\(name)")
        }
    }

    @Test func `every answer that can be read has an example`() {
        for entry in Route.table {
            for reply in entry.route.operation.answers {
                for content in reply.contents where !Self.isUnreadable(content) {
                    let name = content.sampleName(entry.route.operation.name, reply.status)
                    #expect(content.example != nil || SampleAnswers.all[name] != nil, "\(name)")
                }
            }
        }
    }

    /// Workbooks and documents as they were uploaded, and streams without an end.
    private static func isUnreadable(_ content: Content) -> Bool {
        content.mediaType == Format.xlsx.mediaType || content.mediaType == ChangeStream.mediaType
            || content.schema.tree["format"]?.text == "binary"
    }

    private struct Asked {
        var fields: [(String, String)] = []
        var body: [UInt8] = []
    }

    /// What is sent to have each kind of answer.
    private func requests(_ entry: Route.Entry) -> [Asked] {
        let operation = entry.route.operation
        guard let body = operation.body else {
            let types = Set(operation.answers.flatMap(\.contents).filter { !Self.isUnreadable($0) }.map(\.mediaType))
            return types.sorted().map { Asked(fields: [("Accept", $0)]) }
        }
        let contents = body.contents.filter { $0.example != nil }
        var requests = contents.map { content in
            let bytes = content.example.map { $0.text.map { Array($0.utf8) } ?? $0.bytes } ?? []
            return Asked(fields: [("Content-Type", content.mediaType)], body: bytes)
        }
        if let lines = requests.first(where: { $0.fields[0].1 == Format.ndjson.mediaType }) {
            requests.append(Asked(fields: lines.fields + [("Accept", Format.ndjson.mediaType)], body: lines.body))
            requests.append(Asked(fields: lines.fields + [("Prefer", "respond-async")], body: lines.body))
        }
        return requests
    }

    private func write(_ found: [(name: String, json: String)]) throws {
        let url = SampleReport.root.appending(path: "Sources/ReportAPI/OpenAPI/SampleAnswers.swift")
        let file = try String(contentsOf: url, encoding: .utf8)
        let head = try #require(file.components(separatedBy: "= #\"\"\"\n").first)
        let lines = found.map { "        \($0.name) \($0.json)\n" }.joined()
        try Data((head + "= #\"\"\"\n" + lines + "        \"\"\"#\n}\n").utf8).write(to: url)
    }
}

/// Compact JSON with the first items of lists and the beginnings of texts, members in their order.
private struct Shortened {
    private static let itemsMax = 2
    private static let bytesMax = 400
    private var rest: ArraySlice<UInt8>
    private(set) var bytes: [UInt8] = []

    static func json(_ bytes: [UInt8]) -> String {
        var shortened = Shortened(rest: bytes[...])
        shortened.value(isTaken: true)
        return String(decoding: shortened.bytes, as: UTF8.self)
    }

    private mutating func value(isTaken: Bool) {
        switch rest.first {
        case UInt8(ascii: "{"), UInt8(ascii: "["): members(isTaken, isList: rest.first == UInt8(ascii: "["))
        case UInt8(ascii: "\""): text(isTaken)
        default: take(rest.prefix { !",]}".utf8.contains($0) }.count, isTaken)
        }
    }

    private mutating func members(_ isTaken: Bool, isList: Bool) {
        take(1, isTaken)
        var count = 0
        while let first = rest.first, !"]}".utf8.contains(first) {
            let isTaken = isTaken && (!isList || count < Self.itemsMax)
            if count > 0 { take(1, isTaken) }
            if !isList {
                text(isTaken)
                take(1, isTaken)
            }
            value(isTaken: isTaken)
            count += 1
        }
        take(1, isTaken)
    }

    private mutating func text(_ isTaken: Bool) {
        var end = rest.startIndex + 1
        while end < rest.endIndex, rest[end] != UInt8(ascii: "\"") { end += rest[end] == UInt8(ascii: "\\") ? 2 : 1 }
        let text = rest[rest.startIndex..<end]
        guard isTaken, text.count > Self.bytesMax else { return take(text.count + 1, isTaken) }
        // Not within a character or an escape.
        var cut = text.prefix(Self.bytesMax)
        while let last = cut.last, last > 0x7F || last < 0x80 && cut.suffix(6).contains(UInt8(ascii: "\\")) {
            cut = cut.dropLast()
        }
        bytes += cut + Array("…\"".utf8)
        take(text.count + 1, false)
    }

    private mutating func take(_ count: Int, _ isTaken: Bool) {
        if isTaken { bytes += rest.prefix(count) }
        rest = rest.dropFirst(count)
    }
}
