import Catalogue
import Documents
import GroundSegment
import WebService

/// Turns states into server-sent events: how many orders are in which state, whenever that changes.
struct ProgressLog {
    private var told: OrderCounts?
    private var number = 0

    /// The event of a state that is other than the one before; empty where it is not.
    mutating func events(_ state: ServedState) -> String {
        guard state.orders != told else { return "" }
        told = state.orders
        number += 1
        let lines = state.orders.counts.sorted { $0.key < $1.key }.map { key, count -> JSONValue in
            [
                "survey": .text(key.survey.text), "sdc": .text(key.sdc.text),
                "state": .text(key.state.rawValue), "orders": .integer(count),
            ]
        }
        return ServerSentEvents.event(
            id: number, kind: "progress", data: JSONValue.list(lines).encoded)
    }
}
