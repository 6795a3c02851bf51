import CPQ
import Glibc

/// Waits for a server's bytes, and finds out when there will be none.
struct ServerWait: Sendable {
    private let limits: SilenceLimits
    private let witness: SessionWitness

    /// How often a wait looks whether its task has been cancelled, in milliseconds.
    private static let beat: Int32 = 100

    init(limits: SilenceLimits, witness: SessionWitness) {
        self.limits = limits
        self.witness = witness
    }

    /// Sends a statement and waits for its results.
    ///
    /// - Parameters:
    ///   - limit: the longest time without an answer; `nil` for none.
    ///   - send: hands the statement to libpq; 1 where it took it.
    /// - Returns: the first result that failed, else the last one; a COPY that has begun.
    /// - Throws: `PostgreSQLError` of code `connectionLost` where the server is silent,
    ///   `CancellationError`.
    func answer(
        on connection: OpaquePointer, within limit: Duration? = nil,
        _ send: (OpaquePointer) -> Int32
    ) throws -> ResultHandle {
        guard send(connection) == 1 else { return ResultHandle(nil) }
        let deadline = limit.map { ContinuousClock.now + $0 }
        var answer = ResultHandle(nil)
        var hasFailed = false
        while let pointer = try nextResult(on: connection, deadline: deadline) {
            let result = ResultHandle(pointer)
            if hasFailed { continue }
            hasFailed = result.hasFailed
            let isCopy = result.status == PGRES_COPY_IN
            answer = result
            if isCopy || PQstatus(connection) == CONNECTION_BAD { break }
        }
        return answer
    }

    /// The next result of what was sent; `nil` after the last.
    func nextResult(
        on connection: OpaquePointer, deadline: ContinuousClock.Instant? = nil
    ) throws -> OpaquePointer? {
        try flush(on: connection)
        while PQisBusy(connection) == 1 {
            try wait(for: POLLIN, on: connection, deadline: deadline)
            guard PQconsumeInput(connection) == 1 else { break }
        }
        return PQgetResult(connection)
    }

    /// Sends what libpq has gathered; a session that is lost is told by the next result.
    func flush(on connection: OpaquePointer) throws {
        while PQflush(connection) == 1 {
            try wait(for: POLLIN | POLLOUT, on: connection, deadline: nil)
            guard PQconsumeInput(connection) == 1 else { return }
        }
    }

    private func wait(
        for events: Int32, on connection: OpaquePointer, deadline: ContinuousClock.Instant?
    ) throws {
        let begin = ContinuousClock.now
        var look = begin + limits.silence
        var cancelled: ContinuousClock.Instant?
        var isSuspect = false
        while true {
            if Self.isReady(PQsocket(connection), for: events, milliseconds: Self.beat) { return }
            let now = ContinuousClock.now
            if Task.isCancelled {
                let since = cancelled ?? now
                cancelled = since
                if now >= since + limits.cancellation { throw CancellationError() }
            }
            if let deadline, now >= deadline { throw Self.silent(since: begin) }
            guard now >= look else { continue }
            switch witness.look(within: limits.answer) {
            case .works: (isSuspect, look) = (false, .now + limits.silence)
            case .cannotTell: look = .now + limits.silence
            case .waits where !isSuspect: (isSuspect, look) = (true, .now + limits.silence / 2)
            case .waits, .silent:
                if Self.isReady(PQsocket(connection), for: events, milliseconds: 0) { return }
                throw Self.silent(since: begin)
            }
        }
    }

    private static func isReady(
        _ descriptor: Int32, for events: Int32, milliseconds: Int32
    ) -> Bool {
        var socket = pollfd(fd: descriptor, events: Int16(events), revents: 0)
        return poll(&socket, 1, milliseconds) > 0
    }

    private static func silent(since begin: ContinuousClock.Instant) -> PostgreSQLError {
        let seconds = (ContinuousClock.now - begin).components.seconds
        return PostgreSQLError(
            code: .connectionLost, message: "nothing has come from the server for \(seconds) s")
    }
}
