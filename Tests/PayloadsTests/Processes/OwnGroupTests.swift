import Testing

@testable import Payloads

@Suite struct OwnGroupTests {
    private func group(_ memberships: String, _ mounts: String) -> OwnGroup? {
        OwnGroup(memberships: Array(memberships.utf8), mounts: Array(mounts.utf8))
    }

    @Test("with version one it is the group of the memory controller")
    func versionOne() {
        let own = group(
            "9:name=systemd:/s\n4:cpu,memory:/user/17\n0::/u\n",
            """
            32 31 0:29 / /sys/fs/cgroup/cpuset rw,relatime - cgroup cgroup rw,cpuset
            35 31 0:32 / /sys/fs/cgroup/memory rw,relatime shared:1 - cgroup cgroup rw,cpu,memory
            41 31 0:38 / /sys/fs/cgroup/unified rw,relatime - cgroup2 cgroup2 rw
            """)
        #expect(own?.path == "/sys/fs/cgroup/memory/user/17")
        #expect(own?.version == .one)
    }

    @Test("with version two it is the one group there is")
    func versionTwo() {
        let own = group(
            "0::/user.slice/a.scope\n",
            "30 24 0:26 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw,nsdelegate\n")
        #expect(own?.path == "/sys/fs/cgroup/user.slice/a.scope")
        #expect(own?.version == .two)
    }

    @Test("in a container it is below the part of the hierarchy that is mounted")
    func container() {
        let mounts = "30 24 0:26 /docker/1 /sys/fs/cgroup rw - cgroup2 cgroup rw\n"
        #expect(group("0::/docker/1/x\n", mounts)?.path == "/sys/fs/cgroup/x")
        #expect(group("0::/docker/1\n", mounts)?.path == "/sys/fs/cgroup")
        #expect(group("0::/docker/12\n", mounts) == nil)
    }

    @Test(
        "where no hierarchy is mounted there is none",
        arguments: ["", "x", "1 2 3 4 5 6 - cgroup2"])
    func none(mounts: String) {
        #expect(group("0::/\n", mounts) == nil)
        #expect(group("", mounts) == nil)
    }
}
