import CPQ
import Glibc

/// Asks the server, in a session of its own, what it does in another one.
struct SessionWitness: Sendable {
    let parameters: ConnectionParameters
    /// The server's process of the session in question.
    let process: Int32

    enum Finding: Hashable, Sendable {
        /// It works on a statement, or waits for a lock.
        case works
        /// It waits for the client, or the session is over: its answer is lost, or the request.
        case waits
        /// Nobody answers this question either.
        case silent
        /// The server is there, and does not say.
        case cannotTell
    }

    /// A statement that is read or answered waits for the client; all other waits are work.
    private static let question = """
        SELECT CASE
            WHEN count(*) = 0 THEN 'waits'
            WHEN bool_or(state IS NULL OR state = 'disabled') THEN 'cannotTell'
            WHEN bool_or(state IN ('active', 'fastpath function call')
                AND wait_event_type IS DISTINCT FROM 'Client') THEN 'works'
            ELSE 'waits' END AS finding,
            pg_backend_pid() AS process
        FROM pg_stat_activity WHERE pid = $1
        """

    func look(within limit: Duration) -> Finding {
        let deadline = ContinuousClock.now + limit
        let opened = parameters.withPointers { PQconnectStartParams($0, $1, 1) }
        guard let opened else { return .cannotTell }
        defer { PQfinish(opened) }
        switch connect(opened, until: deadline) {
        case .open: break
        case .late: return .silent
        case .refused: return isThere() ? .cannotTell : .waits
        }
        PQsetNoticeProcessor(opened, { _, _ in }, nil)
        return ask(opened, until: deadline)
    }

    private enum Attempt { case open, late, refused }

    private func connect(
        _ connection: OpaquePointer, until deadline: ContinuousClock.Instant
    ) -> Attempt {
        guard PQstatus(connection) != CONNECTION_BAD else { return .refused }
        var events = POLLOUT
        while true {
            guard Self.wait(for: events, on: connection, until: deadline) else { return .late }
            switch PQconnectPoll(connection) {
            case PGRES_POLLING_OK: return .open
            case PGRES_POLLING_READING: events = POLLIN
            case PGRES_POLLING_WRITING: events = POLLOUT
            default: return .refused
            }
        }
    }

    private func ask(
        _ connection: OpaquePointer, until deadline: ContinuousClock.Instant
    ) -> Finding {
        let sent = withCStrings([String(process)]) { values in
            PQsendQueryParams(connection, Self.question, 1, nil, values, nil, nil, 0)
        }
        guard sent == 1 else { return .cannotTell }
        while PQisBusy(connection) == 1 {
            guard Self.wait(for: POLLIN, on: connection, until: deadline) else { return .silent }
            guard PQconsumeInput(connection) == 1 else { return .cannotTell }
        }
        let result = ResultHandle(PQgetResult(connection))
        guard !result.hasFailed, let row = result.rows().first,
            let finding = try? row.decode("finding", as: String.self),
            // Behind a pool of sessions the process numbers are not the server's.
            (try? row.decode("process", as: Int.self)) == Int(PQbackendPID(connection))
        else { return .cannotTell }
        switch finding {
        case "works": return .works
        case "waits": return .waits
        default: return .cannotTell
        }
    }

    /// Whether a server answers, though it takes no more sessions.
    private func isThere() -> Bool {
        let answer = parameters.with([("connect_timeout", "2")]).withPointers {
            PQpingParams($0, $1, 1)
        }
        return answer != PQPING_NO_RESPONSE
    }

    private static func wait(
        for events: Int32, on connection: OpaquePointer, until deadline: ContinuousClock.Instant
    ) -> Bool {
        let left = (deadline - .now).components
        let milliseconds = left.seconds * 1000 + left.attoseconds / 1_000_000_000_000_000
        guard milliseconds > 0 else { return false }
        var socket = pollfd(fd: PQsocket(connection), events: Int16(events), revents: 0)
        return poll(&socket, 1, Int32(clamping: milliseconds)) > 0
    }
}
