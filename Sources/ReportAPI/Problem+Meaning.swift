extension Problem.Code {
    /// What the problem means and what helps, for the page at ``path``.
    public var meaning: (english: String, chinese: String) {
        switch self {
        case .agencyNotFound:
            (
                "No agency has this name or number; “suggestions” holds the names most like it.",
                "没有此名称或编号的机关；suggestions 列出最接近的名称。"
            )
        case .reportNotFound:
            (
                "The agency is known, but has no report for this year; “years” lists those it has.",
                "该机关没有这一年度的报告；years 列出现有年度。"
            )
        case .severalAgencies:
            (
                "Several agencies share this name as an alias; “candidates” lists them: ask by number or full name.",
                "多个机关共用此名称；candidates 列出各机关，请使用编号或全称。"
            )
        case .reportWithdrawn:
            (
                "The report was withdrawn; “reason” says why, and its revisions can still be read.",
                "该报告已撤回；reason 说明原因，历史版本仍可读取。"
            )
        case .revisionNotFound: ("The report has no revision of this number.", "该报告没有此编号的版本。")
        case .uploadNotFound:
            (
                "No upload has this address, or it ended so long ago that its results are no longer kept.",
                "没有此地址的上传，或其结果已过保留期。"
            )
        case .uploadEnded: ("The upload has ended and cannot be cancelled any more.", "该上传已结束，无法取消。")
        case .uploadRejected:
            (
                "With atomic=1 all items are stored or none; “items” lists those that could not be.",
                "atomic=1 时全部存储或均不存储；items 列出无法存储的各项。"
            )
        case .keyInUse:
            (
                "The first request with this Idempotency-Key has not been answered yet; try again later.",
                "使用此 Idempotency-Key 的首个请求尚未完成，请稍后再试。"
            )
        case .keyReused:
            (
                "The Idempotency-Key came with another request before; each request needs a key of its own.",
                "此 Idempotency-Key 已用于另一请求；每个请求应使用各自的键。"
            )
        case .findingNotFound:
            (
                "The report has no finding with this fingerprint now, or nothing was said of it.",
                "该报告目前没有此指纹的问题，或该问题未被确认。"
            )
        case .regionNotFound:
            ("GB/T 2260 has no division with this code, or none whose code begins so.", "GB/T 2260 中没有此代码，也没有以其开头的代码。")
        case .invalidBody:
            (
                "The body is no JSON object, or a member of it is unknown or has a wrong value; “member” names it.",
                "请求内容不是 JSON 对象，或其中某项未知或取值有误；member 指明该项。"
            )
        case .registryConflict:
            (
                "The name is another agency's current one, or the agency would become its own successor.",
                "该名称已是另一机关的现用名称，或机关将成为自身的承继者。"
            )
        case .notFound: ("Nothing is at this path; GET / lists what there is.", "此路径无内容；GET / 列出全部资源。")
        case .methodNotAllowed:
            ("The path does not know this method; the field Allow names those it knows.", "此路径不支持该方法；Allow 字段列出可用方法。")
        case .notImplemented: ("No path of this server knows this method.", "本服务器的任何路径均不支持该方法。")
        case .invalidYear:
            (
                "The year is not written with four digits, lies before 2008, or has not begun.",
                "年份不是四位数字、早于 2008 年或尚未开始。"
            )
        case .invalidParameter:
            (
                "A parameter of the query is unknown, repeated or has a wrong value; “parameter” names it.",
                "查询参数未知、重复或取值有误；parameter 指明该参数。"
            )
        case .badRequest:
            ("The request breaks the rules of HTTP or is not percent-encoded UTF-8.", "请求不符合 HTTP 规则，或不是百分号编码的 UTF-8。")
        case .notAcceptable: ("The resource exists in none of the formats that Accept names.", "资源没有 Accept 所列的任何格式。")
        case .emptyBody: ("A document is expected in the body, and there is none.", "请求应包含文档，但内容为空。")
        case .unsupportedMediaType:
            (
                "The document is of a format that is not read, or its content coding is unknown; the detail names one that is.",
                "不支持该文档格式或内容编码；detail 指明可用的格式。"
            )
        case .documentUnreadable:
            (
                "The body is not what it says it is: broken text, an unknown character set, or malformed JSON.",
                "内容与声明不符：文本损坏、字符集未知或 JSON 有误。"
            )
        case .notAReport:
            (
                "The document could be read, but has neither a table of an annual report nor its title and sections.",
                "文档可以读取，但不是政府信息公开工作年度报告。"
            )
        case .identityMissing:
            (
                "The document does not say whose report it is, or for which year; supply it with ?agency= or ?year=.",
                "文档未说明机关或年度；请用 ?agency= 或 ?year= 补充。"
            )
        case .identityConflict:
            ("The document names another agency or year than the address it was put at.", "文档中的机关或年度与请求地址不一致。")
        case .preconditionFailed:
            (
                "The resource has changed since the client read it, or is there against If-None-Match: read it again.",
                "资源在读取之后已改变，或与 If-None-Match 相悖；请重新读取。"
            )
        case .payloadTooLarge:
            ("The document exceeds a limit of the server; “maximum” says which.", "文档超过服务器上限；maximum 指明上限。")
        case .addressTooLong:
            (
                "The request line, the method with the address, is longer than “maximum” bytes. Ask for fewer paths, or for what several begin with: fields=requests, fields=*.",
                "请求行（方法和地址）超过 maximum 字节；请减少路径，或使用路径的开头部分，如 fields=requests、fields=*。"
            )
        case .headTooLarge:
            (
                "The fields of the request's head are longer or more than the server takes; “maximum” says how many bytes it takes.",
                "请求头字段过长或过多；maximum 为允许的字节数。"
            )
        case .requestTimeout: ("The request did not arrive within the server's time.", "请求未在限定时间内到达。")
        case .forbidden: ("Writing is not open to this client or from this page.", "此客户端或页面不能写入。")
        case .busy:
            (
                "The server has too much to do, or the database is held; try again after Retry-After seconds.",
                "服务器或数据库繁忙；请在 Retry-After 秒后重试。"
            )
        case .storageFull: ("The disk is full; nothing was stored.", "磁盘已满；未存储任何内容。")
        case .readOnly: ("The database file cannot be written; nothing was stored.", "数据库文件不可写；未存储任何内容。")
        case .databaseDamaged:
            (
                "The database file is damaged where the answer should come from; others may still be readable. “disclosure verify” tells what is wrong; a backup put in its place mends it.",
                "数据库文件在相关位置已损坏，其他内容可能仍可读取；disclosure verify 可查明损坏之处，以备份恢复即可修复。"
            )
        case .internal:
            (
                "Something happened that should not; the server's log has it under the number in “instance”.",
                "发生内部错误；服务器日志中以 instance 的编号记录。"
            )
        }
    }
}
