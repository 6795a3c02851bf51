import GroundSegment
import Testing

@testable import Planning

@Suite("Item bindings")
struct ItemBindingsTests {
    private static let outage = SmallCase.outage(0.5, 1)
    private static let rules = ItemRules(
        pins: [
            Pin(item: .observation("3"), sdc: "SDC-B", role: .secondary),
            Pin(item: .observation("8"), sdc: "SDC-B", role: .primary, until: SmallCase.start + 1),
            Pin(item: .observation("99"), sdc: "SDC-B", role: .primary),
        ],
        prohibitions: [
            Prohibition(sdc: "SDC-C", scope: .kind("WIDE_SURVEY")),
            Prohibition(sdc: "SDC-A", scope: .kind("DEEP")),
            Prohibition(sdc: "SDC-A", scope: .item(.observation("5"))),
        ])
    private let problem = Problem(
        SmallCase.strip(
            observations: 12, sdcs: SmallCase.sdcs(4, maintenance: [0: [outage]]), rules: rules))

    @Test("a rule that binds nothing is left out")
    func entries() {
        #expect(
            problem.bindings.entries.map(\.rule) == [
                .outage("SDC-A", Self.outage), .pins([Self.rules.pins[0]]),
                .prohibitions([Self.rules.prohibitions[0]]),
                .prohibitions([Self.rules.prohibitions[2]]),
            ])
        // Arrivals are 0.54 days after the start and every quarter of a day.
        #expect(problem.bindings.entries[0].items == [0, 1])
        #expect(problem.bindings.entries[2].items == Array(0..<12))
    }

    @Test("what is left of four SDCs to each item are those that no rule forbids")
    func allowed() {
        let allowed = problem.allowed
        #expect(allowed.primary[0] == 0b1010 && allowed.secondary[0] == 0b1011)
        #expect(allowed.primary[3] == 0b1001 && allowed.secondary[3] == 0b0010)
        #expect(allowed.primary[5] == 0b1010 && allowed.secondary[5] == 0b1010)
        #expect(allowed.primary[8] == 0b1011 && allowed.secondary[8] == 0b1011)
        #expect(problem.items.tiles.allSatisfy { allowed.primary[$0] == 0b1111 })
        #expect(problem.items.indices.allSatisfy(allowed.leavesPair))
        #expect(allowed.permits(3, (0, 1)) && !allowed.permits(3, (1, 0)))
    }

    @Test("without some of the rules the others hold")
    func some() {
        let allowed = problem.bindings.allowed { $0 == 1 }
        #expect(allowed.primary[3] == 0b1101 && allowed.secondary[3] == 0b0010)
        #expect(allowed.primary[5] == 0b1111)
    }

    @Test("by item a binding says to which SDCs it is pinned and where it is forbidden")
    func byItem() {
        let bindings = problem.bindings.byItem
        #expect(bindings.count == 12)
        #expect(bindings[3]?.primary == nil && bindings[3]?.secondary == "SDC-B")
        #expect(bindings[5]?.forbidden == ["SDC-A", "SDC-C"])
        #expect(bindings[3]?.permits(Assignment(primary: "SDC-A", secondary: "SDC-B")) == true)
        #expect(bindings[3]?.permits(Assignment(primary: "SDC-B", secondary: "SDC-A")) == false)
        #expect(bindings[3]?.permits(Assignment(primary: "SDC-C", secondary: "SDC-B")) == false)
    }

    @Test("two SDCs that are one leave no pair")
    func noPair() {
        var allowed = AllowedSDCs(sdcs: 64, items: 2)
        #expect(allowed.primary == [.max, .max])
        #expect(allowed.leavesPair(0))
        allowed.restrict([0], primary: 0b100, secondary: 0b100)
        allowed.restrict([1], primary: 0b110, secondary: 0b100)
        #expect(!allowed.leavesPair(0) && allowed.leavesPair(1))
        #expect(allowed.choices == [1])
    }
}
