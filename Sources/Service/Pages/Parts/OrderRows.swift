import WebService
import Catalogue
import GroundSegment
import Markup

/// Orders one by one, for people.
enum OrderRows {
    /// A table; `none` where there is no order.
    static func parts(_ orders: [ListedOrder], none: String) -> [Fragment] {
        guard !orders.isEmpty else { return [Fragment("p", .text(none))] }
        return [
            .table(
                ["Order", "Item", "SDC", "State", "Release", "Why"],
                orders.map { order in
                    let entry = order.entry
                    return [
                        .link(PageAddress.order(entry.id), entry.id.text),
                        Cell(
                            .link(
                                PageAddress.item(entry.item, entry.survey),
                                "\(entry.item)")),
                        .link(PageAddress.sdc(entry.sdc, entry.survey), entry.sdc.text),
                        Cell(state(order)), .text(entry.release.iso8601),
                        .prose(order.reason.text),
                    ]
                })
        ]
    }

    /// A state in its colour.
    static func state(_ state: OrderState) -> Fragment {
        let name = state.rawValue.lowercased()
        return Fragment("span", ["class": "state-" + name], .text(name))
    }

    private static func state(_ order: ListedOrder) -> Fragment {
        let state = state(order.entry.state)
        return order.isLate
            ? [state, " ", Fragment("span", ["class": "is-late"], "late")] : state
    }
}
