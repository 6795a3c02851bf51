public import GroundSegment

/// What campaigns have used, and whose turn it is.
///
/// Each campaign has a clock that goes on by core-hours used over its share; the one whose clock
/// is behind is next.  Among campaigns that all have work their core-hours are as their shares; who
/// has none leaves its part to the others, and does not get it back when it has work again: its
/// clock is put forward to that of the others then.
public struct ShareLedger: Sendable {
    /// What is known of one campaign.
    public struct Account: Hashable, Sendable {
        public fileprivate(set) var share: Double
        public fileprivate(set) var used: CoreHours
        /// Core-hours over share.
        public fileprivate(set) var clock: Double
        /// Whether it had work when somebody looked last.
        public fileprivate(set) var isBusy: Bool

        public init(
            share: Double, used: CoreHours = .zero, clock: Double = 0, isBusy: Bool = false
        ) {
            self.share = share
            self.used = used
            self.clock = clock
            self.isBusy = isBusy
        }
    }

    public private(set) var accounts: [ID<Campaign>: Account] = [:]
    /// The clock of the campaign that was served last.
    public private(set) var now = 0.0

    public init() {}

    /// A ledger as it was kept.
    public init(accounts: [ID<Campaign>: Account], now: Double) {
        self.accounts = accounts
        self.now = now
    }

    /// Takes a campaign's share, above 0: a new one, or another one from now on.
    public mutating func set(_ share: Double, for campaign: ID<Campaign>) {
        precondition(share > 0, "a campaign without a share")
        var account = accounts[campaign] ?? Account(share: share, clock: now)
        account.share = share
        accounts[campaign] = account
    }

    /// What a campaign has used since it is known.
    public func used(by campaign: ID<Campaign>) -> CoreHours {
        accounts[campaign]?.used ?? .zero
    }

    /// The campaign whose job is next: of those that have work and a share, the one that is
    /// furthest behind its share; of two that are equally far, the first by name.
    ///
    /// - Parameter campaigns: those with a job that could start now.
    public mutating func next(among campaigns: Set<ID<Campaign>>) -> ID<Campaign>? {
        for (campaign, account) in accounts {
            let isBusy = campaigns.contains(campaign)
            if isBusy, !account.isBusy {
                accounts[campaign]?.clock = max(account.clock, now)
            }
            accounts[campaign]?.isBusy = isBusy
        }
        let next = campaigns.filter { accounts[$0] != nil }.min { left, right in
            let (one, other) = (accounts[left]?.clock ?? 0, accounts[right]?.clock ?? 0)
            return one == other ? left < right : one < other
        }
        if let next, let clock = accounts[next]?.clock { now = max(now, clock) }
        return next
    }

    /// Books a job that starts, by what it is expected to use; `correct` sets it right at its end.
    public mutating func book(_ work: CoreHours, for campaign: ID<Campaign>) {
        guard var account = accounts[campaign] else { return }
        account.used += work
        account.clock += work.value / account.share
        accounts[campaign] = account
    }

    /// Puts what a job has really used in the place of what was booked.
    public mutating func correct(
        _ expected: CoreHours, to used: CoreHours, for campaign: ID<Campaign>
    ) {
        book(used - expected, for: campaign)
    }
}
