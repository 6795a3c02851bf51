import Documents
import GroundSegment

extension Calibration {
    /// Every value with what was measured, and the changes that follow.
    var json: JSONValue {
        [
            "efficiencies": .list(
                centres.map { centre in
                    JSONValue(centre.efficiency).with([
                        "sdc": .text(centre.sdc.text), "busy": JSONValue(centre.busy),
                    ])
                }),
            "works": .list(
                works.map { JSONValue($0.work).with(["kind": .text($0.kind.rawValue)]) }),
            "changes": .list(
                proposals.map {
                    ["set": .text($0.key), "now": .real($0.now), "value": .real($0.value)]
                }),
        ]
    }
}

extension JSONValue {
    fileprivate init(_ estimate: Calibration.Estimate) {
        self = [
            "now": .real(estimate.now), "measured": JSONValue(estimate.measured),
            "spread": JSONValue(estimate.spread), "items": .integer(estimate.items),
        ]
    }
}
