import Glibc

/// Why a step could not be done.
struct StepFailure: Error {
    let status: Int32
    let message: String
}

/// One call of the program.
struct SampleStep {
    private var options: [String: String] = [:]
    private let item: String

    init(_ arguments: some Sequence<String>, environment: (String) -> String?) {
        for argument in arguments where argument.hasPrefix("--") {
            let parts = argument.dropFirst(2).split(separator: "=", maxSplits: 1)
            if let name = parts.first {
                options[String(name)] = parts.count == 2 ? String(parts[1]) : ""
            }
        }
        item = "\(environment("SGS_ITEM_KIND") ?? "item") \(environment("SGS_ITEM") ?? "unnamed")"
    }

    func run() throws {
        let made = (options["makes"] ?? "").split(separator: ",").map(String.init)
        let seconds = try number("seconds", default: 0)
        let kibibytes = Int(try number("kibibytes", default: 4))
        let own: Set = [
            "makes", "seconds", "kibibytes", "cores", "mebibytes", "record", "workdir", "logdir",
        ]
        var mixture = ByteMixer(item)
        for (port, path) in options.sorted(by: { $0.key < $1.key })
        where !own.contains(port) && !made.contains(port) {
            mixture.add(Array(port.utf8))
            for file in try files(of: path) { mixture.add(try Self.bytes(of: file)) }
        }
        let memory = try Self.occupied(mebibytes: Int(try number("mebibytes", default: 0)))
        defer { free(memory) }
        let cores = try number("cores", default: 0)
        if cores > 0 { Load(cores: cores, seconds: seconds).run() } else { Self.work(for: seconds) }
        for port in made {
            guard let path = options[port] else {
                throw StepFailure(
                    status: 64, message: "--makes names \(port), and there is no --\(port)=PATH")
            }
            try Self.write(product(port, kibibytes, mixture), to: path)
        }
    }

    /// A labelled header, and noise that the mixture determines.
    private func product(_ port: String, _ kibibytes: Int, _ mixture: ByteMixer) -> [UInt8] {
        var mixture = mixture
        mixture.add(Array(port.utf8))
        var bytes = Array("SIMULATED \(port) of \(item)\n".utf8)
        while bytes.count < kibibytes * 1024 { bytes.append(mixture.next()) }
        return bytes
    }

    private func number(_ name: String, default fallback: Double) throws -> Double {
        guard let text = options[name] else { return fallback }
        guard let number = Double(text), number >= 0, number < 1e6 else {
            throw StepFailure(status: 64, message: "--\(name)=\(text): expected a number from 0")
        }
        return number
    }

    /// The input files behind a path: the file itself or, for a list, those that it names.
    private func files(of path: String) throws -> [String] {
        guard path.hasSuffix(".list.json") else { return [path] }
        let text = String(decoding: try Self.bytes(of: path), as: UTF8.self)
        return text.split(separator: "\"", omittingEmptySubsequences: false).enumerated()
            .filter { $0.offset % 2 == 1 }.map { $0.element.replacingSlashes }
    }

    /// Memory that is there, not only promised.
    private static func occupied(mebibytes: Int) throws -> UnsafeMutableRawPointer {
        let count = mebibytes << 20
        guard let memory = malloc(max(1, count)) else {
            throw StepFailure(status: 71, message: "there are no \(mebibytes) MiB of memory")
        }
        memset(memory, 1, count)
        return memory
    }

    private static func work(for seconds: Double) {
        var left = timespec(
            tv_sec: Int(seconds), tv_nsec: Int(seconds.truncatingRemainder(dividingBy: 1) * 1e9))
        var pause = left
        while nanosleep(&pause, &left) != 0 && errno == EINTR { pause = left }
    }

    private static func bytes(of path: String) throws -> [UInt8] {
        guard let file = fopen(path, "r") else {
            throw StepFailure(
                status: 66, message: "cannot read \(path): \(String(cString: strerror(errno)))")
        }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while case let count = fread(&buffer, 1, buffer.count, file), count > 0 {
            bytes.append(contentsOf: buffer[..<count])
        }
        return bytes
    }

    private static func write(_ bytes: [UInt8], to path: String) throws {
        let failure = StepFailure(status: 73, message: "cannot write \(path)")
        guard let file = fopen(path, "w") else { throw failure }
        let count = fwrite(bytes, 1, bytes.count, file)
        guard fclose(file) == 0, count == bytes.count else { throw failure }
    }
}

extension Substring {
    /// The text with JSON's escaped slashes as they are.
    fileprivate var replacingSlashes: String {
        split(separator: "\\/", omittingEmptySubsequences: false).joined(separator: "/")
    }
}
