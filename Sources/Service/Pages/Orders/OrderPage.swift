import Catalogue
import GroundSegment
import Markup
import Reporting
import WebService

/// One processing order: its life, what it needs, what it made, and the commands that change it.
struct OrderPage {
    let order: OrderDetails
    let reason: OrderReason

    var page: Page {
        let entry = order.entry
        var page = Page(title: "Order \(entry.id)", data: "/v1" + PageAddress.order(entry.id))
        page.isTable = false
        page.parts.append(.facts(facts))
        page.parts += part(
            "Its life", ["When (UTC)", "What", "Who", "Why"],
            OrderLife(order).steps.map {
                [.text($0.instant.iso8601), .text($0.what), .text($0.who), .prose($0.why)]
            })
        page.parts += part("What it needs", ["Item", "SDC", "State", "Order"], inputs)
        page.parts += part("What it made", ["Product", "Bytes", "Held by"], products)
        page.parts += part(
            "What was copied", ["Product", "From", "To", "For", "Bytes", "Ended (UTC)"], transfers)
        page.parts += part(
            "Steps", ["Step", "Attempt", "Exit status", "Began (UTC)", "Ended (UTC)"], steps)
        page.parts += [
            .heading("Commands"),
            Fragment(
                "p", "Nothing can be changed here. On a machine with access to the catalogue:"),
            .table(
                ["To", "Command"],
                OrderCommands.list(for: entry).map {
                    [.text($0.purpose), Cell(Fragment("code", .text($0.command)))]
                }),
        ]
        page.parts.append(
            .links([
                .link(PageAddress.item(entry.item, entry.survey), "\(entry.item)"),
                .link(
                    PageAddress.address("/orders", ["sdc": entry.sdc.text]),
                    "Orders of \(entry.sdc)"),
                .link("/orders", "All orders"),
            ]))
        return page
    }

    private var facts: [(name: String, value: Fragment)] {
        let entry = order.entry
        return [
            ("State", OrderRows.state(entry.state)), ("Why", .text(reason.text)),
            ("Item", .link(PageAddress.item(entry.item, entry.survey), "\(entry.item)")),
            ("Survey", .text(entry.survey.text)),
            (
                "Runs at",
                [
                    .link(PageAddress.sdc(entry.sdc, entry.survey), entry.sdc.text),
                    entry.isReassigned
                        ? .text(", moved there from \(entry.replicaAt)") : .group([]),
                ]
            ),
            (
                "Replica at",
                .link(PageAddress.sdc(entry.replicaAt, entry.survey), entry.replicaAt.text)
            ),
            ("Pipeline", .text("\(entry.pipeline), release \(entry.softwareRelease)")),
            ("Released", .text(entry.release.iso8601)), ("Priority", .text("\(entry.priority)")),
        ]
    }

    private func part(_ heading: String, _ head: [String], _ rows: [[Cell]]) -> [Fragment] {
        rows.isEmpty ? [] : [.heading(heading), .table(head, rows)]
    }

    private var inputs: [[Cell]] {
        order.inputs.map { input in
            let item = Cell(
                .link(PageAddress.item(input.item, order.entry.survey), "\(input.item)"))
            guard let producer = input.producer else {
                return [item, .text(""), .text("no order makes it"), .text("")]
            }
            return [
                item, .text(producer.sdc.text), Cell(OrderRows.state(producer.state)),
                .link(PageAddress.order(producer.id), producer.id.text),
            ]
        }
    }

    private var products: [[Cell]] {
        order.products.map {
            [
                .text($0.product.name), .count($0.product.bytes),
                .text($0.sdcs.map(\.text).joined(separator: ", ")),
            ]
        }
    }

    private var transfers: [[Cell]] {
        order.reports.flatMap(\.transfers).map {
            [
                .text($0.product), .text($0.from.text), .text($0.to.text),
                .text($0.purpose == .copy ? "this order" : "the replica"), .count($0.bytes),
                .text($0.window.end.iso8601),
            ]
        }
    }

    private var steps: [[Cell]] {
        order.reports.flatMap(\.steps).map {
            [
                .text($0.name), .number($0.attempt), .number($0.exitCode),
                .text($0.window.start.iso8601), .text($0.window.end.iso8601),
            ]
        }
    }
}
