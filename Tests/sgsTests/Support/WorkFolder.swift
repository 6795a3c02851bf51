import Foundation

/// A folder of a test's own with a small planning case, in which programs are run; removed when
/// the test is over.
final class WorkFolder: Sendable {
    let path: String

    /// What a program printed, and how it ended.
    struct Outcome {
        let status: Int32
        let out: String
        let err: String
    }

    /// Two weeks of 24 observations at four SDCs, one of which has a day of maintenance.
    init() throws {
        path = NSTemporaryDirectory() + "sgs-tests-" + UUID().uuidString
        try FileManager.default.createDirectory(
            atPath: path + "/case/sdcs", withIntermediateDirectories: true)
        try write(Self.plan, to: "case/plan.yaml")
        try write(Self.survey(24), to: "case/survey.csv")
        for id in ["SDC-A", "SDC-B", "SDC-C", "SDC-D"] {
            try write(Self.sdc(id), to: "case/sdcs/\(id).yaml")
        }
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func write(_ text: String, to name: String) throws {
        try text.write(toFile: "\(path)/\(name)", atomically: true, encoding: .utf8)
    }

    func read(_ name: String) throws -> String {
        try String(contentsOfFile: "\(path)/\(name)", encoding: .utf8)
    }

    /// Runs `sgs` in the folder.
    func sgs(_ arguments: String..., database: String? = nil) throws -> Outcome {
        try run("\(Checkout.programs)/sgs", arguments, database: database)
    }

    /// Runs a program in the folder, with the catalogue of a URL.
    func run(
        _ program: String, _ arguments: [String], database: String? = nil,
        environment more: [String: String] = [:]
    ) throws -> Outcome {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        process.currentDirectoryURL = URL(fileURLWithPath: path)
        var environment = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("PG") }
        if let database {
            // libpq's variables, which a URL of the tests' own cluster comes down to.
            let components = URLComponents(string: database)
            func named(_ name: String) -> String? {
                components?.queryItems?.first { $0.name == name }?.value
            }
            environment["PGHOST"] = named("host")
            environment["PGUSER"] = named("user")
            environment["PGDATABASE"] = components.map { String($0.path.dropFirst()) }
        } else {
            environment["XDG_STATE_HOME"] = path + "/nothing"
            environment["HOME"] = path + "/nothing"
        }
        environment.merge(more) { $1 }
        process.environment = environment
        let name = UUID().uuidString
        let (out, err) = ("\(path)/\(name).out", "\(path)/\(name).err")
        for file in [out, err] { try Data().write(to: URL(fileURLWithPath: file)) }
        process.standardOutput = FileHandle(forWritingAtPath: out)
        process.standardError = FileHandle(forWritingAtPath: err)
        process.standardInput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        defer { for file in [out, err] { try? FileManager.default.removeItem(atPath: file) } }
        return Outcome(
            status: process.terminationStatus,
            out: try String(contentsOfFile: out, encoding: .utf8),
            err: try String(contentsOfFile: err, encoding: .utf8))
    }

    private static let plan = """
        name: small
        survey:
          id: test
          file: survey.csv
          format: csv
          columns: {id: name, start: start, end: end, ra: ra, dec: dec}
          field: {width: 1.0, height: 1.0}
        sdcs: sdcs
        tiles:
          grid: {step: 2.0, margin: 0.1}
        period: {start: 2027-01-04, end: 2027-01-18}
        bucket: 7
        processing:
          observation: {work: 100, volume: 0.5, latency: 0.5}
          tile: {work: 100, volume: 0.25}
        balance: {work: 0.4, observations: 0.5, storage: 0.4, gap: 7}
        effort: quick

        """

    /// A survey of observations in a row, two or so a day.
    static func survey(_ count: Int, shifted: Double = 0) -> String {
        let rows = (1...count).map { number in
            let start = 61409.0 + Double(number) * 0.5
            return "\(number),\(start),\(start + 0.1),\(10 + Double(number) * 0.9 + shifted),20.0"
        }
        return (["name,start,end,ra,dec"] + rows).joined(separator: "\n") + "\n"
    }

    static func sdc(_ id: String, cores: Int = 100) -> String {
        "id: \(id)\nname: Centre \(id)\ncores: \(cores)\nstorage: 50\n"
    }
}
