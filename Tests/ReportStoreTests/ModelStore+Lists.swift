import ReportStore
import Reports
import Testing

extension ModelStore {
    private static let received = Measure.figure(.request(.newReceived, .total))

    /// Lists that are asked for after each step, so that the store follows what has changed since.
    private static let lists: [ReportListQuery] = [
        ReportListQuery(order: [.init(.measure(received))]),
        ReportListQuery(
            filter: ReportFilter([.init(.year, .compare(.gte, .number(2021)))]),
            order: [.init(.measure(.indicator(.disclosureRate)), isDescending: true)]),
        ReportListQuery(order: [.init(.agency, isDescending: true)]),
        ReportListQuery(filter: ReportFilter([.init(.finding, .compare(.eq, .check(.duplicateFigures)))])),
        ReportListQuery(
            filter: ReportFilter([.init(.measure(received), .compare(.gte, .number(5))), .init(.level, .isNull)])),
        ReportListQuery(
            filter: ReportFilter([.init(.measure(received), .compare(.gte, .number(5)), isNegated: true)]),
            order: [.init(.measure(.figure(.statistic(.receivedTotal))), isDescending: true)]),
    ]

    /// Each list holds what it should in its order, page by page.
    func expectSameLists(in store: Store, _ step: Comment) throws {
        for query in Self.lists {
            let expected = selected(query.filter).sorted { left, right in
                if let order = query.order.first {
                    switch (value(order.key, left), value(order.key, right)) {
                    case (nil, nil): break
                    case (nil, _): return false
                    case (_, nil): return true
                    case (let one?, let other?) where one != other: return (one < other) != order.isDescending
                    default: break
                    }
                }
                return (left.year, left.id) < (right.year, right.id)
            }
            var found: [Int] = []
            var last: ReportListQuery.Position?
            while true {
                let after = last
                let page = try store.snapshot { try $0.positions(query, after: after, limit: 7) }
                found += page.map(\.report)
                last = page.last
                if page.count < 7 { break }
            }
            #expect(found == expected.map(\.id), step)
        }
    }

    private func value(_ key: ReportListQuery.Key, _ report: Report) -> Double? {
        switch key {
        case .agency: Double(report.agency)
        case .measure(let measure): value(measure, report.last.report)
        default: nil
        }
    }
}
