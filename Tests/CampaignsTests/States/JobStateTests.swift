import Campaigns
import GroundSegment
import Testing

@Suite struct JobStateTests {
    @Test func `the names are those of JEDI`() {
        #expect(
            JobState.allCases.map(\.rawValue) == [
                "pending", "defined", "assigned", "activated", "sent", "starting", "running",
                "holding", "merging", "transferring", "finished", "failed", "closed", "cancelled",
            ])
    }

    @Test
    func `every state is reached from pending, and every state that is not final can be left`() {
        var reached: Set<JobState> = [.pending]
        var open: [JobState] = [.pending]
        while let state = open.popLast() {
            open += state.next.filter { reached.insert($0).inserted }
        }
        #expect(reached == Set(JobState.allCases))
        for state in JobState.allCases where !state.isFinal {
            #expect(state.next.contains(.failed))
            #expect(state.next.contains(.cancelled))
            #expect(!state.next.contains(state))
        }
    }

    @Test func `a finished job stays so, and a lost one may be tried again`() {
        #expect(JobState.finished.next.isEmpty)
        for state in [JobState.failed, .closed, .cancelled] { #expect(state.next == [.pending]) }
    }

    @Test func `an order's state is that of the job it is`() {
        let states = OrderState.allCases.map { JobState($0) }
        #expect(states == [.activated, .running, .finished, .failed, .cancelled, .closed])
        for state in OrderState.allCases {
            #expect(JobState(state).isFinal == state.isFinal)
        }
    }
}
