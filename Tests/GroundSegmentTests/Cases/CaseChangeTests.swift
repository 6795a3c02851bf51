import GroundSegment
import SkyGeometry
import Testing

@Suite("CaseChange")
struct CaseChangeTests {
    private static let start = MJD(61409)
    private static let window = MaintenanceWindow(
        window: TimeWindow(start: start, end: start + 2), availability: 0)
    private static let pin = Pin(item: .tile("1"), sdc: "SDC-A", role: .primary)

    private let planningCase = PlanningCase(
        name: "case", survey: SurveyPlan(id: "test", observations: []),
        sdcs: [
            SDC(
                id: "SDC-A", name: "A", cores: 100, storage: Terabytes(10),
                maintenance: [Self.window]),
            SDC(id: "SDC-B", name: "B", cores: 50, storage: Terabytes(10)),
        ], grid: .mer,
        buckets: Buckets(period: TimeWindow(start: Self.start, end: Self.start + 7), length: 7),
        processing: Processing(
            observationWork: CoreHours(1), observationVolume: Terabytes(1), tileWork: CoreHours(1),
            tileVolume: Terabytes(1)),
        balance: Balance(work: 0.1, observations: 0.1, storage: 0.1, gap: 4),
        rules: ItemRules(pins: [Self.pin], freezeBefore: Self.start))

    @Test("numbers change at their SDC alone, and the later of two counts")
    func numbers() {
        let changed = planningCase.applying([
            .cores("SDC-A", 120), .storage("SDC-A", Terabytes(20)), .cores("SDC-A", 130),
        ])
        #expect(changed.sdcs.map(\.cores) == [130, 50])
        #expect(changed.sdcs.map(\.storage.value) == [20, 10])
        #expect(changed.sdcs[0].maintenance == [Self.window])
    }

    @Test("a kind keeps the values that are not changed, and so does everything else")
    func processing() {
        let changed = planningCase.applying([
            .processing(.observation(.work, kind: "DEEP"), 7),
            .processing(.observation(.volume, kind: "DEEP"), 3),
            .processing(.tile(.workPerObservation), 2),
        ]).processing
        #expect(changed.kinds == ["DEEP": .init(work: CoreHours(7), volume: Terabytes(3))])
        #expect(changed.tileWork(observations: 3) == CoreHours(7))
        #expect(changed.observationWork == CoreHours(1) && changed.tileVolume == Terabytes(1))
        #expect(changed.latency(ofKind: "DEEP") == 0)
    }

    @Test("a rate changes one direction of one SDC")
    func rates() {
        let changed = planningCase.applying([
            .rate("SDC-A", .inward, 2), .rate("SDC-A", .outward, 3),
        ])
        #expect(changed.sdcs.map(\.ingress) == [2, nil])
        #expect(changed.sdcs.map(\.egress) == [3, nil])
    }

    @Test("observations are postponed by whole days, in the order of their new times")
    func postponed() throws {
        let box = ConvexPolygon.field(
            longitude: 10, latitude: 0, positionAngle: 0, width: 1, height: 1)
        func observation(_ id: String, _ day: Double) -> Observation {
            Observation(
                id: ID(id), window: TimeWindow(start: Self.start + day, end: Self.start + day + 1),
                centre: SkyPosition(box.centre), footprint: box)
        }
        let before = PlanningCase(
            name: "case",
            survey: SurveyPlan(
                id: "test", observations: [observation("a", 0), observation("b", 1)]),
            sdcs: planningCase.sdcs, grid: .mer, buckets: planningCase.buckets,
            processing: planningCase.processing, balance: planningCase.balance)
        let after = before.applying([.postpone(["a"], days: 2), .postpone(["a"], days: 1)])
        #expect(after.survey.observations == [observation("b", 1), observation("a", 3)])
        #expect(after.sdcs == before.sdcs && after.rules == before.rules)
    }

    @Test("a window is moved, dropped and added")
    func windows() {
        let later = MaintenanceWindow(
            window: TimeWindow(start: Self.start + 3, end: Self.start + 5), availability: 0)
        func windows(_ change: CaseChange) -> [MaintenanceWindow] {
            planningCase.applying([change]).sdcs[0].maintenance
        }
        #expect(windows(.window("SDC-A", from: Self.window, to: later)) == [later])
        #expect(windows(.window("SDC-A", from: Self.window, to: nil)).isEmpty)
        #expect(windows(.window("SDC-A", from: nil, to: later)) == [Self.window, later])
    }

    @Test("pins and prohibitions come and go, and the other rules stay")
    func rules() {
        let rule = Prohibition(sdc: "SDC-B", scope: .kind("DEEP"))
        let added = planningCase.applying([.forbid(rule), .unpin(Self.pin)]).rules
        #expect(added.pins.isEmpty)
        #expect(added.prohibitions == [rule])
        #expect(added.freezeBefore == Self.start)
        #expect(
            planningCase.applying([.forbid(rule), .permit(rule)]).rules == planningCase.rules)
    }
}
