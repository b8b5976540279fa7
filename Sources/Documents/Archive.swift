internal import Codecs

/// The members of an archive, one after another: zip, tar (plain or compressed), 7-Zip, RAR.
///
/// Everything happens in memory and nothing is written to the disk. An archive is confined to whoever made it: it is
/// not `Sendable`.
public final class Archive {
    /// One file of an archive.
    public struct Member: Sendable {
        /// Its path, `/` between folders, as the archive states it.
        public let name: String
        /// Its content.
        public let bytes: [UInt8]
        /// The number of its bytes.
        public var size: Int { bytes.count }
    }

    private let handle: ArchiveHandle
    private let limits: ArchiveLimits
    private let totalBytesMax: Int
    private var memberCount = 0
    private var totalBytes = 0

    /// Opens an archive.
    ///
    /// - Throws: `damaged` when the bytes are no archive, `outOfMemory`.
    public init(_ bytes: [UInt8], limits: ArchiveLimits = ArchiveLimits()) throws(ArchiveError) {
        guard let handle = ArchiveHandle(bytes) else { throw .outOfMemory }
        guard handle.open(count: bytes.count) else { throw .damaged(member: nil) }
        self.handle = handle
        self.limits = limits
        let (allowed, overflows) = bytes.count.multipliedReportingOverflow(by: limits.ratioMax)
        totalBytesMax = overflows ? .max : max(allowed, 1 << 20)
    }

    /// The next file; nil after the last one. Folders are passed over.
    ///
    /// After an error about one member (`encrypted`, `unsafeName`, `notAFile`, `memberBytes`) the next call goes on
    /// with the member after it.
    ///
    /// - Parameter isWanted: called with the name; a member it refuses is passed over.
    public func next(where isWanted: (String) -> Bool = { _ in true }) throws(ArchiveError) -> Member? {
        while try advance() {
            let name = Archive.decodedName(handle.name)
            try check(name)
            guard handle.isFile else { continue }
            let isWanted = isWanted(name)
            // What a compressed stream holds must be unpacked to be passed over: it is read and counted all the same.
            guard isWanted || !handle.isZip else { continue }
            let bytes = try content(of: name)
            if isWanted { return Member(name: name, bytes: bytes) }
        }
        return nil
    }
}

extension Archive {
    private func advance() throws(ArchiveError) -> Bool {
        switch handle.advance() {
        case .end: return false
        case .failed: throw .damaged(member: nil)
        case .entry: memberCount += 1
        }
        guard memberCount <= limits.membersMax else {
            throw .limitExceeded(.members, maximum: limits.membersMax, member: Archive.decodedName(handle.name))
        }
        return true
    }

    /// A name in UTF-8, or (in a zip that does not say so) in the GBK of Chinese Windows.
    private static func decodedName(_ bytes: [UInt8]) -> String {
        let text = (try? TextEncoding.decode(bytes, declared: nil))?.utf8 ?? bytes
        return String(decoding: text, as: UTF8.self).replacing("\\", with: "/")
    }

    private func check(_ name: String) throws(ArchiveError) {
        let isAbsolute = name.hasPrefix("/") || name.dropFirst().hasPrefix(":/")
        if name.isEmpty || isAbsolute || name.split(separator: "/").contains("..") { throw .unsafeName(member: name) }
        if handle.isEncrypted { throw .encrypted(member: name) }
        guard handle.isFile || handle.isFolder else { throw .notAFile(member: name) }
    }

    private func content(of name: String) throws(ArchiveError) -> [UInt8] {
        var bytes: [UInt8] = []
        while true {
            guard let chunk = handle.chunk() else { throw .damaged(member: name) }
            if chunk.isEmpty { return bytes }
            totalBytes += chunk.count
            try checkSize(bytes.count + chunk.count, name)
            if bytes.isEmpty { bytes = chunk } else { bytes += chunk }
        }
    }

    private func checkSize(_ size: Int, _ name: String) throws(ArchiveError) {
        guard size <= limits.memberBytesMax else {
            throw .limitExceeded(.memberBytes, maximum: limits.memberBytesMax, member: name)
        }
        guard totalBytes <= limits.totalBytesMax else {
            throw .limitExceeded(.totalBytes, maximum: limits.totalBytesMax, member: name)
        }
        guard totalBytes <= totalBytesMax else {
            throw .limitExceeded(.ratio, maximum: limits.ratioMax, member: name)
        }
    }
}
