import Testing

@testable import BatchSystems

struct DescriptionTests {
    @Test("the descriptions that come with the program are read, two of them untried")
    func readsBuiltIn() throws {
        let all = try BatchSystemDescription.names.map(BatchSystemDescription.builtIn)
        #expect(all.map(\.name) == ["htcondor", "kubernetes", "lsf", "pbs", "sge", "slurm"])
        #expect(all.filter { !$0.isTried }.map(\.name) == ["kubernetes", "lsf"])
    }

    @Test("a name that is none is told with those that are")
    func refusesUnknownName() {
        let error = #expect(throws: BatchSystemError.self) {
            try BatchSystemDescription.builtIn("slrm")
        }
        #expect(error?.code == .configuration)
        #expect(error?.message.hasSuffix("htcondor, kubernetes, lsf, pbs, sge, slurm") == true)
    }

    @Test("all faults of a description are told at once, with their lines")
    func tellsAllFaults() {
        let error = #expect(throws: BatchSystemError.self) {
            try BatchSystemDescription(
                """
                name: mine
                title: Mine
                colour: red
                ids: {job: "{base}", array: "{base}", task: "{base}"}
                script: nothing
                submit: {words: [sub], id: "("}
                poll: {words: [stat], format: columns, columns: [id, sate]}
                cancel: []
                states: {R: runing}
                """, file: "mine.yaml")
        }
        #expect(error?.code == .configuration)
        let columns = OutputColumn.allCases.map(\.rawValue).joined(separator: ", ")
        let expected: [String] = [
            "mine.yaml:3:1: colour: found an unknown key, expected one of: absent, after, cancel, "
                + "environment, find, ids, limits, name, poll, quoting, script, states, submit, "
                + "suffix, temporary, title, tried, unknown",
            "mine.yaml:5:1: script: found \"nothing\", expected a text with {command}, or "
                + "{program} and {arguments}",
            "mine.yaml:6:24: submit.id: found \"(\", expected a regular expression with a group",
            "mine.yaml:7:40: poll.columns: found \"sate\", expected names among: "
                + columns,
            "mine.yaml:7:40: poll.columns: found a list of 2, expected id and state among them",
            "mine.yaml:8:1: cancel: found a list of 0, expected words",
            "mine.yaml:9:10: states.R: found \"runing\", expected one of: waiting, held, running, "
                + "suspended, completing, completed, failed, cancelled, timed-out, "
                + "out-of-memory, preempted, node-failed, unknown, by-exit",
        ]
        #expect(error?.diagnostics.map(\.description) == expected)
    }

    private static let job = BatchJob(
        name: "run-1", count: 3, program: "/opt/sgs/sdc-payload",
        arguments: ["pilot", "it's", "$HOME", ""], folder: "/shared/run-1",
        need: BatchNeed(cores: 4, memory: 8000, walltime: 90_061, gpus: 1), warning: 120)

    private func script(
        _ name: String, _ job: BatchJob, _ site: SiteBatch = SiteBatch()
    ) throws -> String {
        let description = try BatchSystemDescription.builtIn(name)
        return JobScript(
            template: description.script, quoting: description.quoting, job: job, site: site
        ).text
    }

    @Test("Slurm's script has what the job and the site say")
    func writesSlurm() throws {
        var site = SiteBatch()
        site.queue = "long"
        site.account = "euclid"
        site.qos = "normal"
        site.constraint = "avx2&ib"
        site.extra = ["--exclusive", "--comment={name}"]
        #expect(
            try script("slurm", Self.job, site) == """
                #!/bin/sh
                #SBATCH --job-name=run-1
                #SBATCH --array=1-3
                #SBATCH --output=/shared/run-1/run-1.%a.out
                #SBATCH --chdir=/shared/run-1
                #SBATCH --ntasks=1
                #SBATCH --cpus-per-task=4
                #SBATCH --mem=8000M
                #SBATCH --gres=gpu:1
                #SBATCH --time=25:01:01
                #SBATCH --signal=B:TERM@120
                #SBATCH --partition=long
                #SBATCH --account=euclid
                #SBATCH --qos=normal
                #SBATCH --constraint=avx2&ib
                #SBATCH --no-requeue
                #SBATCH --exclusive
                #SBATCH --comment={name}
                BATCH_TASK="${SLURM_ARRAY_TASK_ID:-1}"
                export BATCH_TASK
                exec /opt/sgs/sdc-payload pilot 'it'\\''s' '$HOME' ''

                """)
    }

    @Test("lines for what is not given are left out")
    func leavesOut() throws {
        let job = BatchJob(name: "one", program: "/bin/true", folder: "/tmp")
        #expect(
            try script("slurm", job) == """
                #!/bin/sh
                #SBATCH --job-name=one
                #SBATCH --output=/tmp/one.%a.out
                #SBATCH --chdir=/tmp
                #SBATCH --ntasks=1
                #SBATCH --cpus-per-task=1
                #SBATCH --mem=1024M
                #SBATCH --no-requeue
                BATCH_TASK="${SLURM_ARRAY_TASK_ID:-1}"
                export BATCH_TASK
                exec /bin/true

                """)
        #expect(try script("pbs", job).contains("select=1:ncpus=1:mem=1024mb\n"))
    }

    @Test("HTCondor's arguments are quoted as its manual says")
    func quotesForHTCondor() throws {
        let text = try script("htcondor", Self.job)
        #expect(text.contains("arguments = \"'pilot' 'it''s' '$HOME' ''\"\n"))
        #expect(text.hasSuffix("queue 3\n"))
        #expect(Quoting.htcondor.line(["say \"so\""]) == "'say \"\"so\"\"'")
    }

    @Test("waits double up to the longest")
    func growsWaits() {
        let rule = RetryRule(retries: 50, first: .seconds(1), longest: .seconds(60))
        let waits = [1, 2, 3, 6, 7, 50].map { rule.wait(before: $0, fraction: 1) }
        #expect(waits == [1, 2, 4, 32, 60, 60].map { Duration.seconds($0) })
        #expect(rule.wait(before: 3, fraction: 0.5) == .seconds(2))
    }
}
