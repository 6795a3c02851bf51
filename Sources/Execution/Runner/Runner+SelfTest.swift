import Foundation
import GroundSegment
import Logging
import Payloads

extension Runner {
    /// Looks whether a self-test is asked for, does it beside everything else, and tells what was
    /// found. One that could not be told is done again.
    func lookForSelfTest() {
        let (source, events, logger) = (source, events, logger)
        Task {
            do {
                if let number = try await source.takeSelfTest() {
                    logger.notice("self-test begins")
                    let report = await selfTest()
                    try await source.report(report, ofSelfTest: number)
                    logger.notice(
                        "self-test ended",
                        metadata: ["ok": "\(report.isOK)", "digest": "\(report.digest ?? "")"])
                }
            } catch {
                logger.info("a self-test has to wait", metadata: ["cause": "\(error)"])
            }
            events.post(.selfTested)
        }
    }

    private func selfTest() async -> SelfTestReport {
        let start = configuration.wallClock()
        var features: [SelfTestReport.Feature] = []
        var digest: String?
        var message = ""
        do {
            let result = try await selfTestResult()
            features = result.features.map {
                SelfTestReport.Feature(name: $0.feature, found: printable($0.found.utf8))
            }
            digest = result.digest
        } catch let error as ExecutionError {
            message = ([error.message] + error.diagnostics.map(\.description)).joined(
                separator: "; ")
        } catch {
            message = printable("\(error)".utf8)
        }
        return SelfTestReport(
            features: features, digest: digest, message: message,
            window: TimeWindow(start: start, end: max(start, configuration.wallClock())))
    }

    /// In a folder that goes with it; what one that was killed has left goes before.
    private func selfTestResult() async throws -> SelfTestResult {
        guard let pipelines = configuration.selfTestPipelines else {
            throw ExecutionError(.unknownItem, "this runner has no pipelines of the self-test")
        }
        let root = "\(configuration.home)/selftest"
        let (work, configuration, library) = (copying, configuration, library)
        let tested = try await work.run {
            try StoredFiles.remove(root)
            return try PipelineLibrary(folder: pipelines, searchPath: library.searchPath)
        }
        var quiet = Logger(label: "sdc-runner") { _ in SwiftLogNoOpLogHandler() }
        quiet.logLevel = .critical
        let result = try await SelfTest(
            library: tested, folder: "\(root)/\(UUID().uuidString)", room: configuration.room,
            agent: agentProgram
        ).run(logger: quiet)
        try await work.run { try StoredFiles.remove(root) }
        return result
    }
}
