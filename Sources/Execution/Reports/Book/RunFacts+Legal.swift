extension RunFacts {
    /// The state of the run, or of one of its payloads, and the commands that are legal in it now.
    ///
    /// - Throws: `ExecutionError` of code `unknownItem` where the run has no such payload.
    public func legal(_ payload: String? = nil) throws -> (
        state: String, commands: [String]
    ) {
        let number = try payload.map { try self.number($0) }
        let state = number.map { life[$0].state.rawValue } ?? life.state.rawValue
        return (state, RunnerState.legal(for: life, number))
    }
}
