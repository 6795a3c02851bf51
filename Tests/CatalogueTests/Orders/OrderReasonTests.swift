import Catalogue
import GroundSegment
import Testing

@Suite struct OrderReasonTests {
    private static let noon = MJD(61409.5)

    private static func entry(
        _ state: OrderState, release: MJD = MJD(61400), message: String = ""
    ) -> OrderEntry {
        OrderEntry(
            id: "o", survey: "S", item: .tile("7"), pipeline: "tile", softwareRelease: "1",
            sdc: "SDC-FR", replicaAt: "SDC-IT", state: state, release: release, priority: 0,
            taken: state == .allocated ? 0 : 1, takenAt: state == .allocated ? nil : noon,
            runner: nil, message: message)
    }

    private static func input(
        _ id: String, _ state: OrderState?, release: MJD = MJD(61400), message: String = ""
    ) -> InputOrder {
        InputOrder(
            item: .observation(ID(id)),
            producer: state.map {
                InputOrder.Producer(
                    id: ID("o-\(id)"), sdc: "SDC-DE", state: $0, release: release,
                    message: message)
            })
    }

    private static func runner(
        _ sdc: ID<SDC>, _ presence: RegisteredRunner.Presence = .present
    ) -> RegisteredRunner {
        RegisteredRunner(
            sdc: sdc, host: "h", folder: "/f", process: 1, since: MJD(61408), lastSign: MJD(61409),
            presence: presence)
    }

    private static func why(
        _ entry: OrderEntry, _ inputs: [InputOrder] = [], events: [OrderEvent] = [],
        german: RegisteredRunner.Presence = .present, french: RegisteredRunner.Presence = .present
    ) -> String {
        OrderReason(
            OrderDetails(entry: entry, inputs: inputs, events: events),
            runners: [runner("SDC-DE", german), runner("SDC-FR", french)], clock: noon
        ).text
    }

    @Test("of several inputs the one is told that somebody has to do something about")
    func worst() {
        let open = Self.entry(.allocated)
        let runs = Self.input("32", .executing)
        #expect(Self.why(open, [runs]) == "needs observation 32 of SDC-DE, which runs")
        #expect(
            Self.why(open, [runs, Self.input("33", .allocated)])
                == "needs observation 33 of SDC-DE, which is not taken, and 1 more")
        #expect(
            Self.why(open, [runs, Self.input("33", .allocated, release: MJD(61410))])
                == "needs observation 33 of SDC-DE, which waits for its release at "
                + "2027-01-05T00:00:00Z, and 1 more")
        #expect(
            Self.why(open, [runs, Self.input("34", nil), Self.input("35", .completed)])
                == "needs observation 34, which no order makes, and 1 more")
        #expect(
            Self.why(open, [Self.input("34", nil), Self.input("36", .error, message: "exit 3")])
                == "needs observation 36 of SDC-DE, which failed: exit 3, and 1 more")
        #expect(
            Self.why(open, [Self.input("36", .aborted)])
                == "needs observation 36 of SDC-DE, which was stopped")
    }

    @Test("a runner that is gone is told with the time of its last sign")
    func gone() {
        let open = Self.entry(.allocated)
        #expect(
            Self.why(open, [Self.input("1", .allocated)], german: .gone(silence: 720))
                == "needs observation 1 of SDC-DE, which is not taken: the runner of SDC-DE "
                + "gave no sign since 12 min, the last at 2027-01-04T00:00:00Z")
        #expect(
            Self.why(open, french: .ended(MJD(61409)))
                == "may run, but the runner of SDC-FR ended at 2027-01-04T00:00:00Z")
        #expect(
            Self.why(Self.entry(.executing), french: .gone(silence: 7199))
                == "was taken at 2027-01-04T12:00:00Z, but the runner of SDC-FR gave no sign "
                + "since 119 min, the last at 2027-01-04T00:00:00Z")
    }

    @Test("what runs, is to be stopped or has ended is said so")
    func states() {
        #expect(
            Self.why(Self.entry(.allocated))
                == "may run: the runner of SDC-FR takes it as soon as it has room")
        #expect(
            Self.why(Self.entry(.executing)) == "runs at SDC-FR since 2027-01-04T12:00:00Z")
        let wish = OrderEvent(
            kind: .cancel, taken: 1, actor: "op", comment: "bad data", instant: Self.noon)
        #expect(
            Self.why(Self.entry(.executing), events: [wish])
                == "is to be stopped since 2027-01-04T12:00:00Z by op: bad data; the runner of "
                + "SDC-FR ends it")
        #expect(
            Self.why(Self.entry(.aborted, message: "cancelled by op"))
                == "was stopped: cancelled by op; sgs orders retry lets it run again")
        #expect(Self.why(Self.entry(.completed)) == "completed")
        #expect(
            Self.why(Self.entry(.withdrawn))
                == "was withdrawn: a plan replaced or dropped it")
    }
}
