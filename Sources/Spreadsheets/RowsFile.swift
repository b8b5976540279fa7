internal import Glibc

/// The file of a sheet's rows while the library writes the workbook: it closes the file, but not when it fails before
/// that. The file has no name, so that its room on the disk would be lost, too.
@safe
struct RowsFile {
    private let file: UnsafeMutablePointer<FILE>
    private let descriptor: Int32
    /// A second descriptor: while it is open, no other file can be taken for this one.
    private let twin: Int32

    /// Remembers a file; nil for none and when there is no descriptor left.
    init?(_ file: UnsafeMutablePointer<FILE>?) {
        guard let file = unsafe file else { return nil }
        let descriptor = unsafe fileno(file)
        let twin = fcntl(descriptor, F_DUPFD_CLOEXEC, 0)
        guard twin >= 0 else { return nil }
        unsafe self.file = file
        self.descriptor = descriptor
        self.twin = twin
    }

    /// Closes the file unless the library has.
    func closeIfForgotten() {
        var mine = stat()
        var now = stat()
        let isOpen = unsafe fstat(twin, &mine) == 0 && fstat(descriptor, &now) == 0
        if isOpen, mine.st_dev == now.st_dev, mine.st_ino == now.st_ino { unsafe fclose(file) }
        close(twin)
    }
}
