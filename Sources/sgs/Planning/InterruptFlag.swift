import Dispatch
import Foundation
import Synchronization

/// Turns the first Ctrl-C into a flag that the work asks for; the second one ends the process.
final class InterruptFlag: Sendable {
    private let raised = Mutex(false)
    /// Set once and only kept alive.
    private nonisolated(unsafe) let source: any DispatchSourceSignal

    init() {
        signal(SIGINT, SIG_IGN)
        source = DispatchSource.makeSignalSource(signal: SIGINT, queue: .global())
        source.setEventHandler { [weak self] in
            self?.raised.withLock { $0 = true }
            signal(SIGINT, SIG_DFL)
        }
        source.activate()
    }

    var isRaised: Bool { raised.withLock { $0 } }
}
