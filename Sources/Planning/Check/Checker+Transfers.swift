import GroundSegment

/// H6, the checker's own count of it.
extension Checker {
    /// The breaches of H6, one line each; nothing is counted where nothing is limited.
    func overTransfers(_ assigned: [Assignment], _ tiles: [Assignment]) -> [String] {
        guard planningCase.sdcs.contains(where: \.hasTransferLimit) else { return [] }
        return transfers(assigned, tiles).flatMap { found in
            TransferDirection.allCases.flatMap { direction in
                found.breaches(direction).map { bucket in
                    let volume = found.volumes(direction)[bucket].sum
                    let limit = found.limits(direction)?[bucket].value ?? 0
                    return "H6 \(found.sdc) \(buckets.name(bucket)): \(tenths(volume)) TB"
                        + " \(direction.rawValue) of \(tenths(limit))"
                }
            }
        }
    }

    /// What is moved between the SDCs, in their order.
    func transfers(_ assigned: [Assignment], _ tiles: [Assignment]) -> [SDCTransfers] {
        let processing = planningCase.processing
        var found = planningCase.sdcs.map { SDCTransfers($0, buckets: buckets) }
        let place = Dictionary(
            uniqueKeysWithValues: planningCase.sdcs.enumerated().map { ($1.id, $0) })
        func move(
            _ volume: Terabytes, _ kind: WritableKeyPath<SDCTransfers.Volumes, Double>,
            from source: ID<SDC>?, to target: ID<SDC>, _ bucket: Int
        ) {
            if let sdc = source.flatMap({ place[$0] }) {
                found[sdc].add(volume.value, kind, .outward, bucket)
            }
            if let sdc = place[target] { found[sdc].add(volume.value, kind, .inward, bucket) }
        }
        for (index, pair) in assigned.enumerated() {
            move(
                processing.volume(ofKind: observations[index].kind), \.replicas,
                from: pair.primary, to: pair.secondary, buckets.index(of: arrival[index]))
        }
        for (index, pair) in tiles.enumerated() {
            let bucket = buckets.index(of: ready[index])
            move(
                processing.tileVolume(observations: coverage[index]), \.replicas,
                from: pair.primary, to: pair.secondary, bucket)
            let external = external(overlaps.tiles[index], at: pair.primary).reduce(0, +)
            move(Terabytes(external), \.external, from: nil, to: pair.primary, bucket)
        }
        for (observation, needs) in firstNeeds(overlaps.links, tiles) {
            let pair = assigned[observation]
            let volume = processing.volume(ofKind: observations[observation].kind)
            for (sdc, bucket) in needs where !pair.contains(sdc) {
                move(volume, \.copies, from: pair.primary, to: sdc, bucket)
            }
        }
        let history = precedent.history.observations
        for (observation, needs) in firstNeeds(overlaps.earlier, tiles) {
            let pair = history[observation].assignment
            for (sdc, bucket) in needs where !pair.contains(sdc) {
                move(
                    processing.volume(of: history[observation]), \.copies, from: pair.primary,
                    to: sdc, bucket)
            }
        }
        return found
    }

    /// For each observation the primaries of its tiles, each with the first bucket in which one of
    /// them is ready; in the order of both.
    private func firstNeeds(
        _ links: [Overlaps.Link], _ tiles: [Assignment]
    ) -> [(observation: Int, needs: [(sdc: ID<SDC>, bucket: Int)])] {
        var first: [Int: [ID<SDC>: Int]] = [:]
        for link in links {
            let sdc = tiles[link.tile].primary
            let bucket = buckets.index(of: ready[link.tile])
            let known = first[link.observation]?[sdc] ?? bucket
            first[link.observation, default: [:]][sdc] = min(known, bucket)
        }
        return first.sorted { $0.key < $1.key }.map { observation, needs in
            (observation, needs.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
        }
    }

    private func tenths(_ value: Double) -> String {
        let rounded = (value * 10).rounded() / 10
        return rounded == rounded.rounded() ? String(Int(saturating: rounded)) : "\(rounded)"
    }
}
