public import HTTPTypes
public import Reports

/// Something that kept a request from its answer (RFC 9457): the only form that an error takes on the wire.
public struct Problem: Error, Sendable {
    /// What happened, by its stable name.
    public let code: Code
    /// What happened this time, in English.
    public let detail: String
    /// What happened this time, in Chinese.
    public let detailInChinese: String
    /// Members that help: `parameter`, `suggestions`, `item` and the like.
    public let members: [String: JSONValue]
    /// What the head of the answer says beside: `Allow` with 405, `Accept-Encoding` with 415.
    public let fields: HTTPFields

    /// Makes a problem.
    public init(
        _ code: Code, _ detail: String, chinese: String, members: [String: JSONValue] = [:], fields: HTTPFields = [:]
    ) {
        self.code = code
        self.detail = detail
        detailInChinese = chinese
        self.members = members
        self.fields = fields
    }

    /// The same for a client whose language is not known.
    var inBothLanguages: Problem {
        let detail = "\(detail) \(detailInChinese)"
        return Problem(code, detail, chinese: detail, members: members, fields: fields)
    }

    /// The stable names of problems; `type` is `/problems/` and the name.
    public enum Code: String, Sendable, CaseIterable {
        /// No agency has this name.
        case agencyNotFound = "agency-not-found"
        /// Several agencies share this name.
        case severalAgencies = "several-agencies"
        /// The agency has no report for this year.
        case reportNotFound = "report-not-found"
        /// The report was withdrawn.
        case reportWithdrawn = "report-withdrawn"
        /// The report has no such revision.
        case revisionNotFound = "revision-not-found"
        /// There is no such upload.
        case uploadNotFound = "upload-not-found"
        /// The upload has ended.
        case uploadEnded = "upload-ended"
        /// An upload of all or nothing came to nothing.
        case uploadRejected = "upload-rejected"
        /// The first request with the Idempotency-Key is being worked on.
        case keyInUse = "key-in-use"
        /// The Idempotency-Key was used for another request.
        case keyReused = "key-reused"
        /// The report has no such finding.
        case findingNotFound = "finding-not-found"
        /// There is no division with this code.
        case regionNotFound = "region-not-found"
        /// Nothing is at this path.
        case notFound = "not-found"
        /// The path knows other methods.
        case methodNotAllowed = "method-not-allowed"
        /// No path knows the method.
        case notImplemented = "not-implemented"
        /// The year is no year, or lies outside 2008 to next year.
        case invalidYear = "invalid-year"
        /// A parameter of the query is unknown or has a wrong value.
        case invalidParameter = "invalid-parameter"
        /// A member of the body is unknown or has a wrong value.
        case invalidBody = "invalid-body"
        /// Another agency has the name, or an agency would follow itself.
        case registryConflict = "registry-conflict"
        /// The request breaks HTTP.
        case badRequest = "bad-request"
        /// None of the formats that the client accepts exists.
        case notAcceptable = "not-acceptable"
        /// The body is empty.
        case emptyBody = "empty-body"
        /// The body is of a format that is not read.
        case unsupportedMediaType = "unsupported-media-type"
        /// The body could not be read as what it says it is.
        case documentUnreadable = "document-unreadable"
        /// The body was read, and is no annual report.
        case notAReport = "not-a-report"
        /// The document does not say whose report it is, or for which year.
        case identityMissing = "identity-missing"
        /// The document is another agency's, or for another year, than the address.
        case identityConflict = "identity-conflict"
        /// The resource is not as `If-Match` and the like demand.
        case preconditionFailed = "precondition-failed"
        /// A limit is exceeded.
        case payloadTooLarge = "payload-too-large"
        /// The request line is longer than the server takes.
        case addressTooLong = "address-too-long"
        /// The fields of the head are longer, or more, than the server takes.
        case headTooLarge = "head-too-large"
        /// The client did not send in time.
        case requestTimeout = "request-timeout"
        /// Writing is not open.
        case forbidden
        /// The database is held by another program, or the server has too much to do.
        case busy
        /// The disk is full.
        case storageFull = "storage-full"
        /// The database cannot be written.
        case readOnly = "read-only"
        /// The database is damaged in a part.
        case databaseDamaged = "database-damaged"
        /// Something that should not happen.
        case `internal`
    }
}

extension Problem.Code {
    /// The status of the answer.
    public var status: HTTPResponse.Status {
        switch self {
        case .severalAgencies: .multipleChoices
        case .uploadEnded, .keyInUse: .conflict
        case .uploadRejected, .keyReused: .unprocessableContent
        case .uploadNotFound, .agencyNotFound, .reportNotFound, .revisionNotFound, .findingNotFound, .regionNotFound,
            .notFound:
            .notFound
        case .reportWithdrawn: .gone
        case .invalidBody: .unprocessableContent
        case .registryConflict: .conflict
        case .methodNotAllowed: .methodNotAllowed
        case .notImplemented: .notImplemented
        case .invalidYear, .invalidParameter, .badRequest: .badRequest
        case .notAcceptable: .notAcceptable
        case .unsupportedMediaType: .unsupportedMediaType
        case .emptyBody, .documentUnreadable, .notAReport, .identityMissing: .unprocessableContent
        case .identityConflict: .conflict
        case .preconditionFailed: .preconditionFailed
        case .payloadTooLarge: .contentTooLarge
        case .addressTooLong: .uriTooLong
        case .headTooLarge: .requestHeaderFieldsTooLarge
        case .requestTimeout: .requestTimeout
        case .forbidden: .forbidden
        case .busy, .readOnly, .databaseDamaged: .serviceUnavailable
        case .storageFull: .init(code: 507, reasonPhrase: "Insufficient Storage")
        case .internal: .internalServerError
        }
    }

    /// The title in English and Chinese.
    public var title: (english: String, chinese: String) {
        switch self {
        case .agencyNotFound: ("Unknown agency", "未知机关")
        case .severalAgencies: ("Several agencies", "多个机关同名")
        case .reportNotFound: ("No such report", "没有该年度报告")
        case .reportWithdrawn: ("Report withdrawn", "报告已撤回")
        case .revisionNotFound: ("No such revision", "没有该版本")
        case .uploadNotFound: ("No such upload", "没有此上传")
        case .uploadEnded: ("Upload has ended", "上传已结束")
        case .uploadRejected: ("Nothing was stored", "均未存储")
        case .keyInUse: ("Key in use", "键正在使用")
        case .keyReused: ("Key reused", "键已用于其他请求")
        case .findingNotFound: ("No such finding", "没有该问题")
        case .regionNotFound: ("No such division", "没有该行政区划")
        case .invalidBody: ("Invalid body", "请求内容有误")
        case .registryConflict: ("Conflict in the registry", "机关名录冲突")
        case .notFound: ("Not found", "未找到")
        case .methodNotAllowed: ("Method not allowed", "方法不允许")
        case .notImplemented: ("Method not implemented", "方法未实现")
        case .invalidYear: ("Invalid year", "年份无效")
        case .invalidParameter: ("Invalid parameter", "参数无效")
        case .badRequest: ("Bad request", "请求有误")
        case .notAcceptable: ("Not acceptable", "没有可接受的格式")
        case .emptyBody: ("Empty body", "内容为空")
        case .unsupportedMediaType: ("Unsupported media type", "不支持的格式")
        case .documentUnreadable: ("Document unreadable", "文档无法读取")
        case .notAReport: ("Not an annual report", "不是年度报告")
        case .identityMissing: ("Agency or year missing", "缺少机关或年份")
        case .identityConflict: ("Another agency or year", "机关或年份不一致")
        case .preconditionFailed: ("Precondition failed", "前提条件不符")
        case .payloadTooLarge: ("Too large", "内容过大")
        case .addressTooLong: ("Address too long", "地址过长")
        case .headTooLarge: ("Head too large", "请求头过大")
        case .requestTimeout: ("Request timeout", "请求超时")
        case .forbidden: ("Forbidden", "禁止")
        case .busy: ("Busy", "系统繁忙")
        case .storageFull: ("Storage full", "存储空间不足")
        case .readOnly: ("Database is read-only", "数据库只读")
        case .databaseDamaged: ("Database is damaged", "数据库已损坏")
        case .internal: ("Internal error", "内部错误")
        }
    }

    /// The path of the page that explains the problem: the `type` of its answers.
    public var path: String { "/problems/\(rawValue)" }
}
