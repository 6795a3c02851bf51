import Catalogue
import Documents
import GroundSegment

extension OrderAnswer {
    /// A list with an object for each order.
    static func json(_ orders: [OrderEntry]) -> JSONValue {
        .list(orders.map { .object(members($0)) })
    }

    static func json(_ reason: OrderReason, of order: String) -> JSONValue {
        [
            "order": .text(order), "waits_for": .text(reason.kind.rawValue),
            "reason": .text(reason.text),
        ]
    }

    private static func members(_ entry: OrderEntry) -> [JSONValue.Member] {
        [
            member("order", .text(entry.id.text)), member("survey", .text(entry.survey.text)),
            member("kind", .text(entry.item.kind.rawValue)), member("id", .text(entry.item.text)),
            member("pipeline", .text(entry.pipeline)),
            member("software_release", .text(entry.softwareRelease)),
            member("sdc", .text(entry.sdc.text)), member("replica_at", .text(entry.replicaAt.text)),
            member("reassigned", .boolean(entry.isReassigned)),
            member("state", .text(entry.state.rawValue)), member("release", time(entry.release)),
            member("priority", .integer(entry.priority)), member("taken", .integer(entry.taken)),
            member("taken_at", text(entry.takenAt?.iso8601)),
            member("runner", text(entry.runner)),
            member("message", .text(entry.message)),
        ]
    }

    /// One object; what is not there is null or an empty list.
    var json: JSONValue {
        var members = Self.members(order.entry)
        members.append(Self.member("inputs", .list(order.inputs.map { Self.input($0) })))
        members.append(Self.member("reports", .list(order.reports.map { Self.report($0) })))
        members.append(Self.member("products", .list(order.products.map { Self.product($0) })))
        members.append(Self.member("events", .list(order.events.map { Self.event($0) })))
        return .object(members)
    }

    private static func member(_ name: String, _ value: JSONValue) -> JSONValue.Member {
        JSONValue.Member(name: name, value: value)
    }

    private static func text(_ text: String?) -> JSONValue {
        text.map { JSONValue.text($0) } ?? .null
    }

    private static func time(_ instant: MJD) -> JSONValue { .text(instant.iso8601) }

    private static func input(_ input: InputOrder) -> JSONValue {
        [
            "kind": .text(input.item.kind.rawValue), "id": .text(input.item.text),
            "order": text(input.producer?.id.text),
            "sdc": text(input.producer?.sdc.text),
            "state": text(input.producer?.state.rawValue),
        ]
    }

    private static func report(_ report: RecordedReport) -> JSONValue {
        [
            "taken": .integer(report.taken), "attempt": .integer(report.attempt),
            "event": .text(report.event), "starts": time(report.window.start),
            "ends": time(report.window.end), "message": .text(report.message),
            "reported_at": time(report.reportedAt), "steps": .list(report.steps.map { step($0) }),
            "transfers": .list(report.transfers.map { transfer($0) }),
        ]
    }

    private static func step(_ step: StepReport) -> JSONValue {
        [
            "name": .text(step.name), "attempt": .integer(step.attempt),
            "exit_code": .integer(step.exitCode), "starts": time(step.window.start),
            "ends": time(step.window.end), "cores": .integer(step.cores),
            "memory_MiB": .integer(step.memory),
        ]
    }

    private static func transfer(_ transfer: Transfer) -> JSONValue {
        [
            "product": .text(transfer.product), "from": .text(transfer.from.text),
            "to": .text(transfer.to.text), "purpose": .text(transfer.purpose.rawValue),
            "bytes": .integer(transfer.bytes),
        ]
    }

    private static func product(_ held: HeldProduct) -> JSONValue {
        [
            "name": .text(held.product.name), "bytes": .integer(held.product.bytes),
            "sha256": .text(held.product.sha256),
            "made_from": .list(held.product.madeFrom), "sdcs": .list(held.sdcs.map(\.text)),
        ]
    }

    private static func event(_ event: OrderEvent) -> JSONValue {
        [
            "event": .text(event.kind.rawValue), "taken": .integer(event.taken),
            "priority": event.priority.map { JSONValue.integer($0) } ?? .null,
            "to_sdc": text(event.destination?.text),
            "actor": .text(event.actor), "comment": .text(event.comment),
            "at": time(event.instant),
        ]
    }
}
