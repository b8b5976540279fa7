internal import HTTPServer
internal import HTTPTypes
internal import ReportIngest
internal import Reports

/// The members of a small JSON object in a request's body, each known and of the right type.
struct BodyMembers: Sendable {
    private let members: [String: JSONValue]

    /// Reads the body.
    ///
    /// - Parameter known: the members that it may have; any other is refused, since nothing is ignored silently.
    init(_ call: Call, bytesMax: Int, known: Set<String>) async throws {
        if let field = call.request.bytes(of: .contentType) {
            let essence = MediaType(field)?.essence
            // The last is what curl --data says when it is told nothing.
            let known = ["application/json", "application/merge-patch+json", "application/x-www-form-urlencoded"]
            guard let essence, known.contains(essence) else {
                var fields = HTTPFields()
                if call.request.method == .patch, let name = HTTPField.Name("Accept-Patch") {
                    // RFC 5789 §2.2.
                    fields[name] = "application/merge-patch+json, application/json"
                }
                throw Problem(
                    .unsupportedMediaType, "The body has to be application/json.", chinese: "请求内容应为 application/json。",
                    fields: fields)
            }
        }
        if let coding = call.request.contentCodings.first {
            throw Problem(
                .unsupportedMediaType, "The content coding “\(coding)” is not read here: some members need none.",
                chinese: "此处不支持内容编码“\(coding)”。", members: ["item": .string(coding)],
                fields: [.acceptEncoding: "identity"])
        }
        let json: JSONValue
        do {
            json = try JSONValue(try await call.request.body.collect(bytesMax: bytesMax))
        } catch ProtocolError.bodyTooLarge {
            throw IngestError.limitExceeded("bytes", maximum: bytesMax)
        } catch let error as JSONError {
            throw Problem(
                .invalidBody, "The JSON is malformed at byte \(error.offset): \(error.expected) is expected.",
                chinese: "JSON 在第 \(error.offset) 字节处有误。")
        }
        guard case .object(let members) = json else {
            throw Problem(.invalidBody, "A JSON object is expected.", chinese: "应为 JSON 对象。")
        }
        for name in members.keys.sorted() where !known.contains(name) {
            let list = known.sorted().joined(separator: ", ")
            throw Problem(
                .invalidBody, "There is no member “\(name)”; there are: \(list).", chinese: "没有成员 \(name)；可用：\(list)。",
                members: ["member": .string(name)])
        }
        self.members = members
    }

    static let charactersMax = 1_000

    /// A text that is not blank.
    func text(_ name: String) throws(Problem) -> String {
        guard let text = try optionalText(name) else { throw .member(name, "a text", "非空文本") }
        return text
    }

    /// A text that is not blank; nil where the member is not there.
    func optionalText(_ name: String) throws(Problem) -> String? {
        switch members[name] {
        case nil: return nil
        case .string(let text)? where Self.isText(text): return text
        default:
            throw .member(
                name, "a text of at most \(Self.charactersMax) characters", "不超过 \(Self.charactersMax) 字的文本")
        }
    }

    /// A text, or null; nil where the member is not there.
    func nullableText(_ name: String) throws(Problem) -> String?? {
        if members[name] == .null { return .some(nil) }
        return try optionalText(name).map { .some($0) }
    }

    /// A word of an enum, or null; nil where the member is not there.
    func nullableWord<Word: RawRepresentable<String> & CaseIterable>(
        _ name: String, _ type: Word.Type = Word.self
    ) throws(Problem) -> Word?? {
        guard let member = members[name] else { return nil }
        if member == .null { return .some(nil) }
        guard let word = member.string.flatMap({ Word(rawValue: $0) }) else {
            let list = Word.allCases.map(\.rawValue).joined(separator: ", ")
            throw .member(name, "one of \(list), or null", "下列之一：\(list)，或 null")
        }
        return .some(word)
    }

    /// A list of texts; nil where the member is not there.
    func texts(_ name: String, max: Int) throws(Problem) -> [String]? {
        switch members[name] {
        case nil: return nil
        case .array(let items)? where items.count <= max:
            let texts = items.compactMap(\.string).filter(Self.isText)
            guard texts.count == items.count else { throw .member(name, "a list of texts", "文本列表") }
            return texts
        default: throw .member(name, "a list of at most \(max) texts", "至多 \(max) 项的文本列表")
        }
    }

    private static func isText(_ text: String) -> Bool {
        text.unicodeScalars.count <= charactersMax && !AgencyKey(text).text.isEmpty
    }
}

extension Problem {
    /// A member of the body with a wrong value.
    static func member(_ name: String, _ expected: String, _ chinese: String) -> Problem {
        Problem(
            .invalidBody, "\(name): \(expected) is expected.", chinese: "\(name)：应为 \(chinese)。",
            members: ["member": .string(name)])
    }
}
