import Dispatch
import Foundation
import Synchronization

/// SIGTERM and SIGINT: the first asks the program to stop, the second ends it at once.
final class Signals {
    private let stream: AsyncStream<Int32>
    private let sources: [any DispatchSourceSignal]

    /// Takes the signals over from their default action.
    init() {
        let (stream, continuation) = AsyncStream<Int32>.makeStream()
        self.stream = stream
        sources = [SIGTERM, SIGINT].map { number in
            signal(number, SIG_IGN)
            return DispatchSource.makeSignalSource(signal: number, queue: .global())
        }
        let counter = Counter()
        for (source, number) in zip(sources, [SIGTERM, SIGINT]) {
            source.setEventHandler {
                if counter.next() > 1 { Foundation.exit(128 + number) }
                continuation.yield(number)
            }
            source.resume()
        }
    }

    /// Waits for the first signal.
    func first() async {
        for await _ in stream { return }
    }
}

/// Counts signals on whichever thread they arrive.
private final class Counter: Sendable {
    private let value = Atomic(0)

    func next() -> Int {
        value.add(1, ordering: .relaxed).newValue
    }
}
