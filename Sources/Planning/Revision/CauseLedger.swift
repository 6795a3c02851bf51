import GroundSegment

/// The loads of a base's assignments under new inputs, while changes are made one by one, and
/// what pushed each of them by how much.
struct CauseLedger {
    private let inputs: PlanInputs
    private let bands: Bands
    private let place: [ID<SDC>: Int]
    private let count: Int

    private let works: ItemAmounts
    private let volumes: ItemAmounts
    private var workIn: [ItemAmounts.Sum]
    private var volumeAt: [ItemAmounts.Sum]
    private var waits: WaitLedger

    /// By how much load less target has grown since the base, by cause.
    private var workPush: [CausePush]
    private var observationPush: [CausePush]
    private var storagePush: [CausePush]

    /// The base's items as they are now, with every change that has a cause of its own.
    init(
        from base: PlanInputs, to inputs: PlanInputs, changes: InputChanges, before: [Assignment],
        after: [Assignment]
    ) {
        self.inputs = inputs
        bands = inputs.bands()
        count = inputs.sdcs.count
        place = Dictionary(uniqueKeysWithValues: inputs.sdcs.enumerated().map { ($1.id, $0) })
        works = .work(inputs.items, inputs.processing)
        volumes = .volume(inputs.items, inputs.processing)
        workIn = Array(repeating: ItemAmounts.Sum(), count: count * inputs.buckets.count)
        volumeAt = Array(repeating: ItemAmounts.Sum(), count: count)
        waits = WaitLedger(inputs)
        let targets = TargetShifts(from: base, to: inputs)
        workPush = targets.work
        observationPush = targets.observations
        storagePush = targets.storage
        waits.compareCalendars(base.sdcs, inputs.sdcs)
        fill(from: base, changes: changes, before: before, after: after)
    }

    private mutating func fill(
        from base: PlanInputs, changes: InputChanges, before: [Assignment], after: [Assignment]
    ) {
        let isSamePeriod = base.buckets == inputs.buckets
        for index in changes.dropped where isSamePeriod {
            push(index, of: base.items, before[index], -1, .survey)
        }
        for index in inputs.items.indices {
            guard let earlier = changes.earlier[index] else {
                add(index, after[index], 1)
                push(index, of: inputs.items, after[index], 1, .survey)
                continue
            }
            add(index, before[earlier], 1)
            if isSamePeriod, base.items.buckets[earlier] != inputs.items.buckets[index] {
                push(earlier, of: base.items, before[earlier], -1, .survey)
                push(index, of: inputs.items, before[earlier], 1, .survey)
            }
            if let cause = changes.own[index], before[earlier] != after[index] {
                move(index, from: before[earlier], to: after[index], because: cause)
            }
        }
    }

    /// Makes a change.
    mutating func move(
        _ index: ItemIndex, from old: Assignment, to new: Assignment, because cause: ChangeCause
    ) {
        add(index, old, -1)
        push(index, of: inputs.items, old, -1, cause)
        add(index, new, 1)
        push(index, of: inputs.items, new, 1, cause)
    }

    /// The cause of what a change mends; `nil` where it mends nothing.
    func cause(of index: ItemIndex, from old: Assignment, to new: Assignment) -> ChangeCause? {
        let isObservation = inputs.items.isObservation(index)
        if old.primary != new.primary {
            let row = inputs.items.buckets[index] * count
            if let left = place[old.primary],
                let cause = overload(row + left, isObservation: isObservation)
            {
                return cause
            }
            if let entered = place[new.primary],
                let cause = underload(row + entered, isObservation: isObservation)
            {
                return cause
            }
            if isObservation, let entered = place[new.primary],
                let cause = waits.cause(ofGiving: index, to: entered)
            {
                return cause
            }
        }
        for left in [old.primary, old.secondary] where !new.contains(left) {
            if let sdc = place[left], let cause = storageCause(sdc, isOver: true) { return cause }
        }
        for entered in [new.primary, new.secondary] where !old.contains(entered) {
            if let sdc = place[entered], let cause = storageCause(sdc, isOver: false) {
                return cause
            }
        }
        return nil
    }

    private func work(_ cell: Int) -> Double { workIn[cell].value(works) }

    private func observations(_ cell: Int) -> Double { Double(workIn[cell].observations) }

    private func overload(_ cell: Int, isObservation: Bool) -> ChangeCause? {
        let upper = min(bands.work[cell].upper, bands.capacity[cell])
        if work(cell) > upper + Bands.roundingTolerance {
            return workPush[cell].largest(sign: 1)
        }
        guard isObservation,
            observations(cell) > bands.observations[cell].upper + Bands.roundingTolerance
        else { return nil }
        return observationPush[cell].largest(sign: 1)
    }

    private func underload(_ cell: Int, isObservation: Bool) -> ChangeCause? {
        if work(cell) < bands.work[cell].lower - Bands.roundingTolerance {
            return workPush[cell].largest(sign: -1)
        }
        guard isObservation,
            observations(cell) < bands.observations[cell].lower - Bands.roundingTolerance
        else { return nil }
        return observationPush[cell].largest(sign: -1)
    }

    private func storageCause(_ sdc: Int, isOver: Bool) -> ChangeCause? {
        let volume = volumeAt[sdc].value(volumes)
        let upper = min(bands.storage[sdc].upper, bands.freeStorage[sdc])
        if isOver, volume > upper + Bands.roundingTolerance {
            return storagePush[sdc].largest(sign: 1)
        }
        if !isOver, volume < bands.storage[sdc].lower - Bands.roundingTolerance {
            return storagePush[sdc].largest(sign: -1)
        }
        return nil
    }

    private mutating func add(_ index: ItemIndex, _ assignment: Assignment, _ sign: Int) {
        let isObservation = inputs.items.isObservation(index)
        if let primary = place[assignment.primary] {
            let cell = inputs.items.buckets[index] * count + primary
            workIn[cell].add(index, of: works, sign)
            if isObservation { waits.set(index, at: primary, sign > 0) }
        }
        for role in Role.allCases {
            guard let sdc = place[assignment[role]] else { continue }
            volumeAt[sdc].add(index, of: volumes, sign)
        }
    }

    private mutating func push(
        _ index: ItemIndex, of items: PlannedItems, _ assignment: Assignment, _ sign: Double,
        _ cause: ChangeCause
    ) {
        let isObservation = items.isObservation(index)
        let work = inputs.processing.work(index, of: items)
        let volume = inputs.processing.volume(index, of: items)
        if let primary = place[assignment.primary] {
            let cell = items.buckets[index] * count + primary
            workPush[cell].add(sign * work.value, cause)
            if isObservation {
                observationPush[cell].add(sign, cause)
                waits.push(primary, sign, cause)
            }
        }
        for role in Role.allCases {
            if let sdc = place[assignment[role]] {
                storagePush[sdc].add(sign * volume.value, cause)
            }
        }
    }
}

/// How much each cause has pushed one measure away from its target; above 0 is upwards.
struct CausePush {
    private var values = [Double](repeating: 0, count: ChangeCause.allCases.count)

    mutating func add(_ value: Double, _ cause: ChangeCause) {
        values[Self.place(cause)] += value
    }

    /// The cause that has pushed most in the direction of `sign`; `nil` where none has.
    func largest(sign: Double) -> ChangeCause? {
        let pushed = ChangeCause.allCases.filter {
            $0 != .free && sign * values[Self.place($0)] > Bands.roundingTolerance
        }
        return pushed.max { sign * values[Self.place($0)] < sign * values[Self.place($1)] }
    }

    private static func place(_ cause: ChangeCause) -> Int {
        switch cause {
        case .survey: 0
        case .maintenance: 1
        case .capacity: 2
        case .pin: 3
        case .free: 4
        case .failover: 5
        }
    }
}
