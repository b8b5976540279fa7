import Reports
import Testing

@Suite struct RequestTableTests {
    @Test func `a table has 25 rows, or 23 where （六） is one row`() {
        #expect(RequestTable().lines.count == 25)
        #expect(RequestTable(otherIsOneRow: true).lines.count == 23)
        #expect(RequestTable().lines.first == .newReceived)
        #expect(RequestTable().lines.last == .carriedForward)
    }

    @Test func `a sum counts its blanks and its parts`() {
        let sum = PartialSum([1, nil, 2, nil, 0])
        #expect(sum?.known == 3)
        #expect(sum?.blanks == 2)
        #expect(sum?.parts == 3)
        #expect(PartialSum([Int?]())?.known == 0)
    }

    @Test func `a sum that overflows is nil`() {
        #expect(PartialSum([Int.max, 1]) == nil)
        #expect(PartialSum([Int.min, -1]) == nil)
        #expect(PartialSum([Int.max, nil, -1])?.known == Int.max - 1)
    }

    @Test func `a column of a table is added up`() {
        var table = Example.zeros()
        table[.granted, .total] = 4
        table[.partiallyGranted, .total] = nil
        #expect(table.sum([.granted, .partiallyGranted], .total)?.known == 4)
        #expect(table.sum([.granted, .partiallyGranted], .total)?.blanks == 1)
    }
}
