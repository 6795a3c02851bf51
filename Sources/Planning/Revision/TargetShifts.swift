import GroundSegment

/// By how much the targets of cells and SDCs have moved since a base, by cause, counted as the
/// load less its target: calendars first, then the SDCs themselves, then the items.
struct TargetShifts {
    private(set) var work: [CausePush]
    private(set) var observations: [CausePush]
    private(set) var storage: [CausePush]
    private let inputs: PlanInputs

    /// The SDCs and bands after a step of the comparison.
    private struct Stage {
        let sdcs: [SDC]
        let bands: Bands
    }

    init(from base: PlanInputs, to inputs: PlanInputs) {
        self.inputs = inputs
        work = Array(repeating: CausePush(), count: inputs.sdcs.count * inputs.buckets.count)
        observations = work
        storage = Array(repeating: CausePush(), count: inputs.sdcs.count)
        guard base.buckets == inputs.buckets else { return }
        let calendars = Dictionary(
            uniqueKeysWithValues: inputs.sdcs.map { ($0.id, $0.maintenance) })
        let maintained = base.sdcs.map { sdc in
            calendars[sdc.id].map { sdc.with(maintenance: $0) } ?? sdc
        }
        let first = Stage(sdcs: base.sdcs, bands: base.bands())
        let second = Stage(sdcs: maintained, bands: base.bands(sdcs: maintained))
        let third = Stage(sdcs: inputs.sdcs, bands: inputs.bands(items: base.items))
        let last = Stage(sdcs: inputs.sdcs, bands: inputs.bands())
        add(first, second, .maintenance)
        add(second, third, .capacity)
        add(third, last, .survey)
    }

    private mutating func add(_ before: Stage, _ now: Stage, _ cause: ChangeCause) {
        let old = Self.places(before)
        let new = Self.places(now)
        for (sdc, centre) in inputs.sdcs.enumerated() {
            for bucket in 0..<inputs.buckets.count {
                let cell = bucket * inputs.sdcs.count + sdc
                func shift(_ measure: (Bands) -> [Bands.Band]) -> Double {
                    target(measure(before.bands), old[centre.id], bucket, before.sdcs.count)
                        - target(measure(now.bands), new[centre.id], bucket, now.sdcs.count)
                }
                work[cell].add(shift(\.work), cause)
                observations[cell].add(shift(\.observations), cause)
            }
            storage[sdc].add(
                target(before.bands.storage, old[centre.id], 0, 0)
                    - target(now.bands.storage, new[centre.id], 0, 0), cause)
        }
    }

    /// The target of a cell; 0 where the SDC is not there.
    private func target(_ bands: [Bands.Band], _ sdc: Int?, _ bucket: Int, _ count: Int) -> Double {
        sdc.map { bands[bucket * count + $0].target } ?? 0
    }

    private static func places(_ stage: Stage) -> [ID<SDC>: Int] {
        Dictionary(uniqueKeysWithValues: stage.sdcs.enumerated().map { ($1.id, $0) })
    }
}
