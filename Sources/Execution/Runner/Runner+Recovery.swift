import Files
import GroundSegment

extension Runner {
    /// Takes up what an earlier runner left.
    func recover() async throws {
        try await source.signOn(folder: configuration.home)
        try configuration.storage.sweep()
        try await removeOldWork()
        state.isRetaining = true
        retain()
        sweepRemoved()
        let now = configuration.wallClock()
        state.placements = try await store.placements()
        defer { state.placements = [:] }
        for run in try await store.unfinished() {
            try state.resume(run, at: now)
            try state.checkRelease(of: run.number, at: now)
        }
        state.hasIdleCopies = true
        state.isTaking = true
        ask({ .taken($0) }) { [source, store] in try await Self.missed(source, store) }
    }

    /// Removes the work folders of completed runs; those of failed ones stay for a look.
    private func removeOldWork() async throws {
        let storage = configuration.storage
        let names = Set(StoredFiles.names(in: storage.workRoot))
        for name in names where Storage.isSetAside(name) {
            try StoredFiles.remove("\(storage.workRoot)/\(name)")
        }
        guard !names.isEmpty else { return }
        for run in try await store.completed() where names.contains(FileName.encoded(run.text)) {
            try StoredFiles.remove(configuration.storage.workFolder(of: run))
        }
    }
}
