import Foundation
import Logging
import Reports

/// Writes one JSON object a line to standard error.
struct JSONLinesLogHandler: LogHandler {
    var metadata: Logger.Metadata = [:]
    var logLevel: Logger.Level = .info

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        var json = JSONWriter(reserving: 256)
        json.beginObject()
        json.member("at", CivilDate.timestamp(Program.clock()))
        json.member("level", event.level.rawValue)
        json.member("message", event.message.description)
        let merged = metadata.merging(event.metadata ?? [:]) { _, new in new }
        for (key, value) in merged.sorted(by: { $0.key < $1.key }) { json.member(key, value.description) }
        json.endObject()
        FileHandle.standardError.write(Data(json.bytes + [0x0a]))
    }
}

extension String {
    /// The text without characters that would speak to a terminal or turn the line about: names in an archive and addresses
    /// of requests are whoever made them's.
    var printable: String {
        String(
            String.UnicodeScalarView(
                unicodeScalars.map { [.control, .format].contains($0.properties.generalCategory) ? "\u{FFFD}" : $0 }))
    }
}

extension Logger {
    /// The program's logger: text for people, or JSON lines.
    static func program(_ settings: Settings) -> Logger {
        var logger = Logger(label: "disclosure") { label in
            if settings.logsJSON { return JSONLinesLogHandler() }
            return StreamLogHandler.standardError(label: label)
        }
        logger.logLevel = settings.logLevel
        return logger
    }
}
