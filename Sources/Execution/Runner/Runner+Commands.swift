import Foundation
import GroundSegment
import Logging
import Payloads

extension Runner {
    /// Applies the next command; those after it follow when what it changes is in the store.
    func readInbox() async throws {
        guard state.changes.isEmpty else {
            state.effects.append(.readInbox)
            return
        }
        let inbox = Inbox(
            store: store,
            faults: { [library, configuration] in
                library.faults($1) + configuration.faults($0, $1)
            })
        let now = configuration.wallClock()
        let state = state
        guard
            let given = try await inbox.next(
                after: state.lastCommand, at: now, isHere: { state.number(ofRun: $0) != nil })
        else { return }
        try self.state.carryOut(given, at: now)
        self.state.effects.append(.readInbox)
    }

    /// Tells what becomes of a command, at once where it has been applied.
    func awaitAnswer(_ sequence: Int64, _ reply: Reply<CommandAnswer>) async throws {
        if let answer = try await store.answer(to: sequence) {
            reply.send(answer)
        } else {
            replies[sequence, default: []].append(reply)
        }
    }

    /// Listens to operators.
    ///
    /// - Parameter pilots: where payloads run on such.
    func openControl(of pilots: PilotHost?) throws -> ControlSocket {
        let (store, events, configuration, logger) = (store, events, configuration, logger)
        let source = source
        let socket = try ControlSocket(home: configuration.home) { request, reply in
            if let question = request.question {
                events.post(
                    .asked(
                        question,
                        Reply { facts in
                            Self.complete(facts, question, pilots, source, configuration) { facts in
                                Task {
                                    await Self.note(
                                        request, facts, store, configuration.wallClock(), logger)
                                    reply(ControlAnswer(id: request.id, facts: facts))
                                    // One that has nothing to do ends at once, and answers no more.
                                    if case .end = question { events.post(.drain) }
                                }
                            }
                        }))
                return
            }
            guard let command = request.command else {
                let answer = CommandAnswer(.badInput, "neither a command nor a question")
                return reply(ControlAnswer(id: request.id, answer: answer))
            }
            Task {
                do {
                    let sequence = try await store.give(
                        command, request: request.request, by: request.by,
                        at: configuration.wallClock())
                    events.post(
                        .given(
                            sequence, Reply { reply(ControlAnswer(id: request.id, answer: $0)) }))
                } catch {
                    let answer = CommandAnswer(.cannotWrite, "\(error)")
                    reply(ControlAnswer(id: request.id, answer: answer))
                }
            }
        }
        socket.open { logger.error("the control socket failed", metadata: ["cause": "\($0)"]) }
        return socket
    }

    /// Keeps who had pilots or the runner end, before that is answered.
    private nonisolated static func note(
        _ request: ControlRequest, _ facts: RunnerFacts, _ store: RunStore, _ now: MJD,
        _ logger: Logger
    ) async {
        let pilots: [String]?
        switch request.question {
        case .end: pilots = nil
        case .endPilots where facts.ended?.isEmpty == false: pilots = facts.ended
        default: return
        }
        let action = SiteAction(
            at: now, by: request.by, pilots: pilots,
            reason: printable((request.reason ?? "").utf8))
        logger.notice(
            "drain", metadata: ["by": "\(action.by)", "cause": "\(action.reason)"])
        do { try await store.note(action) } catch {
            logger.error(
                "a drain is not kept", metadata: ["by": "\(action.by)", "cause": "\(error)"])
        }
    }

    /// Adds what only the host of pilots or the orders' source knows.
    private nonisolated static func complete(
        _ facts: RunnerFacts, _ question: RunnerQuestion, _ pilots: PilotHost?,
        _ source: any OrderSource, _ configuration: RunnerConfiguration,
        _ reply: @escaping @Sendable (RunnerFacts) -> Void
    ) {
        switch (question, pilots) {
        case (.why(run: nil, let limit), _):
            Task {
                var facts = facts
                // A source that does not answer now is told beside the reasons.
                let waits = try? await source.waits(
                    clock: configuration.clock.now, limit: max(0, limit - facts.reasons.count))
                facts.reasons += (waits ?? []).map {
                    WaitReason(
                        run: $0.order.text, payload: nil, state: "ALLOCATED", reason: $0.reason)
                }
                reply(facts)
            }
        case (.pilots, let pilots?):
            pilots.facts {
                var facts = facts
                facts.pilots = $0
                reply(facts)
            }
        case (.endPilots(let names), let pilots?):
            pilots.drain(names) {
                var facts = facts
                facts.ended = $0
                reply(facts)
            }
        default: reply(facts)
        }
    }
}
