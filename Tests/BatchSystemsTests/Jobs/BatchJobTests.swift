import Testing

@testable import BatchSystems

struct BatchJobTests {
    private static func job(
        name: String = "j", count: Int = 1, program: String = "/bin/true",
        arguments: [String] = [], folder: String = "/tmp", need: BatchNeed = BatchNeed()
    ) -> BatchJob {
        BatchJob(
            name: name, count: count, program: program, arguments: arguments, folder: folder,
            need: need)
    }

    @Test(
        "what no system takes is refused before any is asked",
        arguments: [
            (job(name: ""), "name: found \"\""), (job(name: "1a"), "name: found \"1a\""),
            (job(name: "a b"), "name: found \"a b\""), (job(name: "ä"), "name: found \"ä\""),
            (job(name: String(repeating: "a", count: 65)), "at most 64"),
            (job(count: 0), "count: found \"0\", expected 1 to 100000"),
            (job(count: 100_001), "count: found \"100001\""),
            (job(program: "true"), "program: found \"true\""),
            (job(program: "/bin/../true"), "program: found \"/bin/../true\""),
            (job(folder: "/tmp/a b"), "folder: found \"/tmp/a b\""),
            (job(folder: "/tmp/$HOME"), "folder: found \"/tmp/$HOME\""),
            (job(arguments: ["a\nb"]), "argument: found \"a; b\", expected a text of one line"),
            (job(need: BatchNeed(cores: 0)), "cores: found \"0\", expected 1 to 1000000"),
            (job(need: BatchNeed(memory: 0)), "memory: found \"0\""),
            (job(need: BatchNeed(walltime: 0)), "walltime: found \"0\""),
            (job(need: BatchNeed(gpus: -1)), "gpus: found \"-1\", expected 0 to 1000000"),
        ])
    func refuses(job: BatchJob, words: String) {
        let error = #expect(throws: BatchSystemError.self) { try job.check() }
        #expect(error?.code == .badJob)
        #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
    }

    @Test(
        "an id is read as it is written",
        arguments: [
            BatchJobID("12"), BatchJobID("12", index: 3), BatchJobID("a-name", index: 100_000),
        ])
    func readsID(id: BatchJobID) {
        #expect(BatchJobID(text: id.description) == id)
    }

    @Test(
        "what is no id is none", arguments: ["", "12[", "12[]", "12[0]", "12[-1]", "[3]", "1[2]3"])
    func refusesID(text: String) {
        #expect(BatchJobID(text: text) == nil)
    }

    @Test("ids are in the order of their numbers")
    func ordersIDs() {
        let ids = [BatchJobID("9"), BatchJobID("10", index: 2), BatchJobID("10", index: 10)]
        #expect(ids.reversed().sorted() == ids)
    }
}
