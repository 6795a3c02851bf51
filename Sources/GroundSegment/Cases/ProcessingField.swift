/// One number of what processing items takes, by its place in a planning request.
public enum ProcessingField: Hashable, Sendable {
    /// Of all observations that have no value of their own, or of one kind.
    case observation(ObservationField, kind: String?)
    case tile(TileField)

    public enum ObservationField: String, Hashable, Sendable, CaseIterable {
        /// Core-hours, TB, days.
        case work, volume, latency
    }

    public enum TileField: String, Hashable, Sendable, CaseIterable {
        /// Core-hours and TB; of the tile, and for each of its observations.
        case work, volume
        case workPerObservation = "work_per_observation"
        case volumePerObservation = "volume_per_observation"
    }

    /// Its path in a request: `processing.observation.kinds.CALIBRATION.work`.
    public var path: String {
        switch self {
        case .observation(let field, kind: nil): "processing.observation.\(field.rawValue)"
        case .observation(let field, let kind?):
            "processing.observation.kinds.\(kind).\(field.rawValue)"
        case .tile(let field): "processing.tile.\(field.rawValue)"
        }
    }
}

extension Processing {
    /// The value of a field; the general one where a kind has none of its own.
    public func value(_ field: ProcessingField) -> Double {
        switch field {
        case .observation(.work, let kind): (kind.map(work(ofKind:)) ?? observationWork).value
        case .observation(.volume, let kind): (kind.map(volume(ofKind:)) ?? observationVolume).value
        case .observation(.latency, let kind): kind.map(latency(ofKind:)) ?? latency
        case .tile(.work): tileWork.value
        case .tile(.volume): tileVolume.value
        case .tile(.workPerObservation): tileWorkPerObservation.value
        case .tile(.volumePerObservation): tileVolumePerObservation.value
        }
    }

    /// The same with another value of a field.
    public func with(_ field: ProcessingField, _ value: Double) -> Processing {
        func general(_ other: ProcessingField) -> Double {
            other == field ? value : self.value(other)
        }
        var kinds = kinds
        if case .observation(let part, let kind?) = field {
            let now = kinds[kind] ?? KindValues()
            kinds[kind] = KindValues(
                work: part == .work ? CoreHours(value) : now.work,
                volume: part == .volume ? Terabytes(value) : now.volume,
                latency: part == .latency ? value : now.latency)
        }
        return Processing(
            observationWork: CoreHours(general(.observation(.work, kind: nil))),
            observationVolume: Terabytes(general(.observation(.volume, kind: nil))),
            latency: general(.observation(.latency, kind: nil)),
            tileWork: CoreHours(general(.tile(.work))),
            tileVolume: Terabytes(general(.tile(.volume))),
            tileWorkPerObservation: CoreHours(general(.tile(.workPerObservation))),
            tileVolumePerObservation: Terabytes(general(.tile(.volumePerObservation))),
            kinds: kinds)
    }
}
