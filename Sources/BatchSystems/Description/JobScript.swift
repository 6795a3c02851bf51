/// A job's script, made of a template.
///
/// A line with a place for a value that the job does not have is left out: `#SBATCH
/// --partition={queue}` where no queue is named. A line with `{extra}` comes once for each of the
/// site's own lines. Braces around anything else stay as they are.
struct JobScript {
    let text: String

    init(template: String, quoting: Quoting, job: BatchJob, site: SiteBatch) {
        let values = Self.values(quoting, job, site)
        var lines: [String] = []
        for line in template.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.contains("{extra}") {
                lines += site.extra.compactMap { extra in
                    Places.fill(String(line)) { $0 == "extra" ? .value(extra) : values($0) }
                }
            } else if let line = Places.fill(String(line), with: values) {
                lines.append(line)
            }
        }
        text = lines.joined(separator: "\n")
    }

    private static func values(
        _ quoting: Quoting, _ job: BatchJob, _ site: SiteBatch
    ) -> (String) -> Places.Value? {
        let need = job.need
        let walltime = need.walltime
        return { place in
            switch place {
            case "name": .value(job.name)
            case "count": .value(String(job.count))
            // Only of an array.
            case "array": job.count > 1 ? .value(String(job.count)) : .absent
            case "folder": .value(job.folder)
            case "program": .value(job.program)
            case "arguments": .value(quoting.line(job.arguments))
            case "command": .value(quoting.line([job.program] + job.arguments))
            case "cores": .value(String(need.cores))
            case "memory": .value(String(need.memory))
            case "memory_core":
                .value(String((need.memory + need.cores - 1) / max(1, need.cores)))
            // Nothing, where there is no need of one and where the job is no array.
            case "no_gpus": need.gpus > 0 ? .absent : .value("")
            case "no_array": job.count > 1 ? .absent : .value("")
            case "gpus": need.gpus > 0 ? .value(String(need.gpus)) : .absent
            case "walltime": .of(walltime.map(String.init))
            case "walltime_minutes": .of(walltime.map { String(($0 + 59) / 60) })
            case "walltime_clock": .of(walltime.map(clock))
            // Seconds after which the warning comes.
            case "walltime_soft":
                .of(
                    walltime.flatMap { limit in
                        job.warning.map { String(max(1, limit - $0)) }
                    })
            case "warning": .of(job.warning.map(String.init))
            case "queue": .of(site.queue)
            case "account": .of(site.account)
            case "qos": .of(site.qos)
            case "constraint": .of(site.constraint)
            default: nil
            }
        }
    }

    /// Hours, minutes and seconds.
    private static func clock(_ seconds: Int) -> String {
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(two(seconds / 3600)):\(two(seconds / 60 % 60)):\(two(seconds % 60))"
    }
}

/// Places for values in a text: `{name}`.
enum Places {
    enum Value {
        case value(String)
        /// The place is known, its value is not given.
        case absent

        static func of(_ text: String?) -> Value { text.map(Value.value) ?? .absent }
    }

    /// The text with its places filled; `nil` where a value is absent.
    ///
    /// - Parameter values: `nil` for what is no place.
    static func fill(_ text: String, with values: (String) -> Value?) -> String? {
        var filled = ""
        var rest = text[...]
        while let open = rest.firstIndex(of: "{") {
            filled += rest[..<open]
            rest = rest[open...]
            guard let close = rest.firstIndex(of: "}"),
                let value = values(String(rest[rest.index(after: open)..<close]))
            else {
                filled += rest.prefix(1)
                rest = rest.dropFirst()
                continue
            }
            guard case .value(let text) = value else { return nil }
            filled += text
            rest = rest[rest.index(after: close)...]
        }
        return filled + rest
    }
}
