internal import CNettle
internal import CSodium

/// A SHA-256 digest.
///
/// Comparing two takes the same time wherever they differ, so that a secret can be compared by its digest.
public struct Digest: Sendable, Hashable, CustomStringConvertible {
    /// The 32 bytes.
    public let bytes: [UInt8]

    /// Digests bytes.
    public init(of bytes: [UInt8]) {
        // Nettle uses the instructions that processors have for it, a fifth of libsodium's time.
        var digest = [UInt8](repeating: 0, count: Int(SHA256_DIGEST_SIZE))
        unsafe nettle_sha256_of(bytes, bytes.count, &digest)
        self.bytes = digest
    }

    /// The digest in 64 lower-case hexadecimal digits.
    public var hex: String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }

    /// The same as ``hex``.
    public var description: String { hex }

    /// Whether two digests are equal, in constant time.
    public static func == (left: Digest, right: Digest) -> Bool {
        constantTimeEqual(left.bytes, right.bytes)
    }

    /// Whether two byte strings are equal, in a time that depends on nothing but their lengths.
    public static func constantTimeEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        guard left.count == right.count else { return false }
        Sodium.start()
        return unsafe sodium_memcmp(left, right, left.count) == 0
    }
}

/// Bytes that nobody can guess.
public enum RandomBytes {
    /// Makes bytes for tokens and identifiers from the system's generator.
    public static func make(count: Int) -> [UInt8] {
        precondition(count >= 0, "a negative count of random bytes")
        Sodium.start()
        var bytes = [UInt8](repeating: 0, count: count)
        unsafe randombytes_buf(&bytes, count)
        return bytes
    }
}

private enum Sodium {
    /// libsodium wants this once before all else; it returns -1 only when the system has no randomness.
    private static let status = sodium_init()

    static func start() {
        precondition(status >= 0, "libsodium could not start")
    }
}
