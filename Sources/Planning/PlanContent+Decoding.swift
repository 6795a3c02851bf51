import GroundSegment
import SkyGeometry

extension PlanContent {
    /// The plan of this content.
    func plan() throws(PlanDocumentError) -> Plan {
        guard period.count == 2, period[0] < period[1], bucket > 0 else {
            throw .notAPlan("its period or bucket is empty")
        }
        let ids = observations.map { ID<Observation>($0.id) }
        var assignedTiles: [AssignedTile] = []
        for tile in tiles.tiles { assignedTiles.append(try tile.assigned(observations: ids)) }
        var assignedObservations: [AssignedObservation] = []
        for observation in observations { assignedObservations.append(try observation.assigned()) }
        var centres: [SDC] = []
        for sdc in sdcs { centres.append(try sdc.sdc()) }
        let distribution = Distribution(
            name: name, survey: ID(survey),
            buckets: Buckets(
                period: TimeWindow(start: MJD(period[0]), end: MJD(period[1])), length: bucket),
            sdcs: centres,
            processing: Processing(
                observationWork: CoreHours(processing.observationWork),
                observationVolume: Terabytes(processing.observationVolume),
                latency: processing.latency, tileWork: CoreHours(processing.tileWork),
                tileVolume: Terabytes(processing.tileVolume)),
            observations: assignedObservations, tiles: assignedTiles)
        return Plan(
            distribution: distribution,
            balance: Balance(
                work: balance.work, observations: balance.observations, storage: balance.storage,
                gap: balance.gap),
            weights: Weights(stability: weights.stability, failover: weights.failover),
            measures: try measures.measures(), bound: bound.map { Terabytes($0) }, search: search,
            rules: try rules(), base: base)
    }
}

extension PlanContent.SDCContent {
    func sdc() throws(PlanDocumentError) -> SDC {
        var holdings: [ExternalHolding] = []
        for entry in ingests {
            guard entry.ra.count == 2, entry.dec.count == 2 else {
                throw .notAPlan("a region of \(id) is no pair of ranges")
            }
            holdings.append(
                ExternalHolding(
                    survey: entry.survey,
                    region: SkyRegion(
                        ra: (entry.ra[0], entry.ra[1]), dec: (entry.dec[0], entry.dec[1])),
                    volume: Terabytes(entry.volume)))
        }
        var windows: [MaintenanceWindow] = []
        for entry in maintenance {
            windows.append(
                MaintenanceWindow(
                    window: try Value.window(entry.start, entry.end),
                    availability: entry.availability,
                    summary: entry.summary, uid: entry.uid))
        }
        return SDC(
            id: ID(id), name: name, country: country, cores: cores, efficiency: efficiency,
            storage: Terabytes(storage), used: Terabytes(used), batch: batch, ingests: holdings,
            maintenance: windows)
    }
}

extension PlanContent.ObservationContent {
    func assigned() throws(PlanDocumentError) -> AssignedObservation {
        AssignedObservation(
            observation: Observation(
                id: ID(id), kind: kind, window: try Value.window(start, end),
                centre: try Value.position(position),
                footprint: ConvexPolygon(corners: try Value.vectors(footprint, atLeast: 3))),
            arrival: MJD(arrival), bucket: bucket,
            assignment: Assignment(primary: ID(primary), secondary: ID(secondary)),
            copiesTo: copiesTo.map { ID($0) }, cause: try Value.cause(cause))
    }
}

extension PlanContent.TileContent {
    func assigned(observations ids: [ID<Observation>]) throws(PlanDocumentError) -> AssignedTile {
        let core: TileCore
        if let box = coreBox, box.count == 4 {
            core = .box(SkyBox(west: box[0], east: box[1], south: box[2], north: box[3]))
        } else if let polygon = corePolygon {
            core = .polygon(ConvexPolygon(corners: try Value.vectors(polygon, atLeast: 3)))
        } else {
            throw .notAPlan("tile \(id) has no inner area")
        }
        guard observations.count == fractions.count, observations.allSatisfy(ids.indices.contains)
        else {
            throw .notAPlan("tile \(id) names an observation that is not there")
        }
        return AssignedTile(
            tile: Tile(
                id: ID(id), centre: try Value.position(position), core: core,
                outer: ConvexPolygon(corners: try Value.vectors(outer, atLeast: 3))),
            ready: MJD(ready), bucket: bucket,
            assignment: Assignment(primary: ID(primary), secondary: ID(secondary)),
            overlaps: zip(observations, fractions).map {
                TileOverlap(observation: ids[$0], fraction: $1)
            }, cause: try Value.cause(cause))
    }
}

extension PlanContent.MeasuresContent {
    func measures() throws(PlanDocumentError) -> Measures {
        var cells: [OutsideCell] = []
        for cell in outside {
            guard let tolerance = OutsideCell.Tolerance(rawValue: cell.tolerance) else {
                throw .notAPlan("unknown tolerance \(cell.tolerance)")
            }
            cells.append(
                OutsideCell(
                    tolerance: tolerance, sdc: ID(cell.sdc), bucket: cell.bucket, value: cell.value,
                    lower: cell.lower, upper: cell.upper))
        }
        return Measures(
            observations: observations, tiles: tiles, overlaps: overlaps, violations: [],
            outside: cells,
            copies: Dictionary(
                copies.map { (CopyRoute(from: ID($0.from), to: ID($0.to)), $0.copies) },
                uniquingKeysWith: +),
            copyVolume: Terabytes(copyVolume), externalVolume: Terabytes(externalVolume),
            movedVolume: Terabytes(movedVolume), failoverCopies: failoverCopies,
            workExcess: workExcess, longestGap: longestGap, utilisation: utilisation,
            loads: try loads.map { load throws(PlanDocumentError) in try load.load() },
            freeAssignments: freeAssignments ?? 0)
    }
}

extension PlanContent.LoadContent {
    func load() throws(PlanDocumentError) -> SDCLoad {
        let count = observations.count
        guard [tiles.count, work.count, target.count, capacity.count].allSatisfy({ $0 == count })
        else {
            throw .notAPlan("the loads of \(sdc) differ in length")
        }
        return SDCLoad(
            sdc: ID(sdc),
            buckets: (0..<count).map {
                BucketLoad(
                    observations: observations[$0], tiles: tiles[$0], work: CoreHours(work[$0]),
                    target: CoreHours(target[$0]), capacity: CoreHours(capacity[$0]))
            },
            primaryObservations: observations.reduce(0, +), primaryTiles: tiles.reduce(0, +),
            newVolume: Terabytes(newVolume), targetVolume: Terabytes(targetVolume),
            longestGap: longestGap)
    }
}

/// Readers of single values; they refuse what no plan holds.
private enum Value {
    static func position(_ numbers: [Double]) throws(PlanDocumentError) -> SkyPosition {
        guard numbers.count == 2, abs(numbers[1]) <= 90 else {
            throw .notAPlan("\(numbers) is no position")
        }
        return SkyPosition(ra: numbers[0], dec: numbers[1])
    }

    /// The directions of corners given as RA and Dec, at least `count` of them.
    static func vectors(
        _ corners: [[Double]], atLeast count: Int
    ) throws(PlanDocumentError) -> [UnitVector] {
        var result: [UnitVector] = []
        for corner in corners { result.append(try position(corner).vector) }
        guard result.count >= count else {
            throw .notAPlan("a polygon has \(result.count) corners")
        }
        return result
    }

    static func window(_ start: Double, _ end: Double) throws(PlanDocumentError) -> TimeWindow {
        guard start <= end else { throw .notAPlan("a time window ends before it starts") }
        return TimeWindow(start: MJD(start), end: MJD(end))
    }

    static func cause(_ text: String?) throws(PlanDocumentError) -> ChangeCause? {
        guard let text else { return nil }
        guard let cause = ChangeCause(rawValue: text) else {
            throw .notAPlan("unknown cause \(text)")
        }
        return cause
    }
}
