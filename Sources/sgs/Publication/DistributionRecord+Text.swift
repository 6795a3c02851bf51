import Catalogue
import GroundSegment

extension DistributionRecord {
    /// `revision 3, published 2026-11-28T12:00:00Z by anna, approved 2026-11-27T09:00:00Z by bert`;
    /// `nil` where it was never published.
    var publication: String? {
        guard let revision, let published = events.last(where: { $0.name == "publish" }) else {
            return nil
        }
        let approval = events.last { $0.name == "approve" }.map {
            ", approved \($0.instant) by \($0.actor)"
        }
        return "revision \(revision), published \(published.instant) by \(published.actor)"
            + (approval ?? "")
    }
}
