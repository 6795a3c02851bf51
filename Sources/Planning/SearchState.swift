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

    /// How many tiles of an observation have an SDC as primary, as secondary; and which SDCs
    /// have any.
    let primaryCount: Lane<UInt16>
    let secondaryCount: Lane<UInt16>
    let primaries: Lane<UInt64>
    let secondaries: Lane<UInt64>

    /// Observations and tiles of each cell (bucket * sdcCount + SDC).
    let observationsIn: Lane<Int32>
    let tilesIn: Lane<Int32>
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

    /// TB for a cell outside its tolerance, besides what its excess costs.
    var penaltyWeight = 1.0

    private(set) var copies = 0
    private(set) var failovers = 0
    private(set) var external = 0.0
    /// S and C3, in TB.
    private(set) var stability = 0.0

    init(_ model: SearchModel, placement: Placement) {
        self.model = model
        sdcCount = model.sdcCount
        observationPrimary = Lane(
            placement.observationPrimary + model.earlierPrimary.elements)
        observationSecondary = Lane(
            placement.observationSecondary + model.earlierSecondary.elements)
        tilePrimary = Lane(placement.tilePrimary)
        tileSecondary = Lane(placement.tileSecondary)
        let observationCount = model.observationCount + model.earlierCount
        primaryCount = Lane(repeating: 0, count: observationCount * model.sdcCount)
        secondaryCount = Lane(repeating: 0, count: observationCount * model.sdcCount)
        primaries = Lane(repeating: 0, count: observationCount)
        secondaries = Lane(repeating: 0, count: observationCount)
        observationsIn = Lane(repeating: 0, count: model.bucketCount * model.sdcCount)
        tilesIn = Lane(repeating: 0, count: model.bucketCount * model.sdcCount)
        observationsAt = Lane(repeating: 0, count: model.sdcCount)
        tilesAt = Lane(repeating: 0, count: model.sdcCount)
        arrivalWords = (model.rankCount + 63) / 64
        arrivals = Lane(repeating: 0, count: arrivalWords * model.sdcCount)
        gapExcess = Lane(repeating: 0, count: model.sdcCount)
        storageLower = Lane(model.storageLower.elements)
        storageUpper = Lane(model.storageUpper.elements)
        recount()
    }

    var placement: Placement {
        Placement(
            observationPrimary: Array(
                observationPrimary.elements.prefix(model.observationCount)),
            observationSecondary: Array(
                observationSecondary.elements.prefix(model.observationCount)),
            tilePrimary: tilePrimary.elements, tileSecondary: tileSecondary.elements)
    }

    /// Copies and external data, in TB.
    var cost: Double { Double(copies) * model.copyCost + external }
    /// What the search minimises besides the penalties: the cost, the failover and what leaving
    /// the base costs, in TB.
    var objective: Double { cost + Double(failovers) * model.failoverCost + stability }

    /// What the cells outside their tolerance cost at the present weight, in TB.
    var penalty: Double {
        var sum = 0.0
        for cell in 0..<(model.bucketCount * sdcCount) {
            sum += cellPenalty(cell, observations: observationsIn[cell], tiles: tilesIn[cell])
        }
        for sdc in 0..<sdcCount {
            sum += storagePenalty(sdc, observations: observationsAt[sdc], tiles: tilesAt[sdc])
            sum += gapPenalty(gapExcess[sdc])
        }
        return sum
    }

    private func recount() {
        for tile in 0..<model.tileCount {
            let primary = Int(tilePrimary[tile])
            let secondary = Int(tileSecondary[tile])
            tilesIn[Int(model.tileBucket[tile]) * sdcCount + primary] += 1
            tilesAt[primary] += 1
            tilesAt[secondary] += 1
            external += model.external[Int(model.coverOf[tile]) * sdcCount + primary]
            for link in Int(
                model.observationsOfStart[tile])..<Int(model.observationsOfStart[tile + 1])
            {
                let observation = Int(model.observationsOf[link])
                primaryCount[observation * sdcCount + primary] += 1
                secondaryCount[observation * sdcCount + secondary] += 1
                primaries[observation] |= 1 << UInt64(primary)
                secondaries[observation] |= 1 << UInt64(secondary)
            }
        }
        for observation in 0..<model.observationCount {
            let primary = Int(observationPrimary[observation])
            let secondary = Int(observationSecondary[observation])
            observationsIn[Int(model.observationBucket[observation]) * sdcCount + primary] += 1
            observationsAt[primary] += 1
            observationsAt[secondary] += 1
            setArrival(observation, at: primary)
        }
        for observation in 0..<(model.observationCount + model.earlierCount) {
            let notHeld = ~heldBy(observation)
            copies += (primaries[observation] & notHeld).nonzeroBitCount
            failovers += (secondaries[observation] & notHeld).nonzeroBitCount
        }
        stability = countedStability()
        for sdc in 0..<sdcCount { gapExcess[sdc] = countedGapExcess(sdc) }
    }

    // MARK: Changes

    /// Gives an observation other SDCs.
    @inline(__always)
    func place(observation: Int, primary: Int, secondary: Int) {
        let oldPrimary = Int(observationPrimary[observation])
        let oldSecondary = Int(observationSecondary[observation])
        let before = ~(UInt64(1) << UInt64(oldPrimary) | 1 << UInt64(oldSecondary))
        let after = ~(UInt64(1) << UInt64(primary) | 1 << UInt64(secondary))
        copies +=
            (primaries[observation] & after).nonzeroBitCount
            - (primaries[observation] & before).nonzeroBitCount
        failovers +=
            (secondaries[observation] & after).nonzeroBitCount
            - (secondaries[observation] & before).nonzeroBitCount
        stability +=
            stabilityCost(observation: observation, primary: primary, secondary: secondary)
            - stabilityCost(
                observation: observation, primary: oldPrimary, secondary: oldSecondary)
        observationsAt[oldPrimary] -= 1
        observationsAt[oldSecondary] -= 1
        observationsAt[primary] += 1
        observationsAt[secondary] += 1
        if primary != oldPrimary {
            let row = Int(model.observationBucket[observation]) * sdcCount
            observationsIn[row + oldPrimary] -= 1
            observationsIn[row + primary] += 1
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
        if primary != oldPrimary {
            let row = Int(model.tileBucket[tile]) * sdcCount
            tilesIn[row + oldPrimary] -= 1
            tilesIn[row + primary] += 1
            let cover = Int(model.coverOf[tile]) * sdcCount
            external += model.external[cover + primary] - model.external[cover + oldPrimary]
        }
        for link in Int(model.observationsOfStart[tile])..<Int(model.observationsOfStart[tile + 1])
        {
            let observation = Int(model.observationsOf[link])
            let notHeld = ~heldBy(observation)
            if primary != oldPrimary {
                copies += shift(
                    primaryCount, primaries, observation, from: oldPrimary, to: primary,
                    counting: notHeld)
            }
            if secondary != oldSecondary {
                failovers += shift(
                    secondaryCount, secondaries, observation, from: oldSecondary, to: secondary,
                    counting: notHeld)
            }
        }
        tilePrimary[tile] = UInt8(truncatingIfNeeded: primary)
        tileSecondary[tile] = UInt8(truncatingIfNeeded: secondary)
    }

    /// The SDCs that hold a replica of an observation.
    @inline(__always)
    func heldBy(_ observation: Int) -> UInt64 {
        // An SDC of an earlier period may be gone; its shift leaves no bit.
        UInt64(1) << UInt64(observationPrimary[observation])
            | UInt64(1) << UInt64(observationSecondary[observation])
    }

    /// Moves one tile of an observation between two SDCs' counts and returns by how much the
    /// number of SDCs among `counted` that have any changes.
    @inline(__always)
    private func shift(
        _ counts: borrowing Lane<UInt16>, _ sets: borrowing Lane<UInt64>, _ observation: Int,
        from old: Int, to new: Int, counting counted: UInt64
    ) -> Int {
        let row = observation * sdcCount
        var change = 0
        counts[row + old] -= 1
        if counts[row + old] == 0 {
            sets[observation] &= ~(1 << UInt64(old))
            change -= Int((counted >> UInt64(old)) & 1)
        }
        if counts[row + new] == 0 {
            sets[observation] |= 1 << UInt64(new)
            change += Int((counted >> UInt64(new)) & 1)
        }
        counts[row + new] += 1
        return change
    }
}
