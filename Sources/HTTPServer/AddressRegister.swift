import Synchronization

/// Counts the open connections of each address, for all loops of a server.
///
/// A lock, taken twice for each connection of an address that has a limit; loopback addresses have none by default.
final class AddressRegister: Sendable {
    private let connectionsMax: Int
    private let exemptsLoopback: Bool
    private let counts = Mutex<[UInt64: Int]>([:])

    init(_ limits: Limits) {
        connectionsMax = limits.connectionsPerAddressMax
        exemptsLoopback = limits.exemptsLoopback
    }

    /// Counts a connection; false, and nothing counted, when its address has as many as it may.
    func admit(_ peer: PeerAddress) -> Bool {
        guard !isExempt(peer) else { return true }
        return counts.withLock { counts in
            let count = counts[peer.network, default: 0]
            guard count < connectionsMax else { return false }
            counts[peer.network] = count + 1
            return true
        }
    }

    /// Takes back what `admit` counted.
    func release(_ peer: PeerAddress) {
        guard !isExempt(peer) else { return }
        counts.withLock { counts in
            let count = counts[peer.network, default: 0]
            counts[peer.network] = count > 1 ? count - 1 : nil
        }
    }

    private func isExempt(_ peer: PeerAddress) -> Bool {
        exemptsLoopback && peer.isLoopback
    }
}

extension PeerAddress {
    /// The IPv4 address, or the upper half of an IPv6 address: one site has at least a /64 to itself (RFC 6177).
    fileprivate var network: UInt64 {
        switch self {
        case .v4(let address, _): UInt64(address)
        case .v6(0, let low, _) where low >> 32 == 0xFFFF: low & 0xFFFF_FFFF
        case .v6(let high, _, _): high
        }
    }
}
