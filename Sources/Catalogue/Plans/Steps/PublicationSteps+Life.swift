import GroundSegment
import PostgreSQL

extension PublicationSteps {
    /// The distribution as it was approved before or, where its author approves it now, as it is
    /// drafted and approved here.
    ///
    /// - Parameter former: what has become of the same plan before.
    func approvedDistribution(
        after former: StoredDistribution?, on connection: isolated Connection
    ) throws -> StoredDistribution {
        let survey = distribution.survey
        let found = try StoredDistribution.proposal(
            request.digest, survey: survey, on: connection)
        let newest = try StoredDistribution.newest(of: survey, on: connection)?.digest
        var bases = [request.base]
        if let found { bases.append(found.base.map(Draft.Base.digest) ?? .nothing) }
        for base in bases {
            try PlanStore.verify(
                base, of: distribution, digest: request.digest, newest: newest, on: connection)
        }
        if request.approval == .required, found != nil || former?.revision == nil {
            guard let found, found.state == .approved else {
                throw CatalogueError(
                    .notApproved,
                    "distribution \(request.digest.prefix(12)) of survey \(survey) is "
                        + "\((found ?? former)?.state.rawValue ?? "not in the catalogue"), expected "
                        + "approved; run: sgs draft, then sgs approve")
            }
            return found
        }
        let draft = Draft(
            distribution: distribution, digest: request.digest, planJSON: request.planJSON,
            actor: request.author, comment: request.comment, failoverOf: request.failoverOf,
            again: former != nil)
        var stored = try found ?? StoredDistribution.insert(draft, base: newest, on: connection)
        if request.approval == .required, let former {
            return try stored.changeAsBefore(former, actor: request.author, on: connection)
        }
        for event in [DistributionState.Event.check, .approve]
        where stored.state != .approved && stored.state.after(event) != nil {
            stored = try stored.change(
                by: event, actor: request.author, comment: request.comment, on: connection)
        }
        return stored
    }
}
