internal import Documents

/// The documents of files, folder trees and archives, one after another: what `disclosure import` is given.
///
/// Paths come in the order they are given; within a folder, names come in the order of their bytes. Links inside
/// folders are not followed, hidden files and the litter of file managers are passed over. In memory are the names of
/// the folders on the way and what ``BulkReader`` takes. A walk is confined to whoever made it.
public final class FolderWalk: BulkItems {
    private let limits: BulkLimits
    private let temporaryFolder: String?
    /// What is still to be visited, the next one last.
    private var pending: [(path: RawPath, isGiven: Bool)]
    private var reader: (path: String, reader: BulkReader)?
    private var index = 0
    /// The folder in which the given path lies, with the slash behind it.
    private var parent = ""
    /// The bytes of the files that are done with.
    private var bytesBefore = 0
    /// The file that the last item was in, or was.
    public private(set) var currentFile: String?

    /// Begins a walk.
    ///
    /// - Parameters:
    ///   - temporaryFolder: where archives within archives are unpacked; the system's where none is given.
    ///   - limits: what each file may hold; the number of files has no limit.
    public init(paths: [String], temporaryFolder: String? = nil, limits: BulkLimits = BulkLimits()) {
        self.limits = limits
        self.temporaryFolder = temporaryFolder
        var seen: Set<RawPath> = []
        // Two names that lost their bytes may read alike: each path is visited once.
        let meant = paths.flatMap { path in
            RawPath.meant(by: path).filter { path.isWhole || seen.insert($0).inserted }
        }
        pending = meant.reversed().map { ($0, true) }
    }

    /// How much of the files has been read so far.
    public var bytesRead: Int { bytesBefore + (reader?.reader.bytesRead ?? 0) }
    /// None: folders have no form before them.
    public var fields: [String: String] { [:] }

    /// The next document; nil after the last one. Whatever cannot be read is an item with its error.
    public func next() -> BulkItem? {
        while true {
            if let item = nextOfReader() { return item }
            guard let (path, isGiven) = pending.popLast() else { return nil }
            do throws(IngestError) {
                if let item = try visit(path, isGiven: isGiven) { return item }
            } catch {
                return item(path.label, nil, .failure(error))
            }
        }
    }
}

extension FolderWalk {
    private func nextOfReader() -> BulkItem? {
        guard let (path, reader) = reader else { return nil }
        do throws(IngestError) {
            guard let inner = try reader.next() else {
                close()
                return nil
            }
            return item(inner.name.map { "\(path)/\($0)" } ?? path, inner.line, inner.content)
        } catch {
            close()
            return item(path, nil, .failure(error))
        }
    }

    private func close() {
        bytesBefore += reader?.reader.bytesTotal ?? 0
        reader = nil
    }

    /// Opens a folder or a file; nil where there is no document to give at once.
    private func visit(_ raw: RawPath, isGiven: Bool) throws(IngestError) -> BulkItem? {
        let path = raw.label
        currentFile = path
        if isGiven { parent = Self.parent(of: path) }
        // What is named on the command line is meant, link or not.
        guard let isFolder = raw.isFolder(followingLinks: isGiven) else {
            throw .unreadableDocument("it is not there, or may not be read")
        }
        if isFolder {
            pending += try names(in: raw).reversed().map { (raw.appending($0), false) }
            return nil
        }
        let file: ByteFile
        do throws(FileError) {
            file = try ByteFile.open(raw, followingLinks: isGiven)
        } catch {
            throw .unreadableDocument(error.isLink ? "it is a link" : error.reason)
        }
        let count = try IngestError.ofFile { () throws(FileError) in try file.byteCount() }
        let kind = try BulkKind.of(mediaType: nil, file: file, range: 0..<count, fileName: path)
        guard let kind else {
            let content = try content(of: file, count)
            bytesBefore += count
            return item(path, nil, .success((content, nil)))
        }
        let source = BulkSource(file: file, range: 0..<count, kind: kind, name: nil, depth: 0)
        // The path is put before the names of what it holds; one file in gzip is called by the path alone.
        reader = (path, try BulkReader(source, fileName: nil, temporaryFolder: temporaryFolder, limits: limits))
        return nil
    }

    private func content(of file: ByteFile, _ count: Int) throws(IngestError) -> [UInt8] {
        guard count <= limits.itemBytesMax else { throw .limitExceeded("bytes", maximum: limits.itemBytesMax) }
        return try IngestError.ofFile { () throws(FileError) in try file.read(at: 0, count: count) }
    }

    private func names(in folder: RawPath) throws(IngestError) -> [[UInt8]] {
        guard let names = folder.names() else { throw .unreadableDocument("the folder may not be read") }
        return names.filter { !Litter.isLitter(String(decoding: $0, as: UTF8.self)) }
    }

    private func item(
        _ name: String, _ line: Int?, _ content: Result<BulkItem.Content, IngestError>
    ) -> BulkItem {
        defer { index += 1 }
        // Readers of the reports have no business to know where on this machine the documents were.
        let fileName = String(decoding: name.utf8.dropFirst(parent.utf8.count), as: UTF8.self)
        return BulkItem(index: index, name: name, line: line, fileName: fileName, content: content)
    }

    /// What stands before the last part of a path: `/home/李四/` of `/home/李四/reports/`.
    private static func parent(of path: String) -> String {
        let end = path.lastIndex { $0 != "/" }.map { path.index(after: $0) } ?? path.startIndex
        let start = path[..<end].lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex
        guard [".", ".."].contains(path[start..<end]) else { return String(path[..<start]) }
        return path.hasSuffix("/") ? path : path + "/"
    }
}

extension String {
    /// Whether no byte of it was lost when it was made.
    fileprivate var isWhole: Bool { !unicodeScalars.contains("\u{fffd}") }
}
