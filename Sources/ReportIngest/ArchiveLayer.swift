internal import Documents

/// The members of an archive.
final class ArchiveLayer: BulkLayer {
    private let archive: Archive
    private let source: BulkSource
    private let budget: BulkBudget
    private var charged = 0
    private var isLookedAt = false

    init(_ source: BulkSource, _ budget: BulkBudget) throws(IngestError) {
        self.source = source
        self.budget = budget
        do throws(ArchiveError) {
            archive = try Archive(
                source.file, in: source.range, limits: budget.limits.archive(bytesLeft: budget.bytesLeft))
        } catch {
            throw IngestError(error, limits: budget.limits)
        }
    }

    var position: Int { archive.position }

    func next() throws(IngestError) -> BulkEntry? {
        if !isLookedAt {
            isLookedAt = true
            // libarchive passes over the checksum of gzip, and a wrong digit in a report would be taken for a right one.
            try source.requireSoundGzip(within: budget)
        }
        let name: String?
        do throws(ArchiveError) {
            name = try archive.nextName { !Litter.isLitter($0) }
        } catch {
            return try refusal(error)
        }
        guard let name else { return nil }
        let path = bulkPath(source.name, name)
        try charge(path)
        return try entry(path)
    }

    private func entry(_ name: String) throws(IngestError) -> BulkEntry {
        var collector = BulkCollector(budget, name: name, depth: source.depth)
        while true {
            let piece: [UInt8]?
            do throws(ArchiveError) { piece = try archive.chunk() } catch { return try refusal(error) }
            guard let piece else { break }
            try charge(name)
            guard try collector.add(piece) else { break }
        }
        return try collector.finish()
    }

    /// A member's own fault is its item; anything else ends the archive.
    private func refusal(_ error: ArchiveError) throws(IngestError) -> BulkEntry {
        let reason = IngestError(error, limits: budget.limits)
        switch error {
        case .encrypted(let member?), .unsafeName(let member), .notAFile(let member), .damaged(let member?),
            .unsupportedCompression(_, let member):
            let name = bulkPath(source.name, member)
            try charge(name)
            return .item(name: name, .failure(reason))
        case .limitExceeded(_, _, let member):
            try charge(member.map { bulkPath(source.name, $0) })
            throw reason
        case .damaged(nil), .encrypted(nil), .outOfMemory:
            try charge(nil)
            throw reason
        }
    }

    /// Counts what has been unpacked since the last time, what was passed over included.
    private func charge(_ item: String?) throws(IngestError) {
        let count = archive.totalBytes - charged
        charged = archive.totalBytes
        try budget.charge(count, item: item)
    }
}

/// What file managers and office programs leave behind, which nobody meant to upload.
enum Litter {
    private static let names: Set<String> = ["__macosx", "thumbs.db", "desktop.ini", "ehthumbs.db", "$recycle.bin"]

    /// Whether a path is that of litter, or lies in it.
    static func isLitter(_ path: String) -> Bool {
        path.split(separator: "/").contains { part in
            let isHidden = part.hasPrefix(".") && part != "." && part != ".."
            return isHidden || part.hasPrefix("~$") || part.hasPrefix(".~") || names.contains(part.lowercased())
        }
    }
}
