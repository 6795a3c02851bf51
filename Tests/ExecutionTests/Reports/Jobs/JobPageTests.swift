import GroundSegment
import Testing

@testable import Execution

@Suite struct JobPageTests {
    @Test("what an attempt used stands beside what it was given")
    func used() throws {
        let facts = try SampleRuns.diamond(
            [.completed, .completed, .running, .unready],
            attempts: [
                SampleRuns.attempt(1, .completed, code: 0, seconds: 100, cpu: 150)
            ])
        let page = JobPage(facts, 1, [], nil, at: MJD(60001))
        #expect(page.jobId == "RUN_7/b#1")
        #expect(page.processingStatus == "COMPLETED")
        let percent = try #require(page.cpuPercent)
        #expect(abs(percent - 75) < 0.01)
        #expect(page.rss == JobPage.Amount(used: 512, requested: 1024))
        #expect(page.vms.used == nil)
        #expect(page.readMiB == 1)
        #expect(page.writtenMiB == 2)
        #expect(page.walltime.requested == 3600)
        #expect(page.history.map(\.outcome) == ["completed"])
    }

    @Test("of what runs the samples are told")
    func running() throws {
        let facts = try SampleRuns.diamond([.completed, .running, .running, .unready])
        let samples = [
            SampleRuns.sample(10, cpu: 5, resident: 300),
            SampleRuns.sample(20, cpu: 15, resident: 200),
        ]
        let page = JobPage(facts, 1, samples, nil, at: MJD(60001))
        #expect(page.rss.used == 300)
        #expect(page.cpuSeconds == 15)
        #expect(page.ended == nil)
        #expect(page.exitStatus == 15)
    }
}
