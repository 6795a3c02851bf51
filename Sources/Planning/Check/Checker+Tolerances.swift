import GroundSegment

extension Checker {
    /// The cells outside T1 to T4, by tolerance, SDC and bucket.
    func outsideCells(_ loads: [SDCLoad]) -> [OutsideCell] {
        let balance = planningCase.balance
        let (workGrain, volumeGrain) = largestItems
        var cells: [OutsideCell] = []
        for load in loads {
            for (bucket, cell) in load.buckets.enumerated() {
                cells += outside(
                    .work, load, bucket, value: cell.work.value, target: cell.target.value,
                    band: max(balance.work * cell.target.value, workGrain))
            }
        }
        let received = (0..<buckets.count).map { bucket in
            loads.reduce(0) { $0 + $1.buckets[bucket].observations }
        }
        for load in loads {
            for (bucket, cell) in load.buckets.enumerated() {
                let target = share(load, bucket, loads) * Double(received[bucket])
                cells += outside(
                    .observations, load, bucket, value: Double(cell.observations), target: target,
                    band: max(balance.observations * target, 1))
            }
        }
        for load in loads {
            cells += outside(
                .storage, load, nil, value: load.newVolume.value, target: load.targetVolume.value,
                band: max(balance.storage * load.targetVolume.value, volumeGrain))
        }
        for load in loads where load.longestGap > balance.gap {
            cells.append(
                OutsideCell(
                    tolerance: .gap, sdc: load.sdc, bucket: nil, value: load.longestGap, lower: 0,
                    upper: balance.gap))
        }
        return cells
    }

    /// The work and the volume of the largest item of the period, core-hours and TB.
    private var largestItems: (work: Double, volume: Double) {
        let processing = planningCase.processing
        guard !processing.isUniform, !observations.isEmpty else {
            return (
                max(processing.observationWork, processing.tileWork).value,
                max(processing.observationVolume, processing.tileVolume).value
            )
        }
        let kinds = Set(observations.map(\.kind))
        let counts = Set(coverage)
        let works =
            kinds.map(processing.work(ofKind:))
            + counts.map { processing.tileWork(observations: $0) }
        let volumes =
            kinds.map(processing.volume(ofKind:))
            + counts.map { processing.tileVolume(observations: $0) }
        return (works.max()?.value ?? 0, volumes.max()?.value ?? 0)
    }

    private func share(_ load: SDCLoad, _ bucket: Int, _ loads: [SDCLoad]) -> Double {
        let length = buckets[bucket].days * 24
        let sum = loads.reduce(0) { $0 + $1.buckets[bucket].capacity.value / length }
        return load.buckets[bucket].capacity.value / length / max(sum, 1e-9)
    }

    private func outside(
        _ tolerance: OutsideCell.Tolerance, _ load: SDCLoad, _ bucket: Int?, value: Double,
        target: Double, band: Double
    ) -> [OutsideCell] {
        guard abs(value - target) - band > Bands.roundingTolerance else { return [] }
        return [
            OutsideCell(
                tolerance: tolerance, sdc: load.sdc, bucket: bucket.map(buckets.name), value: value,
                lower: target - band, upper: target + band)
        ]
    }

    /// The longest wait of each SDC for a new primary observation, in days (T4).
    func gaps(_ assigned: [Assignment]) -> [Double] {
        let period = planningCase.period
        let events = arrival.filter { $0 <= period.end }.sorted()
        let silences = zip([period.start] + events, events + [period.end])
            .filter { $1 - $0 > 1 }.map { ($0.days, $1.days) }
        return planningCase.sdcs.map { sdc in
            let outages = sdc.maintenance.filter { $0.availability <= 0 }
                .map { ($0.window.start.days, $0.window.end.days) }
            let mine = observations.indices
                .filter { assigned[$0].primary == sdc.id && arrival[$0] <= period.end }
                .map { arrival[$0] }.sorted()
            let spans = (outages + silences).sorted { $0 < $1 }
            return zip([period.start] + mine, mine + [period.end]).reduce(0) { worst, wait in
                max(worst, wait.1 - wait.0 - covered(spans, from: wait.0.days, to: wait.1.days))
            }
        }
    }

    /// The length of the union of sorted `spans` within from..<to.
    private func covered(_ spans: [(Double, Double)], from: Double, to: Double) -> Double {
        var sum = 0.0
        var reached = from
        for span in spans where span.1 > reached && span.0 < to {
            let start = max(span.0, reached)
            let end = min(span.1, to)
            if end > start { sum += end - start }
            reached = max(reached, end)
        }
        return sum
    }
}
