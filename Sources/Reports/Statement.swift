/// A count that the prose states: `共收到政府信息公开申请978件`.
public struct Statement: Sendable, Hashable {
    /// What is counted.
    public enum Subject: String, Sendable, Hashable, CaseIterable {
        /// Requests received or accepted in the year, with or without those carried over.
        case received
        /// Requests carried over from the year before (上年结转).
        case carriedOver
        /// Requests answered or concluded.
        case answered
        /// Requests carried forward to the next year (结转下年度).
        case carriedForward
        /// 予以公开
        case granted
        /// 部分公开
        case partiallyGranted
        /// 不予公开
        case denied
        /// 无法提供
        case unavailable
        /// 不予处理
        case notHandled
        /// 行政复议
        case reviews
        /// 行政诉讼
        case lawsuits
        /// Requests received of natural persons (其中自然人申请)
        case naturalPersons
        /// 作出行政许可决定
        case licensing
        /// 作出行政处罚决定
        case penalties
        /// 作出行政强制决定
        case coercion
        /// 行政规范性文件 issued in the year
        case normativeDocuments
        /// That every request was answered (均已答复); the count is 0 open ones.
        case allAnswered
    }

    /// What is counted.
    public let subject: Subject
    /// The count.
    public let count: Int
    /// Where it stands; the text is the clause.
    public let place: DocumentPlace

    /// Makes a statement.
    public init(subject: Subject, count: Int, place: DocumentPlace) {
        self.subject = subject
        self.count = count
        self.place = place
    }
}
