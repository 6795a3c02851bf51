import Execution
import GroundSegment
import HTTPTypes
import Synchronization
import WebService

/// Who asks for a change.
struct Caller: Sendable {
    let name: String

    static let cookie = "sdc-runner-token"

    /// Whoever sends a request, by the token in its `Authorization` header (RFC 6750) or in the
    /// cookie that the login page has set.
    ///
    /// - Throws: `Problem`: 401 without a token, 403 with one that is nobody's or from a page of
    ///   another site, 429 after several wrong ones.
    static func of(_ request: RouteRequest<ServedRunner>) throws -> Caller {
        guard let token = try token(request) else {
            throw Problem(
                status: .unauthorized,
                detail: "a change needs a token: send it as `Authorization: Bearer TOKEN`, or log "
                    + "in at /login; `sdc-runner token add NAME` makes one",
                headers: [.wwwAuthenticate: "Bearer"])
        }
        return try checked(token, request.state)
    }

    /// Whose a token is.
    ///
    /// - Throws: `Problem`: 403 where it is nobody's, 429 after several wrong ones.
    static func checked(_ token: String, _ runner: ServedRunner) throws -> Caller {
        guard runner.attempts.mayTry() else {
            throw Problem(
                status: .tooManyRequests,
                detail: "too many wrong tokens; try again in a minute",
                headers: [.retryAfter: "5"])
        }
        guard let name = try runner.tokens.name(of: token, at: runner.now) else {
            runner.attempts.countWrong()
            throw Problem(
                status: .forbidden, detail: "the token is nobody's, or not valid any more")
        }
        return Caller(name: name)
    }

    /// Who has logged in on a page; `nil` where nobody has.
    static func loggedIn(_ request: RouteRequest<ServedRunner>) -> Caller? {
        guard let token = credentials(request).cookie(cookie) else { return nil }
        return (try? request.state.tokens.name(of: token, at: request.state.now))?.map {
            Caller(name: $0)
        } ?? nil
    }

    private static func token(_ request: RouteRequest<ServedRunner>) throws(Problem) -> String? {
        let credentials = credentials(request)
        if let token = credentials.bearerToken { return token }
        guard request.request.headers[.authorization] == nil else {
            throw .badRequest("the Authorization header is not `Bearer TOKEN`")
        }
        guard let token = credentials.cookie(cookie) else { return nil }
        // A browser sends the cookie by itself: what another site's page does with it is refused.
        guard !credentials.isFromOtherSite else {
            throw Problem(status: .forbidden, detail: "a page of another site asks for a change")
        }
        return token
    }

    private static func credentials(_ request: RouteRequest<ServedRunner>) -> Credentials {
        Credentials(request.request.headers, authority: request.request.head.authority)
    }
}

/// Slows down who guesses tokens: after ten wrong ones in a minute none is looked at for a while.
final class LoginAttempts: Sendable {
    private let wrong = Mutex<[ContinuousClock.Instant]>([])
    private static let most = 10
    private static let span = Duration.seconds(60)

    func mayTry() -> Bool {
        wrong.withLock { wrong in
            let now = ContinuousClock.now
            wrong.removeAll { $0.duration(to: now) > Self.span }
            return wrong.count < Self.most
        }
    }

    func countWrong() { wrong.withLock { $0.append(.now) } }
}
