public import Planning
public import Tables

extension PlanTables {
    /// The columns of changes.
    public static let changeColumns = [
        Column("kind", ucd: "meta.code.class", description: "observation or tile"),
        Column("id", ucd: "meta.id;meta.main", description: "identifier within the survey"),
        Column("bucket", ucd: "time.interval", description: "first day of the bucket it counts in"),
        Column("primary_before", ucd: "meta.id", description: "primary SDC; empty where it is new"),
        Column(
            "secondary_before", ucd: "meta.id", description: "secondary SDC; empty where it is new"),
        Column("primary", ucd: "meta.id", description: "primary SDC now; empty where it is gone"),
        Column(
            "secondary", ucd: "meta.id", description: "secondary SDC now; empty where it is gone"),
        Column(
            "cause", ucd: "meta.code",
            description: "why it changed: survey, maintenance, capacity, pin, failover or free"),
    ]

    /// The changes of `difference`, in its order.
    public static func changes(_ difference: PlanDifference, as format: TableFormat) -> [UInt8] {
        var table = TableWriter(
            format, name: "changes", columns: changeColumns,
            description: "What changed from one distribution to another, and why.")
        for change in difference.changes {
            table.append([
                .text(change.item.kind.rawValue), .text(change.item.text), .text(change.bucket),
                .text(change.before?.primary.text ?? ""),
                .text(change.before?.secondary.text ?? ""), .text(change.after?.primary.text ?? ""),
                .text(change.after?.secondary.text ?? ""), .text(change.cause.rawValue),
            ])
        }
        return table.finish()
    }
}
