import GroundSegment

/// Which SDCs may take which role for each item, as bit sets by place in the list of SDCs.
///
/// It holds the rules on single items: full outages at an observation's arrival (H4), pins and
/// prohibitions (H5).
struct AllowedSDCs: Sendable {
    private(set) var observationPrimary: [UInt64]
    private(set) var observationSecondary: [UInt64]
    private(set) var tilePrimary: [UInt64]
    private(set) var tileSecondary: [UInt64]

    init(
        _ planningCase: PlanningCase, observations: [Observation], arrival: [MJD], tiles: [Tile],
        ready: [MJD]
    ) {
        let sdcs = planningCase.sdcs
        precondition(sdcs.count <= PlanningCase.mostSDCs, "\(sdcs.count) SDCs")
        let all = sdcs.count == 64 ? UInt64.max : (1 << UInt64(sdcs.count)) - 1
        observationPrimary = arrival.map { instant in
            sdcs.indices.reduce(0) { mask, sdc in
                sdcs[sdc].availability(at: instant) > 0 ? mask | 1 << UInt64(sdc) : mask
            }
        }
        observationSecondary = Array(repeating: all, count: observations.count)
        tilePrimary = Array(repeating: all, count: tiles.count)
        tileSecondary = tilePrimary
        let place = Dictionary(uniqueKeysWithValues: sdcs.enumerated().map { ($1.id, $0) })
        let observationPlace = Dictionary(
            observations.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
        let tilePlace = Dictionary(
            tiles.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
        for rule in planningCase.rules.prohibitions {
            guard let sdc = place[rule.sdc] else { continue }
            switch rule.scope {
            case .kind(let kind):
                for (index, observation) in observations.enumerated() where observation.kind == kind
                {
                    forbidObservation(index, sdc)
                }
            case .item(.observation(let id)):
                if let index = observationPlace[id] { forbidObservation(index, sdc) }
            case .item(.tile(let id)):
                if let index = tilePlace[id] { forbidTile(index, sdc) }
            }
        }
        for pin in planningCase.rules.pins {
            guard let sdc = place[pin.sdc] else { continue }
            switch pin.item {
            case .observation(let id):
                guard let index = observationPlace[id], pin.binds(at: arrival[index]) else {
                    continue
                }
                pinObservation(index, sdc, pin.role)
            case .tile(let id):
                guard let index = tilePlace[id], pin.binds(at: ready[index]) else { continue }
                pinTile(index, sdc, pin.role)
            }
        }
    }

    /// Holds what is frozen at its SDCs.
    mutating func freeze(_ revision: Revision) {
        let count = observationPrimary.count
        for index in revision.isFrozen.indices where revision.isFrozen[index] {
            let primary = UInt64(1) << UInt64(revision.primary[index])
            let secondary = UInt64(1) << UInt64(revision.secondary[index])
            if index < count {
                observationPrimary[index] &= primary
                observationSecondary[index] &= secondary
            } else {
                tilePrimary[index - count] &= primary
                tileSecondary[index - count] &= secondary
            }
        }
    }

    /// The sets with everything that may not move in the search held where it is.
    func held(_ revision: Revision) -> AllowedSDCs {
        var result = self
        let count = observationPrimary.count
        for index in revision.mayMove.indices
        where !revision.mayMove[index] && permits(index, revision) {
            let primary = UInt64(1) << UInt64(revision.primary[index])
            let secondary = UInt64(1) << UInt64(revision.secondary[index])
            if index < count {
                result.observationPrimary[index] = primary
                result.observationSecondary[index] = secondary
            } else {
                result.tilePrimary[index - count] = primary
                result.tileSecondary[index - count] = secondary
            }
        }
        return result
    }

    /// The items that have more than one pair of SDCs to choose from.
    var choices: (observations: [Int], tiles: [Int]) {
        func open(_ primary: [UInt64], _ secondary: [UInt64]) -> [Int] {
            primary.indices.filter {
                primary[$0].nonzeroBitCount > 1 || secondary[$0].nonzeroBitCount > 1
            }
        }
        return (
            open(observationPrimary, observationSecondary), open(tilePrimary, tileSecondary)
        )
    }

    /// Whether an item, observations first, may be where it was.
    func permits(_ index: Int, _ revision: Revision) -> Bool {
        guard revision.isPlaced(index) else { return false }
        let count = observationPrimary.count
        let primary = index < count ? observationPrimary[index] : tilePrimary[index - count]
        let secondary = index < count ? observationSecondary[index] : tileSecondary[index - count]
        return primary >> UInt64(revision.primary[index]) & 1 == 1
            && secondary >> UInt64(revision.secondary[index]) & 1 == 1
    }

    private mutating func forbidObservation(_ index: Int, _ sdc: Int) {
        observationPrimary[index] &= ~(1 << UInt64(sdc))
        observationSecondary[index] &= ~(1 << UInt64(sdc))
    }

    private mutating func forbidTile(_ index: Int, _ sdc: Int) {
        tilePrimary[index] &= ~(1 << UInt64(sdc))
        tileSecondary[index] &= ~(1 << UInt64(sdc))
    }

    private mutating func pinObservation(_ index: Int, _ sdc: Int, _ role: Role) {
        switch role {
        case .primary:
            observationPrimary[index] &= 1 << UInt64(sdc)
            observationSecondary[index] &= ~(1 << UInt64(sdc))
        case .secondary:
            observationSecondary[index] &= 1 << UInt64(sdc)
            observationPrimary[index] &= ~(1 << UInt64(sdc))
        }
    }

    private mutating func pinTile(_ index: Int, _ sdc: Int, _ role: Role) {
        switch role {
        case .primary:
            tilePrimary[index] &= 1 << UInt64(sdc)
            tileSecondary[index] &= ~(1 << UInt64(sdc))
        case .secondary:
            tileSecondary[index] &= 1 << UInt64(sdc)
            tilePrimary[index] &= ~(1 << UInt64(sdc))
        }
    }
}

extension Pin {
    /// Whether the pin still holds for what arrives or is ready at `instant`.
    func binds(at instant: MJD) -> Bool {
        until.map { instant < $0 } ?? true
    }
}
