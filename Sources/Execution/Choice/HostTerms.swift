import Glibc

/// What a host is there for, and what else is known of it.
public struct HostTerms: Hashable, Sendable {
    /// Its name; what is kept free for a payload is told apart by it. Empty where there is one host.
    public var host: String
    /// Whether the largest payloads come first here.
    public var isStarving: Bool
    /// The executables that may run here, as patterns of fnmatch(3), `SHE_*`; all where empty.
    public var executables: [String]
    /// The shares whose payloads alone may run here; all where empty.
    public var reservedFor: Set<String>
    /// MiB of address space that all payloads may have together; not known where `nil`.
    public var virtualMemory: Int?
    /// MiB of temporary files that all payloads may have together; not known where `nil`.
    public var temporary: Int?

    public init(
        host: String = "", isStarving: Bool = false, executables: [String] = [],
        reservedFor: Set<String> = [], virtualMemory: Int? = nil, temporary: Int? = nil
    ) {
        self.host = host
        self.isStarving = isStarving
        self.executables = executables
        self.reservedFor = reservedFor
        self.virtualMemory = virtualMemory
        self.temporary = temporary
    }

    /// Whether the pilot of this number, from 1, is one of those where the largest payloads come
    /// first: of any number of pilots from the first on, as many as `percent` says, rounded down.
    public static func isStarving(pilot number: Int, percent: Int) -> Bool {
        guard number > 0 else { return false }
        let percent = min(100, max(0, percent))
        // Of whole hundreds the part is whole.
        let place = (number - 1) % 100
        return (place + 1) * percent / 100 > place * percent / 100
    }

    /// Whether an executable may run here.
    public func allows(executable: String) -> Bool {
        executables.isEmpty || executables.contains { fnmatch($0, executable, 0) == 0 }
    }

    /// Whether what belongs to a share may run here.
    public func allows(share: String) -> Bool {
        reservedFor.isEmpty || reservedFor.contains(share)
    }
}
