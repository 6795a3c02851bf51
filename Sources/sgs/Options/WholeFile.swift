import Commands
import Files
import Foundation
import GroundSegment

/// A file that is read as a whole: a plan.json, or the assignments.csv of a base.
enum WholeFile {
    /// More than a plan of a million items has.
    private static let mostBytes = 1 << 29

    /// The bytes of a file; `nil` where there is none.
    ///
    /// - Throws: `CommandError` where it is no regular file, may not be read or is too large.
    static func contents(_ path: String) throws -> Data? {
        do throws(FileError) {
            return try RegularFile.contents(of: path, limit: mostBytes)
        } catch {
            guard FileManager.default.fileExists(atPath: path) else { return nil }
            throw CommandError(.badInput, error.description)
        }
    }
}
