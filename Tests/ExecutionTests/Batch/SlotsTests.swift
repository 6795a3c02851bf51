import Testing

@testable import Execution

@Suite struct SlotsTests {
    @Test("what is claimed is taken from what is free, and given back")
    func claims() {
        var slots = Slots(cores: 4, memory: 1000)
        let need = Resources(cores: 3, memory: 400, walltime: 1)
        let claims = [
            need, Resources(cores: 2, memory: 1, walltime: 1),
            Resources(cores: 1, memory: 601, walltime: 1),
            Resources(cores: 1, memory: 600, walltime: 1),
        ].map { slots.claim($0) }
        #expect(claims == [true, false, false, true])
        slots.release(need)
        #expect(slots.freeCores == 3)
        #expect(slots.freeMemory == 400)
    }

    @Test(
        "a need that never fits is told with what is missing",
        arguments: [
            (
                Resources(cores: 5, memory: 10, walltime: 1),
                "needs 1 cores more than the 4 there are"
            ),
            (
                Resources(cores: 1, memory: 1500, walltime: 1),
                "needs 500 MiB of memory more than the 1000 there are"
            ),
            (
                Resources(cores: 6, memory: 1001, walltime: 1),
                "needs 2 cores more than the 4 there are and 1 MiB of memory more than the 1000 there are"
            ),
        ])
    func shortfall(need: Resources, text: String) {
        #expect(Slots(cores: 4, memory: 1000).shortfall(need) == text)
    }

    @Test("what was found running counts, even beyond what there is")
    func occupied() {
        var slots = Slots(cores: 1, memory: 100)
        slots.occupy(Resources(cores: 2, memory: 50, walltime: 1))
        let isClaimed = slots.claim(Resources(cores: 1, memory: 1, walltime: 1))
        #expect(!isClaimed)
        #expect(slots.shortfall(Resources(cores: 1, memory: 100, walltime: 1)) == nil)
    }
}
