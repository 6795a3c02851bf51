import Foundation
import Glibc
@testable import Payloads
import Testing

/// What attempts use too much of.
@Suite(.timeLimit(.minutes(10))) struct AgentLimitTests {
    /// A process that holds so many MiB, and says so in the file `held` of its work folder.
    private func hold(_ megabytes: Int) -> String {
        """
        exec perl -e '$a = "x" x (\(megabytes) << 20); open F, ">held"; close F; sleep 3600'
        """
    }

    @Test("more resident memory than the limit ends an attempt, and is known to be that")
    func sampledMemory() throws {
        let agent = try TestAgent(options: ["--no-control-groups", "--watch", "0.02"])
        let runner = try agent.connect()
        var order = agent.order("a", "sh -c \(quoted(hold(60))) & sh -c \(quoted(hold(60))) & wait")
        order.limits.memory = 100
        let result = try runner.run(order)
        #expect(result.exit == .signal(Int(SIGKILL)))
        #expect(result.ended == .memory)
        #expect(result.outOfMemory == .sampled)
        #expect(result.usage.peakTree > 100 << 10)
        #expect(agent.attemptDescendants.isEmpty)
    }

    private func quoted(_ text: String) -> String {
        "'" + text.replacing("'", with: "'\\''") + "'"
    }

    @Test("memory that processes share counts once")
    func sharedMemory() throws {
        let agent = try TestAgent(options: ["--no-control-groups", "--watch", "0.02"])
        let runner = try agent.connect()
        var order = agent.order(
            "a",
            """
            exec perl -e '$a = "x" x (60 << 20); fork; fork; open F, ">>held"; syswrite F, "x"; \
            close F; sleep 0.01 until -e "../../go"; sleep 1; 1 while wait > 0'
            """)
        order.limits.memory = 200
        try runner.send(.start(order))
        #expect(eventually { agent.folder.size(of: "work/a/held") == 4 })
        try agent.folder.write("", to: "go")
        let result = try runner.result(of: "a")
        #expect(result.exit == .code(0))
        #expect(result.outOfMemory == nil)
        #expect(result.usage.peakTree > 200 << 10)
    }

    @Test("a control group's counter tells that memory was short", .enabled(if: Self.hasGroups))
    func groupMemory() throws {
        let agent = try TestAgent()
        let runner = try agent.connect()
        var order = agent.order("a", hold(200))
        order.limits.memory = 64
        let result = try runner.run(order)
        #expect(result.exit == .signal(Int(SIGKILL)))
        #expect(result.outOfMemory == .cgroup)
        #expect(result.ended == nil)
        #expect(!agent.folder.exists("work/a/held"))
        // A child that the kernel kills is told, whatever its parent makes of it.
        var child = agent.order("b", "sh -c \(quoted(hold(200))); exit 0")
        child.limits.memory = 64
        let second = try runner.run(child)
        #expect(second.exit == .code(0))
        #expect(second.outOfMemory == .cgroup)
        var small = agent.order("c", "exit 0")
        small.limits.memory = 32
        #expect(try runner.run(small).outOfMemory == nil)
    }

    /// Whether this process may make control groups that limit memory.
    static let hasGroups: Bool = {
        guard let groups = ControlGroups(home: "/payloads-tests/\(UUID().uuidString)") else {
            return false
        }
        groups.remove()
        return true
    }()

    @Test("address space beyond its limit is not given")
    func virtualMemory() throws {
        let agent = try TestAgent()
        let runner = try agent.connect()
        var order = agent.order(
            "a", "exec perl -e '$a = \"x\" x (500 << 20)'")
        order.limits.virtualMemory = 300
        #expect(try runner.run(order).exit != .code(0))
        order.id = "b"
        order.folder += "b"
        order.limits.virtualMemory = 3000
        #expect(try runner.run(order).exit == .code(0))
    }

    @Test("more processes than the limit end an attempt")
    func processes() throws {
        let agent = try TestAgent(options: ["--watch", "0.02"])
        let runner = try agent.connect()
        var order = agent.order("a", "for i in 1 2 3 4; do sleep 3600 & done; wait")
        order.limits.processes = 4
        let result = try runner.run(order)
        #expect(result.ended == .processes)
        #expect(agent.attemptDescendants.isEmpty)
    }

    @Test("a temporary folder is fresh, known as TMPDIR, and removed whatever is in it")
    func temporaryFolder() throws {
        let agent = try TestAgent()
        let runner = try agent.connect()
        try agent.folder.write("old", to: "tmp/a/old")
        var order = agent.order(
            "a",
            """
            ls $TMPDIR > listing; echo $TMPDIR > name; cd $TMPDIR
            mkdir -p x/y z; echo 1 > x/y/f; chmod 500 x/y x; ln -s / root; mkfifo pipe
            printf 'x' > "$(printf 'bad\\377name')"
            i=0; while [ $i -lt 300 ]; do mkdir d; cd d; i=$((i+1)); done; echo deep > file
            """)
        order.temporaryFolder = "\(agent.folder.path)/tmp/a"
        #expect(try runner.run(order).exit == .code(0))
        #expect(try agent.folder.text(of: "work/a/listing") == "")
        #expect(try agent.folder.text(of: "work/a/name") == "\(agent.folder.path)/tmp/a\n")
        #expect(!agent.folder.exists("tmp/a"))
        #expect(agent.folder.exists("tmp"))
    }

    @Test("an empty temporary folder is used again, one that was changed is not")
    func temporaryFolderAgain() throws {
        let agent = try TestAgent()
        let runner = try agent.connect()
        func run(_ id: String, _ script: String) throws {
            var order = agent.order(
                id, "stat -c %a $TMPDIR > mode; ls -A $TMPDIR > list; " + script)
            order.temporaryFolder = "\(agent.folder.path)/tmp/\(id)"
            #expect(try runner.run(order).exit == .code(0))
            #expect(try agent.folder.text(of: "work/\(id)/mode") == "700\n")
            #expect(try agent.folder.text(of: "work/\(id)/list") == "")
            #expect(!agent.folder.exists("tmp/\(id)"))
            try runner.send(.acknowledge(id: id))
        }
        try run("a", "exit 0")
        #expect(agent.folder.exists("home/tmp/0"))
        try run("b", "[ ! -e ../../home/tmp/0 ] && chmod 755 $TMPDIR")
        #expect(!agent.folder.exists("home/tmp/1"))
        try run("c", "touch $TMPDIR/file")
        #expect(!agent.folder.exists("home/tmp/1"))
        try run("d", "rmdir $TMPDIR; ln -s / $TMPDIR")
        #expect(!agent.folder.exists("home/tmp/1"))
        try run("e", "exit 0")
        #expect(agent.folder.exists("home/tmp/1"))
        try runner.send(.end)
        #expect(eventually { !isAlive(agent.process) })
        #expect(!agent.folder.exists("home/tmp"))
    }

    @Test("a temporary folder of many files is removed before the result is told")
    func largeTemporaryFolder() throws {
        let agent = try TestAgent()
        let runner = try agent.connect()
        var order = agent.order("a", "cd $TMPDIR; seq 1 5000 | xargs touch")
        order.temporaryFolder = "\(agent.folder.path)/tmp/a"
        let result = try runner.run(order)
        #expect(result.exit == .code(0))
        #expect(!agent.folder.exists("tmp/a"))
        #expect(agent.attemptFolder("a").condition() == .ended(result))
    }

    @Test("a temporary folder that is filled beyond its limit ends the attempt")
    func filledTemporaryFolder() throws {
        let agent = try TestAgent(options: ["--watch", "0.02"])
        let runner = try agent.connect()
        var order = agent.order(
            "a", "mkdir $TMPDIR/in; dd if=/dev/zero of=$TMPDIR/in/f bs=1M count=20; sleep 3600")
        order.temporaryFolder = "\(agent.folder.path)/tmp/a"
        order.limits.temporary = 10
        let result = try runner.run(order)
        #expect(result.exit == .signal(Int(SIGKILL)))
        #expect(result.ended == .temporary)
        #expect(!agent.folder.exists("tmp/a"))
    }

    @Test("of a log beyond its limit the beginning and the end stay, and what was cut is said")
    func longLog() throws {
        let agent = try TestAgent()
        let runner = try agent.connect()
        var order = agent.order(
            "a",
            "echo first; yes 'a line of a log that says nothing new' | head -c 209715200; echo last"
        )
        order.limits.log = 1
        #expect(try runner.run(order).exit == .code(0))
        let size = try #require(agent.folder.size(of: "attempts/a/stdout"))
        #expect(size <= 1 << 20)
        #expect(size > 1 << 19)
        let text = try agent.folder.text(of: "attempts/a/stdout")
        #expect(text.hasPrefix("first\na line of a log"))
        #expect(text.hasSuffix("last\n"))
        let cut = try #require(
            text.split(separator: "\n").first { $0.hasPrefix("[... ") }?
                .split(separator: " ")[1])
        #expect(Int(cut).map { $0 + size } == 209_715_200 + 11)
    }

    @Test("the log of an attempt that goes on writing stays within bounds all the while")
    func endlessLog() throws {
        let agent = try TestAgent(options: ["--watch", "0.02"])
        let runner = try agent.connect()
        var order = agent.order("a", "yes & while :; do sleep 0.05; date; done", grace: 0)
        order.limits.log = 1
        try runner.send(.start(order))
        #expect(
            try eventually {
                try agent.folder.exists("attempts/a/stdout")
                    && agent.folder.text(of: "attempts/a/stdout").contains("bytes cut")
            })
        try runner.send(.cancel(id: "a", grace: 0))
        #expect(try runner.result(of: "a").ended == .cancelled)
        #expect(try #require(agent.folder.size(of: "attempts/a/stdout")) <= 1 << 20)
    }

    @Test("GPUs are given out by name, disjointly")
    func gpus() throws {
        let agent = try TestAgent(cores: 4, options: ["--gpus", "0,GPU-b,2"])
        let runner = try agent.connect()
        let script =
            "echo $CUDA_VISIBLE_DEVICES $SGS_GPUS; until test -e ../../go; do sleep 0.01; done"
        try runner.send(
            .start(agent.order("a", script, need: Need(gpus: 2))),
            .start(agent.order("b", script, need: Need(gpus: 1))),
            .start(agent.order("c", "echo [$CUDA_VISIBLE_DEVICES]", need: Need(gpus: 0))),
            .start(agent.order("d", script, need: Need(gpus: 3))))
        _ = try runner.result(of: "c")
        try agent.folder.write("", to: "go")
        for id in ["a", "b", "d"] { _ = try runner.result(of: id) }
        #expect(try agent.folder.text(of: "attempts/a/stdout") == "0,GPU-b 0,GPU-b\n")
        #expect(try agent.folder.text(of: "attempts/b/stdout") == "2 2\n")
        #expect(try agent.folder.text(of: "attempts/c/stdout") == "[]\n")
        #expect(try agent.folder.text(of: "attempts/d/stdout") == "0,GPU-b,2 0,GPU-b,2\n")
    }

    @Test("samples tell what the whole tree uses")
    func samples() throws {
        let agent = try TestAgent(options: ["--sample", "0.05"])
        let runner = try agent.connect()
        try runner.send(
            .start(
                agent.order("a", "(\(hold(50))) & until test -e held; do sleep 0.01; done; wait")))
        let sample = try runner.first { message -> Sample? in
            if case .sample(let sample) = message, sample.residentKiB > 50 << 10 {
                sample
            } else {
                nil
            }
        }
        #expect(sample.id == "a")
        #expect(sample.processes >= 2)
        #expect(sample.residentKiB < 160 << 10)
        #expect(sample.virtualKiB > sample.residentKiB)
        #expect(sample.readBytes > 0)
        try runner.send(.cancel(id: "a", grace: 0))
        #expect(try runner.result(of: "a").usage.peakTree >= sample.residentKiB)
    }
}
