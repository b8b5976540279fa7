internal import Glibc

extension Span<UInt8> {
    /// The first place of a byte in a range; nil where it does not stand there, and where the range goes beyond the span.
    ///
    /// `memchr`, which takes a tenth of the time of a loop: for walks over every byte of an upload. O(length).
    public func firstIndex(of byte: UInt8, in range: Range<Int>) -> Int? {
        guard !range.isEmpty, range.lowerBound >= 0, range.upperBound <= count else { return nil }
        return unsafe withUnsafeBytes { bytes in
            // Safe: the guard keeps the search inside.
            guard let base = bytes.baseAddress else { return nil }
            let found = unsafe memchr(base + range.lowerBound, Int32(byte), range.count)
            return unsafe found.map { unsafe UnsafeRawPointer($0) - base }
        }
    }
}
