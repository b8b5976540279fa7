internal import Synchronization

/// Packed documents that were read, for who asks for them again: their rows need not be looked for.
///
/// A document is kept under the number of its report and its tag, a hash of all that it shows: what is kept is never out of
/// date, since whoever asks knows the tag of the report as it stands. The newest take the room of the oldest. There is one
/// for all event loops, with a lock that is held for as long as some hundred bytes take to copy.
final class KeptDocuments: Sendable {
    private static let blockBytes = 1 << 20
    /// What is longer is no report of figures, and would take the room of many.
    private static let documentBytesMax = 1 << 14
    /// A packed report of figures is some 650 bytes long: half the slots are free when the blocks are full, so that hardly
    /// a document has to give way to one that chance put in its place.
    private static let bytesOfSlot = 320
    private static let probesMax = 8

    /// Where a document stands.
    private struct Slot {
        var report: Int64 = 0
        var tag: UInt64 = 0
        var block: UInt32 = 0
        /// That of the block at the time.
        var round: UInt32 = 0
        var start: UInt32 = 0
        /// 0 for a slot that nothing is in.
        var count: UInt32 = 0
    }

    /// Documents one behind the other.
    private struct Block {
        var bytes: [UInt8] = []
        /// How often it was emptied.
        var round: UInt32 = 0
    }

    private struct State {
        var slots: [Slot] = []
        var blocks: [Block] = []
        /// The block that takes the next document.
        var current = 0
    }

    private let slotsMax: Int
    private let blocksMax: Int
    private let state = Mutex(State())

    /// - Parameter bytesMax: how many bytes it may hold; below two MiB it keeps nothing.
    init(bytesMax: Int) {
        slotsMax = max(1, bytesMax / Self.bytesOfSlot)
        blocksMax = max(0, bytesMax - slotsMax * MemoryLayout<Slot>.stride) / Self.blockBytes
    }

    /// The bytes of what it holds.
    var byteCount: Int {
        state.withLock { $0.slots.count * MemoryLayout<Slot>.stride + $0.blocks.count * Self.blockBytes }
    }

    /// The packed document of a report with that tag; nil where it is not kept.
    func document(of report: Int64, _ tag: UInt64) -> [UInt8]? {
        state.withLock { state in
            guard let slot = Self.slot(of: report, tag, state) else { return nil }
            return Array(state.blocks[Int(slot.block)].bytes[Int(slot.start)..<Int(slot.start + slot.count)])
        }
    }

    private func isKept(_ report: Int64, _ tag: UInt64) -> Bool {
        state.withLock { state in Self.slot(of: report, tag, state) != nil }
    }

    /// The slot of a document that is still in its block.
    private static func slot(of report: Int64, _ tag: UInt64, _ state: State) -> Slot? {
        guard let index = index(of: report, tag, state.slots) else { return nil }
        let slot = state.slots[index]
        return state.blocks[Int(slot.block)].round == slot.round ? slot : nil
    }

    /// Keeps the packed document of a report, which is read only where it is not kept already.
    func keep(of report: Int64, _ tag: UInt64, _ read: () -> [UInt8]?) {
        guard blocksMax > 1, !isKept(report, tag), let document = read(),
            1...Self.documentBytesMax ~= document.count
        else { return }
        state.withLock { state in
            if state.slots.isEmpty { state.slots = Array(repeating: Slot(), count: slotsMax) }
            let chosen = Self.place(of: report, tag, state)
            makeRoom(for: document.count, &state)
            state.slots[chosen] = Slot(
                report: report, tag: tag, block: UInt32(state.current), round: state.blocks[state.current].round,
                start: UInt32(state.blocks[state.current].bytes.count), count: UInt32(document.count))
            state.blocks[state.current].bytes += document
        }
    }

    private func makeRoom(for count: Int, _ state: inout State) {
        if state.blocks.isEmpty {
            state.current = 0
        } else {
            guard state.blocks[state.current].bytes.count + count > Self.blockBytes else { return }
            state.current = (state.current + 1) % blocksMax
        }
        if state.current == state.blocks.count {
            state.blocks.append(Block())
            state.blocks[state.current].bytes.reserveCapacity(Self.blockBytes)
        } else {
            state.blocks[state.current].bytes.removeAll(keepingCapacity: true)
            state.blocks[state.current].round &+= 1
        }
    }

    private static func index(of report: Int64, _ tag: UInt64, _ slots: [Slot]) -> Int? {
        guard !slots.isEmpty else { return nil }
        for probe in 0..<probesMax {
            let index = index(tag, probe, slots)
            let slot = slots[index]
            if slot.tag == tag, slot.report == report, slot.count > 0 { return index }
        }
        return nil
    }

    /// Where a document goes: where it was before, where none is that could be read, or else where chance says.
    private static func place(of report: Int64, _ tag: UInt64, _ state: State) -> Int {
        if let index = index(of: report, tag, state.slots) { return index }
        for probe in 0..<probesMax {
            let index = index(tag, probe, state.slots)
            let slot = state.slots[index]
            if slot.count == 0 || state.blocks[Int(slot.block)].round != slot.round { return index }
        }
        return index(tag, Int(truncatingIfNeeded: tag) & (probesMax - 1), state.slots)
    }

    /// A tag is a hash already: its highest bits say where the search begins, its lowest who has to go.
    private static func index(_ tag: UInt64, _ probe: Int, _ slots: [Slot]) -> Int {
        let first = tag.multipliedFullWidth(by: UInt64(truncatingIfNeeded: slots.count)).high
        let index = Int(truncatingIfNeeded: first) &+ probe
        return index < slots.count ? index : index &- slots.count
    }
}
