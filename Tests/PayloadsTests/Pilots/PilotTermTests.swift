import Testing

@testable import Payloads

@Suite struct PilotTermTests {
    private static let idle = PilotTerm.Event.tick(isBusy: false, failures: nil)
    private static let busy = PilotTerm.Event.tick(isBusy: true, failures: nil)
    private static let alone = PilotTerm.Event.tick(isBusy: false, failures: 3)

    /// Begun at 1000, its job ends at 2000: idle after 100 s, warned 120 s before the end.
    private func term(walltime: Double = 1000, warning: Double = 120) -> PilotTerm {
        PilotTerm(idle: 100, walltime: walltime, warning: warning, retries: 5, at: 1000)
    }

    /// Applies events, and gives what was to be done.
    private func actions(
        _ term: inout PilotTerm, _ events: [(Double, PilotTerm.Event)]
    ) -> [PilotTerm.Action?] {
        events.map { term.apply($0.1, at: $0.0) }
    }

    @Test("it ends when there was nothing to do for long enough")
    func idleEnd() {
        var term = term()
        #expect(term.due(isBusy: false) == 1100)
        #expect(term.due(isBusy: true) == 1970)
        #expect(
            actions(
                &term,
                [
                    (1099.9, Self.idle), (1099.95, Self.busy), (1150, Self.idle),
                    (1199.9, Self.idle), (1199.95, Self.idle),
                ]) == [nil, nil, nil, nil, .finish])
        #expect(term.reason == .idle)
    }

    @Test("without a runner it is unreachable that it is, also after so many tries")
    func unreachable() {
        var term = term()
        #expect(actions(&term, [(1099, Self.alone), (1100, Self.alone)]) == [nil, .finish])
        #expect(term.reason == .unreachable)
        term = self.term()
        #expect(term.apply(.tick(isBusy: false, failures: 4), at: 1001) == nil)
        #expect(term.apply(.tick(isBusy: true, failures: 500), at: 1001) == nil)
        #expect(term.apply(.tick(isBusy: false, failures: 5), at: 1002) == .finish)
        #expect(term.reason == .unreachable)
    }

    @Test("half a minute before the end of its job, what runs is ended")
    func walltime() {
        var term = term()
        #expect(
            actions(&term, [(1969.9, Self.busy), (1970, Self.busy), (1971, Self.busy)])
                == [nil, .end, nil])
        #expect(term.reason == .walltime)
        #expect(term.due(isBusy: true) == .infinity)
        term = self.term(walltime: 10)
        #expect(term.apply(Self.idle, at: 1000) == .end)
        #expect(term.reason == .walltime)
    }

    @Test("after the warning, what runs has a minute less than is left")
    func warned() {
        var term = term()
        #expect(
            actions(&term, [(1500, .warned), (1559.9, Self.busy), (1560, Self.busy)])
                == [.drain, nil, .end])
        #expect(term.reason == .drain)
        term = self.term(warning: 30)
        #expect(actions(&term, [(1500, .warned), (1500, Self.busy)]) == [.drain, .end])
        term = self.term(warning: 1e9)
        #expect(term.apply(.warned, at: 1500) == .drain)
        #expect(term.due(isBusy: true) == 1970)
        #expect(term.apply(Self.busy, at: 1970) == .end)
        #expect(term.reason == .walltime)
    }

    @Test("a second warning ends what runs, a third kills it")
    func warnedAgain() {
        var term = term()
        #expect(
            actions(&term, [(1500, .warned), (1501, .warned), (1502, .warned), (1503, .warned)])
                == [.drain, .end, .kill, .kill])
        #expect(term.reason == .drain)
    }

    @Test("dismissed by its runner, it lets what is there run up to the end of its job")
    func dismissed() {
        var term = term()
        #expect(
            actions(&term, [(1500, .dismissed), (1501, .dismissed), (1900, Self.busy)])
                == [.finish, nil, nil])
        #expect(term.reason == .runner)
        #expect(term.due(isBusy: true) == 1970)
        #expect(term.apply(.warned, at: 1905) == .drain)
        #expect(term.due(isBusy: true) == 1965)
        #expect(term.apply(Self.busy, at: 1965) == .end)
        #expect(term.reason == .drain)
    }

    @Test("killed by its runner, it ends whatever it was doing")
    func killed() {
        var term = term()
        #expect(term.apply(.killed, at: 1001) == .kill)
        #expect(term.reason == .runner)
        term = self.term()
        #expect(actions(&term, [(1001, .warned), (1002, .killed)]) == [.drain, .kill])
        #expect(term.reason == .drain)
    }

    @Test("one of another version lets what runs end")
    func outdated() {
        var term = term()
        #expect(
            actions(&term, [(1001, .outdated), (1002, Self.busy), (1003, .outdated)])
                == [.finish, nil, nil])
        #expect(term.reason == .version)
    }

    @Test("nothing makes one work again that has begun to end")
    func neverBack() {
        let events: [PilotTerm.Event] = [
            Self.idle, Self.busy, Self.alone, .warned, .dismissed, .killed, .outdated,
        ]
        for first in [PilotTerm.Event.warned, .dismissed, .killed, .outdated] {
            for second in events {
                for third in events {
                    var term = term()
                    _ = actions(&term, [(1001, first), (1002, second), (1003, third)])
                    #expect(term.reason != nil)
                }
            }
        }
    }
}
