import BatchSystems
import Payloads

/// Pilots of one class that were submitted together, as a job of one task or as an array.
struct PilotArray: Sendable {
    let name: String
    /// Its own folder, with its orders, its script, what it prints and what its pilots leave.
    let folder: String
    let kind: String
    /// What each has for payloads.
    let total: Amounts
    /// The number of the first of its pilots among all that were ever submitted, from 1.
    let first: Int
    /// When it was submitted, seconds since 1970-01-01 UTC.
    let submitted: Double
    var pilots: [PilotLife]
    /// What each has told of itself.
    var facts: [Facts]
    /// The number that the system has given it; `nil` until it is known to have it.
    var base: String?
    var knowledge = Knowledge.sought
    /// What its pilots have to know; `nil` where that is lost.
    var token: [UInt8]?

    /// Whether the system has it under its number.
    enum Knowledge: Hashable, Sendable {
        /// It is to be looked for by its name: numbers come again, and answers may be lost.
        case sought
        case known
        /// The system did not know its name.
        case forgotten
    }

    /// What a pilot has told of itself, and what it was told.
    struct Facts: Hashable, Sendable, Codable {
        /// The host that it runs on.
        var host: String?
        /// When it changed its state, and when it ends, seconds since 1970-01-01 UTC.
        var since: Double
        var end: Double?
        /// An operator wants it to end.
        var isToEnd = false
    }

    init(
        name: String, folder: String, kind: String, total: Amounts, first: Int, count: Int,
        submitted: Double, fileDelay: Duration
    ) {
        self.name = name
        self.folder = folder
        self.kind = kind
        self.total = total
        self.first = first
        self.submitted = submitted
        pilots = Array(repeating: PilotLife(fileDelay: fileDelay), count: max(0, count))
        facts = Array(repeating: Facts(since: submitted), count: max(0, count))
    }

    /// The name of a pilot by its place, which is that of the host that it is.
    func pilot(_ place: Int) -> String { PilotOrders.name(name, task: place + 1) }

    /// The system's name of a pilot, by its place.
    func id(_ place: Int) -> BatchJobID? {
        base.map { BatchJobID($0, index: pilots.count == 1 ? nil : place + 1) }
    }

    var isOver: Bool { pilots.allSatisfy(\.state.isFinal) }
}

/// Where a pilot is: that of its array, and its own there.
struct PilotPlace: Hashable, Sendable {
    let array: Int
    let pilot: Int
}
