/// The address and port of the other end of a connection, or of the server's own.
public enum PeerAddress: Sendable, Hashable, CustomStringConvertible {
    /// An IPv4 address as a number in host order.
    case v4(address: UInt32, port: UInt16)
    /// An IPv6 address as its upper and lower half in host order.
    case v6(high: UInt64, low: UInt64, port: UInt16)

    /// `127.0.0.1` with port 0, for requests that came over no socket.
    public static let loopback = PeerAddress.v4(address: 0x7F00_0001, port: 0)

    /// The TCP port.
    public var port: UInt16 {
        switch self {
        case .v4(_, let port), .v6(_, _, let port): port
        }
    }

    /// Whether the address is in 127.0.0.0/8, is `::1`, or is an IPv4 loopback address mapped into IPv6 (RFC 4291 §2.5.5).
    public var isLoopback: Bool {
        switch self {
        case .v4(let address, _): address >> 24 == 127
        case .v6(let high, let low, _): high == 0 && (low == 1 || low >> 24 == 0xFFFF_7F)
        }
    }

    /// The address alone: `192.0.2.1`, or eight hexadecimal groups for IPv6 (an IPv4-mapped one is given as IPv4).
    public var host: String {
        switch self {
        case .v4(let address, _):
            return Self.dotted(address)
        case .v6(0, let low, _) where low >> 32 == 0xFFFF:
            return Self.dotted(UInt32(truncatingIfNeeded: low))
        case .v6(let high, let low, _):
            if high == 0, low <= 1 { return low == 1 ? "::1" : "::" }
            return [high, low].flatMap { half in
                [48, 32, 16, 0].map { String(UInt16(truncatingIfNeeded: half >> UInt64($0)), radix: 16) }
            }.joined(separator: ":")
        }
    }

    /// Address and port as in a URI: `192.0.2.1:8080`, `[::1]:8080`.
    public var description: String {
        let host = host
        return host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
    }

    private static func dotted(_ address: UInt32) -> String {
        "\(address >> 24).\(address >> 16 & 255).\(address >> 8 & 255).\(address & 255)"
    }
}
