import Documents
import GroundSegment
import SkyGeometry

/// An observation as its file gives it, its numbers read and not yet checked.
struct SurveyRecord {
    let id: String
    let kind: String
    let start: MJD
    let end: MJD
    /// Of the field's centre, degrees.
    let longitude: Double
    let latitude: Double
    /// Position angle, degrees.
    let angle: Double
    let frame: Frame
    let place: RecordPlace
}

/// Where a record is in its file.
enum RecordPlace {
    case line(Int)
    /// Of a database, which has no lines.
    case row(Int)
}

extension FaultLog {
    func add(_ place: RecordPlace, field: String? = nil, found: String, expected: String) {
        switch place {
        case .line(let line): add(line: line, field: field, found: found, expected: expected)
        case .row(let row):
            add(record: "row \(row)", field: field, found: found, expected: expected)
        }
    }
}
