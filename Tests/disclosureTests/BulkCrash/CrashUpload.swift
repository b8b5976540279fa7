import Codecs
import Foundation
import Reports
import Support

/// One document that was sent, and what has to be read of it.
struct CrashItem: Sendable {
    let name: String
    let bytes: [UInt8]
    /// 本年新收, 总计.
    let received: JSONValue
}

/// An upload of many reports, each agency's its own; some are corrected further on in the same upload.
struct CrashUpload: Sendable {
    enum Kind: CaseIterable { case lines, zip, tar }

    let items: [CrashItem]
    let body: [UInt8]
    let isAsynchronous: Bool
    let isAtomic: Bool
    private let mediaType: String

    init(_ prefix: String, isAsynchronous: Bool, _ generator: inout SeededGenerator) throws {
        let kind = Kind.allCases.randomElement(using: &generator) ?? .lines
        let sample = try SampleReport.text
        var items: [CrashItem] = []
        for number in 0..<Int.random(in: 1...90, using: &generator) {
            let name = "\(prefix)\(number)局"
            for version in 0..<(Int.random(in: 0..<5, using: &generator) == 0 ? 2 : 1) {
                // Another figure than the version before: the same bytes again would be no revision.
                let received = 2 * Int.random(in: 0...9_999, using: &generator) + version
                items.append(
                    kind == .lines
                        ? Self.structured(name, received)
                        : try Self.text(sample, name, version))
            }
        }
        self.items = items
        self.isAsynchronous = isAsynchronous
        isAtomic = isAsynchronous && Int.random(in: 0..<3, using: &generator) == 0
        switch kind {
        case .lines:
            mediaType = "application/x-ndjson"
            body = items.flatMap { $0.bytes + [0x0a] }
        case .zip:
            mediaType = "application/zip"
            var zip = ZIPWriter()
            for (number, item) in items.enumerated() { zip.add(Array("\(number).txt".utf8), item.bytes) }
            body = zip.finished()
        case .tar:
            mediaType = "application/x-tar"
            body = items.enumerated().flatMap { TARWriter.member("\($0.offset).txt", $0.element.bytes) } + TARWriter.end
        }
    }

    /// The bytes of the request.
    var request: [UInt8] {
        let way = isAsynchronous ? ("Prefer", "respond-async") : ("Accept", "application/x-ndjson")
        let target = "/reports" + (isAtomic ? "?atomic=1" : "")
        return RawClient.bytes("POST", Array(target.utf8), [("Content-Type", mediaType), way], body: body)
    }

    private static func structured(_ name: String, _ received: Int) -> CrashItem {
        let json = """
            {"agency":{"name":"\(name)"},"year":2023,"form":"2021","scope":"own","title":"\(name)年度报告",\
            "requests":{"newReceived":{"naturalPerson":\(received),"total":\(received)}}}
            """
        return CrashItem(name: name, bytes: Array(json.utf8), received: .number("\(received)"))
    }

    private static func text(_ sample: SampleReport, _ name: String, _ version: Int) throws -> CrashItem {
        CrashItem(
            name: name, bytes: try sample.bytes(renamed: name) + Array("\n\(version)\n".utf8),
            received: sample.figures["requests.newReceived.total"] ?? .null)
    }
}
