import GRDB
import Payloads

extension RunStore {
    /// Remembers what payloads may use here, for whoever asks while no runner serves.
    func save(_ room: Room) async throws {
        let values = [room.cores, room.memory, room.gpus.count]
        try await write { database in
            try database.execute(sql: "DELETE FROM room")
            try database.execute(
                sql: "INSERT INTO room VALUES (?, ?, ?)", arguments: StatementArguments(values))
        }
    }

    /// What payloads might use when the last runner served; `nil` where none has. Its graphics
    /// processors have no names but their numbers.
    func room() async throws -> Room? {
        try await read { database in
            try Row.fetchOne(database, sql: "SELECT * FROM room").map { row in
                let gpus: Int = row["gpus"]
                return Room(
                    cores: row["cores"], memory: row["memory_mib"],
                    gpus: (0..<max(0, gpus)).map(String.init))
            }
        }
    }
}
