import Foundation
import Testing

@testable import BatchSystems

/// On a real Slurm whose commands are run through a real ssh and sshd, without a network between.
@Suite(
    .enabled(
        if: isFull && FileManager.default.isExecutableFile(atPath: "/usr/sbin/sshd"),
        "openssh-server is not installed"))
struct RemoteSlurmTests {
    @Test("jobs are submitted, found, polled and cancelled through ssh")
    func usesSSH() async throws {
        let engine = try PrivateEngine("slurm.sh", ["1", "2"])
        let system = try engine.system("slurm", site: try Self.site(engine))
        let job = BatchJob(
            name: "far-\(UUID().uuidString.prefix(8))", count: 3, program: "/bin/sh",
            arguments: [
                "-c", "printf %s \"it's $BATCH_TASK\" > \(engine.work)/far.$BATCH_TASK; sleep 300",
            ],
            folder: engine.work, need: BatchNeed(cores: 1, memory: 64))
        let ids = try system.submit(job)
        #expect(ids.map(\.index) == [1, 2, 3])
        let states = try await asked("two that run, one that waits") {
            let states = try system.poll(ids).values.map(\.state.rawValue).sorted()
            return states == ["running", "running", "waiting"] ? states : nil
        }
        #expect(try system.find(name: job.name).keys.sorted() == ids)
        try system.cancel(ids)
        _ = try await asked("the end of all") {
            try system.poll(ids).values.allSatisfy(\.state.isEnded) ? true : nil
        }
        #expect(engine.folder.text("work/far.1") == "it's 1")
        #expect(try system.limits().arraySize == 10_000)
        print("conformance Slurm 22.05 through ssh: \(states.joined(separator: ", ")); cancelled")
    }

    @Test("a host whose key is another one is busy, with ssh's words")
    func refusesOtherHost() throws {
        let engine = try PrivateEngine("slurm.sh", ["1", "1"])
        var site = try Self.site(engine)
        site.via = "\(NSUserName())@elsewhere"
        let system = try engine.system("slurm", site: site)
        let error = #expect(throws: BatchSystemError.self) { try system.poll([BatchJobID("1")]) }
        #expect(error?.code == .busy)
        #expect(error?.message.contains("Host key verification failed") == true)
    }

    /// A site whose host `login` is an sshd of its own, which ssh starts in place of a connection.
    private static func site(_ engine: PrivateEngine) throws -> SiteBatch {
        let home = engine.folder.path
        for key in ["host", "user"] {
            try outside(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", "\(home)/\(key)"])
        }
        try "login \(engine.folder.text("host.pub") ?? "")".write(
            toFile: "\(home)/known_hosts", atomically: true, encoding: .utf8)
        try """
        HostKey \(home)/host
        AuthorizedKeysFile \(home)/user.pub
        PidFile none
        StrictModes no
        UsePAM no
        PasswordAuthentication no
        PermitRootLogin prohibit-password

        """.write(toFile: "\(home)/sshd.conf", atomically: true, encoding: .utf8)
        if getuid() == 0 {
            try FileManager.default.createDirectory(
                atPath: "/run/sshd", withIntermediateDirectories: true)
        }
        var site = SiteBatch()
        site.via = "\(NSUserName())@login"
        site.commands["ssh"] = try engine.folder.program(
            "ssh",
            """
            #!/bin/sh
            exec /usr/bin/ssh -F none -i \(home)/user -o IdentitiesOnly=yes \
            -o UserKnownHostsFile=\(home)/known_hosts -o StrictHostKeyChecking=yes \
            -o ProxyCommand="/usr/sbin/sshd -i -f \(home)/sshd.conf" "$@"

            """)
        for command in ["sbatch", "squeue", "scancel", "scontrol", "sacct"] {
            site.commands[command] = try engine.folder.program(
                command,
                "#!/bin/sh\nSLURM_CONF=\(home)/engine/slurm.conf exec /usr/bin/\(command) \"$@\"\n")
        }
        return site
    }
}
