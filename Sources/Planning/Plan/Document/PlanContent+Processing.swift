import GroundSegment

extension PlanContent.ProcessingContent {
    init(_ processing: Processing) {
        func present(_ value: Double) -> Double? { value == 0 ? nil : value }
        self.init(
            observationWork: processing.observationWork.value,
            observationVolume: processing.observationVolume.value, latency: processing.latency,
            tileWork: processing.tileWork.value, tileVolume: processing.tileVolume.value,
            tileWorkPerObservation: present(processing.tileWorkPerObservation.value),
            tileVolumePerObservation: present(processing.tileVolumePerObservation.value),
            kinds: processing.kinds.isEmpty
                ? nil
                : processing.kinds.sorted { $0.key < $1.key }.map { kind, values in
                    PlanContent.KindContent(
                        kind: kind, work: values.work?.value, volume: values.volume?.value,
                        latency: values.latency)
                })
    }

    func processing() -> Processing {
        Processing(
            observationWork: CoreHours(observationWork),
            observationVolume: Terabytes(observationVolume), latency: latency,
            tileWork: CoreHours(tileWork), tileVolume: Terabytes(tileVolume),
            tileWorkPerObservation: CoreHours(tileWorkPerObservation ?? 0),
            tileVolumePerObservation: Terabytes(tileVolumePerObservation ?? 0),
            kinds: Dictionary(
                (kinds ?? []).map { entry in
                    (
                        entry.kind,
                        Processing.KindValues(
                            work: entry.work.map { CoreHours($0) },
                            volume: entry.volume.map { Terabytes($0) }, latency: entry.latency)
                    )
                }, uniquingKeysWith: { first, _ in first }))
    }

    /// Days from the end of an observation of a kind to its arrival.
    func latency(ofKind kind: String) -> Double {
        (kinds ?? []).first { $0.kind == kind }?.latency ?? latency
    }
}

extension PlanCheck {
    mutating func checkProcessing() {
        let processing = content.processing
        for (value, field) in [
            (processing.observationWork, "observationWork"),
            (processing.observationVolume, "observationVolume"),
            (processing.tileWork, "tileWork"), (processing.tileVolume, "tileVolume"),
            (processing.tileWorkPerObservation ?? 0, "tileWorkPerObservation"),
            (processing.tileVolumePerObservation ?? 0, "tileVolumePerObservation"),
        ] {
            check(value, PlanningLimits.amount, .plan, "processing.\(field)")
        }
        check(processing.latency, PlanningLimits.latency, .plan, "processing.latency")
        var known: Set<String> = []
        for (index, entry) in (processing.kinds ?? []).enumerated() {
            let record = Record.entry("processing.kinds", index)
            check(text: entry.kind, record, "kind")
            if !known.insert(entry.kind).inserted {
                add(record, "kind", "\(entry.kind) a second time", "each kind once")
            }
            if let work = entry.work { check(work, PlanningLimits.amount, record, "work") }
            if let volume = entry.volume { check(volume, PlanningLimits.amount, record, "volume") }
            if let latency = entry.latency {
                check(latency, PlanningLimits.latency, record, "latency")
            }
        }
    }
}
