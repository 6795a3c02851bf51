import Foundation

/// A file of its own for one test, removed with it.
struct TemporaryFile: ~Copyable {
    let path: String

    init(_ bytes: some Sequence<UInt8>, suffix: String = "csv") throws {
        let url = FileManager.default.temporaryDirectory
            .appending(path: "\(UUID().uuidString).\(suffix)")
        path = url.path
        try Data(bytes).write(to: url)
    }

    init(_ text: String, suffix: String = "csv") throws {
        try self.init(text.utf8, suffix: suffix)
    }

    deinit {
        unlink(path)
    }
}
