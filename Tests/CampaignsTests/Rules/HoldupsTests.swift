import Campaigns
import GroundSegment
import Testing

@Suite struct HoldupsTests {
    private static func vector(
        _ name: String, _ state: TaskState, reads: [InputVector] = [], writes: [String] = [],
        jobs: JobCounts = JobCounts()
    ) -> TaskVector {
        TaskVector(
            key: TaskKey("c", ID(name)), state: state, policy: TaskPolicy(scouts: 4), jobs: jobs,
            inputs: reads, outputs: writes.map { OutputVector(data: ID($0)) })
    }

    private static func reasons(_ vectors: TaskVector...) -> [String] {
        Holdups(vectors)[vectors[vectors.count - 1].key]
    }

    @Test func `a task that waits says for which data, how much is there and how its maker is`() {
        let input = InputVector(data: "x", state: .pending, expected: 10, available: 3)
        #expect(
            Self.reasons(
                Self.vector(
                    "a", .failed, writes: ["x"],
                    jobs: JobCounts(total: 10, isCounted: true, finished: 3, lost: 7)),
                Self.vector("b", .pending, reads: [input])) == [
                    "data set x is awaited: 3 of 10 parts are there; task a, which makes it, is "
                        + "failed (3 of 10 jobs finished)"
                ])
        let outside = InputVector(
            data: "y", state: .pending, expected: 5, available: 1, next: 2.04, overdue: 30)
        #expect(
            Self.reasons(Self.vector("b", .pending, reads: [outside])) == [
                "data set y is awaited: 1 of 5 parts are there; the next is expected in 2.0 h; late "
                    + "by 30.0 h"
            ])
    }

    @Test func `a task that cannot go on says why, and what helps`() {
        let input = InputVector(data: "x", state: .broken, expected: 10, available: 3)
        #expect(
            Self.reasons(
                Self.vector("a", .broken, writes: ["x"]), Self.vector("b", .broken, reads: [input]))
                == [
                    "data set x will never be there: 3 of 10 parts are there; task a is broken"
                ])
        let jobs = JobCounts(total: 10, isCounted: true, finished: 1, lost: 3)
        #expect(
            Self.reasons(Self.vector("a", .exhausted, jobs: jobs)) == [
                "3 of its first 4 jobs failed, too many for an estimate: retry or kill it"
            ])
        #expect(
            Self.reasons(Self.vector("a", .failed, jobs: jobs)) == [
                "3 of 10 jobs are lost: retry it"
            ])
        #expect(
            Self.reasons(Self.vector("a", .running, jobs: jobs)) == [
                "6 jobs wait for their own inputs"
            ])
    }

    @Test func `what goes on or has ended is not held up`() {
        let running = JobCounts(total: 10, isCounted: true, active: 2, finished: 8)
        #expect(Self.reasons(Self.vector("a", .running, jobs: running)) == [])
        for state in [TaskState.done, .finished, .aborted, .prepared, .toretry] {
            #expect(Self.reasons(Self.vector("a", state)) == [])
        }
    }
}
