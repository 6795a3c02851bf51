import GroundSegment

/// A complete distribution during the search, with its exact cost and every count that the next
/// change needs, kept up to date change by change.
final class SearchState {
    let model: SearchModel
    let sdcCount: Int

    let observationPrimary: Lane<UInt8>
    let observationSecondary: Lane<UInt8>
    let tilePrimary: Lane<UInt8>
    let tileSecondary: Lane<UInt8>

    /// What each observation's tiles need of it.
    let demands: Lane<ObservationDemand>
    /// How many tiles of an observation have an SDC as primary, as secondary.
    let primaryCount: Lane<UInt16>
    let secondaryCount: Lane<UInt16>

    /// By bucket * sdcCount + SDC.
    let cells: Lane<SearchCell>
    /// Replicas of observations and of tiles at each SDC.
    let observationsAt: Lane<Int32>
    let tilesAt: Lane<Int32>
    /// The ranks of each SDC's primary observations, one bit each.
    let arrivals: Lane<UInt64>
    let arrivalWords: Int
    /// Days by which waits exceed the tolerated gap, by SDC.
    let gapExcess: Lane<Double>

    /// The tolerated new bytes of each SDC, TB.
    let storageLower: Lane<Double>
    let storageUpper: Lane<Double>

    /// The penalty of each SDC's new bytes, at a weight of 1.
    let storagePenalties: Lane<Double>
    /// The sums over all SDCs of the penalties for new bytes and for waits, at a weight of 1.
    var storagePenaltySum = 0.0
    var gapPenaltySum = 0.0

    private(set) var copies = 0
    private(set) var failovers = 0
    private(set) var external = 0.0
    /// S and C3, in TB.
    private(set) var stability = 0.0

    init(_ model: SearchModel, placement: Placement) {
        self.model = model
        sdcCount = model.sdcCount
        observationPrimary = Lane(
            placement.primary.prefix(model.observationCount) + model.earlierPrimary.elements)
        observationSecondary = Lane(
            placement.secondary.prefix(model.observationCount) + model.earlierSecondary.elements)
        tilePrimary = Lane(Array(placement.primary.dropFirst(model.observationCount)))
        tileSecondary = Lane(Array(placement.secondary.dropFirst(model.observationCount)))
        let observationCount = model.observationCount + model.earlierCount
        demands = Lane(repeating: ObservationDemand(), count: observationCount)
        primaryCount = Lane(repeating: 0, count: observationCount * model.sdcCount)
        secondaryCount = Lane(repeating: 0, count: observationCount * model.sdcCount)
        cells = Lane(model.cells.elements)
        observationsAt = Lane(repeating: 0, count: model.sdcCount)
        tilesAt = Lane(repeating: 0, count: model.sdcCount)
        arrivalWords = (model.rankCount + 63) / 64
        arrivals = Lane(repeating: 0, count: arrivalWords * model.sdcCount)
        gapExcess = Lane(repeating: 0, count: model.sdcCount)
        storageLower = Lane(model.storageLower.elements)
        storageUpper = Lane(model.storageUpper.elements)
        storagePenalties = Lane(repeating: 0, count: model.sdcCount)
        recount()
    }

    var placement: Placement {
        Placement(
            primary: observationPrimary.prefix(model.observationCount) + tilePrimary.elements,
            secondary: observationSecondary.prefix(model.observationCount)
                + tileSecondary.elements)
    }

    /// Copies and external data, in TB.
    var cost: Double { Double(copies) * model.copyCost + external }
    /// What the search minimises besides the penalties: the cost, the failover and what leaving
    /// the base costs, in TB.
    var objective: Double { cost + Double(failovers) * model.failoverCost + stability }

    /// What the cells outside their tolerance cost at a weight of 1, in TB.
    var penalty: Double {
        cells.elements.reduce(0) { $0 + $1.penalty } + storagePenaltySum + gapPenaltySum
    }

    private func recount() {
        for tile in 0..<model.tileCount {
            let primary = Int(tilePrimary[tile])
            let secondary = Int(tileSecondary[tile])
            let place = model.tilePlaces[tile]
            addToCell(Int(place.cells) + primary, tiles: 1)
            tilesAt[primary] += 1
            tilesAt[secondary] += 1
            external += model.external[Int(place.cover) + primary]
            for link in place.links {
                let observation = Int(model.observationsOf[link])
                primaryCount[observation * sdcCount + primary] += 1
                secondaryCount[observation * sdcCount + secondary] += 1
            }
        }
        for observation in 0..<model.observationCount {
            let primary = Int(observationPrimary[observation])
            let secondary = Int(observationSecondary[observation])
            addToCell(
                Int(model.observationBucket[observation]) * sdcCount + primary, observations: 1)
            observationsAt[primary] += 1
            observationsAt[secondary] += 1
            setArrival(observation, at: primary)
        }
        for observation in 0..<(model.observationCount + model.earlierCount) {
            let demand = countedDemand(observation)
            demands[observation] = demand
            copies += demand.copies
            failovers += demand.failovers
        }
        stability = countedStability()
        for sdc in 0..<sdcCount {
            gapExcess[sdc] = countedGapExcess(sdc)
            gapPenaltySum += gapPenalty(gapExcess[sdc])
            noteStorage(sdc)
        }
        for cell in 0..<(model.bucketCount * sdcCount) { addToCell(cell) }
    }

    private func countedDemand(_ observation: Int) -> ObservationDemand {
        var demand = ObservationDemand()
        demand.held = replicas(
            Int(observationPrimary[observation]), Int(observationSecondary[observation]))
        let row = observation * sdcCount
        for sdc in 0..<sdcCount {
            let bit = UInt64(1) << UInt64(sdc)
            if primaryCount[row + sdc] > 0 { demand.primaries |= bit }
            if primaryCount[row + sdc] == 1 { demand.onePrimary |= bit }
            if secondaryCount[row + sdc] > 0 { demand.secondaries |= bit }
            if secondaryCount[row + sdc] == 1 { demand.oneSecondary |= bit }
        }
        return demand
    }

    /// A pair of SDCs as bits; an SDC of an earlier period that is gone leaves none.
    @inline(__always)
    func replicas(_ primary: Int, _ secondary: Int) -> UInt64 {
        UInt64(1) << UInt64(primary) | UInt64(1) << UInt64(secondary)
    }

    // MARK: Changes

    /// Gives an observation other SDCs.
    @inline(__always)
    func place(observation: Int, primary: Int, secondary: Int) {
        let oldPrimary = Int(observationPrimary[observation])
        let oldSecondary = Int(observationSecondary[observation])
        var demand = demands[observation]
        copies -= demand.copies
        failovers -= demand.failovers
        demand.held = replicas(primary, secondary)
        copies += demand.copies
        failovers += demand.failovers
        demands[observation] = demand
        stability +=
            stabilityCost(observation: observation, primary: primary, secondary: secondary)
            - stabilityCost(
                observation: observation, primary: oldPrimary, secondary: oldSecondary)
        observationsAt[oldPrimary] -= 1
        observationsAt[oldSecondary] -= 1
        observationsAt[primary] += 1
        observationsAt[secondary] += 1
        noteStorage((oldPrimary, oldSecondary), (primary, secondary))
        if primary != oldPrimary {
            let row = Int(model.observationBucket[observation]) * sdcCount
            addToCell(row + oldPrimary, observations: -1)
            addToCell(row + primary, observations: 1)
            moveArrival(observation, from: oldPrimary, to: primary)
        }
        observationPrimary[observation] = UInt8(truncatingIfNeeded: primary)
        observationSecondary[observation] = UInt8(truncatingIfNeeded: secondary)
    }

    /// Gives a tile other SDCs.
    @inline(__always)
    func place(tile: Int, primary: Int, secondary: Int) {
        let oldPrimary = Int(tilePrimary[tile])
        let oldSecondary = Int(tileSecondary[tile])
        stability +=
            stabilityCost(tile: tile, primary: primary, secondary: secondary)
            - stabilityCost(tile: tile, primary: oldPrimary, secondary: oldSecondary)
        tilesAt[oldPrimary] -= 1
        tilesAt[oldSecondary] -= 1
        tilesAt[primary] += 1
        tilesAt[secondary] += 1
        noteStorage((oldPrimary, oldSecondary), (primary, secondary))
        let place = model.tilePlaces[tile]
        if primary != oldPrimary {
            addToCell(Int(place.cells) + oldPrimary, tiles: -1)
            addToCell(Int(place.cells) + primary, tiles: 1)
            let cover = Int(place.cover)
            external += model.external[cover + primary] - model.external[cover + oldPrimary]
        }
        for link in place.links {
            let observation = Int(model.observationsOf[link])
            var demand = demands[observation]
            if primary != oldPrimary {
                copies += demand.copyChange(from: oldPrimary, to: primary)
                let counts = shift(primaryCount, observation, from: oldPrimary, to: primary)
                demand.movePrimary(from: oldPrimary, to: primary, counts: counts)
            }
            if secondary != oldSecondary {
                failovers += demand.failoverChange(from: oldSecondary, to: secondary)
                let counts = shift(secondaryCount, observation, from: oldSecondary, to: secondary)
                demand.moveSecondary(from: oldSecondary, to: secondary, counts: counts)
            }
            demands[observation] = demand
        }
        tilePrimary[tile] = UInt8(truncatingIfNeeded: primary)
        tileSecondary[tile] = UInt8(truncatingIfNeeded: secondary)
    }

    /// Moves one tile of an observation between two SDCs' counts; returns what they are then.
    @inline(__always)
    private func shift(
        _ counts: borrowing Lane<UInt16>, _ observation: Int, from old: Int, to new: Int
    ) -> (old: UInt16, new: UInt16) {
        let row = observation * sdcCount
        counts[row + old] -= 1
        counts[row + new] += 1
        return (counts[row + old], counts[row + new])
    }
}
