internal import Codecs

/// The members of an archive, one after another: zip, tar (plain or compressed), 7-Zip, RAR.
///
/// Nothing is written to the disk, and of a file only a block is in memory at a time (of a zip or 7-Zip its directory,
/// too, which the limit of members bounds). An archive is confined to whoever made it: it is not `Sendable`.
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
    private let ratioBytesMax: Int
    private var memberCount = 0
    /// The bytes unpacked so far, those passed over included.
    public private(set) var totalBytes = 0
    /// The member whose content has not been read to its end.
    private var current: String?
    /// A limit of the whole, once exceeded.
    private var failure: ArchiveError?

    /// Opens an archive in memory.
    ///
    /// - Throws: `damaged` when the bytes are no archive, `outOfMemory`.
    public convenience init(_ bytes: [UInt8], limits: ArchiveLimits = ArchiveLimits()) throws(ArchiveError) {
        try self.init(ArchiveHandle(bytes), byteCount: bytes.count, limits)
    }

    /// Opens an archive that is a part of a file.
    ///
    /// - Throws: `damaged` when the bytes are no archive, `outOfMemory`.
    public convenience init(
        _ file: ByteFile, in range: Range<Int>, limits: ArchiveLimits = ArchiveLimits()
    ) throws(ArchiveError) {
        guard SevenZipHeader.isBounded(file, in: range, membersMax: limits.membersMax) else {
            throw .limitExceeded(.members, maximum: limits.membersMax, member: nil)
        }
        let source = ArchiveFileSource(file, in: range, membersMax: limits.membersMax)
        try self.init(ArchiveHandle(source), byteCount: range.count, limits)
    }

    private init(_ handle: ArchiveHandle?, byteCount: Int, _ limits: ArchiveLimits) throws(ArchiveError) {
        guard let handle else { throw .outOfMemory }
        guard handle.open(count: byteCount) else { throw .damaged(member: nil) }
        self.handle = handle
        self.limits = limits
        let (allowed, overflows) = byteCount.multipliedReportingOverflow(by: limits.ratioMax)
        ratioBytesMax = overflows ? .max : max(allowed, limits.ratioFreeBytes)
    }

    /// How far into the file reading has come.
    public var position: Int { handle.position }

    /// The next file; nil after the last one. Folders are passed over.
    ///
    /// After an error about one member (`encrypted`, `unsafeName`, `notAFile`, `memberBytes`,
    /// `unsupportedCompression`) the next call goes on with the member after it.
    ///
    /// - Parameter isWanted: called with the name; a member it refuses is passed over.
    public func next(where isWanted: (String) -> Bool = { _ in true }) throws(ArchiveError) -> Member? {
        while try advance() {
            let name = Archive.decodedName(handle.name)
            try check(name)
            guard handle.isFile, isWanted(name) else { continue }
            return Member(name: name, bytes: try content(of: name))
        }
        return nil
    }

    /// Goes to the next file whose content ``chunk()`` then gives, and returns its name; nil after the last one.
    ///
    /// Goes on after errors as ``next(where:)`` does, and where the content of one member is damaged.
    ///
    /// - Parameter isWanted: called with the name; a member it refuses is passed over, whatever is wrong with it.
    public func nextName(where isWanted: (String) -> Bool = { _ in true }) throws(ArchiveError) -> String? {
        while try advance() {
            let name = Archive.decodedName(handle.name)
            guard isWanted(name) else { continue }
            try check(name)
            if handle.isFile { return name }
        }
        return nil
    }

    /// The next bytes of the member, a quarter of a mebibyte at most; nil at its end.
    ///
    /// - Throws: `damaged`; `limitExceeded` for the archive as a whole, after which every call throws it again.
    public func chunk() throws(ArchiveError) -> [UInt8]? {
        guard let name = current else { return nil }
        guard let chunk = handle.chunk() else {
            current = nil
            throw .damaged(member: name)
        }
        guard !chunk.isEmpty else {
            current = nil
            return nil
        }
        try count(chunk, of: name)
        return chunk
    }
}

extension Archive {
    private func advance() throws(ArchiveError) -> Bool {
        try passOver()
        switch handle.advance() {
        case .end: return false
        case .failed where handle.failsForEncryption: throw .encrypted(member: nil)
        case .failed: throw .damaged(member: nil)
        case .tooMany: throw .limitExceeded(.members, maximum: limits.membersMax, member: nil)
        case .entry: memberCount += 1
        }
        let name = Archive.decodedName(handle.name)
        current = name
        guard memberCount <= limits.membersMax else {
            throw fail(.limitExceeded(.members, maximum: limits.membersMax, member: name))
        }
        return true
    }

    /// What a compressed stream holds must be unpacked to be passed over: it is read and counted all the same.
    private func passOver() throws(ArchiveError) {
        if let failure { throw failure }
        guard let name = current, !handle.canBeSkipped else { return }
        while let chunk = handle.chunk(), !chunk.isEmpty { try count(chunk, of: name) }
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
        if let compression = handle.unboundedCompression { throw .unsupportedCompression(compression, member: name) }
    }

    private func content(of name: String) throws(ArchiveError) -> [UInt8] {
        var bytes: [UInt8] = []
        while let chunk = try chunk() {
            guard bytes.count + chunk.count <= limits.memberBytesMax else {
                throw .limitExceeded(.memberBytes, maximum: limits.memberBytesMax, member: name)
            }
            if bytes.isEmpty { bytes = chunk } else { bytes += chunk }
        }
        return bytes
    }

    private func count(_ chunk: [UInt8], of name: String) throws(ArchiveError) {
        totalBytes += chunk.count
        if totalBytes > limits.totalBytesMax {
            throw fail(.limitExceeded(.totalBytes, maximum: limits.totalBytesMax, member: name))
        }
        if totalBytes > ratioBytesMax {
            throw fail(.limitExceeded(.ratio, maximum: limits.ratioMax, member: name))
        }
    }

    private func fail(_ error: ArchiveError) -> ArchiveError {
        failure = error
        return error
    }
}
