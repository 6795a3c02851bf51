import Documents

extension SitePilots {
    /// Reads the mapping; what is wrong is noted as faults of its document.
    ///
    /// ```yaml
    /// pilots:
    ///   classes:
    ///     light: {cores: 2, memory: 4132, walltime: 259200, max_instances: 100}
    ///     heavy:
    ///       cores: 16
    ///       memory: 32768          # MiB
    ///       gpus: 0
    ///       walltime: 259200       # s
    ///       max_instances: 10      # 0: not used
    ///       max_queued: 5
    ///       per_pass: 5
    ///       starving: 50           # % that take the largest payloads first
    ///       keep: 0                # that many, whatever there is to do
    ///       executables: [mosaic]  # all where none is named
    ///       reserved_for: [DR1]
    ///   idle: 600                  # s
    ///   retries: 40
    ///   warning: 120               # s
    ///   listen: login01            # or login01:7000, or unix:/run/sgs/pilots
    ///   max_queued: 1000
    ///   per_pass: 100
    /// ```
    init(_ object: DocumentObject) {
        self.init()
        object.check(keys: [
            "classes", "idle", "retries", "warning", "listen", "max_queued", "per_pass",
        ])
        idle = object.count("idle", in: 1...10_000_000, default: idle) ?? idle
        retries = object.count("retries", in: 1...1_000_000, default: retries) ?? retries
        warning = object.count("warning", in: 1...1_000_000, default: warning) ?? warning
        maxQueued = object.count("max_queued", in: 1...1_000_000, default: maxQueued) ?? maxQueued
        perPass = object.count("per_pass", in: 1...100_000, default: perPass) ?? perPass
        listen = Self.address(object)
        if let classes = object.object("classes") {
            self.classes = classes.keys.compactMap { Self.kind($0, in: classes) }
            if classes.keys.isEmpty {
                object.fault("classes", found: "none", expected: "the classes of pilots")
            }
        }
    }

    private static let keys = [
        "cores", "memory", "gpus", "walltime", "max_instances", "max_queued", "per_pass",
        "starving", "keep", "executables", "reserved_for",
    ]

    private static func kind(_ name: String, in classes: DocumentObject) -> PilotClass? {
        if !isName(name) {
            classes.fault(
                name, found: "\"\(name)\"",
                expected: "a name of at most 24 letters, digits, hyphens and underscores")
        }
        guard let object = classes.object(name) else { return nil }
        object.check(keys: keys)
        let cores = object.count("cores", in: 1...1_000_000)
        let memory = object.count("memory", in: 1...1_000_000_000)
        let walltime = object.count("walltime", in: 60...100_000_000)
        var kind = PilotClass(
            name: name, cores: cores ?? 1, memory: memory ?? 1, walltime: walltime ?? 60)
        func count(_ key: String, _ range: ClosedRange<Int>, _ value: Int) -> Int {
            object.count(key, in: range, default: value) ?? value
        }
        kind.gpus = count("gpus", 0...1000, kind.gpus)
        kind.maxInstances = count("max_instances", 0...1_000_000, kind.maxInstances)
        kind.maxQueued = count("max_queued", 1...1_000_000, kind.maxQueued)
        kind.perPass = count("per_pass", 1...100_000, kind.perPass)
        kind.starving = count("starving", 0...100, kind.starving)
        kind.keep = count("keep", 0...1_000_000, kind.keep)
        if kind.keep > kind.maxInstances {
            object.fault("keep", expected: "at most max_instances, \(kind.maxInstances)")
        }
        kind.executables = object.texts("executables")
        kind.reservedFor = object.texts("reserved_for")
        return kind
    }

    static func isName(_ name: String) -> Bool {
        (1...24).contains(name.utf8.count)
            && name.unicodeScalars.allSatisfy {
                $0.isASCII && ($0.properties.isAlphabetic || "0123456789-_".contains(Character($0)))
            }
    }

    private static func address(_ object: DocumentObject) -> String? {
        guard object.has("listen") else { return nil }
        let expected = "HOST, HOST:PORT or unix:PATH with an absolute path"
        guard let text = object.text("listen", expected: expected) else { return nil }
        guard isAddress(text) else {
            object.fault("listen", expected: expected)
            return nil
        }
        return text
    }

    private static func isAddress(_ text: String) -> Bool {
        if text.hasPrefix("unix:") { return BatchJob.isPath(String(text.dropFirst(5))) }
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard let host = parts.first, !host.isEmpty, parts.count <= 2, !host.hasPrefix("-"),
            host.utf8.count <= 255,
            host.unicodeScalars.allSatisfy({
                $0.isASCII && ($0.properties.isAlphabetic || "0123456789.-".contains(Character($0)))
            })
        else { return false }
        return parts.count == 1 || Int(parts[1]).map((0...65_535).contains) ?? false
    }
}
