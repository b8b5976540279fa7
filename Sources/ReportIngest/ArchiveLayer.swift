internal import Documents

/// The members of an archive.
final class ArchiveLayer: BulkLayer {
    private let archive: Archive
    private let source: BulkSource
    private let budget: BulkBudget
    private var charged = 0

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
        do throws(ArchiveError) {
            guard let name = try archive.nextName(where: { !Litter.isLitter($0) }) else { return nil }
            return try entry(path(name))
        } catch {
            return try refusal(error)
        }
    }

    private func path(_ name: String) -> String {
        bulkPath(source.name, name.split(separator: "/").filter { $0 != "." }.joined(separator: "/"))
    }

    /// A member's own fault is its item; anything else ends the archive.
    private func refusal(_ error: ArchiveError) throws(IngestError) -> BulkEntry {
        try charge(nil)
        let reason = IngestError(error, limits: budget.limits)
        switch error {
        case .encrypted(let member), .unsafeName(let member), .notAFile(let member), .damaged(let member?),
            .unsupportedCompression(_, let member):
            return .item(name: bulkPath(source.name, member), .failure(reason))
        case .damaged(nil), .outOfMemory, .limitExceeded: throw reason
        }
    }

    private func entry(_ name: String) throws(IngestError) -> BulkEntry {
        var collector = BulkCollector(budget, name: name, depth: source.depth)
        do throws(ArchiveError) {
            while let piece = try archive.chunk() {
                let goesOn: Result<Bool, IngestError> = Result { () throws(IngestError) in
                    try charge(name)
                    return try collector.add(piece)
                }
                guard try goesOn.get() else { break }
            }
        } catch {
            return try refusal(error)
        }
        return try collector.finish()
    }

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
