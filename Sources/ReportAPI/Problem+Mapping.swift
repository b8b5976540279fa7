internal import Codecs
internal import HTTPServer
internal import HTTPTypes
internal import ReportIngest
internal import ReportStore
internal import Reports
internal import Spreadsheets

// The one map from the errors of the floors below to problems. Nothing of files, SQL or memory goes into a detail.

extension Problem {
    init(_ error: IngestError) {
        switch error {
        case .empty: self.init(.emptyBody, "The body holds no document.", chinese: "请求中没有文档。")
        case .unsupportedFormat(let name, _) where Self.typesRead.contains(name):
            self.init(
                .unsupportedMediaType,
                "The body is not \(name), as Content-Type has it. Say what it is, or leave Content-Type out.",
                chinese: "内容并非 Content-Type 所称的 \(name)，请更正或省略 Content-Type。", members: ["item": .string(name)])
        case .unsupportedFormat(let name, let convertTo):
            self.init(
                .unsupportedMediaType, "\(name) is not read. Convert it to \(convertTo).",
                chinese: "不支持 \(name)，请转换为 \(convertTo)。", members: ["item": .string(name)])
        case .notText:
            self.init(
                .documentUnreadable, "The bytes are neither text nor a known document format.",
                chinese: "内容既不是文本，也不是已知的文档格式。")
        case .limitExceeded(let limit, let maximum):
            self.init(
                .payloadTooLarge, "The document exceeds the limit of \(maximum) \(limit).",
                chinese: "文档超过上限：\(limit) \(maximum)。",
                members: ["limit": .string(limit), "maximum": .number("\(maximum)")])
        case .bulkLimitExceeded(let limit, let maximum, let item):
            var members = ["limit": JSONValue.string(limit), "maximum": .number("\(maximum)")]
            if let item { members["item"] = .string(item) }
            self.init(
                .payloadTooLarge, "The upload exceeds the limit of \(maximum) \(limit).",
                chinese: "上传内容超过上限：\(limit) \(maximum)。", members: members)
        case .unreadableText(let error): self.init(error)
        case .unreadableDocument(let reason):
            self.init(.documentUnreadable, "The document cannot be read: \(reason).", chinese: "文档无法读取。")
        case .encrypted(let member):
            self.init(
                .documentUnreadable, "\(member) is encrypted. Make the archive without a password.",
                chinese: "\(member) 已加密，请使用不带密码的压缩包。", members: ["item": .string(member)])
        // The reason names programs of this machine: it is for the operator.
        case .toolFailed:
            self.init(.busy, "This format cannot be read at present.", chinese: "暂时无法读取这种格式。")
        case .outOfMemory: self.init(.busy, "Memory is short. Try again later.", chinese: "内存不足，请稍后再试。")
        case .malformedJSON(let error):
            self.init(
                .documentUnreadable, "The JSON is malformed at byte \(error.offset): \(error.expected) is expected.",
                chinese: "JSON 在第 \(error.offset) 字节处有误。",
                members: ["offset": .number("\(error.offset)")])
        case .malformedReport(let error):
            self.init(
                .documentUnreadable, "\(error.path): \(error.reason).",
                chinese: "\(error.path)：取值有误（\(error.reason)）。",
                members: ["item": .string(error.path)])
        case .malformedField(let name, let expected):
            self.init(
                .invalidParameter, "\(name): \(expected) is expected.", chinese: "表单字段 \(name) 的名称或取值有误（\(expected)）。",
                members: ["parameter": .string(name)])
        case .notAReport:
            self.init(
                .notAReport,
                "The document was read, but holds neither a table of an annual report nor its title and sections.",
                chinese: "文档可以读取，但没有年度报告的表格，也没有标题和章节。")
        case .agencyMissing:
            self.init(
                .identityMissing, "The document names no agency. Say whose report it is with ?agency=.",
                chinese: "文档中没有机关名称，请用 ?agency= 指明。", members: ["parameter": .string("agency")])
        case .yearMissing:
            self.init(
                .identityMissing, "The document names no year. Say which year it is for with ?year=.",
                chinese: "文档中没有年份，请用 ?year= 指明。", members: ["parameter": .string("year")])
        case .yearInFuture(let year):
            self.init(
                .invalidYear, "The report is for \(year.value), a year that has not begun.",
                chinese: "报告年度 \(year.value) 尚未开始。")
        case .otherAgency(let stated, let address):
            self.init(
                .identityConflict, "The document is the report of \(stated), not of \(address).",
                chinese: "文档是 \(stated) 的报告，不是 \(address) 的。",
                members: ["stated": .string(stated), "address": .string(address)])
        case .otherYear(let stated, let address):
            self.init(
                .identityConflict, "The document is the report for \(stated.value), not for \(address.value).",
                chinese: "文档是 \(stated.value) 年度的报告，不是 \(address.value) 年度的。",
                members: ["stated": .number("\(stated.value)"), "address": .number("\(address.value)")])
        case .store(let error): self.init(error)
        }
    }

    /// Media types that are read where the bytes are what the type says.
    private static let typesRead: Set<String> = [
        "application/zip", "application/x-zip-compressed", "application/gzip", "application/x-gzip", "application/pdf",
        "application/x-7z-compressed", "application/vnd.rar", "application/x-rar-compressed", "application/x-tar",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ]

    init(_ error: CodecError) {
        switch error {
        case .unknownCharset(let label):
            self.init(
                .documentUnreadable, "The character set “\(label)” is unknown. Use UTF-8, GB18030, UTF-16 or Big5.",
                chinese: "未知的字符集“\(label)”，请使用 UTF-8、GB18030、UTF-16 或 Big5。", members: ["item": .string(label)])
        case .brokenText(let encoding, let offset):
            self.init(
                .documentUnreadable, "The text is not \(encoding.name): byte \(offset) does not fit.",
                chinese: "文本不是有效的 \(encoding.name)：第 \(offset) 字节有误。", members: ["offset": .number("\(offset)")])
        case .outputTooLarge(let maximum):
            self.init(
                .payloadTooLarge, "The body inflates to more than \(maximum) bytes.",
                chinese: "解压后超过 \(maximum) 字节。",
                members: ["limit": .string("bytes unpacked"), "maximum": .number("\(maximum)")])
        case .ratioTooLarge(let maximum):
            self.init(
                .payloadTooLarge, "The body inflates to more than \(maximum) times its size.",
                chinese: "压缩比超过 \(maximum)。",
                members: ["limit": .string("times its size when unpacked"), "maximum": .number("\(maximum)")])
        case .damagedCompression, .truncatedCompression:
            self.init(
                .documentUnreadable, "The compressed body is damaged or incomplete.", chinese: "压缩内容损坏或不完整。")
        case .converterMissing, .outOfMemory:
            self.init(.internal, "The server could not decode the body.", chinese: "服务器无法解码内容。")
        }
    }

    init(_ error: StoreError) {
        switch error {
        case .busy, .timedOut:
            self.init(.busy, "The database is busy. Try again in a few seconds.", chinese: "数据库繁忙，请稍后再试。")
        case .full:
            self.init(
                .storageFull,
                "The disk is full, so this was not stored. What was stored before stays. Free space where the database is, and send it again.",
                chinese: "磁盘已满，本次未能存储；此前已存储的内容不受影响。请在数据库所在磁盘释放空间后重新发送。")
        case .readOnly, .unfinishedLog, .cannotOpen:
            self.init(
                .readOnly,
                "The database cannot be written, so this was not stored. What was stored before stays.",
                chinese: "数据库不可写，本次未能存储；此前已存储的内容不受影响。")
        case .ambiguousAgency(let agencies):
            self.init(
                .identityConflict, "Several agencies share the name; say which by its full name or number.",
                chinese: "多个机关共用此名称，请使用全称或编号。",
                members: ["candidates": .array(agencies.map { .string($0.name) })])
        case .otherRegion(let agency, let stated):
            self.init(
                .identityConflict,
                "“\(agency.name)” is agency \(agency.id) in \(agency.region ?? "another division"), and this report is said to be of \(stated). If they are two, say agency= with a name that tells them apart, such as the one with its city; if it has moved, change the agency's region.",
                chinese:
                    "“\(agency.name)”为机关 \(agency.id)，位于 \(agency.region ?? "其他区划")，而本报告注明属于 \(stated)。如为两个机关，请用 agency= 指明可区分的全称；如机关区划已变更，请先修改其区划。",
                members: ["agency": .number("\(agency.id)"), "region": agency.region.map { .string($0) } ?? .null])
        case .nameTaken(let agency):
            self.init(
                .registryConflict, "The name is that of agency \(agency.id), \(agency.name).",
                chinese: "该名称属于机关 \(agency.id)（\(agency.name)）。", members: ["agency": .number("\(agency.id)")])
        case .preconditionFailed: self = .preconditionFailed
        case .successorCycle:
            self.init(.registryConflict, "An agency cannot follow itself.", chinese: "机关不能成为自身的承继者。")
        case .corrupt:
            self.init(
                .databaseDamaged,
                "The database is damaged where this answer should come from. Other reports may still be readable. The operator finds out with “disclosure verify” what is wrong, and puts the last backup in its place.",
                chinese: "数据库在此处已损坏，其他报告可能仍可读取。请管理员运行 disclosure verify 查明损坏之处，并以最近的备份恢复。")
        case .newerSchema, .olderSchema, .foreignSchema, .unreachableSchema, .internal:
            self.init(
                .internal, "The database could not answer. The server's log says why.", chinese: "数据库无法应答，详见服务器日志。")
        }
    }

    /// - Parameter limits: those of the server that met the error.
    init(_ error: ProtocolError, _ limits: Limits = Limits()) {
        var members: [String: JSONValue] = [:]
        let (code, detail, chinese): (Code, String, String)
        switch error {
        case .requestLineTooLong:
            let maximum = limits.requestLineBytesMax
            members["maximum"] = .number("\(maximum)")
            (code, detail, chinese) = (
                .addressTooLong, "The request line is longer than \(maximum) bytes. Ask for less at once.",
                "请求行超过 \(maximum) 字节，请减少查询内容。"
            )
        case .bodyTooLarge:
            let maximum = limits.bodyBytesMax
            members["limit"] = .string("bytes")
            members["maximum"] = .number("\(maximum)")
            (code, detail, chinese) = (
                .payloadTooLarge, "The body is larger than the \(maximum) bytes that the server takes.",
                "请求内容超过上限 \(maximum) 字节。"
            )
        case .headerTooLarge:
            let (bytes, fields) = (limits.headerBytesMax, limits.headerFieldsMax)
            members["maximum"] = .number("\(bytes)")
            (code, detail, chinese) = (
                .headTooLarge, "The head has more than \(bytes) bytes of fields, or more than \(fields) of them.",
                "请求头字段超过 \(bytes) 字节或 \(fields) 个。"
            )
        default: (code, detail, chinese) = Self.words(error)
        }
        self.init(code, detail, chinese: chinese, members: members)
    }

    private static func words(_ error: ProtocolError) -> (Code, String, String) {
        switch error {
        case .headTimeout, .bodyTimeout: (.requestTimeout, "The request did not arrive in time.", "请求未及时到达。")
        case .unsupportedMethod: (.notImplemented, "No path knows this method.", "所有路径均不支持该方法。")
        case .handlerTimeout: (.busy, "The answer took too long.", "应答超时。")
        default: (.badRequest, "The request breaks HTTP: \(error.fault).", "请求不符合 HTTP 协议。")
        }
    }

    /// The problem of any error that a route throws.
    init(any error: any Error) {
        switch error {
        case let problem as Problem: self = problem
        case let error as IngestError: self.init(error)
        case let error as StoreError: self.init(error)
        case let error as SpreadsheetError: self.init(error)
        case let error as CodecError: self.init(error)
        case let error as ProtocolError: self.init(error)
        default: self.init(.internal, "Something went wrong. The server's log says what.", chinese: "内部错误，详见服务器日志。")
        }
    }
}

extension ProtocolError {
    /// What is wrong, for people.
    fileprivate var fault: String {
        switch self {
        case .malformedRequestLine: "the first line is no request line"
        case .malformedTarget: "the address is none, or holds a character that has to be percent-encoded"
        case .unsupportedVersion: "the version is not HTTP/1"
        case .malformedField: "a field of the head is malformed"
        case .malformedHost: "the field Host is missing, repeated or malformed"
        case .malformedContentLength: "the field Content-Length is malformed"
        case .malformedTransferEncoding: "the field Transfer-Encoding is malformed or stands beside Content-Length"
        case .unsupportedTransferEncoding: "the transfer coding is not chunked"
        case .malformedChunk: "a chunk of the body is malformed"
        case .unsupportedExpectation: "the expectation is not 100-continue"
        case .incompleteRequest: "the request has no end"
        case .connectionClosed: "the connection is gone"
        case .unsupportedMethod, .requestLineTooLong, .headerTooLarge, .bodyTooLarge, .headTimeout, .bodyTimeout,
            .handlerTimeout:
            "it is not taken"
        }
    }
}
