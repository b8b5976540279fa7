internal import Synchronization

/// What was worked out of many facts for the questions that were asked last, so that a question that is asked again costs
/// what has changed since and not what there is.
///
/// A lock, held for as long as a dictionary is looked up.
final class KeptValues<Question: Hashable & Sendable, Value: Sendable>: Sendable {
    private struct Entry {
        let value: Value
        let bytes: Int
        var used: Int
    }

    private struct State {
        var entries: [Question: Entry] = [:]
        var bytes = 0
        var uses = 0
    }

    /// The most that all values may take together.
    let bytesMax: Int
    private let state = Mutex(State())

    init(bytesMax: Int) { self.bytesMax = bytesMax }

    /// A value that is kept. It stays there for others: who changes it has a copy.
    func value(for question: Question) -> Value? {
        state.withLock { state in
            state.uses += 1
            state.entries[question]?.used = state.uses
            return state.entries[question]?.value
        }
    }

    /// Takes a value out, to be changed in its place and kept again: two who ask the same at once each have their own.
    func take(_ question: Question) -> Value? {
        state.withLock { state in
            guard let entry = state.entries.removeValue(forKey: question) else { return nil }
            state.bytes -= entry.bytes
            return entry.value
        }
    }

    /// Keeps a value, and forgets those that were not used for longest when there are too many.
    ///
    /// - Parameter bytes: what it takes in memory; one that takes too much is not kept.
    func keep(_ value: Value, bytes: Int, for question: Question) {
        guard bytes <= bytesMax else { return }
        state.withLock { state in
            if let old = state.entries.removeValue(forKey: question) { state.bytes -= old.bytes }
            while state.bytes + bytes > bytesMax,
                let oldest = state.entries.min(by: { $0.value.used < $1.value.used })
            {
                state.entries[oldest.key] = nil
                state.bytes -= oldest.value.bytes
            }
            state.uses += 1
            state.entries[question] = Entry(value: value, bytes: bytes, used: state.uses)
            state.bytes += bytes
        }
    }
}

/// What the readers of a store keep, each kind within its own bounds.
struct Kept: Sendable {
    /// Sums by group.
    let statistics: KeptValues<StatisticsQuery, KeptStatistics>
    /// Sums by agency, which are many and of which little is asked.
    let rankings: KeptValues<StatisticsQuery, KeptRanking>
    /// Lists in their order.
    let lists: KeptLists

    /// - Parameters:
    ///   - sumsBytesMax: for sums, of which those by agency have half.
    ///   - listsBytesMax: for lists.
    init(sumsBytesMax: Int, listsBytesMax: Int) {
        statistics = KeptValues(bytesMax: sumsBytesMax / 2)
        rankings = KeptValues(bytesMax: sumsBytesMax / 2)
        lists = KeptLists(bytesMax: listsBytesMax)
    }
}
