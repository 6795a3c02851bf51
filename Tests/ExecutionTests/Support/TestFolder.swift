import Foundation
import Glibc

/// A folder of a test's own, removed when the test is over.
final class TestFolder: Sendable {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "execution-tests-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    /// Writes a file below the folder and gives its path.
    @discardableResult
    func write(_ text: String, to name: String) throws -> String {
        let file = "\(path)/\(name)"
        try FileManager.default.createDirectory(
            atPath: (file as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
        try text.write(toFile: file, atomically: true, encoding: .utf8)
        return file
    }
}

/// The programs that were built with the tests.
enum Programs {
    /// The folder of the build's products: that of this test program or one above it.
    static let folder: String = {
        let test =
            (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        let starts = [test, CommandLine.arguments.first ?? "", Bundle.main.bundlePath]
        for start in starts {
            var folder = start as NSString
            while folder.length > 1 {
                if FileManager.default.isExecutableFile(atPath: "\(folder)/sdc-payload") {
                    return folder as String
                }
                folder = folder.deletingLastPathComponent as NSString
            }
        }
        return "."
    }()

    static var agent: String { "\(folder)/sdc-payload" }
    static var runner: String { "\(folder)/sdc-runner" }

    /// The project's sample pipelines.
    static var samplePipelines: String {
        var folder = #filePath as NSString
        for _ in 0..<4 { folder = folder.deletingLastPathComponent as NSString }
        return "\(folder)/contrib/pipelines"
    }
}

/// Waits until a condition holds; the conditions are about other processes, which tell nobody.
func eventually(within seconds: Double = 600, _ condition: () throws -> Bool) async throws -> Bool {
    let end = Date().addingTimeInterval(seconds)
    while Date() < end {
        if try condition() { return true }
        try await Task.sleep(for: .milliseconds(5))
    }
    return try condition()
}
