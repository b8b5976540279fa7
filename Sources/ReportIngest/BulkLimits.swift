internal import Documents

/// How much many documents in one upload may be: a few kilobytes can unpack to terabytes.
public struct BulkLimits: Sendable, Hashable {
    /// Items, those that are refused included. A zip whose directory has more members is not opened at all.
    public var itemsMax: Int
    /// Bytes of one item.
    public var itemBytesMax: Int
    /// Bytes unpacked altogether, on all levels.
    public var totalBytesMax: Int
    /// How many times larger than the upload everything unpacked from it may be; the first 64 MiB are free.
    public var ratioMax: Int
    /// How deep archives may lie in the uploaded archive: 2 opens an archive in an archive in the uploaded one.
    public var depthMax: Int
    /// Bytes of a line of NDJSON.
    public var lineBytesMax: Int
    /// Bytes of the head of a part of a form.
    public var partHeadBytesMax: Int
    /// Bytes of the value of a field of a form; a longer one is an item.
    public var fieldBytesMax: Int
    /// Fields of a form.
    public var fieldsMax: Int

    /// Makes limits; `lineBytesMax` is that of an item where nothing is said.
    public init(
        itemsMax: Int = 200_000, itemBytesMax: Int = 16 << 20, totalBytesMax: Int = 8 << 30, ratioMax: Int = 1000,
        depthMax: Int = 2, lineBytesMax: Int? = nil, partHeadBytesMax: Int = 16 << 10, fieldBytesMax: Int = 4096,
        fieldsMax: Int = 100
    ) {
        self.itemsMax = itemsMax
        self.itemBytesMax = itemBytesMax
        self.totalBytesMax = totalBytesMax
        self.ratioMax = ratioMax
        self.depthMax = depthMax
        self.lineBytesMax = lineBytesMax ?? itemBytesMax
        self.partHeadBytesMax = partHeadBytesMax
        self.fieldBytesMax = fieldBytesMax
        self.fieldsMax = fieldsMax
    }

    /// What the ratio leaves free: small uploads of much alike pages pack well.
    static let ratioFreeBytes = 64 << 20

    /// The limits of one archive, of which so many bytes may still be unpacked.
    func archive(bytesLeft: Int) -> ArchiveLimits {
        // Folders and the litter of file managers are members, too.
        let (members, overflows) = itemsMax.multipliedReportingOverflow(by: 2)
        return ArchiveLimits(
            membersMax: overflows ? .max : members, memberBytesMax: itemBytesMax, totalBytesMax: bytesLeft,
            ratioMax: ratioMax, ratioFreeBytes: BulkLimits.ratioFreeBytes)
    }
}
