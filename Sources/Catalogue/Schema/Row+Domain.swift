import GroundSegment
import PostgreSQL

extension ItemID {
    /// From the columns `kind` and `id` of `sgs.item`.
    ///
    /// - Throws: `CatalogueError` of code `otherSchema` where the kind is unknown;
    ///   `PostgreSQLError`.
    init(row: Row) throws {
        let id = try row.decode("id", as: String.self)
        let name = try row.decode("kind", as: String.self)
        guard let kind = ItemKind(rawValue: name) else {
            throw CatalogueError(
                .otherSchema, "item \(id) of the catalogue: \(UnknownItemKindError(found: name))")
        }
        self.init(kind: kind, id: id)
    }
}

extension Assignment {
    /// From two columns with SDCs.
    ///
    /// - Throws: `CatalogueError` of code `otherSchema` where both name one SDC;
    ///   `PostgreSQLError`.
    init(
        row: Row, primary: String = "primary_sdc", secondary: String = "secondary_sdc"
    ) throws {
        let first = ID<SDC>(try row.decode(primary, as: String.self))
        let second = ID<SDC>(try row.decode(secondary, as: String.self))
        do throws(SameSDCError) { try self.init(validating: first, second) } catch {
            throw CatalogueError(.otherSchema, "an assignment of the catalogue: \(error)")
        }
    }
}

extension DistributionState {
    /// From the column `state`.
    ///
    /// - Throws: `CatalogueError` of code `otherSchema` where it is unknown; `PostgreSQLError`.
    init(row: Row) throws {
        self = try row.known("state", "a distribution is in the unknown state")
    }
}

extension OrderState {
    /// From the column `state`.
    ///
    /// - Throws: `CatalogueError` of code `otherSchema` where it is unknown; `PostgreSQLError`.
    init(row: Row) throws {
        self = try row.known("state", "a processing order is in the unknown state")
    }
}

extension ChangeCause {
    /// From the column `cause`; `nil` where that says none.
    ///
    /// - Throws: `CatalogueError` of code `otherSchema` where it is unknown; `PostgreSQLError`.
    init?(row: Row) throws {
        guard try row.decode("cause", as: String?.self) != nil else { return nil }
        self = try row.known("cause", "an assignment changed by the unknown cause")
    }
}

extension Row {
    /// The value that a column names.
    ///
    /// - Parameter fault: what is the matter where it names none, without the name.
    fileprivate func known<Value: RawRepresentable<String>>(
        _ column: String, _ fault: String
    ) throws -> Value {
        let text = try decode(column, as: String.self)
        guard let value = Value(rawValue: text) else {
            throw CatalogueError(.otherSchema, "\(fault) \(text)")
        }
        return value
    }
}
