import GroundSegment

extension PlanCheck {
    private func latency(ofKind kind: String) -> Double {
        content.processing.latency(ofKind: kind)
    }

    mutating func checkObservations() {
        var known: Set<ID<Observation>> = []
        known.reserveCapacity(content.observations.count)
        var last: (start: Double, id: ID<Observation>)?
        for observation in content.observations {
            let record = Record.observation(observation.id)
            let id = ID<Observation>(observation.id)
            check(id: observation.id, record, "id")
            if !known.insert(id).inserted {
                add(record, "id", "a second time", "each observation once")
            } else if let last, (last.start, last.id) > (observation.start, id) {
                add(record, "start", "before that of \(last.id)", "observations in their order")
            }
            last = (observation.start, id)
            check(text: observation.kind, record, "kind")
            check(start: observation.start, end: observation.end, record)
            if let period = buckets?.period, !period.contains(MJD(observation.start)) {
                add(
                    record, "start", "\(observation.start)",
                    "an instant of the period, \(content.period)")
            }
            let arrival = observation.end + latency(ofKind: observation.kind)
            if !(abs(observation.arrival - arrival) <= 1e-6) {
                add(record, "arrival", "\(observation.arrival)", "\(arrival), its end + latency")
            }
            check(instant: observation.arrival, record, "arrival")
            check(bucket: observation.bucket, of: observation.arrival, record, "arrival")
            check(position: observation.position, record, "position")
            check(corners: observation.footprint, record, "footprint")
            check(observation.primary, observation.secondary, record)
            check(cause: observation.cause, record)
            checkCopies(of: observation, record)
        }
    }

    private mutating func checkCopies(
        of observation: PlanContent.ObservationContent, _ record: Record
    ) {
        guard !observation.copiesTo.isEmpty else { return }
        var seen: Set<ID<SDC>> = [ID(observation.primary), ID(observation.secondary)]
        for sdc in observation.copiesTo {
            check(sdc: sdc, record, "copiesTo")
            if !seen.insert(ID(sdc)).inserted {
                add(
                    record, "copiesTo", "\(sdc), which has one", "SDCs without a replica, each once"
                )
            }
        }
    }

    mutating func checkTiles() {
        var known: Set<ID<Tile>> = []
        known.reserveCapacity(content.tiles.tiles.count)
        for tile in content.tiles.tiles {
            let record = Record.tile(tile.id)
            check(id: tile.id, record, "id")
            if !known.insert(ID(tile.id)).inserted {
                add(record, "id", "a second time", "each tile once")
            }
            check(position: tile.position, record, "position")
            checkCore(of: tile, record)
            check(corners: tile.outer, record, "outer")
            check(instant: tile.ready, record, "ready")
            check(bucket: tile.bucket, of: tile.ready, record, "readiness")
            check(tile.primary, tile.secondary, record)
            check(cause: tile.cause, record)
            checkOverlaps(of: tile, record)
        }
    }

    private mutating func checkCore(of tile: PlanContent.TileContent, _ record: Record) {
        switch (tile.coreBox, tile.corePolygon) {
        case (let box?, nil):
            guard box.count == 4, 0 <= box[0], box[0] < box[1], box[1] <= 360, -90 <= box[2],
                box[2] < box[3], box[3] <= 90
            else {
                add(record, "coreBox", "\(box.prefix(8))", "west < east, south < north, degrees")
                return
            }
        case (nil, let polygon?): check(corners: polygon, record, "corePolygon")
        case (nil, nil): add(record, "coreBox", "no inner area", "coreBox or corePolygon")
        case (_?, _?): add(record, "coreBox", "two inner areas", "coreBox or corePolygon")
        }
    }

    private mutating func checkOverlaps(of tile: PlanContent.TileContent, _ record: Record) {
        let observations = content.observations
        guard tile.observations.count == tile.fractions.count else {
            add(
                record, "fractions", "\(tile.fractions.count) of them",
                "\(tile.observations.count), one for each observation")
            return
        }
        var last = -1
        var arrived = -Double.infinity
        for (place, fraction) in zip(tile.observations, tile.fractions) {
            guard observations.indices.contains(place) else {
                add(
                    record, "observations", "\(place)",
                    "the place of an observation, 0 to \(observations.count - 1)")
                return
            }
            guard place > last else {
                add(record, "observations", "\(place) after \(last)", "places that ascend")
                return
            }
            last = place
            arrived = max(arrived, observations[place].arrival)
            check(fraction, PlanningLimits.part, record, "fractions")
        }
        if last >= 0, !(abs(tile.ready - arrived) <= 1e-6) {
            add(
                record, "ready", "\(tile.ready)",
                "\(arrived), when the last of its observations arrives")
        }
    }
}
