import GroundSegment
import SkyGeometry

extension PlanContent {
    /// The plan of this content, which is looked through as a whole before anything is made of it.
    ///
    /// - Throws: `PlanDocumentError.impossible` with everything that no plan can hold.
    func plan() throws(PlanDocumentError) -> Plan {
        let check = PlanCheck(self)
        guard check.faults.isEmpty else { throw .impossible(check.faults) }
        let ids = observations.map { ID<Observation>($0.id) }
        let distribution = Distribution(
            name: name, survey: ID(survey),
            buckets: Buckets(
                period: TimeWindow(start: MJD(period[0]), end: MJD(period[1])), length: bucket),
            sdcs: sdcs.map { $0.sdc() },
            processing: processing.processing(),
            observations: observations.map { $0.assigned() },
            tiles: tiles.tiles.map { $0.assigned(observations: ids) })
        return Plan(
            distribution: distribution,
            balance: Balance(
                work: balance.work, observations: balance.observations, storage: balance.storage,
                gap: balance.gap),
            weights: Weights(
                stability: weights.stability, failover: weights.failover,
                compact: weights.compact ?? 0),
            measures: measures.measures(processing), bound: bound.map { Terabytes($0) },
            search: search,
            rules: rules(), base: base,
            reservesPublished: reserved == "published")
    }
}

extension PlanContent.SDCContent {
    fileprivate func sdc() -> SDC {
        SDC(
            id: ID(id), name: name, country: country, cores: cores, efficiency: efficiency,
            storage: Terabytes(storage), used: Terabytes(used), batch: batch,
            ingests: ingests.map { entry in
                ExternalHolding(
                    survey: entry.survey,
                    region: SkyRegion(
                        ra: (entry.ra[0], entry.ra[1]), dec: (entry.dec[0], entry.dec[1])),
                    volume: Terabytes(entry.volume))
            },
            maintenance: maintenance.map { entry in
                MaintenanceWindow(
                    window: CheckedContent.window(entry.start, entry.end),
                    availability: entry.availability, summary: entry.summary, uid: entry.uid)
            },
            ingress: ingress, egress: egress,
            reservations: (reservations ?? []).map { entry in
                Reservation(
                    window: CheckedContent.window(entry.start, entry.end),
                    work: CoreHours(entry.work), volume: Terabytes(entry.volume))
            })
    }
}

extension PlanContent.ObservationContent {
    fileprivate func assigned() -> AssignedObservation {
        AssignedObservation(
            observation: Observation(
                id: ID(id), kind: kind, window: CheckedContent.window(start, end),
                centre: CheckedContent.position(position),
                footprint: ConvexPolygon(corners: CheckedContent.vectors(footprint))),
            arrival: MJD(arrival), bucket: bucket,
            assignment: Assignment(primary: ID(primary), secondary: ID(secondary)),
            copiesTo: copiesTo.map { ID($0) }, cause: CheckedContent.cause(cause))
    }
}

extension PlanContent.TileContent {
    fileprivate func assigned(observations ids: [ID<Observation>]) -> AssignedTile {
        let core: TileCore
        if let box = coreBox {
            core = .box(SkyBox(west: box[0], east: box[1], south: box[2], north: box[3]))
        } else {
            core = .polygon(
                ConvexPolygon(corners: CheckedContent.vectors(CheckedContent.checked(corePolygon))))
        }
        return AssignedTile(
            tile: Tile(
                id: ID(id), centre: CheckedContent.position(position), core: core,
                outer: ConvexPolygon(corners: CheckedContent.vectors(outer))),
            ready: MJD(ready), bucket: bucket,
            assignment: Assignment(primary: ID(primary), secondary: ID(secondary)),
            overlaps: zip(observations, fractions).map {
                TileOverlap(observation: ids[$0], fraction: $1)
            }, cause: CheckedContent.cause(cause))
    }
}

extension PlanContent.MeasuresContent {
    fileprivate func measures(_ processing: PlanContent.ProcessingContent) -> Measures {
        Measures(
            observations: observations, tiles: tiles, overlaps: overlaps, violations: [],
            outside: outside.map { cell in
                OutsideCell(
                    tolerance: CheckedContent.checked(
                        OutsideCell.Tolerance(rawValue: cell.tolerance)),
                    sdc: ID(cell.sdc), bucket: cell.bucket, value: cell.value, lower: cell.lower,
                    upper: cell.upper)
            },
            copies: Dictionary(
                copies.map { (CopyRoute(from: ID($0.from), to: ID($0.to)), $0.copies) },
                uniquingKeysWith: +),
            copyVolume: Terabytes(copyVolume), externalVolume: Terabytes(externalVolume),
            movedVolume: Terabytes(movedVolume), failoverCopies: failoverCopies,
            failoverVolume: Terabytes(
                failoverVolume ?? processing.observationVolume * Double(failoverCopies)),
            workExcess: workExcess, longestGap: longestGap, utilisation: utilisation,
            loads: loads.map { $0.load() },
            freeAssignments: freeAssignments ?? 0)
    }
}

extension PlanContent.LoadContent {
    fileprivate func load() -> SDCLoad {
        SDCLoad(
            sdc: ID(sdc),
            buckets: observations.indices.map {
                BucketLoad(
                    observations: observations[$0], tiles: tiles[$0], work: CoreHours(work[$0]),
                    target: CoreHours(target[$0]), capacity: CoreHours(capacity[$0]))
            },
            primaryObservations: observations.reduce(0, +), primaryTiles: tiles.reduce(0, +),
            newVolume: Terabytes(newVolume), targetVolume: Terabytes(targetVolume),
            longestGap: longestGap)
    }
}

/// Readers of single values that `PlanCheck` has looked at.
enum CheckedContent {
    /// A value that `PlanCheck` has found to be there.
    static func checked<Wrapped>(_ value: Wrapped?) -> Wrapped {
        guard let value else { preconditionFailure("content that was not checked") }
        return value
    }

    static func position(_ numbers: [Double]) -> SkyPosition {
        SkyPosition(ra: numbers[0], dec: numbers[1])
    }

    /// The directions of corners given as RA and Dec.
    static func vectors(_ corners: [[Double]]) -> [UnitVector] {
        corners.map { position($0).vector }
    }

    static func window(_ start: Double, _ end: Double) -> TimeWindow {
        TimeWindow(start: MJD(start), end: MJD(end))
    }

    static func cause(_ text: String?) -> ChangeCause? {
        text.map { checked(ChangeCause(rawValue: $0)) }
    }
}
