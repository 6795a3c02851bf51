import GroundSegment
import Markup
import Workflows

/// The payloads of a run by label and state, in the columns of Rubin's `bps report --id`: a label
/// is a node of the graph, whatever the iteration.
public struct DetailedReport: Hashable, Sendable, Encodable {
    /// The states of Rubin's batch production service (ctrl_bps, `WmsStates`), in its order.
    enum Column: String, CaseIterable {
        case unknown = "UNKNOWN"
        case misfit = "MISFIT"
        case unready = "UNREADY"
        case ready = "READY"
        case pending = "PENDING"
        case running = "RUNNING"
        case deleted = "DELETED"
        case held = "HELD"
        case succeeded = "SUCCEEDED"
        case failed = "FAILED"
        case pruned = "PRUNED"

        init(_ state: PayloadState) {
            self =
                switch state {
                case .unready: .unready
                case .ready: .ready
                case .assigned: .pending
                case .running, .standBy: .running
                case .held: .held
                case .completed: .succeeded
                case .failed: .failed
                case .aborted: .deleted
                case .pruned: .pruned
                }
        }
    }

    public struct Row: Hashable, Sendable, Encodable {
        public let label: String
        /// Payloads by state, all states named.
        public let states: [String: Int]
        /// How many there are.
        public let expected: Int
    }

    public let run: String
    public let state: String
    /// TOTAL first, then the labels in the order of the graph.
    public let rows: [Row]

    public init(_ facts: RunFacts) {
        let life = facts.life
        let labels = life.graph.summary.nodes.filter { $0.executable != nil }.map(\.path)
        var order = labels
        var counts = Dictionary(
            labels.map { ($0, PayloadTally()) }, uniquingKeysWith: { first, _ in first })
        var total = PayloadTally()
        for number in life.processes {
            let label = life.label(number)
            if counts[label] == nil { order.append(label) }
            counts[label, default: PayloadTally()].add(life[number].state)
            total.add(life[number].state)
        }
        run = facts.run.id.text
        state = life.state.rawValue
        rows = [Self.row("TOTAL", total)] + order.map { Self.row($0, counts[$0] ?? PayloadTally()) }
    }

    private static func row(_ label: String, _ tally: PayloadTally) -> Row {
        var states = Dictionary(uniqueKeysWithValues: Column.allCases.map { ($0.rawValue, 0) })
        for (state, count) in tally.counts { states[Column(state).rawValue, default: 0] += count }
        return Row(label: label, states: states, expected: tally.all)
    }

    public var text: String {
        var table = TextTable(
            [""] + Column.allCases.map { .right($0.rawValue) } + [.right("EXPECTED")])
        for row in rows {
            table.add(
                [row.label] + Column.allCases.map { "\(row.states[$0.rawValue] ?? 0)" }
                    + ["\(row.expected)"])
        }
        return "\(run)  \(state)\n" + table.text
    }
}
