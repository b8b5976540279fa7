import Dispatch
import Glibc
import QueueExecutor
import Testing

@Suite struct QueueExecutorTests {
    @Test func `an actor runs on the queue of its executor`() async {
        let counter = Counter(executor: QueueExecutor(label: "test"))
        #expect(await counter.runsOnItsQueue())
    }

    @Test func `code on the queue enters the actor without waiting`() async {
        let executor = QueueExecutor(label: "test")
        let counter = Counter(executor: executor)
        let seen = await withCheckedContinuation { continuation in
            executor.queue.async {
                let value = counter.assumeIsolated { counter in
                    counter.add()
                    return counter.value
                }
                continuation.resume(returning: value)
            }
        }
        #expect(seen == 1)
    }

    @Test func `code elsewhere is not on the queue`() {
        let executor = QueueExecutor(label: "test")
        let other = QueueExecutor(label: "other")
        #expect(executor.isIsolatingCurrentContext() == false)
        other.queue.sync { #expect(!executor.isCurrent) }
        executor.queue.sync {
            #expect(executor.isIsolatingCurrentContext() == true)
            executor.checkIsolated()
        }
    }

    @Test func `entering from elsewhere is a mistake that ends the program`() async {
        await #expect(processExitsWith: trap) { enterFromElsewhere() }
    }

    @Test func `many tasks enter one at a time`() async {
        let counter = Counter(executor: QueueExecutor(label: "test"))
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<1_000 { group.addTask { await counter.add() } }
        }
        #expect(await counter.value == 1_000)
    }

    @Test func `two actors on one executor exclude each other`() async {
        let executor = QueueExecutor(label: "test")
        let first = Counter(executor: executor)
        let second = Counter(executor: executor)
        let sum = await first.sum(with: second)
        #expect(sum == 1)
    }

    @Test func `work enqueued by an actor that is gone still runs`() async {
        let task = { () -> Task<Int, Never> in
            let counter = Counter(executor: QueueExecutor(label: "test"))
            return Task { await counter.addSlowly() }
        }()
        #expect(await task.value == 2)
    }
}

#if arch(x86_64)
private let trap = ExitTest.Condition.signal(SIGILL)
#else
private let trap = ExitTest.Condition.signal(SIGTRAP)
#endif

private func enterFromElsewhere() {
    Counter(executor: QueueExecutor(label: "test")).assumeIsolated { $0.add() }
}

private actor Counter {
    private let executor: QueueExecutor
    private(set) var value = 0

    init(executor: QueueExecutor) {
        self.executor = executor
    }

    nonisolated var unownedExecutor: UnownedSerialExecutor {
        executor.asUnownedSerialExecutor()
    }

    func add() {
        value += 1
    }

    func addSlowly() async -> Int {
        add()
        await Task.yield()
        add()
        return value
    }

    func runsOnItsQueue() -> Bool {
        executor.isCurrent
    }

    func sum(with other: Counter) -> Int {
        // The other actor is isolated to the same queue, so this holds and does not trap.
        let own = value
        return other.assumeIsolated { other in
            other.add()
            return other.value + own
        }
    }
}
