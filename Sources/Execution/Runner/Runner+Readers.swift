extension Runner {
    /// The runs that it has in its hands, as they are now.
    public func runsInHand() -> [Run] { Array(state.runs.values) }

    /// A book of its runs for many readers, who do not delay it.
    ///
    /// - Throws: `ExecutionError` of code `store` where the store cannot be opened.
    public nonisolated func book() throws -> RunBook {
        RunBook(
            store: try RunStore(
                reading: RunStore.path(state: configuration.state, sdc: configuration.sdc)),
            configuration
        ) { [weak self] in await self?.runsInHand() ?? [] }
    }
}
