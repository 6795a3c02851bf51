import Documents
import Foundation
public import GroundSegment

/// Reads the SDCs and their calendars without a planning case.
public enum SDCReader {
    /// Reads and checks all SDCs of a folder.
    ///
    /// - Parameter span: maintenance is expanded within it.
    /// - Throws: `IngestionError` with the faults of all files.
    public static func read(
        _ path: String, within span: TimeWindow
    ) throws(IngestionError) -> [SDC] {
        let url = URL(fileURLWithPath: path).standardizedFileURL
        let folder = CaseFolder(path: url.deletingLastPathComponent().path)
        let sdcs = SDCFolder.read(url.lastPathComponent, of: folder, within: span)
        let diagnostics = folder.diagnostics
        guard diagnostics.isEmpty else { throw IngestionError(.noSDCs, diagnostics) }
        return sdcs
    }
}
