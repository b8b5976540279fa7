import Testing

@testable import HTTPServer

struct PatienceTests {
    private let measure = Patience.Measure(seconds: 10, bytesPerSecondMin: 100)
    private let second: UInt64 = 1_000_000_000

    @Test
    func `it starts full, and waiting uses it up`() {
        var patience = Patience()
        #expect(patience.left(measure) == 10 * second)
        patience.note(waited: 4 * second, bytes: 0, measure)
        #expect(patience.left(measure) == 6 * second)
        patience.note(waited: 40 * second, bytes: 0, measure)
        #expect(patience.left(measure) == 0)
    }

    @Test
    func `bytes earn it back at the least rate, and it is full at most`() {
        var patience = Patience()
        patience.note(waited: 4 * second, bytes: 100, measure)
        #expect(patience.left(measure) == 7 * second)
        patience.note(waited: second, bytes: 100_000, measure)
        #expect(patience.left(measure) == 10 * second)
    }

    @Test
    func `a client at half the least rate is waited for twice as long, and no longer`() {
        var patience = Patience()
        var seconds = 0
        while patience.left(measure) > 0 {
            patience.note(waited: second, bytes: 50, measure)
            seconds += 1
        }
        #expect(19...20 ~= seconds)
    }

    @Test
    func `without a least rate any byte makes it full`() {
        let measure = Patience.Measure(seconds: 10, bytesPerSecondMin: 0)
        var patience = Patience()
        patience.note(waited: 9 * second, bytes: 1, measure)
        #expect(patience.left(measure) == 10 * second)
        patience.note(waited: 9 * second, bytes: 0, measure)
        #expect(patience.left(measure) == second)
    }

    @Test(arguments: [-1, 0, 1e300, .infinity])
    func `any number is a limit`(seconds: Double) {
        #expect(Patience.Measure(seconds: seconds, bytesPerSecondMin: 1).full <= 1_000_000_000 * second)
    }
}
