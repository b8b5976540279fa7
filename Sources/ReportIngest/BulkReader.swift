internal import Documents
internal import Foundation

/// The documents of an upload, one after another, in the order in which they stand in it.
///
/// In memory are one item (``BulkLimits/itemBytesMax``) and blocks of what it lies in, whatever the size of the upload;
/// archives within archives are unpacked to temporary files without a name. A reader is confined to whoever made it.
/// The litter of file managers (`__MACOSX`, `Thumbs.db`, hidden files, Office's lock files) is passed over.
public final class BulkReader: BulkItems {
    private let budget: BulkBudget
    private var levels: [(layer: any BulkLayer, source: BulkSource)]
    private var index = 0
    private var failure: IngestError?

    /// The small fields of a form that were met so far: those before the first file, when that has been read. Forms
    /// should state what holds for all files (agency, year, region, scope, reason) before them.
    public private(set) var fields: [String: String] = [:]
    /// The bytes of the upload.
    public let bytesTotal: Int

    /// Begins to read a finished spool.
    ///
    /// - Parameter name: the file's name, by which a compressed single file is called.
    /// - Throws: `unreadableDocument` when the upload is not what it is called.
    public convenience init(
        _ spool: Spool, kind: BulkKind, name: String? = nil, limits: BulkLimits = BulkLimits()
    ) throws(IngestError) {
        let source = BulkSource(file: spool.file, range: 0..<spool.byteCount, kind: kind, name: nil, depth: 0)
        try self.init(source, fileName: name, temporaryFolder: spool.folder, limits: limits)
    }

    /// Begins to read a file.
    ///
    /// - Parameter temporaryFolder: where archives within the archive are unpacked; the system's where none is given.
    /// - Throws: `store` when the file cannot be read; `unreadableDocument` when it is not what it is called.
    public convenience init(
        path: String, kind: BulkKind, temporaryFolder: String? = nil, limits: BulkLimits = BulkLimits()
    ) throws(IngestError) {
        let (file, count) = try IngestError.ofFile { () throws(FileError) in
            let file = try ByteFile.open(path)
            return (file, try file.byteCount())
        }
        try self.init(
            BulkSource(file: file, range: 0..<count, kind: kind, name: nil, depth: 0),
            fileName: path.split(separator: "/").last.map(String.init), temporaryFolder: temporaryFolder,
            limits: limits)
    }

    init(
        _ source: BulkSource, fileName: String?, temporaryFolder: String?, limits: BulkLimits
    ) throws(IngestError) {
        bytesTotal = source.range.count
        budget = BulkBudget(
            limits: limits, rootBytes: source.range.count,
            temporaryFolder: temporaryFolder ?? FileManager.default.temporaryDirectory.path)
        // Only a single file in gzip is called as the upload is.
        let root = BulkSource(
            file: source.file, range: source.range, kind: source.kind,
            name: source.kind == .gzip ? fileName : source.name, depth: 0)
        levels = []
        levels = [(try budget.open(root), root)]
    }

    /// How many of ``bytesTotal`` have been read, for a progress bar.
    public var bytesRead: Int { min(levels.first?.layer.position ?? bytesTotal, bytesTotal) }

    /// The next item; nil after the last one.
    ///
    /// - Throws: when nothing more can be read: the upload is damaged from here on, or a limit of the whole is
    ///   exceeded. Every later call throws the same.
    public func next() throws(IngestError) -> BulkItem? {
        if let failure { throw failure }
        do throws(IngestError) {
            return try advance()
        } catch {
            failure = error
            throw error
        }
    }
}

extension BulkReader {
    private func advance() throws(IngestError) -> BulkItem? {
        while let level = levels.last {
            do throws(IngestError) {
                switch try level.layer.next() {
                case .item(let name, let line, let content): return try item(name, line, content)
                case .field(let name, let value): try add(name, value)
                case .nested(let source): if let refused = try descend(source) { return refused }
                case nil: levels.removeLast()
                }
            } catch {
                // What is wrong with an archive in the upload is that item's error; the rest goes on.
                guard levels.count > 1, budget.failure == nil else { throw error }
                levels.removeLast()
                return try item(level.source.name, nil, .failure(error))
            }
        }
        return nil
    }

    private func descend(_ source: BulkSource) throws(IngestError) -> BulkItem? {
        do throws(IngestError) {
            levels.append((try budget.open(source), source))
            return nil
        } catch {
            guard budget.failure == nil else { throw error }
            return try item(source.name, nil, .failure(error))
        }
    }

    private func item(
        _ name: String?, _ line: Int?, _ content: Result<BulkItem.Content, IngestError>
    ) throws(IngestError) -> BulkItem {
        guard index < budget.limits.itemsMax else {
            throw budget.fail(.bulkLimitExceeded("items", maximum: budget.limits.itemsMax, item: name))
        }
        defer { index += 1 }
        return BulkItem(index: index, name: name, line: line, content: content)
    }

    private func add(_ name: String, _ value: String) throws(IngestError) {
        guard fields.count < budget.limits.fieldsMax else {
            throw budget.fail(.bulkLimitExceeded("fields", maximum: budget.limits.fieldsMax, item: name))
        }
        guard fields.updateValue(value, forKey: name) == nil else {
            throw budget.fail(.malformedField(name, expected: "the field once"))
        }
    }
}
