import Files
import GroundSegment
import GRDB

/// Where a product comes from, followed from run to run as far as the stores at hand know it.
public struct ProductLineage: Hashable, Sendable, Encodable {
    /// The product's name, or the file's path.
    public let product: String
    public let sha256: String
    /// The payload that made it; `nil` where no run at hand did.
    @OrNull public internal(set) var madeBy: String?
    @OrNull public internal(set) var sdc: String?
    @OrNull public internal(set) var softwareRelease: String?
    public internal(set) var from: [ProductLineage]

    /// The lines of the tree, the product first.
    public var lines: [String] { lines(depth: 0) }

    private func lines(depth: Int) -> [String] {
        let indent = String(repeating: "  ", count: depth)
        var line = indent + product
        if let madeBy, let sdc { line += "  \(madeBy) at \(sdc)" }
        if let softwareRelease, !softwareRelease.isEmpty { line += ", release \(softwareRelease)" }
        return [line] + from.flatMap { $0.lines(depth: depth + 1) }
    }
}

/// Finds out of stores what made a product.
public struct LineageSearch {
    private let stores: [(store: RunStore, configuration: RunnerConfiguration)]
    /// The runs that were read.
    public private(set) var runs: [RunFacts] = []
    private var files: [String: RunFiles] = [:]

    public init(_ stores: [(store: RunStore, configuration: RunnerConfiguration)]) {
        self.stores = stores
    }

    /// The origin of a product by its name, its path or its SHA-256.
    ///
    /// - Throws: `ExecutionError` of code `unknownItem` where no run made it.
    public mutating func lineage(of name: String) async throws -> ProductLineage {
        var known: [String: ProductLineage] = [:]
        guard let found = try await follow(name, survey: nil, &known), found.madeBy != nil else {
            throw ExecutionError(.unknownItem, "no run known here made \(name)")
        }
        return found
    }

    private mutating func follow(
        _ name: String, survey: ID<SurveyPlan>?, _ known: inout [String: ProductLineage]
    ) async throws -> ProductLineage? {
        let key = "\(survey?.text ?? "") \(name)"
        if let lineage = known[key] { return lineage }
        guard let (facts, files, row) = try await maker(of: name, survey: survey) else {
            return nil
        }
        var lineage = ProductLineage(
            product: row.file, sha256: row.sha256, madeBy: "\(facts.run.id)/\(row.task)",
            sdc: facts.sdc.text, softwareRelease: facts.run.origin.softwareRelease, from: [])
        // Two runs that each made the other's input would be a fault of the stores.
        known[key] = lineage
        for source in row.sources {
            let input = files.input(source)
            if let before = try await follow(source, survey: facts.run.order?.survey, &known) {
                lineage.from.append(before)
            } else {
                lineage.from.append(
                    ProductLineage(
                        product: source, sha256: input?.sha256 ?? "", madeBy: nil, sdc: nil,
                        softwareRelease: nil, from: []))
            }
        }
        known[key] = lineage
        return lineage
    }

    /// The last completed run that made a file, and its lineage there.
    private mutating func maker(of name: String, survey: ID<SurveyPlan>?) async throws -> (
        RunFacts, RunFiles, LineageRow
    )? {
        for (store, configuration) in stores {
            for number in try await store.makers(of: name) {
                guard let facts = try await facts(number, store, configuration) else { continue }
                if let survey, let order = facts.run.order, order.survey != survey { continue }
                let files = self.files[facts.run.id.text] ?? RunFiles(facts, configuration.storage)
                self.files[facts.run.id.text] = files
                if let row = files.row(of: name) { return (facts, files, row) }
            }
        }
        return nil
    }

    private mutating func facts(
        _ number: Int64, _ store: RunStore, _ configuration: RunnerConfiguration
    ) async throws -> RunFacts? {
        if let known = runs.first(where: { $0.sdc == configuration.sdc && $0.run.number == number })
        {
            return known
        }
        var filter = RunFilter()
        filter.name = "\(number)"
        let found = try await store.facts(
            of: configuration.sdc, filter, at: MJD(0), isWhole: true
        ).first
        if let found { runs.append(found) }
        return found
    }
}

extension RunStore {
    /// Numbers of the runs that may have made a file, the last first: by its path or SHA-256, or
    /// by the item that is in a product's name.
    fileprivate func makers(of name: String) async throws -> [Int64] {
        let product = Storage.product(named: name)
        return try await read { database in
            let rows = try Row.fetchAll(
                database,
                sql: """
                    SELECT number, json_extract(origin_document, '$.item.id') AS item
                    FROM run WHERE origin = 'order' AND state = 'COMPLETED'
                        AND json_extract(origin_document, '$.item.kind') = ?
                    """, arguments: [product?.kind ?? ""])
            let orders = rows.filter { row in
                (row["item"] as String?).map { FileName.encoded($0) } == product?.item
            }.map { $0["number"] as Int64 }
            let files = try Int64.fetchAll(
                database,
                sql: """
                    SELECT DISTINCT run FROM output WHERE path = ? OR sha256 = ?
                    UNION SELECT number FROM run WHERE origin <> 'order' AND ? LIKE '%/' || id || '/%'
                    """, arguments: [name, name, name])
            return Set(orders + files).sorted(by: >)
        }
    }
}

extension Storage {
    /// The kind and the encoded item of a product's name, or of the path of one.
    static func product(named name: String) -> (kind: String, item: String)? {
        let parts = name.split(separator: "/")
        guard parts.count >= 3 else { return nil }
        return (String(parts[parts.count - 3]), String(parts[parts.count - 2]))
    }
}
