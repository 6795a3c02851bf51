import Catalogue
import Documents

extension TaskChange {
    func json(isDryRun: Bool) -> JSONValue {
        [
            "task": .text("\(key)"), "command": .text(command.rawValue),
            "from": .text(from.rawValue), "to": .text(to.rawValue),
            "withdrawn": .integer(withdrawn), "stopped": .integer(stopped),
            "retried": .integer(retried), "moved": .integer(moved),
            "dry_run": .boolean(isDryRun),
        ]
    }
}
