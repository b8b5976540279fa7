import Support
import Testing

@testable import ReportStore

@Suite struct SortKeyTests {
    private typealias Value = ReportListQuery.KeyValue

    private func bytes(_ values: [Value?], _ order: [ReportListQuery.Order]) -> [UInt8] {
        ReportListQuery(order: order).bytes(of: values)
    }

    private func expectAscending(_ values: [Value?], _ key: ReportListQuery.Key) {
        for isDescending in [false, true] {
            // What is not known comes last either way.
            let known = values.compactMap { $0 }
            let ordered = (isDescending ? known.reversed() : known) + [nil]
            // Another key behind changes nothing, whatever it is.
            for (behind, others) in [
                ([], [nil, nil]), ([ReportListQuery.Order(.errors)], [.number(9), .number(-9)]),
                ([ReportListQuery.Order(.title)], [.text("乙"), nil]),
            ]
                as [([ReportListQuery.Order], [Value?])]
            {
                let order = [ReportListQuery.Order(key, isDescending: isDescending)] + behind
                for index in ordered.indices.dropLast() {
                    let (left, right) = (
                        bytes([ordered[index], others[0]], order), bytes([ordered[index + 1], others[1]], order)
                    )
                    #expect(
                        left.lexicographicallyPrecedes(right), "\(ordered[index] as Any) \(ordered[index + 1] as Any)")
                }
            }
        }
    }

    @Test func `numbers are ordered as bytes`() {
        let numbers: [Double] = [
            -.infinity, -1e300, -2, -1.5, -1, -.leastNonzeroMagnitude, 0, .leastNonzeroMagnitude, 0.5, 1, 255, 256,
            1e18,
            .infinity,
        ]
        expectAscending(numbers.map { .number($0) }, .errors)
        #expect(bytes([.number(-0.0)], [.init(.errors)]) == bytes([.number(0)], [.init(.errors)]))
        #expect(ReportListQuery(order: [.init(.errors)]).isOfOneNumber)
        #expect(!ReportListQuery(order: [.init(.title)]).isOfOneNumber)
    }

    @Test func `texts are ordered by their characters`() {
        expectAscending(
            ["", "A", "AB", "B", "é", "一", "一丁", "丁", "\u{fffd}", "𠀀"].map { .text($0) }, .title)
    }

    @Test func `the year behind all other keys says nothing`() {
        let key = ReportListQuery.Order(.title)
        #expect(ReportListQuery(order: [key, .init(.year)]).order == [key])
        #expect(ReportListQuery(order: [.init(.year), key]).order == [.init(.year), key])
        #expect(ReportListQuery(order: [.init(.year), .init(.year)]).order.isEmpty)
        #expect(ReportListQuery(order: [.init(.year, isDescending: true)]).order.count == 1)
    }

    @Test func `what begins alike is told apart by the rest, then by year and number`() {
        func key(_ text: String, _ year: Int, _ report: Int) -> SortKey {
            SortKey(bytes: Array(text.utf8), report: ReportKey(year: year, report: report))
        }
        let keys = [
            key("abc", 2024, 9), key("abcdefgh", 2023, 8), key("abcdefghi", 2020, 1), key("abcdefghj", 2019, 7),
            key("abcdefghj", 2019, 8), key("abcdefghj", 2020, 1),
        ]
        var generator = SeededGenerator(seed: 3)
        #expect(keys.shuffled(using: &generator).sorted() == keys)
        #expect(keys[1].prefix == keys[2].prefix)
        #expect(keys[0].prefix < keys[1].prefix)
    }

    @Test func `rows are put in at their places`() {
        var generator = SeededGenerator(seed: 5)
        for _ in 0..<200 {
            func row(_ number: Int) -> KeptList.Row {
                .init(prefix: UInt64(number), ReportKey(year: 2023, report: number))
            }
            let all = (0..<Int.random(in: 0...20, using: &generator)).map(row)
            let added = all.filter { _ in Bool.random(using: &generator) }
            var rows = all.filter { !added.contains($0) }
            rows.insert(added, at: added.map { new in rows.count { $0.prefix < new.prefix } })
            #expect(rows == all)
        }
    }
}
