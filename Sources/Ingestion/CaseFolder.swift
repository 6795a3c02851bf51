import Digests
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

    /// A file's bytes; `nil` with a fault where it cannot be read.
    func data(_ name: String) -> Data? {
        let data: Data
        do {
            data = try Data(contentsOf: URL(fileURLWithPath: path(of: name)))
        } catch {
            log(name).add(found: reason(of: name), expected: "a readable file")
            return nil
        }
        inputs.append(InputFile(name: name, sha256: SHA256Digest.hex(of: data), bytes: data.count))
        return data
    }

    /// A file's text; `nil` with a fault where it cannot be read or is no UTF-8.
    func text(_ name: String) -> String? {
        guard let data = data(name) else { return nil }
        guard let text = String(validating: data, as: UTF8.self) else {
            log(name).add(found: "bytes that are no UTF-8", expected: "UTF-8 text")
            return nil
        }
        return text
    }

    /// Digests a large file without keeping it; `false` with a fault where it cannot be read.
    func digest(_ name: String) -> Bool {
        do {
            let digest = try SHA256Digest.hex(ofFile: path(of: name))
            let attributes = try? FileManager.default.attributesOfItem(atPath: path(of: name))
            let bytes = (attributes?[.size] as? NSNumber)?.intValue ?? 0
            inputs.append(InputFile(name: name, sha256: digest, bytes: bytes))
            return true
        } catch {
            log(name).add(found: error.reason, expected: "a readable file")
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

    /// Why a file could not be read.
    private func reason(of name: String) -> String {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path(of: name), isDirectory: &isFolder) else {
            return exists(".") ? "no such file" : "no folder \(path)"
        }
        return isFolder.boolValue ? "a folder" : "a file that may not be read"
    }
}
