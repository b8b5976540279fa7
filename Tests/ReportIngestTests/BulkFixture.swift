import Codecs
import Documents
import Foundation
import Support

@testable import ReportIngest

/// What came of one upload, in a form that tests compare.
struct Reading: Equatable {
    /// `name: text`, or `name ! reason`.
    var items: [String] = []
    var fields: [String: String] = [:]
    /// Why it ended before its end.
    var error: IngestError?

    var count: Int { items.count }
}

/// Takes bytes apart as an upload of a kind.
func reading(
    _ bytes: [UInt8], _ kind: BulkKind?, limits: BulkLimits = BulkLimits(), name: String? = nil, blockBytes: Int = 0
) throws -> Reading {
    let folder = try TemporaryFolder()
    let spool = try Spool.temporary(in: folder.url.path, bytesMax: 1 << 30)
    for start in stride(from: 0, to: bytes.count, by: 50_000) {
        try spool.append(Array(bytes[start..<min(start + 50_000, bytes.count)]))
    }
    try spool.finish()
    let detected = try BulkKind.of(mediaType: nil, spool: spool, fileName: name)
    guard let kind = kind ?? detected else { return Reading(items: ["single"]) }
    var reading = Reading()
    do throws(IngestError) {
        let reader = try BulkReader(spool, kind: kind, name: name, limits: limits)
        defer { reading.fields = reader.fields }
        while let item = try reader.next() {
            precondition(item.index == reading.count)
            precondition((0...reader.bytesTotal).contains(reader.bytesRead))
            reading.items.append(line(item))
        }
    } catch {
        reading.error = error
    }
    return reading
}

func line(_ item: BulkItem) -> String {
    switch item.content {
    case .success(let content): "\(item.name ?? "-"): \(String(decoding: content.bytes, as: UTF8.self))"
    case .failure(let error): "\(item.name ?? "-") ! \(error)"
    }
}

/// A form as browsers write it.
func form(_ parts: [(head: String, content: String)], boundary: String = "XYZ", end: String = "--\r\n") -> [UInt8] {
    let text = parts.map { "--\(boundary)\r\n\($0.head)\r\n\r\n\($0.content)\r\n" }.joined()
    return Array((text + "--\(boundary)" + end).utf8)
}

let formKind = BulkKind.multipart(boundary: Array("XYZ".utf8))

/// A zip of members in bytes.
func zip(_ members: [(String, [UInt8])], isDeflated: Bool = false) -> [UInt8] {
    var writer = ZIPWriter()
    for (name, bytes) in members { writer.add(Array(name.utf8), bytes, .init(isDeflated: isDeflated)) }
    return writer.finished()
}
