import Reports
import Testing

@Suite struct RequestLineTests {
    @Test func `rows are numbered from 0 without gaps and have paths and labels of their own`() {
        #expect(RequestLine.allCases.map(\.rawValue) == Array(0..<26))
        #expect(Set(RequestLine.allCases.map(\.path)).count == 26)
        #expect(Set(RequestLine.allCases.map(\.label)).count == 26)
    }

    @Test func `the outcomes are 21 rows, or 19 where （六） is one row`() {
        let three = RequestLine.outcomes(otherIsOneRow: false)
        let one = RequestLine.outcomes(otherIsOneRow: true)
        #expect(three.count == 21)
        #expect(one.count == 19)
        #expect(!three.contains(.otherTotal))
        #expect(one.filter { $0.group == .other } == [.otherTotal])
        #expect(!three.contains { [.received, .total, .carriedForward].contains($0.group) })
    }

    @Test func `the groups have the rows of the form`() {
        let counts = Dictionary(grouping: RequestLine.allCases) { $0.group }.mapValues(\.count)
        #expect(
            counts == [
                .received: 2, .granted: 2, .denied: 8, .unavailable: 3, .notHandled: 5, .other: 4, .total: 1,
                .carriedForward: 1,
            ])
    }

    @Test func `paths follow the groups`() {
        #expect(RequestLine.deniedStateSecret.path == "denied.stateSecret")
        #expect(RequestLine.notHandledConfirmOrReissue.path == "notHandled.confirmOrReissue")
        #expect(RequestLine.otherOther.path == "other.other")
    }
}
