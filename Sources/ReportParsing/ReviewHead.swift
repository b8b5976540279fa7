import Reports

/// The blocks of table 四 in the order in which a head names them.
struct ReviewHead: Sendable {
    /// A word of the head.
    enum Name: Sendable, Hashable {
        /// A block of five columns.
        case route(ReviewRoute)
        /// 行政诉讼, which spans two blocks.
        case litigation
    }

    private var names: [Name] = []

    /// Takes the next name; merged cells may be written in all their places.
    mutating func add(_ name: Name) {
        names.append(name)
    }

    /// The blocks that stand over a number of columns, nil for one of which it is not known whose it is; none where
    /// names and number do not agree.
    func blocks(_ count: Int) -> [ReviewRoute?] {
        let review = first(.route(.administrativeReview))
        let direct = first(.route(.direct))
        let after = first(.route(.afterReview))
        let litigation = first(.litigation)
        let lawsuits: [ReviewRoute] = isBefore(after, direct) ? [.afterReview, .direct] : [.direct, .afterReview]
        switch count {
        case 3:
            let isFirst = [litigation, direct, after].allSatisfy { !isBefore($0, review) }
            return isFirst ? [.administrativeReview] + lawsuits : lawsuits + [.administrativeReview]
        case 2:
            guard review != nil, direct == nil, after == nil else { return lawsuits }
            // One block for all lawsuits; without its name, the second may be anything.
            return isBefore(litigation, review) ? [nil, .administrativeReview] : [.administrativeReview, nil]
        case 1:
            for case .route(let route) in names.reversed() { return [route] }
            return []
        default: return []
        }
    }

    private func first(_ name: Name) -> Int? { names.firstIndex(of: name) }

    private func isBefore(_ left: Int?, _ right: Int?) -> Bool {
        guard let left, let right else { return false }
        return left < right
    }
}

extension ReviewRow {
    /// The figures that stand in it, as far as it is known whose they are.
    var paths: [FigurePath] {
        routes.compactMap(\.self).flatMap { route in ReviewOutcome.allCases.map { .review(route, $0) } }
    }
}
