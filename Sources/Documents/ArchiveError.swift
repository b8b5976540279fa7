/// Why an archive, or one member of it, was not read.
public enum ArchiveError: Error, Sendable, Hashable {
    /// The bytes are no archive of a known format, or cut off; `member` is the last one that was met.
    case damaged(member: String?)
    /// The member, or for nil the list of all of them, is encrypted, and cannot be read without a password.
    case encrypted(member: String?)
    /// The name would lead out of the folder that an archive is unpacked to, or is empty.
    case unsafeName(member: String)
    /// The member is a link or a device, not a file.
    case notAFile(member: String)
    /// The member is compressed in a way that is not read, because its author decides how much memory it takes.
    case unsupportedCompression(String, member: String)
    /// The archive exceeds a limit; `member` is the one that does it.
    case limitExceeded(ArchiveLimits.Limit, maximum: Int, member: String?)
    /// The library could not start, for want of memory.
    case outOfMemory
}

extension ArchiveError {
    /// What is wrong, in a few English words without a full stop.
    public var reason: String {
        switch self {
        case .damaged(let member): "the archive is damaged\(member.map { " in \($0)" } ?? "")"
        case .encrypted(let member):
            "\(member ?? "the list of its members") is encrypted; make the archive without a password"
        case .unsafeName(let member): "the archive has a member with an unsafe name: \(member)"
        case .notAFile(let member): "\(member) is a link or a device"
        case .unsupportedCompression(let name, let member): "\(member) is compressed with \(name); use Deflate"
        case .limitExceeded(let limit, let maximum, let member):
            "the archive exceeds \(maximum) \(limit.rawValue)\(member.map { " at \($0)" } ?? "")"
        case .outOfMemory: "memory is short"
        }
    }
}

/// How much of an archive is read before it is refused: a few kilobytes can unpack to terabytes.
public struct ArchiveLimits: Sendable, Hashable {
    /// One limit, by the name that errors give it.
    public enum Limit: String, Sendable, Hashable, CaseIterable {
        /// Members, folders included.
        case members
        /// Bytes of one member.
        case memberBytes
        /// Bytes of all members together.
        case totalBytes
        /// How many times larger than the archive its members may be together.
        case ratio
    }

    /// Members, folders included.
    public var membersMax: Int
    /// Bytes of one member.
    public var memberBytesMax: Int
    /// Bytes of all members together.
    public var totalBytesMax: Int
    /// How many times larger than the archive its members may be together.
    public var ratioMax: Int
    /// Bytes of all members together that are free of that ratio.
    public var ratioFreeBytes: Int

    /// Makes limits.
    public init(
        membersMax: Int = 10_000, memberBytesMax: Int = 16 << 20, totalBytesMax: Int = 256 << 20, ratioMax: Int = 200,
        ratioFreeBytes: Int = 1 << 20
    ) {
        self.membersMax = membersMax
        self.memberBytesMax = memberBytesMax
        self.totalBytesMax = totalBytesMax
        self.ratioMax = ratioMax
        self.ratioFreeBytes = ratioFreeBytes
    }
}
