import Catalogue
import Documents
import GroundSegment

extension OrderBoard {
    /// An object for each SDC; every state of orders is named.
    var json: JSONValue {
        [
            "sdcs": .list(
                lines.map { line in
                    [
                        "sdc": .text(line.sdc.text), "due": .integer(line.due),
                        "orders": .object(
                            OrderState.allCases.map { state in
                                JSONValue.Member(
                                    name: state.rawValue.lowercased(),
                                    value: .integer(line.orders[state] ?? 0))
                            }),
                        "copies": .integer(line.copies), "replicas": .integer(line.replicas),
                        "bytes": .integer(line.bytes), "runner": JSONValue(line.runner?.text),
                        "runner_state": .text(line.runner?.state ?? "none"),
                    ]
                })
        ]
    }
}

extension BlockedOrders {
    /// What goes on, and an object for each SDC and obstacle.
    var json: JSONValue {
        [
            "outcome": .text(outcome.rawValue), "completed": .integer(completed),
            "failed": .integer(failed), "going_on": .integer(goingOn),
            "blocked": .integer(blocked), "lines": .list(lines),
            "groups": .list(
                groups.map { group in
                    [
                        "sdc": .text(group.sdc.text), "orders": .integer(group.orders),
                        "first": .text(group.first.text), "cause": .text(group.cause.rawValue),
                        "origin": JSONValue(group.origin?.text),
                        "kind": JSONValue(group.item?.kind.rawValue),
                        "id": JSONValue(group.item?.text),
                        "producer": JSONValue(group.producer?.text),
                        "release": JSONValue(group.release?.iso8601),
                        "message": .text(group.message),
                    ]
                }),
        ]
    }
}
