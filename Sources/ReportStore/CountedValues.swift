/// Numbers, each with how many times it was added, in their order: what percentiles need, however many there are.
///
/// Blocks of a few hundred different numbers: a number is found in O(log n), a rank in O(blocks).
struct CountedValues {
    /// Different numbers in ascending order, with their counts.
    fileprivate struct Block {
        var values: [Double]
        var counts: [Int32]
        /// The sum of the counts.
        var total: Int
    }

    private static let blockMax = 512
    /// None is empty.
    private var blocks: [Block] = []

    /// How many numbers there are, the same ones counted as often as they were added.
    private(set) var total = 0

    var minimum: Double? { blocks.first?.values.first }
    var maximum: Double? { blocks.last?.values.last }

    /// What it takes in memory.
    var byteCount: Int { blocks.reduce(0) { $0 + $1.values.capacity * 8 + $1.counts.capacity * 4 + 96 } }

    /// - Parameter times: 1 adds a number, −1 takes one away that is there.
    mutating func add(_ value: Double, times: Int) {
        total += times
        guard !blocks.isEmpty else {
            blocks.append(Block(values: [value], counts: [Int32(times)], total: times))
            return
        }
        // The last block that does not begin behind the number.
        let place = max(0, Self.firstIndex(in: blocks.indices) { blocks[$0].values[0] > value } - 1)
        blocks[place].add(value, times: times)
        if blocks[place].values.isEmpty {
            blocks.remove(at: place)
        } else if blocks[place].values.count > Self.blockMax {
            blocks.insert(blocks[place].splitOff(), at: place + 1)
        }
    }

    /// The number that stands at a rank, from 1 to ``total``; nil for any other.
    func value(at rank: Int) -> Double? {
        var passed = 0
        for block in blocks {
            guard passed + block.total >= rank else {
                passed += block.total
                continue
            }
            for (value, count) in zip(block.values, block.counts) {
                passed += Int(count)
                if passed >= rank { return value }
            }
        }
        return nil
    }

    /// The first index for which `isBehind` holds, the end where there is none: it holds for all behind the first.
    fileprivate static func firstIndex(in indices: Range<Int>, isBehind: (Int) -> Bool) -> Int {
        var (low, high) = (indices.lowerBound, indices.upperBound)
        while low < high {
            let middle = low + (high - low) / 2
            if isBehind(middle) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}

extension CountedValues.Block {
    fileprivate mutating func add(_ value: Double, times: Int) {
        total += times
        let place = CountedValues.firstIndex(in: values.indices) { values[$0] >= value }
        guard place < values.count, values[place] == value else {
            values.insert(value, at: place)
            counts.insert(Int32(times), at: place)
            return
        }
        counts[place] += Int32(times)
        if counts[place] == 0 {
            values.remove(at: place)
            counts.remove(at: place)
        }
    }

    /// Takes the upper half out.
    fileprivate mutating func splitOff() -> Self {
        let middle = values.count / 2
        let upper = Array(counts[middle...])
        let block = Self(values: Array(values[middle...]), counts: upper, total: upper.reduce(0) { $0 + Int($1) })
        values.removeLast(values.count - middle)
        counts.removeLast(counts.count - middle)
        total -= block.total
        return block
    }
}
