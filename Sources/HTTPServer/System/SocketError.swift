import Glibc

/// A system call that failed while a server was set up.
public struct SocketError: Error, Sendable, CustomStringConvertible {
    /// The call, and the host and port where they matter.
    public let operation: String
    /// `errno`, or the code of `getaddrinfo(3)` where `operation` says so.
    public let code: Int32

    /// The operation and the system's sentence for the code.
    public var description: String {
        if operation.hasPrefix("getaddrinfo") {
            return unsafe "\(operation): \(String(cString: gai_strerror(code)))"
        }
        return unsafe "\(operation): \(String(cString: strerror(code)))"
    }
}
