import Testing

@testable import BatchSystems

struct SiteBatchTests {
    @Test("a site's settings are read beside those of others")
    func reads() throws {
        let site = try SiteBatch.read(
            """
            id: SDC-FR
            batch: slurm
            site:
              transport: {kind: file, path: /data}
              batch:
                mode: pilots
                queue: long
                account: euclid
                qos: normal
                constraint: "avx2&ib"
                extra: ["--exclusive"]
                max_jobs: 50
                interval: 30
                folder: /shared/sgs
                via: sgs@login.example.org
                commands: {sbatch: /opt/slurm/bin/sbatch}
                states: {XX: held}
                template: /etc/sgs/job.sh
                description: /etc/sgs/slurm.yaml
                timeout: 10
                submit_retries: 5
                monitor_retries: 7
                file_delay: 90
                pilots: {classes: {a: {cores: 1, memory: 2, walltime: 60}}}
            """, file: "SDC-FR.yaml")
        var expected = SiteBatch()
        expected.mode = .pilots
        expected.queue = "long"
        expected.account = "euclid"
        expected.qos = "normal"
        expected.constraint = "avx2&ib"
        expected.extra = ["--exclusive"]
        expected.maxJobs = 50
        expected.interval = 30
        expected.folder = "/shared/sgs"
        expected.via = "sgs@login.example.org"
        expected.commands = ["sbatch": "/opt/slurm/bin/sbatch"]
        expected.states = ["XX": .state(.held)]
        expected.template = "/etc/sgs/job.sh"
        expected.description = "/etc/sgs/slurm.yaml"
        expected.timeout = 10
        expected.submission.retries = 5
        expected.monitorRetries = 7
        expected.fileDelay = 90
        expected.pilots.classes = [PilotClass(name: "a", cores: 1, memory: 2, walltime: 60)]
        #expect(site == expected)
        #expect(site.life.fileDelay == .seconds(90))
    }

    @Test(
        "a site that says nothing has the defaults",
        arguments: [
            "batch: slurm", "site: {}", "site: {transport: {kind: file, path: /data}}",
        ])
    func defaults(text: String) throws {
        let site = try SiteBatch.read(text, file: "x.yaml")
        #expect(site == SiteBatch())
        #expect(site.interval == 20)
        #expect(site.submission.retries == 3)
        #expect(site.monitorRetries == 50)
    }

    @Test("all faults are told at once, with their lines")
    func tellsAllFaults() {
        let error = #expect(throws: BatchSystemError.self) {
            try SiteBatch.read(
                """
                site:
                  batch:
                    mode: pilot
                    quue: long
                    queue: "a b"
                    account: -x
                    max_jobs: 0
                    folder: shared
                    via: "-oProxyCommand=x"
                    commands: {sbatch: sbatch}
                    states: {XX: heldd}
                    interval: soon
                """, file: "x.yaml")
        }
        #expect(error?.code == .configuration)
        let lines = error?.diagnostics.map(\.description) ?? []
        #expect(lines.count == 10)
        #expect(
            lines.first
                == "x.yaml:3:5: site.batch.mode: found \"pilot\", expected one of: direct, pilots")
        #expect(
            lines.dropFirst().first?.hasPrefix(
                "x.yaml:4:5: site.batch.quue: found an unknown key, expected queue") == true)
        let rest: [String] = [
            """
            x.yaml:5:5: site.batch.queue: found "a b", expected the name of a queue, without \
            spaces and quotes
            """,
            """
            x.yaml:6:5: site.batch.account: found "-x", expected the name of an account, \
            without spaces and quotes
            """,
            """
            x.yaml:7:5: site.batch.max_jobs: found "0", expected a whole number from 1 to \
            1000000
            """,
            """
            x.yaml:8:5: site.batch.folder: found "shared", expected an absolute path of \
            letters, digits and '/._-+=@,'
            """,
            """
            x.yaml:9:5: site.batch.via: found "-oProxyCommand=x", expected a host as ssh(1) \
            takes it: sgs@login.example.org
            """,
            """
            x.yaml:10:16: site.batch.commands.sbatch: found "sbatch", expected an absolute \
            path of letters, digits and '/._-+=@,'
            """,
            """
            x.yaml:11:14: site.batch.states.XX: found "heldd", expected one of: waiting, \
            held, running, suspended, completing, completed, failed, cancelled, timed-out, \
            out-of-memory, preempted, node-failed, unknown, by-exit
            """,
            """
            x.yaml:12:5: site.batch.interval: found "soon", expected a whole number from 1 \
            to 86400
            """,
        ]
        #expect(Array(lines.dropFirst(2)) == rest)
    }

    @Test(
        "a bad value of any key is a fault with its line, its field and what was expected",
        arguments: [
            ("mode", "7", "one of: direct, pilots"), ("queue", "[]", "the name of a queue"),
            ("account", "a;b", "the name of an account, without spaces and quotes"),
            ("qos", "\"$x\"", "the name of a quality of service, without spaces and quotes"),
            (
                "constraint", "a b",
                "what the system takes as a constraint, without spaces and quotes"
            ),
            ("extra", "--exclusive", "a list"), ("max_jobs", "1.5", "1 to 1000000"),
            ("interval", "86401", "1 to 86400"), ("folder", "/a b", "an absolute path"),
            ("via", "a b", "a host as ssh(1) takes it"), ("commands", "7", "a mapping"),
            ("states", "[]", "a mapping"), ("template", "job.sh", "an absolute path"),
            ("description", "7", "an absolute path"), ("timeout", "3601", "1 to 3600"),
            ("submit_retries", "-1", "0 to 1000"), ("monitor_retries", "x", "0 to 1000000"),
            ("file_delay", "86401", "0 to 86400"), ("pilots", "7", "a mapping"),
        ])
    func tellsFault(_ key: String, _ value: String, _ expected: String) throws {
        let error = #expect(throws: BatchSystemError.self) {
            try SiteBatch.read("site:\n  batch:\n    \(key): \(value)\n", file: "x.yaml")
        }
        let lines = error?.diagnostics.map(\.description) ?? []
        #expect(lines.count == 1)
        #expect(lines.first?.hasPrefix("x.yaml:3:5: site.batch.\(key): found ") == true, "\(lines)")
        #expect(lines.first?.contains(expected) == true, "\(lines)")
    }

    @Test("a site that uses pilots says which")
    func pilotsWithoutClasses() {
        let error = #expect(throws: BatchSystemError.self) {
            try SiteBatch.read(
                "site:\n  batch:\n    mode: pilots\n    interval: 0\n", file: "x.yaml")
        }
        #expect(
            error?.diagnostics.map(\.description) == [
                "x.yaml:3:5: site.batch.pilots: found nothing, expected a mapping of keys to values",
                "x.yaml:4:5: site.batch.interval: found \"0\", expected a whole number from 1 to 86400",
            ])
    }

    @Test("a site's system is the one that its word names")
    func namesSystem() throws {
        #expect(try SiteBatch().system(named: "local") is LocalBatchSystem)
        let slurm = try #require(try SiteBatch().system(named: "slurm") as? CommandLineBatchSystem)
        #expect(slurm.description.title == "Slurm")
        let error = #expect(throws: BatchSystemError.self) {
            try SiteBatch().system(named: "nqs")
        }
        #expect(error?.code == .configuration)
    }

    @Test("a site's own description and template stand in place of those of the program")
    func readsOwnFiles() throws {
        let folder = try TestFolder()
        let description = try folder.program(
            "mine.yaml",
            """
            name: mine
            title: Mine
            ids: {job: "{base}", array: "{base}", task: "{base}.{index}"}
            script: "{command}"
            submit: {words: [submit, "{script}"], id: "job ([0-9]+)"}
            poll: {words: [status, "{bases,}"], format: columns, columns: [id, state]}
            cancel: [end, "{ids}"]
            states: {R: running}
            """)
        var site = SiteBatch()
        site.description = description
        site.template = try folder.program("template", "# {name}\n# {queue}\nrun {command}\n")
        site.commands["submit"] = try folder.program("submit", "#!/bin/sh\necho your job 31\n")
        site.commands["status"] = try folder.program("status", "#!/bin/sh\necho \"$1|R\"\n")
        let system = try site.system(named: "mine")
        let job = BatchJob(
            name: "a", program: "/bin/echo", arguments: ["b c"], folder: folder.path)
        let ids = try system.submit(job)
        #expect(ids == [BatchJobID("31")])
        #expect(folder.text("a.sh") == "# a\nrun /bin/echo 'b c'\n")
        #expect(try system.poll(ids) == [BatchJobID("31"): BatchJobStatus(.running, native: "R")])
    }
}
