import Files
import GroundSegment

/// Removes what runs have left that an operator removed, but for what other runs read.
struct RemovedRunFiles: Sendable {
    let configuration: RunnerConfiguration
    let store: RunStore
    let known: KnownFiles
    let work: BlockingThreads

    /// May be called again at any time: what could not go now goes then.
    func sweep() async throws {
        for run in try await store.unswept() {
            var isWhole = true
            for folder in configuration.leavings(of: run) + [
                configuration.storage.resultFolder(of: run)
            ] {
                let used = try await store.filesInUse(below: folder)
                let known = known
                try await work.run {
                    known.forget(below: folder)
                    guard !used.isEmpty else { return try StoredFiles.remove(folder) }
                    for name in StoredFiles.names(in: folder) {
                        let path = "\(folder)/\(name)"
                        guard !used.contains(path),
                            !used.contains(where: { $0.hasPrefix("\(path)/") })
                        else { continue }
                        try StoredFiles.remove(path)
                    }
                }
                if !used.isEmpty { isWhole = false }
            }
            if isWhole { try await store.markSwept(run) }
            RunLinks(home: configuration.home).prune()
        }
    }
}
