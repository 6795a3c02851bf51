import Documents
import Tables

/// Finds the columns of a table that a field of a survey is mapped to.
struct FieldFinder {
    let columns: [Column]
    let header: ECSVHeader?
    /// Line of the names.
    let line: Int
    let faults: FaultLog

    /// A mapped column, found.
    struct Field: Hashable {
        let name: String
        var cell: TableLayout.Cell
        /// What the header says of the column with the values; `nil` in CSV.
        var column: ECSVColumn?
        /// What the values are made into: a time, a quantity; `nil` where they are plain.
        var object: SerializedColumn?
        /// Where the header describes it, or the line of the names.
        var line: Int
    }

    /// The column of this name; `nil` with a fault where it is missing, not unique, or a part of
    /// what is not read.
    func find(_ name: String, for key: String) -> Field? {
        if let object = header?.serialized.first(where: { $0.name == name }) {
            return find(object, of: name, for: key)
        }
        if let whole = header?.serialized.first(where: { $0.columns.contains(name) }) {
            guard whole.kind == "SkyCoord",
                let part = whole.parts[key]
                    ?? whole.parts.values.first(
                        where: { $0.columns.contains(name) }), isICRS(whole, key)
            else {
                if whole.kind != "SkyCoord" {
                    faults.add(
                        line: whole.line, field: key,
                        found: "\(name), a part of \(whole.name) (\(whole.type))",
                        expected: "\(whole.name) as a whole, or a column of its own")
                }
                return nil
            }
            guard part.columns.contains(name) else {
                faults.add(
                    line: whole.line, field: key, found: "\(name), which is not the \(key) of it",
                    expected: part.columns.sorted().joined(separator: ", "))
                return nil
            }
            return find(part, of: name, for: key)
        }
        return place(name, for: key).map { place in
            let column = header?.columns[place]
            return Field(
                name: name, cell: TableLayout.Cell(places: [place]), column: column,
                line: column?.line ?? line)
        }
    }

    /// The columns that hold the values of an object.
    private func find(_ object: SerializedColumn, of name: String, for key: String) -> Field? {
        if object.kind == "SkyCoord" {
            guard isICRS(object, key) else { return nil }
            guard let part = object.parts[key] else {
                faults.add(
                    line: object.line, field: key, found: "\(name), a position on the sky",
                    expected: key == "ra" || key == "dec"
                        ? "one with \(key)" : "a column with a value for each observation")
                return nil
            }
            return find(part, of: name, for: key)
        }
        var field = Field(name: name, cell: TableLayout.Cell(), object: object, line: object.line)
        if let first = object.parts["jd1"], let second = object.parts["jd2"] {
            guard let days = leaf(first, for: key), let fraction = leaf(second, for: key) else {
                return nil
            }
            field.cell.places = days.places + fraction.places
            field.cell.mask = days.mask ?? fraction.mask
            return field
        }
        guard let value = object.parts["value"] ?? object.parts["data"] else {
            faults.add(
                line: object.line, field: key, found: "\(name), of the class \(object.type)",
                expected: "values, times, quantities or positions")
            return nil
        }
        guard var cell = leaf(value, for: key) else { return nil }
        if let mask = object.parts["mask"] {
            guard let place = place(mask.name, for: key) else { return nil }
            cell.mask = place
        }
        field.cell = cell
        field.column = header?.columns[cell.places[0]]
        return field
    }

    /// The column of a part, which may be masked.
    private func leaf(_ part: SerializedColumn, for key: String) -> TableLayout.Cell? {
        if part.parts.isEmpty {
            return place(part.name, for: key).map { TableLayout.Cell(places: [$0]) }
        }
        guard let data = part.parts["data"] ?? part.parts["value"],
            var cell = leaf(data, for: key)
        else { return nil }
        if let mask = part.parts["mask"] {
            guard let place = place(mask.name, for: key) else { return nil }
            cell.mask = place
        }
        return cell
    }

    private func isICRS(_ object: SerializedColumn, _ key: String) -> Bool {
        let frame = object.attributes["frame"] ?? "icrs"
        let form = object.attributes["representation_type"] ?? "spherical"
        let isRead = frame == "icrs" && ["spherical", "unitspherical"].contains(form)
        if !isRead {
            faults.add(
                line: object.line, field: key,
                found: "\(object.name), in the frame \(frame) (\(form))",
                expected: "ra and dec in icrs (spherical)")
        }
        return isRead
    }

    /// The place of the one column of this name.
    private func place(_ name: String, for key: String) -> Int? {
        let places = columns.indices.filter { columns[$0].name == name }
        if places.count == 1 { return places[0] }
        if places.isEmpty {
            TableSurvey.faultMissing(
                name, key: key, names: columns.map(\.name), line: line, faults: faults)
        } else {
            faults.add(
                line: line, field: key, found: "\(places.count) columns \(name)",
                expected: "one of that name")
        }
        return nil
    }
}
