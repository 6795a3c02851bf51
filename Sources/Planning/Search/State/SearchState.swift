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
    /// The items that may change, by bucket and primary.
    let observationMembers: CellMembers
    let tileMembers: CellMembers
    /// Replicas of observations and of tiles at each SDC.
    let observationsAt: Lane<Int32>
    let tilesAt: Lane<Int32>
    /// TB of unequal items at each SDC beyond those of ordinary ones.
    let extraAt: Lane<Double>
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

    /// TB that come in and go out, by bucket * sdcCount + SDC; empty where nothing is limited.
    let transferIn: Lane<Double>
    let transferOut: Lane<Double>
    /// How many of these are beyond what they may be, and what that costs at a weight of 1.
    var transferBreaches = 0
    /// Whether a change of the transfers is to be taken back, and what it has changed.
    var isTrying = false
    let transferTrial: TransferTrial
    var transferPenaltySum = 0.0

    private(set) var copies = 0
    private(set) var failovers = 0
    private(set) var external = 0.0
    /// TB of copies and of failover copies beyond those of ordinary observations.
    private(set) var extraCopies = 0.0
    private(set) var extraFailovers = 0.0
    /// S and C3, in TB.
    private(set) var stability = 0.0
    /// Pairs of neighbouring tiles with different primaries; 0 where they cost nothing.
    private(set) var borders = 0

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
        observationMembers = CellMembers(
            starts: model.bucketObservationsStart.elements, sdcCount: model.sdcCount,
            itemCount: observationCount)
        tileMembers = CellMembers(
            starts: model.bucketTilesStart.elements, sdcCount: model.sdcCount,
            itemCount: model.tileCount)
        observationsAt = Lane(repeating: 0, count: model.sdcCount)
        tilesAt = Lane(repeating: 0, count: model.sdcCount)
        extraAt = Lane(repeating: 0, count: model.sdcCount)
        let transferCount =
            model.transfers.isLimited ? model.bucketCount * model.sdcCount : 0
        transferTrial = TransferTrial(capacity: transferCount == 0 ? 0 : model.mostTransfers)
        transferIn = Lane(repeating: 0, count: transferCount)
        transferOut = Lane(repeating: 0, count: transferCount)
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
    var cost: Double { Double(copies) * model.copyCost + external + extraCopies }
    /// What the search minimises besides the penalties: the cost, the failover and what leaving
    /// the base costs, in TB.
    var objective: Double {
        cost + Double(failovers) * model.failoverCost + stability
            + extraFailovers * model.failoverWeight + Double(borders) * model.borderCost
    }

    /// What the cells outside their tolerance cost at a weight of 1, in TB.
    var penalty: Double {
        cells.elements.reduce(0) { $0 + $1.penalty } + storagePenaltySum + gapPenaltySum
            + countedTransferPenalty()
    }

    private func recount() {
        for tile in 0..<model.tileCount {
            let primary = Int(tilePrimary[tile])
            let secondary = Int(tileSecondary[tile])
            let place = model.tilePlaces[tile]
            if model.isOpenTile[tile] {
                tileMembers.insert(tile, bucket: Int(model.tileBucket[tile]), sdc: primary)
            }
            addToCell(Int(place.cells) + primary, model.change(tile: tile))
            tilesAt[primary] += 1
            tilesAt[secondary] += 1
            extraAt[primary] += model.extraVolume(tile: tile)
            extraAt[secondary] += model.extraVolume(tile: tile)
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
            let bucket = Int(model.observationBucket[observation])
            if model.isOpenObservation[observation] {
                observationMembers.insert(observation, bucket: bucket, sdc: primary)
            }
            addToCell(
                bucket * sdcCount + primary,
                model.change(observation: observation))
            observationsAt[primary] += 1
            observationsAt[secondary] += 1
            extraAt[primary] += model.extraVolume(observation: observation)
            extraAt[secondary] += model.extraVolume(observation: observation)
            setArrival(observation, at: primary)
        }
        for observation in 0..<(model.observationCount + model.earlierCount) {
            let demand = countedDemand(observation)
            demands[observation] = demand
            count(observation, demand.copies, demand.failovers)
        }
        stability = countedStability()
        borders = countedBorders()
        countTransfers()
        for sdc in 0..<sdcCount {
            gapExcess[sdc] = countedGapExcess(sdc)
            gapPenaltySum += gapPenalty(gapExcess[sdc])
            noteStorage(sdc)
        }
        let nothing = SearchCell.Change(observations: 0, tiles: 0, extra: 0)
        for cell in 0..<(model.bucketCount * sdcCount) { addToCell(cell, nothing) }
    }

    /// Counts more copies of an observation.
    @inline(__always)
    private func count(_ observation: Int, _ copies: Int, _ failovers: Int) {
        self.copies += copies
        self.failovers += failovers
        guard !model.areAlike else { return }
        let extra = model.observationExtra[observation].volume
        extraCopies += Double(copies) * extra
        extraFailovers += Double(failovers) * extra
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
        if model.transfers.isLimited {
            noteTransfers(
                moveTransfers(
                    observation: observation, from: (oldPrimary, oldSecondary),
                    to: (primary, secondary)))
        }
        var demand = demands[observation]
        let (copiesBefore, failoversBefore) = (demand.copies, demand.failovers)
        demand.held = replicas(primary, secondary)
        count(
            observation, demand.copies - copiesBefore, demand.failovers - failoversBefore)
        demands[observation] = demand
        stability +=
            stabilityCost(observation: observation, primary: primary, secondary: secondary)
            - stabilityCost(
                observation: observation, primary: oldPrimary, secondary: oldSecondary)
        observationsAt[oldPrimary] -= 1
        observationsAt[oldSecondary] -= 1
        observationsAt[primary] += 1
        observationsAt[secondary] += 1
        moveExtra(
            model.extraVolume(observation: observation), from: (oldPrimary, oldSecondary),
            to: (primary, secondary))
        noteStorage((oldPrimary, oldSecondary), (primary, secondary))
        if primary != oldPrimary {
            let bucket = Int(model.observationBucket[observation])
            let row = bucket * sdcCount
            let change = model.change(observation: observation)
            addToCell(row + oldPrimary, -change)
            addToCell(row + primary, change)
            observationMembers.move(observation, bucket: bucket, from: oldPrimary, to: primary)
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
        if model.transfers.isLimited {
            noteTransfers(
                moveTransfers(
                    tile: tile, from: (oldPrimary, oldSecondary), to: (primary, secondary)))
        }
        stability +=
            stabilityCost(tile: tile, primary: primary, secondary: secondary)
            - stabilityCost(tile: tile, primary: oldPrimary, secondary: oldSecondary)
        tilesAt[oldPrimary] -= 1
        tilesAt[oldSecondary] -= 1
        tilesAt[primary] += 1
        tilesAt[secondary] += 1
        moveExtra(
            model.extraVolume(tile: tile), from: (oldPrimary, oldSecondary),
            to: (primary, secondary))
        noteStorage((oldPrimary, oldSecondary), (primary, secondary))
        let place = model.tilePlaces[tile]
        if primary != oldPrimary {
            if model.borderCost > 0 {
                borders += borderChange(tile, from: oldPrimary, to: primary)
            }
            let change = model.change(tile: tile)
            addToCell(Int(place.cells) + oldPrimary, -change)
            addToCell(Int(place.cells) + primary, change)
            tileMembers.move(
                tile, bucket: Int(model.tileBucket[tile]), from: oldPrimary, to: primary)
            let cover = Int(place.cover)
            external += model.external[cover + primary] - model.external[cover + oldPrimary]
        }
        for link in place.links {
            let observation = Int(model.observationsOf[link])
            var demand = demands[observation]
            if primary != oldPrimary {
                count(observation, demand.copyChange(from: oldPrimary, to: primary), 0)
                let counts = shift(primaryCount, observation, from: oldPrimary, to: primary)
                demand.movePrimary(from: oldPrimary, to: primary, counts: counts)
            }
            if secondary != oldSecondary {
                count(observation, 0, demand.failoverChange(from: oldSecondary, to: secondary))
                let counts = shift(secondaryCount, observation, from: oldSecondary, to: secondary)
                demand.moveSecondary(from: oldSecondary, to: secondary, counts: counts)
            }
            demands[observation] = demand
        }
        tilePrimary[tile] = UInt8(truncatingIfNeeded: primary)
        tileSecondary[tile] = UInt8(truncatingIfNeeded: secondary)
    }

    /// Moves what an unequal item has beyond an ordinary one between SDCs.
    @inline(__always)
    private func moveExtra(_ volume: Double, from old: (Int, Int), to new: (Int, Int)) {
        guard volume != 0 else { return }
        extraAt[old.0] -= volume
        extraAt[old.1] -= volume
        extraAt[new.0] += volume
        extraAt[new.1] += volume
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
