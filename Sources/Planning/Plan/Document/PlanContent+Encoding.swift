import GroundSegment
import SkyGeometry

extension PlanContent {
    /// The content of `plan`.
    init(_ plan: Plan) {
        let distribution = plan.distribution
        let places = Dictionary(
            uniqueKeysWithValues: distribution.observations.enumerated().map {
                ($1.observation.id, $0)
            })
        self.init(
            format: PlanDocument.format, name: distribution.name, survey: distribution.survey.text,
            period: [distribution.buckets.period.start.days, distribution.buckets.period.end.days],
            bucket: distribution.buckets.length,
            processing: ProcessingContent(distribution.processing),
            balance: BalanceContent(
                work: plan.balance.work, observations: plan.balance.observations,
                storage: plan.balance.storage, gap: plan.balance.gap),
            weights: WeightsContent(
                stability: plan.weights.stability, failover: plan.weights.failover,
                compact: plan.weights.compact == 0 ? nil : plan.weights.compact),
            search: plan.search, bound: plan.bound?.value, gap: plan.gap,
            pins: plan.rules.pins.isEmpty ? nil : plan.rules.pins.map(PinContent.init),
            prohibitions: plan.rules.prohibitions.isEmpty
                ? nil : plan.rules.prohibitions.map(ProhibitionContent.init),
            base: plan.base, reserved: plan.reservesPublished ? "published" : nil,
            sdcs: distribution.sdcs.map(SDCContent.init),
            observations: distribution.observations.map(ObservationContent.init),
            tiles: TileList(tiles: distribution.tiles.map { TileContent($0, places: places) }),
            measures: MeasuresContent(
                plan.measures, isRevision: plan.base != nil,
                isUniform: distribution.processing.isUniform,
                borders: plan.weights.compact == 0 ? nil : plan.borders.apart))
    }
}

/// RA and Dec of a corner, in degrees.
private func degrees(_ corners: [UnitVector]) -> [[Double]] {
    corners.map { degrees(SkyPosition($0)) }
}

private func degrees(_ position: SkyPosition) -> [Double] { [position.ra, position.dec] }

extension PlanContent.SDCContent {
    init(_ sdc: SDC) {
        self.init(
            id: sdc.id.text, name: sdc.name, country: sdc.country, cores: sdc.cores,
            efficiency: sdc.efficiency, storage: sdc.storage.value, used: sdc.used.value,
            batch: sdc.batch,
            ingests: sdc.ingests.map {
                PlanContent.IngestContent(
                    survey: $0.survey, ra: [$0.region.ra.from, $0.region.ra.to],
                    dec: [$0.region.dec.from, $0.region.dec.to], volume: $0.volume.value)
            },
            maintenance: sdc.maintenance.map {
                PlanContent.MaintenanceContent(
                    start: $0.window.start.days, end: $0.window.end.days,
                    availability: $0.availability, summary: $0.summary, uid: $0.uid)
            },
            ingress: sdc.ingress, egress: sdc.egress,
            reservations: sdc.reservations.isEmpty
                ? nil
                : sdc.reservations.map {
                    PlanContent.ReservationContent(
                        start: $0.window.start.days, end: $0.window.end.days,
                        work: $0.work.value, volume: $0.volume.value)
                })
    }
}

extension PlanContent.ObservationContent {
    init(_ assigned: AssignedObservation) {
        let observation = assigned.observation
        self.init(
            id: observation.id.text, kind: observation.kind, start: observation.window.start.days,
            end: observation.window.end.days, arrival: assigned.arrival.days,
            bucket: assigned.bucket, position: degrees(observation.centre),
            footprint: degrees(observation.footprint.corners),
            primary: assigned.assignment.primary.text,
            secondary: assigned.assignment.secondary.text, copiesTo: assigned.copiesTo.map(\.text),
            cause: assigned.cause?.rawValue)
    }
}

extension PlanContent.TileContent {
    init(_ assigned: AssignedTile, places: [ID<Observation>: Int]) {
        var box: [Double]?
        var polygon: [[Double]]?
        switch assigned.tile.core {
        case .box(let area): box = [area.west, area.east, area.south, area.north]
        case .polygon(let area): polygon = degrees(area.corners)
        }
        self.init(
            id: assigned.tile.id.text, position: degrees(assigned.tile.centre), coreBox: box,
            corePolygon: polygon, outer: degrees(assigned.tile.outer.corners),
            ready: assigned.ready.days, bucket: assigned.bucket,
            primary: assigned.assignment.primary.text,
            secondary: assigned.assignment.secondary.text,
            observations: assigned.overlaps.compactMap { places[$0.observation] },
            fractions: assigned.overlaps.map(\.fraction), cause: assigned.cause?.rawValue)
    }
}

extension PlanContent.MeasuresContent {
    init(_ measures: Measures, isRevision: Bool, isUniform: Bool, borders: Int?) {
        self.init(
            observations: measures.observations, tiles: measures.tiles, overlaps: measures.overlaps,
            outside: measures.outside.map {
                PlanContent.OutsideContent(
                    tolerance: $0.tolerance.rawValue, sdc: $0.sdc.text, bucket: $0.bucket,
                    value: $0.value, lower: $0.lower, upper: $0.upper)
            },
            copies: measures.copies.sorted { $0.key < $1.key }.map {
                PlanContent.RouteContent(
                    from: $0.key.from.text, to: $0.key.to.text, copies: $0.value)
            },
            copyVolume: measures.copyVolume.value, externalVolume: measures.externalVolume.value,
            movedVolume: measures.movedVolume.value, cost: measures.cost.value,
            failoverCopies: measures.failoverCopies,
            failoverVolume: isUniform ? nil : measures.failoverVolume.value,
            borders: borders,
            freeAssignments: isRevision ? measures.freeAssignments : nil,
            workExcess: measures.workExcess,
            longestGap: measures.longestGap, utilisation: measures.utilisation,
            loads: measures.loads.map {
                PlanContent.LoadContent(
                    sdc: $0.sdc.text, observations: $0.buckets.map(\.observations),
                    tiles: $0.buckets.map(\.tiles), work: $0.buckets.map(\.work.value),
                    target: $0.buckets.map(\.target.value),
                    capacity: $0.buckets.map(\.capacity.value), newVolume: $0.newVolume.value,
                    targetVolume: $0.targetVolume.value, longestGap: $0.longestGap)
            })
    }
}
