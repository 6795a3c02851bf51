public import Catalogue
public import Documents
import GroundSegment

/// A processing order as JSON, the same for the command line and for the service.
public enum OrderDocument {
    /// An order without what belongs to it.
    public static func json(_ entry: OrderEntry) -> JSONValue { .object(members(entry)) }

    /// All of an order in one object; what is not there is null or an empty list.
    public static func json(_ order: OrderDetails) -> JSONValue { .object(members(order)) }

    /// The same with why it is where it is, and the commands that show and change it.
    static func json(_ order: OrderDetails, _ reason: OrderReason) -> JSONValue {
        .object(
            members(order) + [
                member("waits_for", .text(reason.kind.rawValue)),
                member("reason", .text(reason.text)),
                member("commands", .list(OrderCommands.lines(for: order.entry))),
            ])
    }

    private static func members(_ order: OrderDetails) -> [JSONValue.Member] {
        var all = members(order.entry)
        all.append(member("inputs", .list(order.inputs.map { input($0) })))
        all.append(member("reports", .list(order.reports.map { report($0) })))
        all.append(member("products", .list(order.products.map { product($0) })))
        all.append(member("events", .list(order.events.map { event($0) })))
        all.append(member("life", .list(OrderLife(order).steps.map { step($0) })))
        return all
    }

    private static func step(_ step: OrderLife.Step) -> JSONValue {
        [
            "at": time(step.instant), "what": .text(step.what), "who": .text(step.who),
            "why": .text(step.why),
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
            "reported_at": time(report.reportedAt),
            "steps": .list(report.steps.map { stepRun($0) }),
            "transfers": .list(report.transfers.map { transfer($0) }),
        ]
    }

    private static func stepRun(_ step: StepReport) -> JSONValue {
        [
            "name": .text(step.name), "attempt": .integer(step.attempt),
            "exit_code": .integer(step.exitCode), "starts": time(step.window.start),
            "ends": time(step.window.end), "cores": .integer(step.cores),
            "memory_MiB": .integer(step.memory), "executable": .text(step.executable),
            "cpu_s": step.use.map { .real($0.cpuSeconds) } ?? .null,
            "peak_MiB": step.use.map { .real($0.peakMemory) } ?? .null,
            "read_bytes": step.use.map { .integer($0.readBytes) } ?? .null,
            "written_bytes": step.use.map { .integer($0.writtenBytes) } ?? .null,
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
