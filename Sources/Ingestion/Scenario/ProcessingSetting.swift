import Documents
import GroundSegment

/// A number of `processing` that a scenario may set, by its path in a request.
struct ProcessingSetting {
    static let prefix = "processing."

    let field: ProcessingField

    /// The field at a path; `nil` where it names none.  A kind's name may hold dots.
    init?(_ path: String) {
        let parts = path.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard let name = parts.last, parts.count > 2 else { return nil }
        switch parts[1] {
        case "tile" where parts.count == 3:
            guard let field = ProcessingField.TileField(rawValue: name) else { return nil }
            self.field = .tile(field)
        case "observation":
            guard let field = ProcessingField.ObservationField(rawValue: name) else { return nil }
            if parts.count == 3 {
                self.field = .observation(field, kind: nil)
            } else if parts.count > 4, parts[2] == "kinds" {
                let kind = parts[3..<(parts.count - 1)].joined(separator: ".")
                self.field = .observation(field, kind: kind)
            } else {
                return nil
            }
        default: return nil
        }
    }

    /// The paths that there are.
    static var paths: [String] {
        let fields = ProcessingField.ObservationField.allCases
        let all =
            fields.map { ProcessingField.observation($0, kind: nil) }
            + fields.map { ProcessingField.observation($0, kind: "KIND") }
            + ProcessingField.TileField.allCases.map { ProcessingField.tile($0) }
        return all.map(\.path)
    }

    var range: NumberRange {
        switch field {
        case .observation(.work, _), .tile(.work): .work
        case .observation(.volume, _), .tile(.volume), .tile(.volumePerObservation): .volume
        case .observation(.latency, _): .latency
        case .tile(.workPerObservation): .moreWork
        }
    }
}
