import Digests
import Documents
import Files
import Foundation
import GroundSegment

/// The files of a planning case: reads them, and keeps their digests and faults.
final class CaseFolder {
    /// The folder of the planning request; names of files are relative to it.
    let path: String
    private var logs: [FaultLog] = []
    private(set) var inputs: [InputFile] = []

    init(path: String) {
        self.path = path
    }

    /// The faults of all files by file and line.
    var diagnostics: [Diagnostic] {
        logs.sorted { $0.file < $1.file }.flatMap(\.diagnostics)
    }

    /// A log for the faults of a file.
    func log(_ name: String) -> FaultLog {
        if let log = logs.first(where: { $0.file == name }) { return log }
        let log = FaultLog(file: name)
        logs.append(log)
        return log
    }

    /// Where a file is by its name.
    func path(of name: String) -> String {
        name.hasPrefix("/") ? name : path + "/" + name
    }

    /// The most bytes of a file that is read as a whole: a request, an SDC, a calendar, a scenario.
    static let mostBytes = 1 << 24
    /// The most bytes of a survey.
    static let mostSurveyBytes = 1 << 33

    /// A file's bytes; `nil` with a fault where it cannot be read.
    func data(_ name: String) -> Data? {
        let data: Data
        do throws(FileError) {
            data = try RegularFile.contents(of: path(of: name), limit: Self.mostBytes)
        } catch {
            log(name).add(
                found: exists(name) ? error.found : missing, expected: error.expected)
            return nil
        }
        inputs.append(InputFile(name: name, sha256: SHA256Digest.hex(of: data), bytes: data.count))
        return data
    }

    /// A YAML file's text; `nil` with a fault where it cannot be read or decoded.
    func text(_ name: String) -> String? {
        guard let data = data(name) else { return nil }
        switch DocumentEncoding.text(of: data) {
        case .success(let text): return text
        case .failure(let fault):
            log(name).add(found: fault.found, expected: fault.expected)
            return nil
        }
    }

    /// Digests a large file without keeping it; `false` with a fault where it cannot be read.
    func digest(_ name: String) -> Bool {
        do throws(FileError) {
            let file = try RegularFile(path(of: name), limit: Self.mostSurveyBytes)
            var hasher = SHA256Hasher()
            let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
            defer { buffer.deallocate() }
            var bytes = 0
            while true {
                let count = try file.read(into: buffer)
                guard count > 0 else { break }
                bytes += count
                guard bytes <= Self.mostSurveyBytes else {
                    log(name).add(
                        found: "more than \(Self.mostSurveyBytes) bytes",
                        expected: "at most as many")
                    return false
                }
                hasher.update(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
            }
            inputs.append(InputFile(name: name, sha256: hasher.finish(), bytes: bytes))
            return true
        } catch {
            log(name).add(found: error.found, expected: error.expected)
            return false
        }
    }

    /// The names of a folder's files, sorted, without hidden ones; `nil` where it is no folder.
    func files(in name: String) -> [String]? {
        try? FileManager.default.contentsOfDirectory(atPath: path(of: name))
            .filter { !$0.hasPrefix(".") }.sorted()
    }

    func exists(_ name: String) -> Bool {
        FileManager.default.fileExists(atPath: path(of: name))
    }

    /// What is found in place of a file that is not there.
    private var missing: String { exists(".") ? "no such file" : "no folder \(path)" }
}
