import Documents
import Foundation
public import GroundSegment

extension ChoiceRule {
    /// The rule that an SDC's description (YAML) says in its mapping `site`; by rank where it says
    /// none.
    ///
    /// ```yaml
    /// site:
    ///   choice:
    ///     rule: fitness            # or rank
    ///     weights: {cpu: 2, wait: 4, retry: -1}   # the others stay what they are
    ///     reference_wait: 259200   # s
    ///     reserve: true            # by score: keep room for the best that does not fit yet
    ///     shares: {DR1: 70, DR2: 30, other: 1}
    /// ```
    /// - Throws: `ExecutionError` of code `badSite` with all faults.
    public static func read(_ text: String, file: String) throws -> ChoiceRule {
        let faults = FaultLog(file: file)
        let site = DocumentObject(text, faults: faults)?.object("site", required: false)
        let rule = site?.object("choice", required: false).map { ChoiceRule(reading: $0) }
        guard faults.isEmpty else {
            throw ExecutionError(
                .badSite, "\(file): \(faults.diagnostics.count) faults",
                diagnostics: faults.diagnostics)
        }
        return rule ?? ChoiceRule()
    }

    /// The rule of an SDC in a folder of descriptions (`ID.yaml`); by rank where it has none there.
    public static func read(folder: String, sdc: ID<SDC>) throws -> ChoiceRule {
        let file = "\(folder)/\(sdc).yaml"
        guard let data = FileManager.default.contents(atPath: file) else { return ChoiceRule() }
        return try read(String(decoding: data, as: UTF8.self), file: file)
    }

    /// What is at fault is as though nothing were said of it.
    private init(reading document: DocumentObject) {
        self.init()
        document.check(keys: ["rule", "weights", "reference_wait", "reserve", "shares"])
        order = document.choice("rule", default: .rank) ?? .rank
        referenceWait =
            document.number(
                "reference_wait", .from(1, to: 1e9), default: referenceWait) ?? referenceWait
        reserves = document.flag("reserve", default: false) ?? false
        if let object = document.object("weights", required: false) {
            object.check(keys: Fitness.Term.allCases.map(\.rawValue))
            for term in Fitness.Term.allCases where object.has(term.rawValue) {
                weights[term] =
                    object.number(term.rawValue, .from(-1e6, to: 1e6)) ?? weights[term]
            }
        }
        if let object = document.object("shares", required: false) {
            for name in object.keys {
                shares[name] = object.number(name, .from(1e-6, to: 1e9))
            }
            if object.keys.isEmpty {
                document.fault("shares", expected: "at least one share: {DR1: 70, DR2: 30}")
            }
        }
    }
}
