import Documents
import GroundSegment
import Planning

extension Sensitivity {
    /// An entry that is not measurable says nothing of the resource.
    var json: JSONValue {
        [
            "total_tb": .real(total.value), "spread_tb": .real(spread.value),
            "seeds": .integer(Int(Self.seeds)), "steps": .integer(steps),
            "entries": .list(
                entries.map { entry in
                    [
                        "sdc": .text(entry.sdc.text), "resource": .text(entry.resource.rawValue),
                        "more": .real(entry.unit),
                        "saves_tb": .real(entry.total.value),
                        "saves_cost_tb": .real(entry.cost.value),
                        "fewer_outside": .integer(entry.cells),
                        "measurable": .boolean(!isNoise(entry)),
                    ]
                }),
        ]
    }
}
