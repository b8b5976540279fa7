internal import Synchronization

extension DatabasePool {
    /// Lets readers see what was written, and checkpoints if the WAL has grown long, or once nobody writes any more.
    func publish(_ writer: Connection) {
        generation.add(1, ordering: .releasing)
        if writer.logPages >= options.connection.checkpointPages {
            checkpoint(writer)
        } else if writer.logPages > 0 {
            checkpointWhenQuiet()
        }
    }

    /// Checkpoints. As with SQLite's own automatic checkpoint, one that fails is tried again after the next commit.
    ///
    /// A held snapshot would keep the checkpoint from copying what is newer, and one taken before the copy was complete
    /// would keep the next writer from beginning the WAL anew, however often it is renewed: so they end before and after
    /// (sqlite.org/wal.html#avoiding_excessively_large_wal_files).
    private func checkpoint(_ writer: Connection) {
        for reader in snapshotReaders { reader.release() }
        try? copyLog(writer)
        for reader in snapshotReaders { reader.release() }
    }

    /// Does not wait for readers as long as the WAL is short. Readers that overlap each other would let it grow for ever,
    /// so at a length that is never met otherwise the writer waits until all of them have gone over to the file; for one
    /// that stays longer than a lock is waited for, it waits again only when the WAL has grown by as much once more.
    private func copyLog(_ writer: Connection) throws(SQLiteError) {
        let step = Self.waitFactor * options.connection.checkpointPages
        let pages = writer.logPages
        guard let length = writer.logLength, pages >= length.waitsFrom ?? step else {
            try writer.checkpoint(.passive)
            return
        }
        length.waitsFrom = pages + step
        if try !writer.checkpoint(.restart).isPartial { length.waitsFrom = nil }
    }

    private static let waitFactor = 16

    private func checkpointWhenQuiet() {
        guard !awaitsQuiet.exchange(true, ordering: .relaxed) else { return }
        let wait = Duration.milliseconds(options.quietMilliseconds)
        Task.detached { [weak self] in
            var seen: UInt64?
            // The pool may be closed or gone meanwhile.
            while let now = self?.generation.load(ordering: .relaxed), now != seen {
                seen = now
                try? await Task.sleep(for: wait)
            }
            guard let self else { return }
            // A write from here on asks anew.
            awaitsQuiet.store(false, ordering: .relaxed)
            try? await writer.run { connection in checkpoint(connection) }
        }
    }
}
