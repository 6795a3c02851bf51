import Catalogue
import GroundSegment

/// The commands that show an order and change what becomes of it; the service itself only reads.
enum OrderCommands {
    /// What each is for, and the command.
    static func list(for order: OrderEntry) -> [(purpose: String, command: String)] {
        let id = word(order.id.text)
        let reason = #"--comment "why""#
        var commands: [(purpose: String, command: String)] = [
            ("Show it", "sgs orders show \(id)"), ("Why it waits", "sgs orders why \(id)"),
        ]
        if order.state.after(.retry) != nil {
            commands.append(("Let it run again", "sgs orders retry \(id) \(reason)"))
        }
        if !order.state.isFinal {
            commands.append(("Stop it", "sgs orders cancel \(id) \(reason)"))
            commands.append(("Before others", "sgs orders priority \(id) --to 10"))
        }
        if Reassignment.states.contains(order.state) {
            commands.append(
                (
                    "Let \(order.replicaAt) do it",
                    "sgs orders reassign \(id) --to-\(order.isReassigned ? "primary" : "secondary")"
                        + #" --reason "why""#
                ))
        }
        return commands
    }

    static func lines(for order: OrderEntry) -> [String] { list(for: order).map(\.command) }

    /// A word that a shell takes for this text.
    private static func word(_ text: String) -> String {
        let isPlain = text.utf8.allSatisfy { byte in
            "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./+:,".utf8
                .contains(byte)
        }
        return isPlain && !text.isEmpty ? text : "'" + text.replacing("'", with: #"'\''"#) + "'"
    }
}
