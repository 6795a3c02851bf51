import ArgumentParser
import Commands
import Foundation
import GroundSegment

/// What a plan builds on, in place of what its case says.
struct RevisionOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The distribution to revise: published, a run's folder, plan.json or assignments.csv,"
                + " or none (default: the case's).",
            valueName: "published|file|none"))
    var base: String?

    @Option(
        help: ArgumentHelp(
            "Earlier periods that count: published, a run's folder or plan.json, or none"
                + " (default: the case's).",
            valueName: "published|file|none"))
    var history: String?

    @Option(
        help: ArgumentHelp(
            "What has arrived before this time keeps its SDCs, UTC (default: the case's).",
            valueName: "date"),
        transform: MJD.argument)
    var freezeBefore: MJD?

    /// A case's rules with what the command line says instead.
    func rules(over rules: ItemRules) -> ItemRules {
        ItemRules(
            pins: rules.pins, prohibitions: rules.prohibitions,
            freezeBefore: freezeBefore ?? rules.freezeBefore,
            base: base.map(Self.source) ?? rules.base,
            history: history.map(Self.source) ?? rules.history)
    }

    /// What a word or a path stands for; a folder is a run's, whose plan.json is meant.
    private static func source(_ text: String) -> PlanSource {
        if text == "none" { return .none }
        if text == "published" { return .published }
        let manager = FileManager.default
        let path = text.hasPrefix("/") ? text : manager.currentDirectoryPath + "/" + text
        var isFolder: ObjCBool = false
        let isThere = manager.fileExists(atPath: path, isDirectory: &isFolder)
        return .file(isThere && isFolder.boolValue ? path + "/plan.json" : path)
    }
}
