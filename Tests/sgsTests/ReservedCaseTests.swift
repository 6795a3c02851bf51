import Testing

/// Cases that count on what other surveys have published at their SDCs.
@Suite struct ReservedCaseTests {
    @Test("what is reserved as published needs the catalogue, and without one nothing is written")
    func withoutCatalogue() throws {
        let folder = try WorkFolder()
        try folder.write(
            try folder.read("case/plan.yaml") + "reserved: published\n", to: "case/plan.yaml")
        let planned = try folder.run(
            "\(Checkout.programs)/sgs", ["plan", "case", "--output", "run", "--steps", "3000"],
            environment: ["PGHOST": folder.path, "PGPORT": "1"])
        #expect(planned.status == 69, "\(planned.err)")
        #expect(
            planned.err.contains(
                "reserved: published asks the catalogue for the plans of other surveys"))
        #expect(throws: (any Error).self) { try folder.read("run/plan.json") }
        // Checking a case asks for nothing of the catalogue, and says what it leaves out.
        let checked = try folder.sgs("check", "case")
        #expect(checked.status == 0, "\(checked.err)")
        #expect(checked.err.contains("what other surveys use is read when the case is planned"))
    }

    @Test("a centre where nothing can come in is named, with status 3 and a change that is enough")
    func closedLine() throws {
        let folder = try WorkFolder()
        try folder.write(
            try folder.read("case/plan.yaml")
                + "pins: [{observation: \"1\", sdc: SDC-A, role: secondary}]\n",
            to: "case/plan.yaml")
        try folder.write(WorkFolder.sdc("SDC-A") + "ingress: 0\n", to: "case/sdcs/SDC-A.yaml")
        let planned = try folder.sgs("plan", "case", "--output", "run", "--steps", "3000")
        #expect(planned.status == 3, "\(planned.err)")
        #expect(planned.err.contains("H6 SDC-A 2027-01-04"))
        #expect(planned.err.contains("smallest   "))
        #expect(throws: (any Error).self) { try folder.read("run/plan.json") }
    }
}
