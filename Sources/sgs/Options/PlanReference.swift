import Catalogue
import Foundation
import GroundSegment
import Planning

/// The plan that a command is about, and where it was found.
struct PlanReference {
    let plan: Plan
    let bytes: Data
    let digest: String
    /// What to call it: its file or folder as it was named, or `revision 3 of survey euclid`.
    let name: String
    /// What the catalogue knows of it; `nil` where it was read from a file.
    var record: DistributionRecord?
    /// The folder that holds its plan.json; `nil` where it came from the catalogue.
    var folder: String?

    var survey: ID<SurveyPlan> { plan.distribution.survey }

    /// The number of its publication; `nil` where it has none, or was read from a file.
    var revision: Int? { record?.revision }
}
