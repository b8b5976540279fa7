/// The tally of a question, of the facts as they were after a change.
struct KeptStatistics {
    var tally: StatisticsTally
    /// The same without the consolidated reports that others have in them; nil until somebody has taken them away.
    /// What they state can only be read in a snapshot of the same change.
    var counted: StatisticsTally?
    /// The number of the last change that it holds.
    var sequence: Int

    /// What it takes in memory: two tallies where they are not the same.
    var byteCount: Int { tally.byteCount * (tally.nested.isEmpty ? 1 : 2) }
}
