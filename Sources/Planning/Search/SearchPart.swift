/// Observations and tiles that an annealer may change at a time.
struct SearchPart {
    var observations: [Int32] = []
    var tiles: [Int32] = []
    /// An observation whose tiles are first to have one owner less.
    var merging: Int?

    init() {}

    /// Everything of the buckets of an observation's tiles, and all observations of these tiles.
    init(_ model: SearchModel, merging observation: Int) {
        let links = model.tilesOfStart[observation]..<model.tilesOfStart[observation + 1]
        let own = links.map { model.tilesOf[Int($0)] }
        let buckets = Set(own.map { Int(model.tileBucket[Int($0)]) }).sorted()
        self.init(model, buckets: buckets)
        var known = Set(observations)
        for tile in own {
            for place in model.links(ofTile: Int(tile)) {
                let near = model.observationsOf[place]
                if near < model.observationCount, model.isOpenObservation[Int(near)],
                    known.insert(near).inserted
                {
                    observations.append(near)
                }
            }
        }
        merging = observation
    }

    /// Everything of some buckets that may change.
    init(_ model: SearchModel, buckets: [Int]) {
        for bucket in buckets {
            let start = Int(model.bucketObservationsStart[bucket])
            for place in start..<Int(model.bucketObservationsStart[bucket + 1]) {
                observations.append(model.bucketObservations[place])
            }
            let tileStart = Int(model.bucketTilesStart[bucket])
            for place in tileStart..<Int(model.bucketTilesStart[bucket + 1]) {
                tiles.append(model.bucketTiles[place])
            }
        }
    }

    /// What may change around an observation on the sky, of whatever bucket: its tiles, their
    /// observations, the tiles of these, and so on, until there are about `size` items.
    init(_ model: SearchModel, around observation: Int, size: Int) {
        var seenTiles: Set<Int32> = []
        var seenObservations: Set<Int32> = [Int32(observation)]
        var waiting = [Int32(observation)]
        var next = 0
        while next < waiting.count, observations.count + tiles.count < size {
            let observation = Int(waiting[next])
            next += 1
            if model.isOpenObservation[observation] { observations.append(Int32(observation)) }
            for link in model.tilesOfStart[observation]..<model.tilesOfStart[observation + 1] {
                let tile = model.tilesOf[Int(link)]
                guard seenTiles.insert(tile).inserted else { continue }
                if model.isOpenTile[Int(tile)] { tiles.append(tile) }
                for place in model.links(ofTile: Int(tile)) {
                    let near = model.observationsOf[place]
                    if near < model.observationCount, seenObservations.insert(near).inserted {
                        waiting.append(near)
                    }
                }
            }
        }
    }

    var isEmpty: Bool { observations.isEmpty && tiles.isEmpty }

    /// The buckets that it has items of.
    func buckets(_ model: SearchModel) -> Set<Int32> {
        Set(observations.map { model.observationBucket[Int($0)] })
            .union(tiles.map { model.tileBucket[Int($0)] })
    }
}
