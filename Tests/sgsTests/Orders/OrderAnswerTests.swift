import Catalogue
import GroundSegment
import Testing

@testable import sgs

@Suite struct OrderAnswerTests {
    private static let window = TimeWindow(start: MJD(61409), end: MJD(61409.5))

    private static let details = OrderDetails(
        entry: OrderEntry(
            id: "E-1-TILE-7", survey: "E", item: .tile("7"), pipeline: "tile",
            softwareRelease: "1.0", sdc: "SDC-FR", replicaAt: "SDC-IT", state: .error,
            release: MJD(61400), priority: 5, taken: 2, takenAt: MJD(61409), runner: "SDC-FR h 12",
            message: "exit 3"),
        inputs: [
            InputOrder(
                item: .observation("32"),
                producer: InputOrder.Producer(
                    id: "E-1-OBS-32", sdc: "SDC-DE", state: .completed, release: MJD(61400))),
            InputOrder(item: .observation("33"), producer: nil),
        ],
        reports: [
            RecordedReport(
                taken: 2, attempt: 1, event: "fail", window: window, message: "exit 3",
                reportedAt: MJD(61410),
                steps: [
                    StepReport(
                        name: "mosaic", attempt: 1, exitCode: 3, window: window, cores: 2,
                        memory: 64)
                ],
                transfers: [
                    Transfer(
                        product: "observation/32/frames.fits", from: "SDC-DE", to: "SDC-FR",
                        purpose: .copy, bytes: 12, order: "E-1-TILE-7", window: window)
                ])
        ],
        events: [
            OrderEvent(
                kind: .retry, taken: 1, actor: "op", comment: "disk full", instant: MJD(61408)),
            OrderEvent(
                kind: .priority, taken: 1, priority: 5, actor: "op", comment: "",
                instant: MJD(61408)),
        ])

    @Test("an order is shown line by line")
    func text() {
        #expect(
            OrderAnswer(Self.details).lines == [
                "order      E-1-TILE-7", "item       tile 7 of E",
                "pipeline   tile, release 1.0", "runs at    SDC-FR, replica at SDC-IT",
                "state      ERROR", "release    2026-12-26T00:00:00Z", "priority   5",
                "taken      2027-01-04T00:00:00Z by SDC-FR h 12, time 2",
                "input      observation 32 of SDC-DE, COMPLETED, by E-1-OBS-32",
                "input      observation 33, which no order makes",
                "report     fail, attempt 1, 2027-01-04T00:00:00Z to 2027-01-04T12:00:00Z: exit 3",
                "  step     mosaic, attempt 1, exit 3, 2027-01-04T00:00:00Z to "
                    + "2027-01-04T12:00:00Z, 2 cores, 64 MiB",
                "  copy     observation/32/frames.fits, 12 bytes, SDC-DE to SDC-FR",
                "retry      2027-01-03T00:00:00Z by op: disk full",
                "priority   2027-01-03T00:00:00Z by op, to 5",
            ])
    }

    @Test("the list has a line for each order")
    func table() {
        #expect(
            OrderAnswer.table([Self.details.entry]).lines == [
                "order       item    SDC     state  release               priority  taken  message",
                "E-1-TILE-7  tile 7  SDC-FR  ERROR  2026-12-26T00:00:00Z         5      2  exit 3",
            ])
    }

    @Test("JSON has what there is, and null for what there is not")
    func json() {
        var entry = OrderAnswer.json([Self.details.entry]).encoded
        #expect(
            entry
                == #"[{"order": "E-1-TILE-7", "survey": "E", "kind": "tile", "id": "7", "#
                + #""pipeline": "tile", "software_release": "1.0", "sdc": "SDC-FR", "#
                + #""replica_at": "SDC-IT", "reassigned": false, "state": "ERROR", "#
                + #""release": "2026-12-26T00:00:00Z", "#
                + #""priority": 5, "taken": 2, "taken_at": "2027-01-04T00:00:00Z", "#
                + #""runner": "SDC-FR h 12", "message": "exit 3"}]"#)
        entry = String(entry.dropFirst().dropLast(2))
        let whole = OrderAnswer(Self.details).json.encoded
        #expect(whole.hasPrefix(entry))
        #expect(
            whole.contains(
                #"{"kind": "observation", "id": "33", "order": null, "sdc": null, "state": null}"#))
        #expect(whole.contains(#""exit_code": 3"#))
        #expect(whole.contains(#""products": []"#))
        #expect(
            whole.contains(
                #"{"at": "2027-01-03T00:00:00Z", "what": "allocated again", "who": "op", "#
                    + #""why": "disk full"}"#))
        #expect(
            OrderChange.json([OrderChange(order: "a", change: "withdrawn")]).encoded
                == #"[{"order": "a", "change": "withdrawn"}]"#)
    }

    @Test("a state is named in small or large letters; another word is refused")
    func states() throws {
        #expect(try OrdersList.state("error") == .error)
        #expect(try OrdersList.state("EXECUTING") == .executing)
        #expect(throws: (any Error).self) { try OrdersList.state("failed") }
    }
}
