import ArgumentParser
import Campaigns
import Foundation
import GroundSegment

/// Simulates a period at the SDCs: the daily orders of a plan beside a reprocessing.
@main
struct QuarterSimulation: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "quarter-simulation",
        abstract: "Simulate a plan's daily orders beside a reprocessing, with shares or without.",
        discussion: """
            Prints a JSON object.  Each SDC's cores are SDC=CORES; the reprocessing is a bag of jobs \
            that are all there on the first day, its core-hours a part of what all cores give in \
            the period.
            """)

    enum Policy: String, ExpressibleByArgument, CaseIterable {
        /// The daily orders alone.
        case alone
        /// Whatever has been released for longer comes first.
        case release
        /// Daily orders before all others.
        case priority
        /// The two campaigns by their shares.
        case shares
    }

    @Argument(help: "The plan's assignments.csv.")
    var assignments: String

    @Argument(help: "SDC=CORES, the cores that payloads can use.")
    var sites: [String]

    @Option(help: "alone, release, priority or shares.")
    var policy = Policy.shares

    @Option(help: "Share of the reprocessing, and its part of all core-hours.")
    var share = 0.3

    @Option(help: "Cores of a job.")
    var width = 200

    @Option(help: "Core-hours of a job of the reprocessing.")
    var work = 4500.0

    @Option(help: "Days from an observation to its order's release.")
    var latency = 1.0

    func validate() throws {
        guard share > 0, share < 1, width > 0, work > 0, latency >= 0 else {
            throw ValidationError("--share: expected between 0 and 1; the others above 0")
        }
    }

    func run() throws {
        let daily = try DailyOrder.read(assignments, latency: latency)
        guard let first = daily.map(\.release).min(), let last = daily.map(\.release).max() else {
            throw ValidationError("\(assignments) has no items")
        }
        var answers: [SiteAnswer] = []
        for site in sites {
            let parts = site.split(separator: "=")
            guard parts.count == 2, let cores = Int(parts[1]), cores >= width else {
                throw ValidationError("\(site): expected SDC=CORES of at least \(width)")
            }
            let days = last - first
            let bag =
                policy == .alone ? 0 : Int(share * Double(cores) * days * 24 / work)
            var simulation = SiteSimulation(
                sdc: ID(String(parts[0])), places: cores / width, width: width, policy: policy,
                share: share, reprocessing: bag, work: work, begin: first)
            answers.append(simulation.run(daily.filter { $0.sdc.text == parts[0] }))
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        print(
            String(
                decoding: try encoder.encode(Answer(policy: policy.rawValue, sites: answers)),
                as: UTF8.self))
    }

    struct Answer: Encodable {
        let policy: String
        let sites: [SiteAnswer]
    }
}

/// An order of the daily processing.
struct DailyOrder {
    let sdc: ID<SDC>
    /// Days.
    let release: Double
    let work: CoreHours

    /// The orders of a plan's assignments.csv.
    static func read(_ path: String, latency: Double) throws -> [DailyOrder] {
        let lines = try String(contentsOfFile: path, encoding: .utf8)
            .split(separator: "\n").filter { !$0.hasPrefix("#") }
        guard let head = lines.first?.split(separator: ",", omittingEmptySubsequences: false),
            let kind = head.firstIndex(of: "kind"), let sdc = head.firstIndex(of: "primary"),
            let time = head.firstIndex(of: "time"), let work = head.firstIndex(of: "work")
        else { throw ValidationError("\(path): expected the columns kind, primary, time, work") }
        return try lines.dropFirst().map { line in
            let cells = line.split(separator: ",", omittingEmptySubsequences: false)
            guard cells.count == head.count, let instant = MJD(iso8601: String(cells[time])),
                let hours = Double(cells[work])
            else { throw ValidationError("\(path): \(line)") }
            return DailyOrder(
                sdc: ID(String(cells[sdc])),
                release: instant.days + (cells[kind] == "observation" ? latency : 0),
                work: CoreHours(hours))
        }
    }
}
