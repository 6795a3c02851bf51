import Files
import Glibc
import Testing

@Suite struct ChildProcessTests {
    /// What a program prints, and its status as of waitpid(2).
    private func run(
        _ words: [String], environment: [String: String]? = nil, isGroup: Bool = false
    ) throws -> (text: String, status: Int32?) {
        var ends: [Int32] = [-1, -1]
        #expect(pipe(&ends) == 0)
        let child = try ChildProcess(
            words, environment: environment, output: ends[1], error: ends[1], isGroup: isGroup)
        close(ends[1])
        defer { close(ends[0]) }
        var text: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = read(ends[0], &buffer, buffer.count)
            guard count > 0 else { break }
            text += buffer.prefix(count)
        }
        #expect(child.hasEnded(isWaiting: true))
        return (String(decoding: text, as: UTF8.self), child.reap())
    }

    @Test("a program gets its words and its variables, and tells how it ended")
    func runs() throws {
        let ended = try run(
            ["sh", "-c", "echo \"$0 $A\"; echo b >&2; exit 3", "x y"],
            environment: ["A": "1=2", "PATH": "/usr/bin:/bin"])
        #expect(ended.text == "x y 1=2\nb\n")
        #expect(ended.status == 3 << 8)
        setenv("SGS_CHILD_PROCESS_TEST", "own", 1)
        #expect(try run(["sh", "-c", "echo $SGS_CHILD_PROCESS_TEST"]).text == "own\n")
    }

    @Test("it starts in the folder that it is given, and reads what is its input")
    func folderAndInput() throws {
        let input = open("/etc/hostname", O_RDONLY)
        defer { close(input) }
        var ends: [Int32] = [-1, -1]
        #expect(pipe(&ends) == 0)
        let child = try ChildProcess(
            ["sh", "-c", "pwd; cmp - /etc/hostname && echo same"], folder: "/usr", input: input,
            output: ends[1], error: ends[1], isGroup: false)
        close(ends[1])
        defer { close(ends[0]) }
        #expect(child.reap() == 0)
        var buffer = [UInt8](repeating: 0, count: 100)
        let count = read(ends[0], &buffer, buffer.count)
        #expect(String(decoding: buffer.prefix(max(0, count)), as: UTF8.self) == "/usr\nsame\n")
    }

    @Test("it has an empty input and none of the descriptors that are open here")
    func descriptors() throws {
        let open = open("/dev/zero", O_RDONLY)
        defer { close(open) }
        #expect(fcntl(open, F_SETFD, 0) == 0)
        let found = try run(["sh", "-c", "cat; ls /proc/$$/fd"])
        #expect(found.text.split(separator: "\n").compactMap { Int32($0) }.max() ?? 0 < open)
        #expect(found.status == 0)
    }

    @Test("the signals that are ignored or blocked here are not there")
    func signals() throws {
        var set = sigset_t()
        sigemptyset(&set)
        sigaddset(&set, SIGUSR1)
        var before = sigset_t()
        pthread_sigmask(SIG_BLOCK, &set, &before)
        defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
        #expect(try run(["sh", "-c", "kill -USR1 $$; echo no"]).status == SIGUSR1)
    }

    @Test(
        "one in a group of its own is signalled with all that it started", arguments: [true, false])
    func group(_ isGroup: Bool) throws {
        let own = try run(["sh", "-c", "cut -d ' ' -f 5 /proc/$$/stat; echo $$"], isGroup: isGroup)
        let numbers = own.text.split(separator: "\n")
        #expect((numbers.first == numbers.last) == isGroup)
        let child = try ChildProcess(
            ["sleep", "3600"], output: 2, error: 2, isGroup: isGroup)
        #expect(!child.hasEnded())
        child.signal(SIGTERM)
        #expect(child.reap() == SIGTERM)
        #expect(child.reap() == nil)
    }

    @Test("what cannot be started is told, and whether there is no such program")
    func faults() throws {
        for words in [["/nowhere/program"], ["no-such-program-here"], ["/dev/null"], []] {
            do throws(FilesError) {
                _ = try ChildProcess(words, output: 1, error: 2, isGroup: false)
                Issue.record("started")
            } catch {
                #expect(error.code == .missing)
                #expect(error.path == words.first ?? "")
            }
        }
        let error = #expect(throws: FilesError.self) { try run(["/nowhere/program"]) }
        #expect(error?.description == "cannot start /nowhere/program: No such file or directory")
        let long = try #require(
            throws: FilesError.self
        ) { try run(["true", String(repeating: "x", count: 1 << 22)]) }
        #expect(long.code == .refused)
    }
}
