import Foundation
import GroundSegment
import Markup
import Planning

extension Plan {
    /// What each SDC gets: items, load, new data against its part, and its longest wait.
    var tableBySDC: TextTable {
        TextTable(
            [
                .left("SDC"), .right("observations"), .right("tiles"), .right("load, %"),
                .right("new, TB"), .right("target, TB"), .right("longest wait, days"),
            ],
            rows: measures.loads.map { load in
                [
                    load.sdc.text, "\(load.primaryObservations)", "\(load.primaryTiles)",
                    load.capacity.value > 0
                        ? String(format: "%.1f", 100 * (load.work / load.capacity)) : "none",
                    String(format: "%.1f", load.newVolume.value),
                    String(format: "%.1f", load.targetVolume.value),
                    String(format: "%.2f", load.longestGap),
                ]
            })
    }
}
