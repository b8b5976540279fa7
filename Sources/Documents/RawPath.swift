internal import Codecs
internal import Glibc

/// A path in the bytes that the file system has: archives from Windows leave names in GBK behind, which no text holds.
public struct RawPath: Sendable, Hashable {
    /// Its bytes, whatever they stand for.
    public let bytes: [UInt8]

    /// Takes bytes.
    public init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// Takes the bytes of a text.
    public init(_ text: String) {
        bytes = Array(text.utf8)
    }

    /// What people are shown, and what the path is where it is UTF-8: other names are read as GB18030.
    public var label: String {
        if let text = String(validating: bytes, as: UTF8.self) { return text }
        let utf8 = (try? TextEncoding.decode(bytes, declared: .gb18030))?.utf8 ?? bytes
        return String(decoding: utf8, as: UTF8.self)
    }

    /// What a text means that may have lost bytes, as arguments of a command do: every path that it can stand for, in the
    /// order of their bytes; the text itself where there is none.
    public static func meant(by text: String) -> [RawPath] {
        let path = RawPath(text)
        guard text.unicodeScalars.contains(lost), path.isFolder(followingLinks: true) == nil else { return [path] }
        var found = [RawPath(bytes: text.hasPrefix("/") ? [slash] : [])]
        for part in text.split(separator: "/") {
            found = found.flatMap { folder in
                guard part.unicodeScalars.contains(lost) else { return [folder.appending(Array(part.utf8))] }
                let names = (folder.bytes.isEmpty ? RawPath(".") : folder).names() ?? []
                return names.filter { String(decoding: $0, as: UTF8.self) == part }.map { folder.appending($0) }
            }
        }
        return found.isEmpty ? [path] : found
    }

    /// The path of what a folder holds.
    public func appending(_ name: [UInt8]) -> RawPath {
        RawPath(bytes: bytes.isEmpty || bytes.last == Self.slash ? bytes + name : bytes + [Self.slash] + name)
    }

    /// Whether it is a folder; nil where there is nothing, or nothing that may be looked at.
    public func isFolder(followingLinks: Bool) -> Bool? {
        guard let path = terminated else { return nil }
        var status = stat()
        guard unsafe (followingLinks ? stat(path, &status) : lstat(path, &status)) == 0 else { return nil }
        return status.st_mode & S_IFMT == S_IFDIR
    }

    /// The names in a folder, in the order of their bytes; nil where it may not be read.
    public func names() -> [[UInt8]]? {
        guard let path = terminated, let folder = unsafe opendir(path) else { return nil }
        // Safe: the folder is open until the end of this scope, and each entry is read before the next one is asked for.
        defer { unsafe closedir(folder) }
        var names: [[UInt8]] = []
        while let entry = unsafe readdir(folder) {
            let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { name in
                unsafe Array(
                    UnsafeRawBufferPointer(start: name, count: MemoryLayout.size(ofValue: name.pointee))
                        .prefix { $0 != 0 })
            }
            if name != Array(".".utf8), name != Array("..".utf8) { names.append(name) }
        }
        return names.sorted { $0.lexicographicallyPrecedes($1) }
    }

    private static let slash = UInt8(ascii: "/")
    /// What stands where bytes were lost.
    private static let lost: Unicode.Scalar = "\u{fffd}"

    /// As C takes it; nil for a path that holds its end mark.
    var terminated: [CChar]? {
        bytes.contains(0) ? nil : bytes.map { CChar(bitPattern: $0) } + [0]
    }
}
