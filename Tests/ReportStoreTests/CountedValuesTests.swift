import Support
import Testing

@testable import ReportStore

@Suite struct CountedValuesTests {
    @Test(arguments: 1...8) func `ranks are those of a sorted array, whatever is added and taken away`(seed: Int) {
        var generator = SeededGenerator(seed: seed)
        // Few different numbers, and very many.
        let range = [3.0, 50, 5_000, 1e9][seed % 4]
        var counted = CountedValues()
        var plain: [Double] = []
        for step in 0..<6_000 {
            // It grows, and shrinks to nothing at the end.
            if !plain.isEmpty, step > 3_000 ? Bool.random(using: &generator) || step > 4_000 : step % 5 == 0 {
                let value = plain.remove(at: Int.random(in: plain.indices, using: &generator))
                counted.add(value, times: -1)
            } else {
                let value = Double.random(in: -range...range, using: &generator).rounded()
                plain.append(value)
                counted.add(value, times: 1)
            }
            guard step % 500 == 0 || plain.count < 3 else { continue }
            let sorted = plain.sorted()
            #expect(counted.total == sorted.count)
            #expect(counted.minimum == sorted.first && counted.maximum == sorted.last)
            let found = (1...max(1, sorted.count)).map { counted.value(at: $0) }
            #expect(found == (sorted.isEmpty ? [nil] : sorted))
            #expect(counted.value(at: sorted.count + 1) == nil)
        }
    }
}
