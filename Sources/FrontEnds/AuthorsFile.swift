import Documents
import Files
import Foundation
import Workflows

/// A file that an author wrote: a regular one, of no more bytes than such files have.
enum AuthorsFile {
    /// Bytes that one may have.
    static let most = 10_000_000

    /// - Throws: `WorkflowError` where it cannot be read or is too large.
    static func bytes(of path: String, most: Int = most) throws(WorkflowError) -> Data {
        do throws(FileError) {
            return try RegularFile.contents(of: path, limit: most)
        } catch {
            throw WorkflowError(.badGraph, file: path, [fault(error, path)])
        }
    }

    /// The lines of a text, whatever ends them; `nil` where it is none, which `faults` gets.
    static func lines(of path: String, faults: inout [Diagnostic]) -> [Substring]? {
        let data: Data
        do throws(FileError) {
            data = try RegularFile.contents(of: path, limit: most)
        } catch {
            faults.append(fault(error, path))
            return nil
        }
        guard let text = String(data: data, encoding: .utf8), !text.utf8.contains(0) else {
            faults.append(
                Diagnostic(file: path, found: "bytes that are no text", expected: "UTF-8"))
            return nil
        }
        return lines(of: text)
    }

    static func lines(of text: String) -> [Substring] {
        text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    }

    private static func fault(_ error: FileError, _ path: String) -> Diagnostic {
        Diagnostic(file: path, found: error.found, expected: error.expected)
    }
}
