import Execution
import GroundSegment
import Logging

/// A runner as its pages and interface see it: what is read, by whom it may be steered, and how it
/// is told.
struct ServedRunner: Sendable {
    let sdc: ID<SDC>
    let configuration: RunnerConfiguration
    let book: RunBook
    let waste: WasteBook
    let tokens: AccessTokens
    let control: RunnerControl
    let library: PipelineLibrary?
    let attempts: LoginAttempts
    let changes: StateChanges
    let logger: Logger

    var now: MJD { configuration.wallClock() }
}
