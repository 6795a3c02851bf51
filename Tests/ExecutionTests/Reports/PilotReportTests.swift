import Testing

@testable import Execution

@Suite struct PilotReportTests {
    private static func pilot(_ state: PilotLife.State, _ change: (inout PilotFacts) -> Void)
        -> PilotFacts
    {
        var facts = PilotFacts(
            pilot: "sgs-pilot-000001-ab.1", kind: "light", state: state.rawValue, native: "",
            reason: "", id: "", host: "", since: 1000, cores: 8, coresUsed: 0, memory: 16384,
            memoryUsed: 0, running: 0, payloads: 0, isConnected: false, isDraining: false)
        change(&facts)
        return facts
    }

    @Test("each pilot is a line, with the batch system's words beside ours")
    func lines() {
        let pilots = [
            Self.pilot(.running) {
                ($0.native, $0.id, $0.host) = ("R", "7[1]", "node1")
                ($0.coresUsed, $0.memoryUsed, $0.running, $0.payloads) = (3, 3072, 2, 40)
                ($0.isConnected, $0.isDraining, $0.end) = (true, true, 1000 + 7261)
            },
            Self.pilot(.waiting) { ($0.native, $0.id, $0.reason) = ("PD", "8", "Resources") },
            Self.pilot(.running) { _ in },
            Self.pilot(.doneEmpty) { ($0.reason, $0.end) = ("nothing was left to do", 5000) },
        ]
        #expect(
            PilotReport(pilots, at: 1061).text == """
                PILOT                  CLASS  STATE             BATCH  ID    HOST   SINCE  CORES  MEMORY      PAYLOADS  END    REASON
                sgs-pilot-000001-ab.1  light  RUNNING, drains   R      7[1]  node1  1m01s  3/8    3072/16384  2+40      2h00m
                sgs-pilot-000001-ab.1  light  WAITING           PD     8     -      1m01s  0/8    0/16384     0+0       -      Resources
                sgs-pilot-000001-ab.1  light  RUNNING, cut off  -      -     -      1m01s  0/8    0/16384     0+0       -
                sgs-pilot-000001-ab.1  light  DONE_EMPTY        -      -     -      1m01s  0/8    0/16384     0+0       -      nothing was left to do
                """)
        #expect(PilotReport([], at: 0).text == "no pilots")
    }

    @Test(
        "a time is its two largest units",
        arguments: [
            (-1.0, "0s"), (59.9, "59s"), (60, "1m00s"), (3599, "59m59s"), (7500, "2h05m"),
            (86_400 * 3 + 14_400, "3d04h"), (.nan, "0s"), (.infinity, "0s"),
        ])
    func durations(_ seconds: Double, _ expected: String) {
        #expect(PilotReport.duration(seconds) == expected)
    }
}
