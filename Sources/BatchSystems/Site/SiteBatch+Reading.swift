import Documents
import Foundation

extension SiteBatch {
    /// The settings that an SDC's description (YAML) has in its mapping `site`; the defaults where
    /// it has none.
    ///
    /// ```yaml
    /// batch: slurm
    /// site:
    ///   batch:
    ///     mode: direct               # or pilots
    ///     queue: long
    ///     account: euclid
    ///     qos: normal
    ///     constraint: avx2
    ///     extra: ["--exclusive"]
    ///     max_jobs: 500
    ///     interval: 20               # s between two polls
    ///     folder: /shared/sgs        # on a disk that the system's machines share
    ///     via: sgs@login.example.org # the commands are run there, through ssh
    ///     commands: {sbatch: /opt/slurm/bin/sbatch}
    ///     states: {XX: held}         # words of the site's own
    ///     template: /etc/sgs/job.sh  # with {command} in it
    ///     description: /etc/sgs/slurm.yaml
    ///     timeout: 30                # s that a command may take
    ///     submit_retries: 3
    ///     monitor_retries: 50
    ///     file_delay: 60             # s that a result may be late
    ///     pilots: {...}              # see `SitePilots`
    /// ```
    /// - Parameter file: its name in diagnostics.
    /// - Throws: `BatchSystemError` of code `configuration` with all faults.
    public static func read(_ text: String, file: String) throws(BatchSystemError) -> SiteBatch {
        let faults = FaultLog(file: file)
        var site = SiteBatch()
        if let root = DocumentObject(text, faults: faults),
            let own = root.object("site", required: false),
            let batch = own.object("batch", required: false)
        {
            site.read(batch)
        }
        guard faults.isEmpty else {
            throw BatchSystemError(
                .configuration, "\(file): the site's batch system", diagnostics: faults.diagnostics)
        }
        return site
    }

    private static let keys = [
        "mode", "queue", "account", "qos", "constraint", "extra", "max_jobs", "interval", "folder",
        "via", "commands", "states", "template", "description", "timeout", "submit_retries",
        "monitor_retries", "file_delay", "pilots",
    ]

    private mutating func read(_ batch: DocumentObject) {
        batch.check(keys: Self.keys)
        mode = batch.choice("mode", default: .direct) ?? mode
        queue = Self.word(batch, "queue", "the name of a queue")
        account = Self.word(batch, "account", "the name of an account")
        qos = Self.word(batch, "qos", "the name of a quality of service")
        constraint = Self.word(batch, "constraint", "what the system takes as a constraint")
        extra = batch.texts("extra")
        maxJobs = batch.count("max_jobs", in: 1...1_000_000, default: maxJobs) ?? maxJobs
        interval = batch.count("interval", in: 1...86_400, default: interval) ?? interval
        folder = Self.path(batch, "folder")
        via = Self.host(batch)
        timeout = batch.count("timeout", in: 1...3600, default: timeout) ?? timeout
        submission.retries =
            batch.count("submit_retries", in: 0...1000, default: submission.retries) ?? 0
        monitorRetries =
            batch.count("monitor_retries", in: 0...1_000_000, default: monitorRetries) ?? 0
        fileDelay = batch.count("file_delay", in: 0...86_400, default: fileDelay) ?? 0
        template = Self.path(batch, "template")
        description = Self.path(batch, "description")
        if let object = batch.object("commands", required: false) {
            for key in object.keys { commands[key] = Self.path(object, key) }
        }
        if let object = batch.object("states", required: false) {
            states = BatchSystemDescription.states(object)
        }
        if let object = batch.object("pilots", required: mode == .pilots) {
            pilots = SitePilots(object)
        }
    }

    private static func path(_ object: DocumentObject, _ key: String) -> String? {
        guard object.has(key) else { return nil }
        let expected = "an absolute path of letters, digits and '/._-+=@,'"
        guard let text = object.text(key, expected: expected) else { return nil }
        guard BatchJob.isPath(text) else {
            object.fault(key, expected: expected)
            return nil
        }
        return text
    }

    /// A word of a script's directive: without spaces, and none that a quotation could end in.
    private static func word(
        _ object: DocumentObject, _ key: String, _ expected: String
    ) -> String? {
        guard object.has(key), let text = object.text(key, expected: expected) else { return nil }
        guard !text.hasPrefix("-"),
            !text.contains(where: { $0.isWhitespace || "\"'`\\$;".contains($0) })
        else {
            object.fault(key, expected: "\(expected), without spaces and quotes")
            return nil
        }
        return text
    }

    private static func host(_ object: DocumentObject) -> String? {
        guard object.has("via") else { return nil }
        let expected = "a host as ssh(1) takes it: sgs@login.example.org"
        guard let text = object.text("via", expected: expected) else { return nil }
        let isHost =
            !text.hasPrefix("-") && text.utf8.count <= 255
            && text.unicodeScalars.allSatisfy {
                $0.isASCII
                    && ($0.properties.isAlphabetic || "0123456789.-_@:".contains(Character($0)))
            }
        guard isHost else {
            object.fault("via", expected: expected)
            return nil
        }
        return text
    }

    /// The site's batch system.
    ///
    /// - Parameter name: the word of its key `batch`: `local`, `slurm`, `sge`, `pbs`, `htcondor`...
    /// - Throws: `BatchSystemError` of code `configuration`.
    public func system(named name: String) throws(BatchSystemError) -> any BatchSystem {
        if name == "local" { return LocalBatchSystem() }
        guard let file = description else {
            return try CommandLineBatchSystem(.builtIn(name), site: self)
        }
        guard let data = FileManager.default.contents(atPath: file),
            let text = String(data: data, encoding: .utf8)
        else {
            throw BatchSystemError(.configuration, "description: cannot read \(file)")
        }
        return try CommandLineBatchSystem(BatchSystemDescription(text, file: file), site: self)
    }
}
