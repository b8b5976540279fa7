internal import HTTPServer
internal import HTTPTypes
internal import ReportStore

/// What the current representation of a resource is known by, for the preconditions of RFC 9110 §13.
struct CurrentRepresentation {
    /// Its tags, one for each content coding: whoever has one of them has the current figures.
    let tags: [EntityTag]
    /// When it last changed, in seconds since 1970.
    let lastModified: Int64?

    /// Whether `If-Match` lets a request through, or `If-Unmodified-Since` where there is no `If-Match`.
    func permits(_ request: Request) -> Bool {
        if let field = request.bytes(of: .ifMatch) {
            guard let condition = EntityTagCondition(field) else { return false }
            return condition == .any || tags.contains { condition.permits($0) }
        }
        guard let lastModified, let field = request.bytes(of: .ifUnmodifiedSince), let since = HTTPDate(field) else {
            return true
        }
        return lastModified <= Int64(since.secondsSince1970)
    }

    /// Whether `If-None-Match` names it: `*` names any.
    func isNamed(by request: Request) -> Bool {
        guard let field = request.bytes(of: .ifNoneMatch), let condition = EntityTagCondition(field) else {
            return false
        }
        return tags.contains { condition.contains($0) }
    }
}

extension Request {
    /// Whether it is for the representation alone that the client has, or for one no newer than it knows.
    var demandsWhatIsKnown: Bool { bytes(of: .ifMatch) != nil || bytes(of: .ifUnmodifiedSince) != nil }

    /// Whether it demands anything of the resource that it changes.
    fileprivate var isConditional: Bool { demandsWhatIsKnown || bytes(of: .ifNoneMatch) != nil }

    /// Whether a representation, nil for none, is what it demands.
    fileprivate func isContent(with current: CurrentRepresentation?) -> Bool {
        // Without a current representation, `If-Match` is false whatever it says.
        guard let current else { return bytes(of: .ifMatch) == nil }
        return current.permits(self) && !current.isNamed(by: self)
    }
}

extension Service {
    /// Holds a request that writes to what it demands of the resource at its address, as a GET shows it: before its body
    /// is read. What writes asks again, within its transaction, by ``precondition(_:)``.
    ///
    /// - Throws: ``Problem/Code/preconditionFailed``.
    func requirePreconditions(_ call: Call) async throws {
        let request = call.request
        guard request.method != .get, request.method != .head, request.isConditional else { return }
        // Sent again under its key it gets the answer of its first time, which changed the very resource.
        guard request.method != .put || call.idempotencyKey == nil else { return }
        try requireWrites(call)
        guard request.isContent(with: try await currentRepresentation(of: request)) else {
            throw Problem.preconditionFailed
        }
    }

    /// What a request that writes demands of the resource at its address, to be held against the store in the transaction
    /// that writes: of several that know the same representation, one alone gets through. Nil where it demands nothing, or
    /// where the resource is not read by key.
    func precondition(_ call: Call) -> Precondition? {
        let request = call.request
        guard request.isConditional, let look = try? Request(.get, target(of: request), peer: request.peer),
            case .found(let route, let segments) = router.match(look.method, look.path),
            case .read(let action) = route.action, let path = try? path(segments),
            let query = try? Query(nil, known: route.parameters, filters: route.filters)
        else { return nil }
        let get = Call(request: look, path: path, query: query, language: call.language)
        return { snapshot in
            request.isContent(with: try Self.current { try action(Reading(service: self, store: snapshot), get) })
        }
    }

    private func target(of request: Request) -> String { String(decoding: request.path, as: UTF8.self) }

    /// What a GET shows; nil where it answers with none. What the database cannot answer is not none.
    private static func current(_ answer: () throws -> Response) throws -> CurrentRepresentation? {
        do {
            return CurrentRepresentation(of: try answer())
        } catch is Problem {
            return nil
        } catch is MovedToAgency {
            return nil
        } catch is UnknownAgency {
            return nil
        }
    }

    private func currentRepresentation(of request: Request) async throws -> CurrentRepresentation? {
        switch reply(try Request(.get, target(of: request), peer: request.peer)) {
        case .now(let ready): CurrentRepresentation(of: ready)
        case .snapshot(let answer), .later(let answer): CurrentRepresentation(of: await answer())
        }
    }
}

extension CurrentRepresentation {
    /// What an answer to a GET shows; nil where it is none.
    init?(of response: Response) {
        guard response.status == .ok else { return nil }
        let tag = response.fields[.eTag].map { Array($0.utf8.dropFirst().dropLast()) }
        let lastModified = response.fields[.lastModified].flatMap { HTTPDate($0.utf8) }
        self.init(
            tags: tag.map(Entity.tags) ?? [], lastModified: lastModified.map { Int64($0.secondsSince1970) })
    }
}

extension Problem {
    static var preconditionFailed: Problem {
        Problem(
            .preconditionFailed, "The resource is not, or no longer, as the request's preconditions demand.",
            chinese: "资源不符合请求的前提条件，或已改变。")
    }
}
