@preconcurrency import Dispatch
import Glibc

/// Tells when files appear in folders (inotify(7)).
enum FolderWatch {
    /// Yields after files have been given a name in one of the folders.
    static func changes(in folders: [String]) throws -> AsyncStream<Void> {
        let descriptor = inotify_init1(Int32(IN_NONBLOCK | IN_CLOEXEC))
        guard descriptor >= 0 else {
            throw StoredFiles.failure("cannot watch", folders.joined(separator: ", "))
        }
        for folder in folders
        where inotify_add_watch(descriptor, folder, UInt32(IN_MOVED_TO | IN_CREATE)) < 0 {
            let failure = StoredFiles.failure("cannot watch", folder)
            close(descriptor)
            throw failure
        }
        let events = DispatchSource.makeReadSource(fileDescriptor: descriptor, queue: .global())
        let (changes, continuation) = AsyncStream.makeStream(
            of: Void.self, bufferingPolicy: .bufferingNewest(1))
        events.setEventHandler {
            var buffer = [UInt8](repeating: 0, count: 1 << 14)
            while read(descriptor, &buffer, buffer.count) > 0 {}
            continuation.yield()
        }
        events.setCancelHandler { close(descriptor) }
        continuation.onTermination = { _ in events.cancel() }
        events.activate()
        return changes
    }
}
