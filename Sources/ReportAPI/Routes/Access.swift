internal import HTTPServer
internal import HTTPTypes
internal import ReportStore

extension Service {
    /// Without tokens, writing is for this machine alone, not for those behind a proxy on it; and pages of other sites
    /// may not write through its browser.
    func requireWrites(_ call: Call) throws(Problem) {
        let isPassedOn = ["Forwarded", "X-Forwarded-For", "X-Real-IP"].contains { name in
            HTTPField.Name(name).map { call.request.bytes(of: $0) != nil } ?? false
        }
        guard settings.allowsWrites, call.request.peer.isLoopback, !isPassedOn else {
            throw Problem(
                .forbidden, "This server is read-only: without tokens, writing is open on a loopback address alone.",
                chinese: "本服务器只读：未配置令牌时，仅在本机回环地址上可写。")
        }
        let site = call.request[HTTPField.Name.fetchSite]
        let origin = call.request[.origin]
        guard site == nil || site == "same-origin" || site == "none", origin.map(Origin.isLoopback) ?? true else {
            throw Problem(
                .forbidden, "A page of another site may not write here.", chinese: "其他网站的页面不能在此写入。")
        }
        // Before a body is taken: there may be no room for one either.
        if store.isReadOnly { throw Problem(StoreError.readOnly) }
    }
}

extension HTTPField.Name {
    /// `Sec-Fetch-Site`: where a browser's request comes from (Fetch Metadata).
    static var fetchSite: HTTPField.Name { HTTPField.Name("Sec-Fetch-Site") ?? .origin }
}

/// The origin of a page (RFC 6454).
enum Origin {
    /// Whether a page comes from this machine.
    static func isLoopback(_ origin: String) -> Bool {
        guard let scheme = origin.firstRange(of: "://") else { return false }
        let authority = origin[scheme.upperBound...]
        return ["localhost", "127.0.0.1", "[::1]"].contains { host in
            guard authority.hasPrefix(host) else { return false }
            let port = authority.dropFirst(host.count)
            return port.isEmpty || port.hasPrefix(":") && UInt16(port.dropFirst()) != nil
        }
    }
}
