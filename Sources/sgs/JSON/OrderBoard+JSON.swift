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
                    ]
                })
        ]
    }
}
