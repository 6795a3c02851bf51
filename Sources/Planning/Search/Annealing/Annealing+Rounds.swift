extension Annealing {
    /// Steps between two levels: many beside what setting a level takes, few beside a cooling.
    private static let stepsPerLevel = 4096

    /// Takes `count` steps while the level follows `level`, a function of the part that is done.
    func cool(_ count: Int, _ level: (Double) -> SearchSchedule.Level) {
        var done = 0
        while done < count {
            let now = level(Double(done) / Double(count))
            temperature = now.temperature
            weights = SearchWeights(penalty: now.penalty, price: now.price)
            let part = min(Self.stepsPerLevel, count - done)
            run(part)
            done += part
        }
    }

    /// Anneals what may change again and undoes it where nothing was won.
    ///
    /// - Parameter merging: an observation whose tiles have one owner less at the beginning.
    func round(_ count: Int, _ schedule: SearchSchedule, merging: Int? = nil) {
        let before = schedule.value(of: state)
        let held = observations.map {
            (state.observationPrimary[Int($0)], state.observationSecondary[Int($0)])
        }
        let owned = tiles.map { (state.tilePrimary[Int($0)], state.tileSecondary[Int($0)]) }
        if let merging { mergeOwners(of: merging) }
        cool(count) { schedule.round.level($0 / (1 - SearchSchedule.descentPart)) }
        guard schedule.value(of: state) > before else { return }
        for (item, pair) in zip(observations, held) {
            state.place(observation: Int(item), primary: Int(pair.0), secondary: Int(pair.1))
        }
        for (item, pair) in zip(tiles, owned) {
            state.place(tile: Int(item), primary: Int(pair.0), secondary: Int(pair.1))
        }
    }

    /// Takes over what another annealer changed.
    func adopt(_ other: Annealing) {
        for item in other.observations.lazy.map(Int.init) {
            let primary = other.state.observationPrimary[item]
            let secondary = other.state.observationSecondary[item]
            if primary != state.observationPrimary[item]
                || secondary != state.observationSecondary[item]
            {
                state.place(observation: item, primary: Int(primary), secondary: Int(secondary))
            }
        }
        for item in other.tiles.lazy.map(Int.init) {
            let primary = other.state.tilePrimary[item]
            let secondary = other.state.tileSecondary[item]
            if primary != state.tilePrimary[item] || secondary != state.tileSecondary[item] {
                state.place(tile: item, primary: Int(primary), secondary: Int(secondary))
            }
        }
    }
}
