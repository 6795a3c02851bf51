import Foundation
import GroundSegment
import Markup

extension Report {
    /// Where a reader finds an item by its identifier; without script, what answers instead.
    var lookUp: Fragment {
        section(
            "Look up an item",
            [
                Fragment(
                    "p",
                    [
                        .text("Without script, and for what every other pair of SDCs would cost: "),
                        Fragment("code", ["class": "command"], "sgs explain FOLDER --tile ID"),
                        .text(" or "),
                        Fragment(
                            "code", ["class": "command"],
                            "sgs explain FOLDER --observation ID"),
                        .text(", with the folder of this plan."),
                    ]),
                Fragment(
                    "form", ["id": "look-up", "hidden": ""],
                    [
                        Fragment(
                            "label", ["for": "look-up-id"],
                            "Identifier of an observation or a tile"),
                        Fragment(
                            "input",
                            ["id": "look-up-id", "autocomplete": "off", "spellcheck": "false"]),
                        Fragment("button", ["type": "submit"], "Look up"),
                    ]),
                Fragment("div", ["id": "look-up-answer", "role": "status"]),
            ])
    }

    /// The page's script, and the data that it answers from.
    var script: Fragment {
        [
            Fragment(
                "script", ["type": "application/octet-stream", "id": "look-up-data"],
                .text(LookUpData(plan.distribution, difference: difference).text)),
            .script(String(decoding: PackageResources.report_js, as: UTF8.self)),
        ]
    }
}
