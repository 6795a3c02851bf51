import Files
import GRDB
import GroundSegment
import Markup

/// The runs whose outputs a run reads, and those that read its own, as far as the store of its SDC
/// has them.
public struct RunNeighbours: Hashable, Sendable, Encodable {
    /// A run at the other end, with the files that are made by the one and read by the other.
    public struct Neighbour: Hashable, Sendable, Encodable {
        public let run: String
        public let number: Int64
        public let pipeline: String
        public let state: String
        /// Products by their names, other files by their paths; the first ones of many.
        public let files: [String]
        /// How many there are.
        public let count: Int
    }

    public let run: String
    /// Those that made what it reads, and those that read what it made; oldest first.
    public let from: [Neighbour]
    public let to: [Neighbour]

    /// Files that are named of a neighbour.
    static let mostNamed = 20
    /// Files of a run that are followed to others.
    static let mostFollowed = 2000
}

extension RunBook {
    /// The runs before and after one.
    ///
    /// - Throws: `ExecutionError` of code `unknownItem` where there is no such run.
    public func neighbours(of name: String) async throws -> RunNeighbours {
        try await store.neighbours(of: try await facts(of: name), configuration.storage)
    }
}

extension RunStore {
    /// The runs before and after one.
    public func neighbours(of facts: RunFacts, _ storage: Storage) async throws -> RunNeighbours {
        let run = facts.run
        return try await read { database in
            var from: [Int64: [String]] = [:]
            for input in run.inputs.prefix(RunNeighbours.mostFollowed) {
                guard let maker = try Self.maker(of: input, not: run.number, storage, database)
                else { continue }
                from[maker, default: []].append(RunFiles.name(input))
            }
            let to = try Self.readers(of: run, storage, database)
            return RunNeighbours(
                run: run.id.text, from: try Self.neighbours(from, database),
                to: try Self.neighbours(to, database))
        }
    }

    private static func neighbours(
        _ files: [Int64: [String]], _ database: Database
    ) throws -> [RunNeighbours.Neighbour] {
        let statement = try database.cachedStatement(
            sql: "SELECT id, pipeline, state FROM run WHERE number = ?")
        return try files.sorted { $0.key < $1.key }.compactMap { number, files in
            try Row.fetchOne(statement, arguments: [number]).map { row in
                RunNeighbours.Neighbour(
                    run: row["id"], number: number, pipeline: row["pipeline"], state: row["state"],
                    files: Array(files.prefix(RunNeighbours.mostNamed)), count: files.count)
            }
        }
    }

    /// The run that made a file that another one reads: by the folder of a submission's outputs, or
    /// by the item of a product and its bytes.
    private static func maker(
        of input: StagedInput, not reader: Int64, _ storage: Storage, _ database: Database
    ) throws -> Int64? {
        let results = "\(storage.resultRoot)/"
        if input.path.hasPrefix(results) {
            let name = input.path.dropFirst(results.count).prefix { $0 != "/" }
            return try Int64.fetchOne(
                try database.cachedStatement(sql: "SELECT number FROM run WHERE id = ?"),
                arguments: [String(name)])
        }
        guard !input.sha256.isEmpty, let item = storage.item(of: input) else { return nil }
        return try Int64.fetchOne(
            try database.cachedStatement(
                sql: """
                    SELECT number FROM run
                    WHERE origin = 'order' AND json_extract(origin_document, '$.item.kind') = ?
                        AND json_extract(origin_document, '$.item.id') = ?
                        AND state = 'COMPLETED' AND number <> ?
                        AND EXISTS (
                            SELECT 1 FROM output WHERE output.run = run.number AND sha256 = ?)
                    ORDER BY number DESC LIMIT 1
                    """),
            arguments: [item.kind, item.id, reader, input.sha256])
    }

    /// The runs that read what a run has made, with the files.
    private static func readers(
        of run: Run, _ storage: Storage, _ database: Database
    ) throws -> [Int64: [String]] {
        guard run.life.state == .completed else { return [:] }
        let folder = storage.keepingFolder(of: run)
        let outputs = Set(run.life.graph.outputs.map(\.name))
        var made: [String: Bool] = [:]
        var files: [Int64: [String]] = [:]
        let rows = try Row.fetchAll(
            database,
            sql: """
                SELECT run, product, path, sha256 FROM input
                WHERE path > ? AND path < ? AND run <> ? LIMIT \(RunNeighbours.mostFollowed)
                """, arguments: ["\(folder)/", "\(folder)0", run.number])
        for row in rows {
            let (path, product, digest): (String, String, String) = (
                row["path"], row["product"], row["sha256"]
            )
            guard outputs.contains(String(Storage.outputName(ofProduct: path))) else { continue }
            if run.order != nil, !digest.isEmpty {
                // Another run of the item's order may have made it.
                if made[digest] == nil { made[digest] = try isMade(digest, by: run, database) }
                guard made[digest] == true else { continue }
            }
            files[row["run"], default: []].append(product.isEmpty ? path : product)
        }
        return files
    }

    private static func isMade(_ digest: String, by run: Run, _ database: Database) throws -> Bool {
        try Bool.fetchOne(
            database, sql: "SELECT EXISTS (SELECT 1 FROM output WHERE run = ? AND sha256 = ?)",
            arguments: [run.number, digest]) ?? false
    }
}

extension Storage {
    /// The folder of the outputs of all runs that no order asked for.
    fileprivate var resultRoot: String { "\(folder(of: sdc))/.runs" }

    /// The kind and identifier of the item that an input is a product of; `nil` where it is none.
    fileprivate func item(of input: StagedInput) -> (kind: String, id: String)? {
        if let item = input.item { return (item.kind.rawValue, item.text) }
        guard input.path.hasPrefix("\(folder(of: sdc))/"),
            let product = Self.product(named: input.path),
            FileName.encoded(product.item) == product.item
        else { return nil }
        return (product.kind, product.item)
    }

    /// The folder in which a run's outputs are kept; others of its item may be there, too.
    fileprivate func keepingFolder(of run: Run) -> String {
        guard let order = run.order else { return resultFolder(of: run.id) }
        let item = Self.itemFolder(order.item, order.task)
        return "\(folder(of: sdc))/\(FileName.encoded(order.survey.text))/\(item)"
    }
}

extension RunNeighbours {
    /// A line for each run before and after it.
    public var text: String {
        var table = TextTable("", .right("NUMBER"), "RUN", "STATE", .right("FILES"), "SUCH AS")
        for (word, runs) in [("reads of", from), ("read by", to)] {
            for one in runs {
                table.add(
                    word, "\(one.number)", one.run, one.state, "\(one.count)",
                    one.files.first ?? "")
            }
        }
        return table.isEmpty ? "no run known here is before or after it" : table.text
    }
}
