import Digests
import Foundation
import GroundSegment
import LinearProgramming

@testable import Planning

/// The content of a small plan.json, which a test changes and puts under a digest of its own.
struct PlanContentFixture {
    private static let head = #"{"digest":"","plan":"#.utf8.count + 64

    /// A plan by the real planner: 12 observations over two buckets of 4 days, three SDCs, an
    /// outage, a pin and two prohibitions.
    static func plan() throws -> Plan {
        var timings = StageTimings()
        let rules = ItemRules(
            pins: [Pin(item: .observation("3"), sdc: "SDC-B", role: .primary, reason: "agreed")],
            prohibitions: [
                Prohibition(sdc: "SDC-C", scope: .item(.observation("4"))),
                Prohibition(sdc: "SDC-A", scope: .kind("CALIBRATION")),
            ])
        let options = PlanningOptions(effort: .quick, steps: 10_000)
        let sdcs = SmallCase.sdcs(3, maintenance: [1: [SmallCase.outage(2, 3, availability: 0.5)]])
        return try Planner(solver: GLPKSolver()).plan(
            Problem(
                SmallCase.strip(observations: 12, sdcs: sdcs, rules: rules, options: options)),
            timings: &timings)
    }

    /// The bytes of `content` as a plan.json with the digest that they have.
    static func document(_ content: Data) -> Data {
        let start = "{\"digest\":\"\(SHA256Digest.hex(of: content))\",\"plan\":"
        return Data(start.utf8) + content + Data("}\n".utf8)
    }

    /// The content within the bytes of a plan.json.
    static func content(_ document: Data) -> Data { Data(document.dropFirst(head).dropLast(2)) }

    /// A plan.json in which the value at a path is another one.
    ///
    /// - Parameters:
    ///   - path: keys and places, `observations/3/bucket`; `+` at its end appends to a list.
    ///   - value: JSON; `=` and a path for the value that is there; nothing for no value at all.
    static func changed(_ document: Data, at path: String, to value: String) throws -> Data {
        let content = try JSONSerialization.jsonObject(with: Self.content(document))
        let new: Any? =
            if value.isEmpty {
                nil
            } else if value.hasPrefix("=") {
                value.dropFirst().split(separator: "/").reduce(content) { part(of: $0, $1) }
            } else {
                try JSONSerialization.jsonObject(
                    with: Data(value.utf8), options: .fragmentsAllowed)
            }
        let result = replaced(content, path.split(separator: "/")[...], new)
        return Self.document(
            try JSONSerialization.data(
                withJSONObject: result, options: [.sortedKeys, .withoutEscapingSlashes]))
    }

    private static func part(of value: Any, _ key: Substring) -> Any {
        if let list = value as? [Any], let index = Int(key) { return list[index] }
        return (value as? [String: Any])?[String(key)] ?? NSNull()
    }

    private static func replaced(
        _ value: Any, _ path: ArraySlice<Substring>, _ new: Any?
    ) -> Any {
        guard let key = path.first else { return new ?? NSNull() }
        let rest = path.dropFirst()
        if var list = value as? [Any] {
            if key == "+" {
                list.append(new ?? NSNull())
            } else if let index = Int(key) {
                if rest.isEmpty, new == nil {
                    list.remove(at: index)
                } else {
                    list[index] = replaced(list[index], rest, new)
                }
            }
            return list
        }
        var members = value as? [String: Any] ?? [:]
        members[String(key)] =
            rest.isEmpty ? new : replaced(members[String(key)] ?? [:], rest, new)
        return members
    }
}
