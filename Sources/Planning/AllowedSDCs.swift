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
