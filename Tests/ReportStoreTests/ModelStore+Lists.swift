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
        ReportListQuery(order: [.init(.agencyName)]),
        ReportListQuery(order: [.init(.errors, isDescending: true), .init(.agencyName, isDescending: true)]),
        ReportListQuery(
            filter: ReportFilter([.init(.measure(received), .compare(.gte, .number(2)))]),
            order: [.init(.published, isDescending: true), .init(.revision), .init(.year)]),
    ]

    /// Each list holds what it should in its order, page by page.
    func expectSameLists(in store: Store, _ step: Comment) throws {
        for query in Self.lists {
            let expected = selected(query.filter).sorted { left, right in
                for order in query.order {
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
                let (page, end) = try store.snapshot { snapshot in
                    let page = try snapshot.keys(query, after: after, limit: 7)
                    return (page, try page.last.map { try snapshot.position(of: $0, in: query) })
                }
                found += page.map(\.report)
                last = end
                if page.count < 7 { break }
            }
            #expect(found == expected.map(\.id), step)
        }
    }

    /// What a list is ordered by: a number, or the numbers of a text's characters.
    private func value(_ key: ReportListQuery.Key, _ report: Report) -> Ordered? {
        switch key {
        case .agency: Ordered(number: Double(report.agency))
        case .measure(let measure): value(measure, report.last.report).map { Ordered(number: $0) }
        case .errors: Ordered(number: Double(report.findings.count { $0.severity == .error }))
        case .revision: Ordered(number: Double(report.history.count))
        case .agencyName: Ordered(text: report.last.draft.agency)
        case .published: report.last.draft.published.map { Ordered(text: "\($0)") }
        default: nil
        }
    }

    private struct Ordered: Comparable {
        var number = 0.0
        var text = ""

        static func < (left: Ordered, right: Ordered) -> Bool {
            left.number == right.number
                ? left.text.unicodeScalars.lexicographicallyPrecedes(right.text.unicodeScalars)
                : left.number < right.number
        }
    }
}
