internal import Synchronization

/// The tallies of the questions that were asked last, so that a question that is asked again costs what has changed since
/// and not what there is.
///
/// A tally is taken out while it is worked on: two who ask the same at once each have their own. A lock, held for as long
/// as a dictionary is looked up.
final class StatisticsCache: Sendable {
    /// A tally of the facts as they were after a change.
    struct Entry {
        var tally: StatisticsTally
        /// The same without the consolidated reports that others have in them; nil until somebody has taken them away.
        /// What they state can only be read in a snapshot of the same change.
        var counted: StatisticsTally?
        /// The number of the last change that it holds.
        var sequence: Int

        /// Two tallies where they are not the same.
        fileprivate var size: Int { tally.size * (tally.nested.isEmpty ? 1 : 2) }
    }

    private struct State {
        var entries: [StatisticsQuery: (entry: Entry, size: Int, used: Int)] = [:]
        var size = 0
        var uses = 0
    }

    /// In entries of some 64 bytes: 16 MiB.
    private static let sizeMax = 1 << 18
    private let state = Mutex(State())

    func take(_ query: StatisticsQuery) -> Entry? {
        state.withLock { state in
            guard let (entry, size, _) = state.entries.removeValue(forKey: query) else { return nil }
            state.size -= size
            return entry
        }
    }

    func keep(_ entry: Entry, for query: StatisticsQuery) {
        let size = entry.size
        guard size <= Self.sizeMax / 4 else { return }
        state.withLock { state in
            if let (_, old, _) = state.entries.removeValue(forKey: query) { state.size -= old }
            while state.size + size > Self.sizeMax,
                let oldest = state.entries.min(by: { $0.value.used < $1.value.used })
            {
                state.entries[oldest.key] = nil
                state.size -= oldest.value.size
            }
            state.uses += 1
            state.entries[query] = (entry, size, state.uses)
            state.size += size
        }
    }
}
