import HTTPServer
import Logging
import ReportIngest
import ReportStore

extension Settings: CustomStringConvertible {
    /// The settings in force, a line each, by the keys of the file.
    var description: String {
        let values: [(String, String)] = [
            ("http.host", host), ("http.port", "\(port)"),
            ("http.sharePort", "\(sharesPort)"),
            ("http.lanes", limits.eventLoopsMax.map { "\($0)" } ?? "0"), ("http.cacheControl", cacheControl),
            ("http.corsOrigins", corsOrigins.joined(separator: ",")),
            ("http.limits.requestLineBytes", "\(limits.requestLineBytesMax)"),
            ("http.limits.headerBytes", "\(limits.headerBytesMax)"),
            ("http.limits.headerCount", "\(limits.headerFieldsMax)"),
            ("http.limits.bodyBytes", "\(limits.bodyBytesMax)"),
            ("http.limits.connections", "\(limits.connectionsMax)"),
            ("http.limits.connectionsPerAddress", "\(limits.connectionsPerAddressMax)"),
            (
                "http.limits.requestsPerConnection",
                limits.requestsPerConnectionMax == .max ? "0" : "\(limits.requestsPerConnectionMax)"
            ),
            ("http.limits.headSeconds", "\(limits.headSeconds)"),
            ("http.limits.bodySeconds", "\(limits.bodyStallSeconds)"),
            ("http.limits.bodyBytesPerSecond", "\(limits.bodyBytesPerSecondMin)"),
            ("http.limits.idleSeconds", "\(limits.idleSeconds)"),
            ("http.limits.writeSeconds", "\(limits.writeStallSeconds)"),
            ("http.limits.writeBytesPerSecond", "\(limits.writeBytesPerSecondMin)"),
            ("http.limits.handlerSeconds", "\(limits.handlerSeconds)"),
            ("http.limits.stopSeconds", "\(stopSeconds)"), ("database.path", databasePath),
            ("database.readers", "\(store.longReaders)"),
            ("database.busySeconds", "\(Double(store.busyMilliseconds) / 1000)"),
            ("database.mmapBytes", "\(store.mmapBytes)"), ("database.migrateOnStart", "\(store.migrates)"),
            ("caches.answersBytes", "\(answersBytes)"), ("caches.placesBytes", "\(placesBytes)"),
            ("caches.documentsBytes", "\(store.documentsBytesMax)"), ("caches.sumsBytes", "\(store.sumsBytesMax)"),
            ("caches.listsBytes", "\(store.listsBytesMax)"),
            ("documents.bytesMax", "\(documents.bytesMax)"), ("documents.cellsMax", "\(documents.cellsMax)"),
            ("uploads.keepDays", "\(uploadKeepDays)"), ("uploads.itemsMax", "\(uploads.itemsMax)"),
            ("uploads.unpackedBytesMax", "\(uploads.totalBytesMax)"), ("uploads.ratioMax", "\(uploads.ratioMax)"),
            ("uploads.depthMax", "\(uploads.depthMax)"),
            ("log.level", logLevel.rawValue), ("log.format", logsJSON ? "json" : "text"),
        ]
        return values.map { "\($0.0): \($0.1)" }.joined(separator: "\n")
    }
}
