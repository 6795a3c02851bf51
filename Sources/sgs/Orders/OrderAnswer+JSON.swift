import Catalogue
import Documents
import GroundSegment
import Service

extension OrderAnswer {
    /// A list with an object for each order.
    static func json(_ orders: [OrderEntry]) -> JSONValue {
        .list(orders.map(OrderDocument.json))
    }

    static func json(_ reason: OrderReason, of order: String) -> JSONValue {
        [
            "order": .text(order), "waits_for": .text(reason.kind.rawValue),
            "reason": .text(reason.text),
        ]
    }

    /// One object; what is not there is null or an empty list.
    var json: JSONValue { OrderDocument.json(order) }
}
